// Vertex and Edge.
#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Value make_vertex(Arguments& a, Interpreter&) {
  return shape_value(brep::make_vertex({a.number("x"), a.number("y"), a.number("z")}));
}
Value to_tuple(Self& s, Arguments&, Interpreter&) { return tuple_value(brep::to_point(s.shape)); }
template <int axis>
Value coordinate(Self& s, Interpreter&) {
  return brep::to_point(s.shape)[axis];
}

Value make_line(Arguments& a, Interpreter&) {
  return shape_value(brep::make_line(vector(a, "v1"), vector(a, "v2")));
}
Value make_circle(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_circle(a.number("radius"), vector(a, "pnt"), vector(a, "dir"),
                                       a.number("angle1"), a.number("angle2"),
                                       a.boolean("orientation", interpreter)));
}
Value make_ellipse(Arguments& a, Interpreter&) {
  return shape_value(brep::make_ellipse(
      a.number("x_radius"), a.number("y_radius"), vector(a, "pnt"), vector(a, "dir"),
      vector(a, "xdir"), a.number("angle1"), a.number("angle2"), a.integer("sense") == 1 ? 1 : -1));
}
Value make_three_point_arc(Arguments& a, Interpreter&) {
  return shape_value(brep::make_three_point_arc(vector(a, "v1"), vector(a, "v2"), vector(a, "v3")));
}
Value make_tangent_arc(Arguments& a, Interpreter&) {
  return shape_value(brep::make_tangent_arc(vector(a, "v1"), vector(a, "v2"), vector(a, "v3")));
}
Value make_bezier(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_bezier(vectors(a, "points", interpreter)));
}

std::vector<std::optional<Vec3>> tangents(Arguments& a, Interpreter& interpreter) {
  std::vector<std::optional<Vec3>> result;
  if (a.is_none("tangents")) return result;
  for (const Value& value : a.items("tangents", interpreter)) {
    if (value.is_none())
      result.push_back(std::nullopt);
    else
      result.push_back(to_vector(value, "Edge.makeSpline tangents"));
  }
  return result;
}

Value make_spline(Arguments& a, Interpreter& interpreter) {
  const std::vector<Vec3> points = vectors(a, "listOfVector", interpreter);
  brep::SplineOptions options;
  options.tangents = tangents(a, interpreter);
  options.periodic = a.boolean("periodic", interpreter);
  if (!a.is_none("parameters")) {
    options.parameters = numbers(a, "parameters", interpreter);
    const size_t needed = points.size() + (options.periodic ? 1 : 0);
    if (options.parameters.size() != needed)
      interpreter::throw_value_error(
          "There must be one parameter for each interpolation point (plus one if periodic), or "
          "none specified. Parameter count: " +
          std::to_string(options.parameters.size()) +
          ", point count: " + std::to_string(points.size()));
  }
  options.scale = a.boolean("scale", interpreter);
  options.tolerance = a.number("tol");
  return shape_value(brep::make_spline(points, options));
}

std::optional<std::array<double, 3>> smoothing(Arguments& a) {
  if (a.is_none("smoothing")) return std::nullopt;
  const std::vector<double> weights = a.numbers("smoothing", 3);
  return std::array<double, 3>{weights[0], weights[1], weights[2]};
}

Value make_spline_approx(Arguments& a, Interpreter& interpreter) {
  brep::SplineApproxOptions options;
  options.tolerance = a.number("tol");
  options.smoothing = smoothing(a);
  options.min_degree = static_cast<int>(a.integer("minDeg"));
  options.max_degree = static_cast<int>(a.integer("maxDeg"));
  return shape_value(brep::make_spline_approx(vectors(a, "listOfVector", interpreter), options));
}

Value arc_center(Self& s, Arguments&, Interpreter&) {
  return vector_value(brep::arc_center(s.shape));
}
Value close(Self& s, Arguments&, Interpreter&) { return shape_value(brep::close(s.shape)); }
Value has_pcurve(Self& s, Arguments& a, Interpreter&) {
  return brep::has_pcurve(s.shape, shape(a, "f", brep::Kind::kFace));
}
Value trim(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::trim(s.shape, a.number("u0"), a.number("u1")));
}

}  // namespace

void add_vertex_class(Type& t) {
  t.static_method("makeVertex", "x, y, z", make_vertex)
      .method("toTuple", "", to_tuple)
      .property("X", coordinate<0>)
      .property("Y", coordinate<1>)
      .property("Z", coordinate<2>);
}

void add_edge_class(Type& t) {
  add_curve_methods_of_shapes(t);
  t.static_method("makeLine", "v1, v2", make_line)
      .static_method("makeCircle",
                     "radius, pnt=(0, 0, 0), dir=(0, 0, 1), angle1=360.0, angle2=360, "
                     "orientation=True",
                     make_circle)
      .static_method("makeEllipse",
                     "x_radius, y_radius, pnt=(0, 0, 0), dir=(0, 0, 1), xdir=(1, 0, 0), "
                     "angle1=360.0, angle2=360.0, sense=1",
                     make_ellipse)
      .static_method("makeSpline",
                     "listOfVector, tangents=None, periodic=False, parameters=None, scale=True, "
                     "tol=1e-6",
                     make_spline)
      .static_method("makeSplineApprox",
                     "listOfVector, tol=1e-3, smoothing=None, minDeg=1, maxDeg=6",
                     make_spline_approx)
      .static_method("makeThreePointArc", "v1, v2, v3", make_three_point_arc)
      .static_method("makeTangentArc", "v1, v2, v3", make_tangent_arc)
      .static_method("makeBezier", "points", make_bezier)
      .method("arcCenter", "", arc_center)
      .method("close", "", close)
      .method("hasPCurve", "f", has_pcurve)
      .method("trim", "u0, u1", trim);
}

}  // namespace cadrecode::cadquery
