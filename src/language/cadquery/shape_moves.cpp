// Shape: moved, turned, mirrored, scaled, copied.
#include "geometry/brep/transform.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Vec3 mirror_normal(const Arguments& a) {
  const Value& plane = a["mirrorPlane"];
  if (!plane.is_str()) return vector(a, "mirrorPlane");
  const std::string& name = plane.str();
  if (name == "XY" || name == "YX") return {0, 0, 1};
  if (name == "XZ" || name == "ZX") return {0, 1, 0};
  if (name == "YZ" || name == "ZY") return {1, 0, 0};
  interpreter::throw_value_error("cannot mirror about the plane '" + name + "'");
}

Value mirror(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::mirror(s.shape, mirror_normal(a), vector(a, "basePointVector")));
}
Value rotate(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::rotate(s.shape, vector(a, "startVector"), vector(a, "endVector"),
                                  a.number("angleDegrees")));
}
Value translate(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::translate(s.shape, vector(a, "vector")));
}
Value scale(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::scale(s.shape, a.number("factor")));
}
Value copy(Self& s, Arguments&, Interpreter&) { return shape_value(brep::copy(s.shape)); }

const brep::Transform& matrix(const Arguments& a) {
  return a.object<MatrixObject>("tMatrix", "a Matrix").m;
}
Value transform_shape(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::transform_shape(s.shape, matrix(a)));
}
Value transform_geometry(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::transform_geometry(s.shape, matrix(a)));
}

Value location(Self& s, Arguments&, Interpreter&) {
  return location_value(brep::location(s.shape));
}
Value located(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::located(s.shape, to_location(a["loc"], "Shape.located loc")));
}
Value locate(Self& s, Arguments& a, Interpreter&) {
  s.shape = brep::located(s.shape, to_location(a["loc"], "Shape.locate loc"));
  return Ref<Self>(&s);
}
Value moved(Self& s, Arguments& a, Interpreter& interpreter) {
  const Places places = places_from(a, interpreter);
  return shape_value(places.several ? brep::moved(s.shape, places.all)
                                    : brep::moved(s.shape, places.all.front()));
}
Value move(Self& s, Arguments& a, Interpreter& interpreter) {
  const Places places = places_from(a, interpreter);
  if (places.all.empty()) interpreter::throw_index_error("list index out of range");
  s.shape = brep::moved(s.shape, places.all.front());
  return Ref<Self>(&s);
}

Value to_locs(Self& s, Arguments&, Interpreter&) {
  std::vector<Value> values;
  for (const brep::Location& place : brep::to_locs(s.shape))
    values.push_back(location_value(place));
  return interpreter::make_list(std::move(values));
}

Value to_nurbs(Self& s, Arguments&, Interpreter&) { return shape_value(brep::to_nurbs(s.shape)); }
Value to_splines(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::to_splines(s.shape, static_cast<int>(a.integer("degree")),
                                      a.number("tolerance"), a.boolean("nurbs", interpreter)));
}

}  // namespace

void add_shape_moves(Type& t) {
  t.method("mirror", "mirrorPlane='XY', basePointVector=(0, 0, 0)", mirror)
      .method("rotate", "startVector, endVector, angleDegrees", rotate)
      .method("translate", "vector", translate)
      .method("scale", "factor", scale)
      .method("copy", "mesh=False", copy)
      .method("transformShape", "tMatrix", transform_shape)
      .method("transformGeometry", "tMatrix", transform_geometry)
      .method("location", "", location)
      .method("located", "loc", located)
      .method("locate", "loc", locate)
      .method("moved", "*args, **kwargs", moved)
      .method("move", "*args, **kwargs", move)
      .method("toLocs", "", to_locs)
      .method("toNURBS", "", to_nurbs)
      .method("toSplines", "degree=3, tolerance=0.001, nurbs=False", to_splines);
}

}  // namespace cadrecode::cadquery
