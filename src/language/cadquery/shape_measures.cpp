// Shape: centres, sizes, boxes, distances, triangles.
#include <optional>

#include "geometry/brep/measure.h"
#include "geometry/brep/tessellate.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Value center(Self& s, Arguments&, Interpreter&) { return vector_value(brep::center(s.shape)); }
Value center_of_bound_box(Self& s, Arguments&, Interpreter&) {
  return vector_value(brep::center_of_bound_box(s.shape));
}
Value center_of_mass(Arguments& a, Interpreter&) {
  return vector_value(brep::center_of_mass(shape(a, "obj")));
}
Value combined_center(Arguments& a, Interpreter& interpreter) {
  return vector_value(brep::combined_center(shapes(a, "objects", interpreter)));
}
Value combined_center_of_bound_box(Arguments& a, Interpreter& interpreter) {
  return vector_value(brep::combined_center_of_bound_box(shapes(a, "objects", interpreter)));
}

// A tolerance of None or 0 is none.
std::optional<double> tolerance(const Arguments& a) {
  const auto value = a.optional_number("tol");
  return value && *value != 0 ? value : std::nullopt;
}

Value compute_mass(Arguments& a, Interpreter&) {
  return brep::compute_mass(shape(a, "obj"), tolerance(a));
}
Value matrix_of_inertia(Arguments& a, Interpreter&) {
  std::vector<Value> rows;
  for (const auto& row : brep::matrix_of_inertia(shape(a, "obj")))
    rows.push_back(interpreter::make_list({row[0], row[1], row[2]}));
  return interpreter::make_list(std::move(rows));
}

Value area(Self& s, Arguments&, Interpreter&) { return brep::area(s.shape); }
Value volume(Self& s, Arguments& a, Interpreter&) { return brep::volume(s.shape, tolerance(a)); }
Value bounding_box(Self& s, Arguments&, Interpreter&) {
  return bound_box_value(brep::bounding_box(s.shape));
}
Value is_valid(Self& s, Arguments&, Interpreter&) { return brep::is_valid(s.shape); }
Value fix(Self& s, Arguments&, Interpreter&) { return shape_value(brep::fix(s.shape)); }

Value distance(Self& s, Arguments& a, Interpreter&) {
  return brep::distance(s.shape, shape(a, "other"));
}
Value distances(Self& s, Arguments& a, Interpreter&) {
  std::vector<Value> values;
  for (const brep::Shape& other : rest_shapes(a)) values.push_back(brep::distance(s.shape, other));
  return interpreter::iterate_values(std::move(values));
}

brep::LineSide line_side(const Value& direction) {
  if (direction.is_none()) return brep::LineSide::kAny;
  if (direction.is_str() && direction.str() == "AlongAxis") return brep::LineSide::kAlongAxis;
  if (direction.is_str() && direction.str() == "Opposite") return brep::LineSide::kOpposite;
  interpreter::throw_value_error(
      "Invalid direction specification.\nValid specification are 'AlongAxis' and 'Opposite'.");
}

Value faces_intersected_by_line(Self& s, Arguments& a, Interpreter&) {
  return shape_list(brep::faces_intersected_by_line(s.shape, vector(a, "point"), vector(a, "axis"),
                                                    a.number("tol"), line_side(a["direction"])));
}

Value tessellate(Self& s, Arguments& a, Interpreter&) {
  const brep::Tessellation result =
      brep::tessellate(s.shape, {a.number("tolerance"), a.number("angularTolerance")});
  std::vector<Value> vertices, triangles;
  for (const auto& p : result.mesh.vertices) vertices.push_back(vector_value({p.x, p.y, p.z}));
  for (const auto& t : result.mesh.triangles)
    triangles.push_back(interpreter::make_tuple(
        {static_cast<int64_t>(t[0]), static_cast<int64_t>(t[1]), static_cast<int64_t>(t[2])}));
  return interpreter::make_tuple(
      {interpreter::make_list(std::move(vertices)), interpreter::make_list(std::move(triangles))});
}

// Triangles are made when they are asked for.
Value mesh(Self&, Arguments&, Interpreter&) { return Value::none(); }

}  // namespace

void add_shape_measures(Type& t) {
  t.method("Center", "", center)
      .method("CenterOfBoundBox", "tolerance=None", center_of_bound_box)
      .static_method("centerOfMass", "obj", center_of_mass)
      .static_method("CombinedCenter", "objects", combined_center)
      .static_method("CombinedCenterOfBoundBox", "objects", combined_center_of_bound_box)
      .static_method("computeMass", "obj, tol=None", compute_mass)
      .static_method("matrixOfInertia", "obj", matrix_of_inertia)
      .method("Area", "", area)
      .method("Volume", "tol=None", volume)
      .method("BoundingBox", "tolerance=None", bounding_box)
      .method("isValid", "", is_valid)
      .method("fix", "", fix)
      .method("distance", "other", distance)
      .method("distances", "*others", distances)
      .method("facesIntersectedByLine", "point, axis, tol=0.0001, direction=None",
              faces_intersected_by_line)
      .method("tessellate", "tolerance, angularTolerance=0.1", tessellate)
      .method("mesh", "tolerance, angularTolerance=0.1", mesh);
}

}  // namespace cadrecode::cadquery
