// Edge and Wire: positions, tangents and frames along them (CadQuery's Mixin1D).
#include <algorithm>

#include "geometry/brep/curve.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

// Any mode but "length" means the curve's parameter, as in CadQuery.
brep::ParamMode param_mode(const Arguments& a) {
  return a.string("mode") == "length" ? brep::ParamMode::kLength : brep::ParamMode::kParameter;
}
brep::FrameMode frame_mode(const Arguments& a) {
  return a.string("frame") == "frenet" ? brep::FrameMode::kFrenet : brep::FrameMode::kCorrected;
}

Value vector_list(const std::vector<Vec3>& vectors) {
  std::vector<Value> values;
  for (Vec3 v : vectors) values.push_back(vector_value(v));
  return interpreter::make_list(std::move(values));
}
Value number_list(const std::vector<double>& numbers) {
  return interpreter::make_list(std::vector<Value>(numbers.begin(), numbers.end()));
}

Value bounds(Self& s, Arguments&, Interpreter&) {
  const auto [first, last] = brep::bounds(s.shape);
  return interpreter::make_tuple({Value(first), Value(last)});
}
Value start_point(Self& s, Arguments&, Interpreter&) {
  return vector_value(brep::start_point(s.shape));
}
Value end_point(Self& s, Arguments&, Interpreter&) {
  return vector_value(brep::end_point(s.shape));
}
Value length(Self& s, Arguments&, Interpreter&) { return brep::length(s.shape); }
Value radius(Self& s, Arguments&, Interpreter&) { return brep::radius(s.shape); }
Value is_closed(Self& s, Arguments&, Interpreter&) { return brep::is_closed(s.shape); }
Value normal(Self& s, Arguments&, Interpreter&) { return vector_value(brep::normal(s.shape)); }

Value param_at(Self& s, Arguments& a, Interpreter&) {
  if (const auto* point = a["d"].as<VectorObject>()) return brep::param_at(s.shape, point->v);
  return brep::param_at(s.shape, a.number("d"));
}
Value params(Self& s, Arguments& a, Interpreter& interpreter) {
  return number_list(brep::params(s.shape, vectors(a, "pts", interpreter)));
}
Value params_length(Self& s, Arguments& a, Interpreter& interpreter) {
  return number_list(brep::params_length(s.shape, numbers(a, "locations", interpreter)));
}

Value position_at(Self& s, Arguments& a, Interpreter&) {
  return vector_value(brep::position_at(s.shape, a.number("d"), param_mode(a)));
}
Value positions(Self& s, Arguments& a, Interpreter& interpreter) {
  return vector_list(brep::positions(s.shape, numbers(a, "ds", interpreter), param_mode(a)));
}
Value tangent_at(Self& s, Arguments& a, Interpreter&) {
  return vector_value(brep::tangent_at(s.shape, a.number("locationParam"), param_mode(a)));
}
Value tangents(Self& s, Arguments& a, Interpreter& interpreter) {
  return vector_list(brep::tangents(s.shape, numbers(a, "locations", interpreter), param_mode(a)));
}
Value curvature_at(Self& s, Arguments& a, Interpreter&) {
  return brep::curvature_at(s.shape, a.number("d"), param_mode(a), a.number("resolution"));
}
Value curvatures(Self& s, Arguments& a, Interpreter& interpreter) {
  std::vector<double> values;
  for (double d : numbers(a, "ds", interpreter))
    values.push_back(brep::curvature_at(s.shape, d, param_mode(a), a.number("resolution")));
  return number_list(values);
}

Value location_at(Self& s, Arguments& a, Interpreter& interpreter) {
  return location_value(brep::location_at(s.shape, a.number("d"), param_mode(a), frame_mode(a),
                                          a.boolean("planar", interpreter)));
}
Value locations(Self& s, Arguments& a, Interpreter& interpreter) {
  std::vector<Value> values;
  for (const brep::Location& place :
       brep::locations(s.shape, numbers(a, "ds", interpreter), param_mode(a), frame_mode(a),
                       a.boolean("planar", interpreter)))
    values.push_back(location_value(place));
  return interpreter::make_list(std::move(values));
}

Value sample(Self& s, Arguments& a, Interpreter& interpreter) {
  brep::CurveSamples samples;
  if (a["n"].is_integral()) {
    interpreter.charge(static_cast<uint64_t>(std::max<int64_t>(a.integer("n"), 0)));
    samples = brep::sample(s.shape, static_cast<int>(a.integer("n")));
  } else {
    samples = brep::sample(s.shape, a.number("n"));
  }
  return interpreter::make_tuple({vector_list(samples.points), number_list(samples.parameters)});
}

Value project(Self& s, Arguments& a, Interpreter& interpreter) {
  const brep::Shape& face = shape(a, "face");
  if (a.boolean("closest", interpreter))
    return shape_value(brep::project_closest(s.shape, face, vector(a, "d")));
  return shape_list(brep::project_all(s.shape, face, vector(a, "d")));
}

}  // namespace

void add_curve_methods_of_shapes(Type& t) {
  t.method("bounds", "", bounds)
      .method("_bounds", "", bounds)
      .method("startPoint", "", start_point)
      .method("endPoint", "", end_point)
      .method("Length", "", length)
      .method("radius", "", radius)
      .method("IsClosed", "", is_closed)
      .method("normal", "", normal)
      .method("paramAt", "d", param_at)
      .method("params", "pts, tol=1e-6", params)
      .method("paramsLength", "locations", params_length)
      .method("positionAt", "d, mode='length'", position_at)
      .method("positions", "ds, mode='length'", positions)
      .method("tangentAt", "locationParam=0.5, mode='length'", tangent_at)
      .method("tangents", "locations, mode='length'", tangents)
      .method("curvatureAt", "d, mode='length', resolution=1e-6", curvature_at)
      .method("curvatures", "ds, mode='length', resolution=1e-6", curvatures)
      .method("locationAt", "d, mode='length', frame='frenet', planar=False", location_at)
      .method("locations", "ds, mode='length', frame='frenet', planar=False", locations)
      .method("sample", "n", sample)
      .method("project", "face, d, closest=True", project);
}

}  // namespace cadrecode::cadquery
