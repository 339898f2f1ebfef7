// A part with handles: named parameters, features built from them, and what
// ties the dimensions together.
//
// Model = parameters + features in order; evaluating it at given values gives a
// `Part`, and at its own values the part it was made from (to 1e-9 of its size).
//
// Notation
//   feature    one step of the part (several, where they differ in place only):
//              frame, operation, extent [start, end] along the normal, outlines
//   outline    circle, rectangle, regular polygon or chain of lines and arcs,
//              about its own place
//   pattern    where an outline stands: once, at points, on a grid, on a circle
//   place      (x, y) in the feature's frame; an inner outline's is measured
//              from its outer one's
//   mid        the point an arc of a chain runs through, half way. It keeps the
//              arc's sweep when the corners move (or, where an outline is scaled as a
//              whole, its share of the sides), so it is an affine function of them.
// Lengths are in program units, `Model::unit` where known; counts are whole.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geometry/part/part.h"
#include "pipeline/parametrize/expr.h"

namespace cadrecode::parametrize {

struct Parameter {
  std::string name;  // a Python identifier, unique
  std::string what;  // "the plate, along x"
  double value = 0;
  double low = 0, high = 0;  // moving it alone between these keeps the part valid
  std::string below, above;  // why not beyond; empty where only the search ended
  bool count = false;        // a whole number
  double step = 0;           // a good step for a slider
};

struct Position {
  Expr x, y;
};

struct Outline {
  enum class Kind { kCircle, kRectangle, kPolygon, kChain };
  Kind kind = Kind::kCircle;
  Expr width, height;             // rectangle; circle and polygon: width is the diameter
  std::vector<Position> corners;  // chain and polygon, counter-clockwise
  struct Mid {
    size_t edge;  // from corner `edge` to the next
    Position at;
  };
  std::vector<Mid> mids;  // chain: of its arcs; the other edges are lines
};

struct Pattern {
  enum class Kind { kPoints, kGrid, kPolar };
  Kind kind = Kind::kPoints;
  std::vector<Position> points;  // kPoints: at least one; else the centre
  // kGrid: columns along x, rows along y, about the centre
  Expr columns = 1, rows = 1, spacing_x, spacing_y;
  // kPolar: on a circle of this diameter, the first at this angle
  Expr count, diameter;
  double start_deg = 0;
};

struct Shape {
  Outline outline;
  Pattern pattern;
  std::string name;  // "hole", "slot2": what its parameters' names begin with
  std::string what;  // "4 holes in a 2 x 2 grid"
};

struct Outer {
  Shape shape;
  std::vector<Shape> inner;
};

struct Feature {
  std::string name, what;  // "boss", "boss: a cylinder on the plate"
  part::Operation operation = part::Operation::kJoin;
  Frame frame;
  Expr start, end;
  std::vector<Outer> outers;
  std::vector<int> steps;  // of the part it was made from
};

struct Relation {
  enum class Kind { kEqual, kSymmetric, kConcentric, kAligned, kSpacing, kOffset };
  Kind kind;
  std::string what;  // "hole2 has the diameter of hole1"
};
const char* to_string(Relation::Kind kind);

struct Model {
  std::string name = "part";  // of the function
  std::string unit;           // "mm"; empty where unknown
  std::vector<Parameter> parameters;
  std::vector<Feature> features;
  std::vector<Relation> relations;

  std::vector<double> values() const;
  std::vector<std::string> names() const;
};

// The part at these values (one for each parameter). Nothing is checked: see
// break_reason() in ranges.h.
part::Part evaluate(const Model& model, std::span<const double> values);
part::Part evaluate(const Model& model);

// One outline at its own place, and where its pattern puts it.
part::Loop loop_of(const Outline& outline, std::span<const double> values);
std::vector<Vec2> places_of(const Pattern& pattern, std::span<const double> values);
part::Loop moved(part::Loop loop, Vec2 by);

// Everything a page or a service needs to move sliders, as JSON:
//   name unit parameters[name what value low high below above count step]
//   features[name what operation frame start end outers[...]] relations[kind what]
// An expression is [constant, [parameter, factor], ...].
std::string to_json(const Model& model);

}  // namespace cadrecode::parametrize
