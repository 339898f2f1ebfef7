// Shapes of the CAD kernel as plain values.
//
// A Shape is a cheap handle (copying shares the geometry) on one OCCT shape. It
// mirrors CadQuery's `Shape` and its subclasses; everything else in this room is
// free functions over it, named as CadQuery names them, in snake_case:
//   shape.h      identity, sub-shapes                  (Shape)
//   location.h   Location, Transform                   (Location, Matrix)
//   measure.h    centre, area, volume, boxes, validity (Shape)
//   transform.h  translate, rotate, mirror, moved …    (Shape)
//   curve.h      queries on edges and wires            (Mixin1D)
//   edge.h wire.h face.h solid.h text.h                (makers and methods of each class)
//   boolean.h    fuse, cut, intersect, split, clean    (Shape / Compound methods)
//   feature.h    fillet, chamfer, hollow, dprism …     (Mixin3D)
//   ops.h        the free-function interface           (cadquery.func)
//   facts.h tessellate.h export.h import.h drawing.h limits.h
//
// Notation: kind() is the topological type (CadQuery's `ShapeType()`); type() is
// the CadQuery class the object would have in Python. They differ where CadQuery
// wraps a compound as a Solid (the result of Solid.fillet, for one), and type() is
// what `isinstance` asks and what decides how the boolean operations unpack it.
//
// Errors: every failure is a cadrecode::Error. Where CadQuery itself raises
// ValueError the kind is kValue; where the kernel fails (any Standard_Failure) it is
// kGeometry and the message says what was attempted and what OCCT reported;
// kLimit when a shape outgrows limits.h. Coordinates and sizes that are not finite
// or exceed kMaxCoordinate are refused with kValue before the kernel sees them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/vec.h"

namespace cadrecode::brep {

// Same order as OCCT's TopAbs_ShapeEnum.
enum class Kind { kCompound, kCompSolid, kSolid, kShell, kFace, kWire, kEdge, kVertex };

// "Compound", "CompSolid", "Solid", … as CadQuery's ShapeType() spells them.
const char* to_string(Kind kind);

enum class Orientation { kForward, kReversed, kInternal, kExternal };

// No coordinate, length or factor passed to this room may be larger than this.
constexpr double kMaxCoordinate = 1e15;

class Shape {
 public:
  struct Rep;  // the OCCT shape; only brep's own sources know it (occ.h)

  Shape() = default;  // null
  explicit Shape(std::shared_ptr<const Rep> rep, bool construction = false)
      : for_construction(construction), rep_(std::move(rep)) {}

  bool is_null() const { return rep_ == nullptr; }
  Kind kind() const;                 // throws kValue when null
  Kind type() const;                 // CadQuery's Python class, see above
  Shape with_type(Kind type) const;  // the same shape seen as another class
  Orientation orientation() const;
  Shape reversed() const;    // CadQuery's reverse()
  bool closed_flag() const;  // CadQuery's Closed()

  // Same geometry and place; is_equal also asks for the same orientation.
  // == is CadQuery's, i.e. is_same; hash() agrees with it.
  bool is_same(const Shape& other) const;
  bool is_equal(const Shape& other) const;
  size_t hash() const;
  bool operator==(const Shape& other) const { return is_same(other); }

  // Unique sub-shapes (the shape itself included) in CadQuery's order, seams and
  // shared edges once. edges() leaves out degenerate edges; vertices() of a wire()
  // class object come in the order of travel, as CadQuery's Wire.Vertices.
  std::vector<Shape> vertices() const;
  std::vector<Shape> edges() const;
  std::vector<Shape> wires() const;
  std::vector<Shape> faces() const;
  std::vector<Shape> shells() const;
  std::vector<Shape> solids() const;
  std::vector<Shape> comp_solids() const;
  std::vector<Shape> compounds() const;

  // Every unique sub-shape of one kind, degenerate edges included: what CadQuery's
  // lower-case selectors (Shape.edges(), Shape.faces() …) choose from.
  std::vector<Shape> entities(Kind kind) const;

  // Direct children, as Python's iteration over a Shape: a wire's edges in order of
  // travel, a compound's members in order of insertion.
  std::vector<Shape> children() const;
  bool empty() const;  // no direct children; CadQuery's `not compound`

  // "PLANE", "CYLINDER", "CONE", "SPHERE", "TORUS", "BEZIER", "BSPLINE", "REVOLUTION",
  // "EXTRUSION", "OFFSET", "OTHER" for faces; "LINE", "CIRCLE", "ELLIPSE", "HYPERBOLA",
  // "PARABOLA", "BEZIER", "BSPLINE", "OFFSET", "OTHER" for edges; else the kind's word
  // ("Vertex", "Wire", "Shell", "Compound"; CadQuery says "CompSolid" for a solid).
  std::string geom_type() const;

  const Rep& rep() const;  // throws kValue when null

  // CadQuery's forConstruction; kept by moved, located and transform_shape only.
  bool for_construction = false;

 private:
  std::shared_ptr<const Rep> rep_;
};

struct ShapeHash {
  size_t operator()(const Shape& shape) const { return shape.hash(); }
};

// For each sub-shape of kind `child` (in map order), the sub-shapes of kind `parent`
// that contain it: CadQuery's _entitiesFrom.
struct Ancestry {
  Shape child;
  std::vector<Shape> parents;
};
std::vector<Ancestry> entities_from(const Shape& shape, Kind child, Kind parent);

// Sub-shapes of `context` of one kind that contain `shape` (or, for a Compound, its
// children, one after another): Shape.ancestors.
std::vector<Shape> ancestors(const Shape& shape, const Shape& context, Kind kind);
// Sub-shapes of `context` of the kind of `shape` that share a sub-shape of kind
// `kind` with it: Shape.siblings. CadQuery's order is that of a Python set, hence
// arbitrary; here it is the order of the context's map.
std::vector<Shape> siblings(const Shape& shape, const Shape& context, Kind kind, int level = 1);

// True if `part` is a sub-shape of `whole` (func.isSubshape).
bool is_subshape(const Shape& part, const Shape& whole);

// Replaces or removes sub-shapes (Shape.replace, Shape.remove).
Shape replaced(const Shape& shape, const Shape& old, const std::vector<Shape>& with);
Shape removed(const Shape& shape, const std::vector<Shape>& parts);

}  // namespace cadrecode::brep
