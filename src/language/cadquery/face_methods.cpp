// Face: normals, tangents and places on its surface.
#include <algorithm>

#include "geometry/brep/face.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Value uv_bounds(Self& s, Arguments&, Interpreter&) {
  const brep::UvBounds b = brep::uv_bounds(s.shape);
  return interpreter::make_tuple({b.u_min, b.u_max, b.v_min, b.v_max});
}
Value outer_wire(Self& s, Arguments&, Interpreter&) {
  return shape_value(brep::outer_wire(s.shape));
}
Value inner_wires(Self& s, Arguments&, Interpreter&) {
  return shape_list(brep::inner_wires(s.shape));
}

Value param_at(Self& s, Arguments& a, Interpreter&) {
  const Vec2 uv = brep::face_param_at(s.shape, vector(a, "pt"));
  return interpreter::make_tuple({uv.x, uv.y});
}
Value params(Self& s, Arguments& a, Interpreter& interpreter) {
  std::vector<Value> us, vs;
  for (Vec3 p : vectors(a, "pts", interpreter)) {
    const Vec2 uv = brep::face_param_at(s.shape, p);
    us.emplace_back(uv.x);
    vs.emplace_back(uv.y);
  }
  return interpreter::make_tuple(
      {interpreter::make_list(std::move(us)), interpreter::make_list(std::move(vs))});
}

Value position_at(Self& s, Arguments& a, Interpreter&) {
  return vector_value(brep::face_position_at(s.shape, a.number("u"), a.number("v")));
}
Value positions(Self& s, Arguments& a, Interpreter& interpreter) {
  std::vector<Value> values;
  for (Vec3 uv : vectors(a, "uvs", interpreter))
    values.push_back(vector_value(brep::face_position_at(s.shape, uv.x, uv.y)));
  return interpreter::make_list(std::move(values));
}
Value location_at(Self& s, Arguments& a, Interpreter&) {
  return location_value(brep::face_location_at(s.shape, a.number("u"), a.number("v")));
}

// normalAt(point), or normalAt(u, v), which gives the position too.
Value normal_at(Self& s, Arguments& a, Interpreter&) {
  static const interpreter::Signature at_point("Face.normalAt", "locationVector=None");
  static const interpreter::Signature at_uv("Face.normalAt", "u, v");
  if (a.rest().size() < 2) {
    const Arguments b = rebound(at_point, a);
    return vector_value(b.is_none("locationVector")
                            ? brep::normal_at(s.shape)
                            : brep::normal_at(s.shape, vector(b, "locationVector")));
  }
  const Arguments b = rebound(at_uv, a);
  const auto [normal, position] =
      brep::normal_and_position_at(s.shape, b.number("u"), b.number("v"));
  return interpreter::make_tuple({vector_value(normal), vector_value(position)});
}

Value normals(Self& s, Arguments& a, Interpreter& interpreter) {
  const std::vector<double> us = numbers(a, "us", interpreter), vs = numbers(a, "vs", interpreter);
  std::vector<Value> normals, positions;
  for (size_t i = 0; i < std::min(us.size(), vs.size()); ++i) {
    const auto [normal, position] = brep::normal_and_position_at(s.shape, us[i], vs[i]);
    normals.push_back(vector_value(normal));
    positions.push_back(vector_value(position));
  }
  return interpreter::make_tuple(
      {interpreter::make_list(std::move(normals)), interpreter::make_list(std::move(positions))});
}

Value tangent_at(Self& s, Arguments& a, Interpreter&) {
  const brep::FaceTangents t = brep::face_tangent_at(s.shape, a.number("u"), a.number("v"));
  return interpreter::make_tuple({vector_value(t.du), vector_value(t.dv), vector_value(t.point)});
}

bool along_u(const Arguments& a) { return a.string("direction") == "u"; }

Value isoline(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::isoline(s.shape, a.number("param"), along_u(a)));
}
Value isolines(Self& s, Arguments& a, Interpreter& interpreter) {
  Shapes lines;
  for (double parameter : numbers(a, "params", interpreter))
    lines.push_back(brep::isoline(s.shape, parameter, along_u(a)));
  return shape_list(lines);
}

}  // namespace

void add_face_queries(Type& t) {
  t.method("uvBounds", "", uv_bounds)
      .method("_uvBounds", "", uv_bounds)
      .method("outerWire", "", outer_wire)
      .method("innerWires", "", inner_wires)
      .method("paramAt", "pt", param_at)
      .method("params", "pts, tol=1e-9", params)
      .method("positionAt", "u, v", position_at)
      .method("positions", "uvs", positions)
      .method("locationAt", "u, v", location_at)
      .method("normalAt", "*args, **kwargs", normal_at)
      .method("normals", "us, vs", normals)
      .method("tangentAt", "u, v", tangent_at)
      .method("isoline", "param, direction='v'", isoline)
      .method("isolines", "params, direction='v'", isolines)
      .unsupported("toPln", "there are no OCP objects here");
}

}  // namespace cadrecode::cadquery
