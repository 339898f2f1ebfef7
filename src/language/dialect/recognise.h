// Program text to Part, for programs of the sketch-and-extrude kind.
//
// A small evaluator of the syntax tree with CadQuery's semantics for exactly
// the constructs below; it never touches the kernel. Whatever it accepts means
// what CadQuery 2.8 makes of it, as a set of points; everything else is "not a
// Part" with the reason, and the interpreter then runs it on OCCT.
//
// Accepted
//   import cadquery (as any name), from cadquery import names or *
//   assignments to names of numbers, texts, tuples, lists, planes, workplanes,
//   sketches; arithmetic; comments; functions with defaults, called by name, that assign
//   and return (as `cadrecode parametrize` writes them), and neither nest nor hide names
//   Workplane(plane name or Plane(origin, xDir, normal), origin=); Vector(x, y, z)
//   .workplane(offset, invert) on a point or nothing, .add of its own wires, .center, .moveTo,
//   .move, .pushPoints, .rarray, .polarArray(rotate=False), .box, .cylinder (all `centered` forms), .rect, .circle, .polygon,
//   .polyline, .lineTo, .line, .hLine, .vLine, .hLineTo, .vLineTo, .threePointArc, .close, .wire,
//   .extrude (both=, combine=), .cutBlind, .cutThruAll, .hole(d, depth), .union, .cut, .intersect
//   and + - * .sketch(): .face(sketch), .rect, .circle, .polygon, .slot, .segment, .arc, .close,
//   .assemble, .push, .reset, .finalize; modes 'a', 's', 'i'
// Refused on purpose, though the text is of the kind: profiles that are open,
// degenerate or cross or touch themselves (`Refusal::kProfile`; what OCCT makes
// of them is the kernel's business), and calls CadQuery answers with an error
// (`kValue`). A boolean that leaves nothing before the program goes on is outside the
// dialect: CadQuery then goes on from the solid before it.
//
// The result is `r`, else result, solid, shape, model, part, else the
// workplane assigned last; its stack must hold a solid.
#pragma once

#include <optional>
#include <string>

#include "geometry/part/part.h"
#include "language/script/ast.h"

namespace cadrecode::dialect {

enum class Refusal {
  kNone,
  kOutside,  // beyond the dialect
  kProfile,  // a profile that is open, degenerate, self-crossing
  kValue,    // CadQuery itself would refuse it
};

struct Recognition {
  std::optional<part::Part> part;  // absent: see refusal
  Refusal refusal = Refusal::kNone;
  std::string reason;
  script::Range range;  // of the construct refused; Program::place gives line and column
};

// Never throws for a parsed program.
Recognition recognise(const script::Program& program);
// Parses first; throws script::parse's Error if the text is no program.
Recognition recognise(const std::string& text);

}  // namespace cadrecode::dialect
