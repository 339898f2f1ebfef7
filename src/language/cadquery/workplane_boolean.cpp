// Workplane: union, cut, intersect, split, and holes.
#include <cmath>
#include <numbers>

#include "geometry/brep/boolean.h"
#include "geometry/brep/face.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"
#include "language/cadquery/extrusion.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Shape;

namespace {

bool is_solid_or_compound(const Value& value) {
  return is_shape_of(value, Kind::kSolid) || is_shape_of(value, Kind::kCompound);
}

// CadQuery takes 0 for "no tolerance".
std::optional<double> tolerance_of(const Arguments& a) {
  const std::optional<double> given = a.optional_number("tol");
  return given && *given != 0 ? given : std::nullopt;
}

Ref<WorkplaneObject> finished(WorkplaneObject& self, Shape shape, bool clean) {
  if (clean) shape = brep::clean(shape);
  return new_object(self, shape);
}

// The tools of cut and intersect: all shapes on a Workplane's stack, or the shape given.
Shapes tools_of(WorkplaneObject& self, const Value& value, const char* verb) {
  if (auto* other = value.as<WorkplaneObject>()) {
    merge_tags(self, *other);
    return shapes_on(*other);
  }
  if (is_solid_or_compound(value)) return {*try_shape(value)};
  interpreter::throw_value_error(std::string("Cannot ") + verb + " type '" + type_name(value) +
                                 "'");
}

Shapes to_unite(WorkplaneObject& self, const Value& value, Interpreter& interpreter) {
  if (auto* other = value.as<WorkplaneObject>()) {
    Value solids = other->call_method("solids", {}, interpreter);
    Shapes found = shapes_on(interpreter::self_as<WorkplaneObject>(solids));
    if (found.empty()) {
      interpreter::throw_value_error(
          "Workplane object must have at least one solid on the stack to union!");
    }
    merge_tags(self, *other);
    return found;
  }
  if (is_solid_or_compound(value)) return {*try_shape(value)};
  if (value.is_none()) return {};
  interpreter::throw_value_error("Cannot union type '" + type_name(value) + "'");
}

Value unite(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  Shapes others = to_unite(self, a["toUnion"], i);
  const bool glue = a.boolean("glue", i);
  Shape result;
  if (const auto base = find_solids(self)) {
    result = brep::fuse(*base, others, glue, tolerance_of(a));
  } else if (others.empty()) {
    interpreter::throw_index_error("list index out of range");
  } else {
    const Shape first = others.front();
    others.erase(others.begin());
    result = others.empty() ? first : brep::fuse(first, others, glue, tolerance_of(a));
  }
  return finished(self, result, a.boolean("clean", i));
}

Value cut(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Shape solid = find_solid(self);
  const Shapes tools = tools_of(self, a["toCut"], "cut");
  return finished(self, brep::cut(solid, tools, tolerance_of(a)), a.boolean("clean", i));
}

Value intersect(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Shape solid = find_solid(self);
  const Shapes tools = tools_of(self, a["toIntersect"], "intersect");
  return finished(self, brep::intersect(solid, tools, tolerance_of(a)), a.boolean("clean", i));
}

// All shapes on the stack fused into one.
Value combine(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  Shapes items = shapes_on(self);
  if (items.empty()) interpreter::throw_index_error("pop from empty list");
  Shape result = items.front();
  items.erase(items.begin());
  if (!items.empty()) result = brep::fuse(result, items, a.boolean("glue", i), tolerance_of(a));
  return finished(self, result, a.boolean("clean", i));
}

// --- Splitting ---

Value split_by(WorkplaneObject& self, const Value& splitter) {
  const Shape solid = find_solid(self);
  Shapes tools;
  if (auto* other = splitter.as<WorkplaneObject>()) {
    tools = shapes_on(*other);
    merge_tags(self, *other);
  } else {
    tools = {*try_shape(splitter)};
  }
  return new_object(self, brep::split(solid, tools));
}

// One half space's worth of box on the plane's upper (positive size) or lower side.
Shape half(WorkplaneObject& self, double size, Interpreter& interpreter) {
  const std::array<Value, 2> sides{std::abs(size), std::abs(size)};
  Value drawn = self.call_method("rect", {sides, {}}, interpreter);
  return extruded(interpreter::self_as<WorkplaneObject>(drawn), {.distance = size});
}

Value split(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Value& first = a["keepTop"];
  const bool splitter_given = first.as<WorkplaneObject>() || try_shape(first);
  if (splitter_given && !a.given("keepBottom")) return split_by(self, first);
  const bool top = truth(first, i), bottom = a.boolean("keepBottom", i);
  if (!top && !bottom) interpreter::throw_value_error("You have to keep at least one half");
  const Shape solid = find_solid(self);
  const double size = brep::bounding_box(solid).diagonal_length * 10;
  const Shape top_box = half(self, size, i), bottom_box = half(self, -size, i);
  const Shape top_part = brep::cut(solid, {bottom_box}), bottom_part = brep::cut(solid, {top_box});
  Shapes kept;
  if (top) kept.push_back(top_part);
  if (bottom) kept.push_back(bottom_part);
  return new_object(self, kept);
}

Value section(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Shape solid = find_solid(self);
  const Frame& frame = self.frame();
  const Shape plane =
      brep::make_plane({}, {}, frame.origin + frame.normal * a.number("height"), frame.normal);
  return new_object(self, brep::intersect(solid, {plane}));
}

// --- Holes ---

Ref<WorkplaneObject> cut_each(WorkplaneObject& self, const Shape& tool, bool clean) {
  const Shape solid = find_solid(self);
  const Shapes tools = shapes_on(*each_point(self, tool));
  return finished(self, brep::cut(solid, tools), clean);
}

Value cut_each_method(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Shape solid = find_solid(self);
  const std::array<Value, 2> call{a["fcn"], a["useLocalCoords"]};
  Value made = self.call_method("eachpoint", {call, {}}, i);
  const Shapes tools = shapes_on(interpreter::self_as<WorkplaneObject>(made));
  return finished(self, brep::cut(solid, tools), a.boolean("clean", i));
}

double hole_depth(const WorkplaneObject& self, const Arguments& a) {
  if (const auto depth = a.optional_number("depth")) return *depth;
  return brep::bounding_box(find_solid(self)).diagonal_length;
}

Shape bore(double diameter, double depth) {
  return brep::make_cylinder(diameter / 2, depth, {}, {0, 0, -1});
}

Value hole(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double depth = hole_depth(self, a);
  return cut_each(self, bore(a.number("diameter"), depth), a.boolean("clean", i));
}

Value counterbored_hole(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double depth = hole_depth(self, a);
  const Shape tool = brep::fuse(bore(a.number("diameter"), depth),
                                {bore(a.number("cboreDiameter"), a.number("cboreDepth"))});
  return cut_each(self, tool, a.boolean("clean", i));
}

Value countersunk_hole(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double depth = hole_depth(self, a);
  const double r = a.number("cskDiameter") / 2;
  const double slope = std::tan(a.number("cskAngle") / 2 * std::numbers::pi / 180);
  if (slope == 0) {
    interpreter::throw_exception(interpreter::exception_type("ZeroDivisionError"),
                                 "float division by zero");
  }
  const Shape sink = brep::make_cone(r, 0, r / slope, {}, {0, 0, -1});
  const Shape tool = brep::fuse(bore(a.number("diameter"), depth), {sink});
  return cut_each(self, tool, a.boolean("clean", i));
}

}  // namespace

void add_boolean_methods(Type& type) {
  type.method("union", "toUnion=None, clean=True, glue=False, tol=None", unite)
      .method("cut", "toCut, clean=True, tol=None", cut)
      .method("intersect", "toIntersect, clean=True, tol=None", intersect)
      .method("combine", "clean=True, glue=False, tol=None", combine)
      .method("split", "keepTop=False, keepBottom=False", split)
      .method("section", "height=0.0", section)
      .method("cutEach", "fcn, useLocalCoords=False, clean=True", cut_each_method)
      .method("hole", "diameter, depth=None, clean=True", hole)
      .method("cboreHole", "diameter, cboreDiameter, cboreDepth, depth=None, clean=True",
              counterbored_hole)
      .method("cskHole", "diameter, cskDiameter, cskAngle, depth=None, clean=True",
              countersunk_hole);
}

}  // namespace cadrecode::cadquery
