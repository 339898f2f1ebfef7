// cq.Plane.
#include <cmath>

#include "geometry/brep/transform.h"
#include "language/cadquery/convert.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

using interpreter::CompareOp;
using Self = PlaneObject;

Value construct(Arguments& a, Interpreter&) {
  if (const brep::Location* location = try_location(a["origin"]))
    return plane_value(location->plane());
  if (a.given("loc")) return plane_value(to_location(a["loc"], "Plane loc").plane());
  if (!a.given("origin")) a.fail("origin", "a point");
  std::optional<Vec3> x;
  if (!a.is_none("xDir")) x = to_vector(a["xDir"], "Plane xDir");
  return plane_value(plane_from(to_vector(a["origin"], "Plane origin"), x,
                                to_vector(a["normal"], "Plane normal")));
}

Value named(Arguments& a, Interpreter&) {
  return plane_value(named_plane(a.string("stdName"), to_vector(a["origin"], "Plane origin")));
}

// Plane.XY(origin, xDir) and its eleven sisters.
interpreter::HostFunction maker(std::string name) {
  return [name](Arguments& a, Interpreter&) {
    const Frame frame = named_plane(name, to_vector(a["origin"], "Plane origin"));
    if (!a.given("xDir")) return plane_value(frame);
    return plane_value(plane_from(frame.origin, to_vector(a["xDir"], "Plane xDir"), frame.normal));
  };
}

Value get_origin(Self& s, Interpreter&) { return vector_value(s.frame.origin); }
void set_origin(Self& s, const Value& value, Interpreter&) {
  s.frame.origin = to_vector(value, "Plane.origin");
}
Value x_dir(Self& s, Interpreter&) { return vector_value(s.frame.x); }
Value y_dir(Self& s, Interpreter&) { return vector_value(s.frame.y()); }
Value z_dir(Self& s, Interpreter&) { return vector_value(s.frame.normal); }
Value location(Self& s, Interpreter&) { return location_value(brep::Location(s.frame)); }
Value to_world_matrix(Self& s, Interpreter&) {
  return interpreter::make<MatrixObject>(brep::Transform::to_world(s.frame));
}
Value to_local_matrix(Self& s, Interpreter&) {
  return interpreter::make<MatrixObject>(brep::Transform::to_local(s.frame));
}

Value set_origin_2d(Self& s, Arguments& a, Interpreter&) {
  s.frame.origin = s.frame.to_world({a.number("x"), a.number("y"), 0});
  return Value::none();
}

Value to_world(Self& s, Arguments& a, Interpreter&) {
  return vector_value(s.frame.to_world(to_vector(a["tuplePoint"], "toWorldCoords tuplePoint")));
}

Value to_local(Self& s, Arguments& a, Interpreter&) {
  if (const auto* vector = a["obj"].as<VectorObject>())
    return vector_value(s.frame.to_local(vector->v));
  if (const brep::Shape* shape = try_shape(a["obj"]))
    return shape_value(brep::transform_shape(*shape, brep::Transform::to_local(s.frame)));
  interpreter::throw_value_error("Don't know how to convert type " +
                                 interpreter::type_name(a["obj"]) + " to local coordinates");
}

Value rotated(Self& s, Arguments& a, Interpreter&) {
  return plane_value(brep::rotated_plane(s.frame, to_vector(a["rotate"], "Plane.rotated rotate")));
}

Value mirror_in_plane(Self& s, Arguments& a, Interpreter& interpreter) {
  const std::string& axis = a.string("axis");
  if (axis != "X" && axis != "Y")
    interpreter::throw_exception(interpreter::exception_type("NotImplementedError"), "");
  const brep::Transform mirror =
      brep::Transform::axis_mirror(s.frame.origin, axis == "X" ? s.frame.x : s.frame.y());
  Shapes mirrored;
  for (const brep::Shape& shape : to_shapes(a["listOfShapes"], "mirrorInPlane", interpreter))
    mirrored.push_back(brep::transform_shape(shape, mirror));
  return shape_list(mirrored);
}

}  // namespace

const Type& plane_type() {
  static const Type& type = [&]() -> const Type& {
    Type& t = interpreter::define_type("Plane")
                  .constructor("origin=None, xDir=None, normal=(0, 0, 1), loc=None", construct)
                  .static_method("named", "stdName, origin=(0, 0, 0)", named)
                  .property("origin", get_origin, set_origin)
                  .property("xDir", x_dir)
                  .property("yDir", y_dir)
                  .property("zDir", z_dir)
                  .property("location", location)
                  .property("rG", to_world_matrix)
                  .property("fG", to_local_matrix)
                  .method("setOrigin2d", "x, y", set_origin_2d)
                  .method("toWorldCoords", "tuplePoint", to_world)
                  .method("toLocalCoords", "obj", to_local)
                  .method("rotated", "rotate=(0, 0, 0)", rotated)
                  .method("mirrorInPlane", "listOfShapes, axis='X'", mirror_in_plane)
                  .unsupported("toPln", "there are no OCP objects here")
                  .unsupported("lcs", "there are no OCP objects here");
    for (const char* name :
         {"XY", "YZ", "ZX", "XZ", "YX", "ZY", "front", "back", "left", "right", "top", "bottom"})
      t.static_method(name, "origin=(0, 0, 0), xDir=None", maker(name));
    return t;
  }();
  return type;
}

Value PlaneObject::compare(CompareOp op, const Value& other, Interpreter&) {
  if (op != CompareOp::kEqual && op != CompareOp::kNotEqual) return {};
  constexpr double kTolerance = 1e-6;
  const auto* o = other.as<PlaneObject>();
  const bool equal = o && norm(frame.origin - o->frame.origin) < kTolerance &&
                     std::abs(dot(frame.normal, o->frame.normal) - 1) < kTolerance &&
                     std::abs(dot(frame.x, o->frame.x) - 1) < kTolerance;
  return equal == (op == CompareOp::kEqual);
}

std::string PlaneObject::repr(Interpreter& interpreter) {
  auto show = [&](Vec3 v) { return interpreter::repr(tuple_value(v), interpreter); };
  return "Plane(origin=" + show(frame.origin) + ", xDir=" + show(frame.x) +
         ", normal=" + show(frame.normal) + ")";
}

size_t PlaneObject::hash(Interpreter&) {
  interpreter::throw_type_error("unhashable type: 'Plane'");
}

}  // namespace cadrecode::cadquery
