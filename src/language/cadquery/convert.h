// Program values to C++ values and back.
//
// `what` names the argument in error messages ("Workplane.center x"). A value of the wrong type
// raises TypeError, as CadQuery's own constructors do. The try_ forms give nullopt or null instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/cadquery/objects.h"

namespace cadrecode::cadquery {

// CadQuery's VectorLike: a Vector, or a tuple or list of two or three numbers (z = 0 when absent).
std::optional<Vec3> try_vector(const Value& value);
Vec3 to_vector(const Value& value, std::string_view what);
// The elements of any iterable, each vector-like.
std::vector<Vec3> to_vectors(const Value& iterable, std::string_view what,
                             Interpreter& interpreter);
std::vector<double> to_numbers(const Value& iterable, std::string_view what,
                               Interpreter& interpreter);

// A shape object; `kinds` in messages only. Null when `value` is none.
const brep::Shape* try_shape(const Value& value);
const brep::Shape& to_shape(const Value& value, std::string_view what);
// A shape of that CadQuery class.
const brep::Shape& to_shape(const Value& value, brep::Kind type, std::string_view what);
// Elements of an iterable; a shape stands for itself alone when `allow_single`.
Shapes to_shapes(const Value& iterable, std::string_view what, Interpreter& interpreter,
                 bool allow_single = false);

// A Location object.
const brep::Location* try_location(const Value& value);
const brep::Location& to_location(const Value& value, std::string_view what);
// The overloads of Location(…): none, VectorLike, Plane, (Plane, VectorLike), (VectorLike, axis,
// angle), (VectorLike, (rx, ry, rz)), x, y, z, rx, ry, rz.
brep::Location location_from(const std::vector<Value>& positional,
                             const std::vector<std::pair<std::string, Value>>& keywords);
// The overloads of Shape.moved(…) and Sketch.moved(…): one place, or several when the call names
// several or a sequence of them.
struct Places {
  std::vector<brep::Location> all;
  bool several = false;  // the result is a compound even if all.size() == 1
};
Places places_from(const Arguments& arguments, Interpreter& interpreter);

// A Plane object, a Location, or (for Workplane) the name of a plane.
Frame to_plane(const Value& value, std::string_view what);
// XY, YZ, ZX, XZ, YX, ZY, front, back, left, right, top, bottom at `origin`; else a value error.
Frame named_plane(const std::string& name, Vec3 origin = {});
// The plane through `origin`; x_dir unset: as OCCT chooses it from the normal. Value errors for
// null vectors.
Frame plane_from(Vec3 origin, std::optional<Vec3> x_dir, Vec3 normal);

// A selector: a text, or a selector object. nullopt for None, "" and an absent argument.
std::optional<Selector> to_selector(const Value& value, std::string_view what);

Value vector_value(Vec3 v);
Value tuple_value(Vec3 v);
Value plane_value(const Frame& frame);
Value location_value(const brep::Location& location);
Value bound_box_value(const brep::BoundBox& box);
Value shape_value(const brep::Shape& shape);  // None for a null shape
Value shape_list(const Shapes& shapes);

}  // namespace cadrecode::cadquery
