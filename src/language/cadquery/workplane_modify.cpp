// Workplane: fillets, chamfers, shells, and moving what is on the stack.
#include "geometry/brep/boolean.h"
#include "geometry/brep/face.h"
#include "geometry/brep/feature.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/transform.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Shape;

namespace {

Shapes edges_on(WorkplaneObject& self, const char* feature, Interpreter& interpreter) {
  Value selected = self.call_method("edges", {}, interpreter);
  Shapes edges = shapes_on(interpreter::self_as<WorkplaneObject>(selected));
  if (edges.empty()) {
    interpreter::throw_value_error(std::string(feature) + " requires that edges be selected");
  }
  return edges;
}

Value fillet(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Shape solid = find_solid(self);
  const Shapes edges = edges_on(self, "Fillets", i);
  return new_object(self, brep::clean(brep::fillet(solid, a.number("radius"), edges)));
}

Value chamfer(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Shape solid = find_solid(self);
  const Shapes edges = edges_on(self, "Chamfer", i);
  return new_object(self,
                    brep::chamfer(solid, a.number("length"), a.optional_number("length2"), edges));
}

Value shell(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Shape solid = find_solid(self);
  Shapes faces;
  for (const Shape& shape : shapes_on(self)) {
    if (shape.type() == Kind::kFace) faces.push_back(shape);
  }
  const std::string& kind = a.string("kind");
  if (kind != "arc" && kind != "intersection") {
    interpreter::throw_exception(interpreter::exception_type("KeyError"), "'" + kind + "'");
  }
  const auto join = kind == "arc" ? brep::OffsetKind::kArc : brep::OffsetKind::kIntersection;
  return new_object(self, brep::hollow(solid, faces, a.number("thickness"), 0.0001, join));
}

Value clean(WorkplaneObject& self, Arguments&, Interpreter&) {
  std::vector<Value> cleaned;
  for (const Value& object : self.objects()) {
    const Shape* shape = try_shape(object);
    cleaned.push_back(shape ? shape_value(brep::clean(*shape)) : object);
  }
  return new_object(self, std::move(cleaned));
}

// Every shape on the stack through `map`; other objects stay as they are.
template <class Map>
Ref<WorkplaneObject> moved_shapes(WorkplaneObject& self, const Map& map) {
  std::vector<Value> moved;
  for (const Value& object : self.objects()) {
    const Shape* shape = try_shape(object);
    moved.push_back(shape ? shape_value(map(*shape)) : object);
  }
  return new_object(self, std::move(moved));
}

Value translate(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Value& vec = a["vec"];
  return moved_shapes(self, [&](const Shape& shape) {
    return brep::translate(shape, to_vector(vec, "Workplane.translate vec"));
  });
}

Value rotate(WorkplaneObject& self, Arguments& a, Interpreter&) {
  return moved_shapes(self, [&](const Shape& shape) {
    return brep::rotate(shape, vector_argument(a, "axisStartPoint"),
                        vector_argument(a, "axisEndPoint"), a.number("angleDegrees"));
  });
}

Value rotate_about_center(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Vec3 axis = vector_argument(a, "axisEndPoint");
  std::vector<Value> results;
  for (const Value& object : self.objects()) {
    const Shape& shape = to_shape(object, "Workplane.rotateAboutCenter: an object on the stack");
    const Vec3 at = brep::center(shape);
    Shape turned = brep::rotate(shape, at, at + axis, a.number("angleDegrees"));
    if (turned.type() == Kind::kWire) add_pending_wire(self, turned);
    results.push_back(shape_value(turned));
  }
  return combine_with_base(self, std::move(results), Combine::kNone, true);
}

// --- Mirror ---

Vec3 named_normal(const std::string& name) {
  if (name == "XY" || name == "YX") return {0, 0, 1};
  if (name == "XZ" || name == "ZX") return {0, 1, 0};
  if (name == "YZ" || name == "ZY") return {1, 0, 0};
  interpreter::throw_value_error("'" + name + "' is not a mirror plane: XY, XZ, YZ, a vector, a " +
                                 "Face or a Workplane on a Face");
}

// The face that a mirror plane is taken from; null when it is given otherwise.
const Shape* mirror_face(const Value& plane, Value& holder, Interpreter& interpreter) {
  if (auto* workplane = plane.as<WorkplaneObject>()) {
    holder = val(*workplane);
    if (!is_shape_of(holder, Kind::kFace)) {
      interpreter::throw_value_error("Face required, got " + repr(holder, interpreter));
    }
    return try_shape(holder);
  }
  return is_shape_of(plane, Kind::kFace) ? try_shape(plane) : nullptr;
}

Value mirror(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Value& plane = a["mirrorPlane"];
  Value holder;
  const Shape* face = mirror_face(plane, holder, i);
  const Vec3 normal = face             ? brep::normal_at(*face)
                      : plane.is_str() ? named_normal(plane.str())
                                       : vector_argument(a, "mirrorPlane");
  Vec3 base;
  if (!a.is_none("basePointVector")) {
    base = vector_argument(a, "basePointVector");
  } else if (face) {
    base = brep::center(*face);
  }
  Shapes images;
  for (const Shape& shape : shapes_on(self)) images.push_back(brep::mirror(shape, normal, base));
  auto mirrored = new_object(self, images);
  if (!a.boolean("union", i)) return mirrored;
  const Value other = mirrored;
  return self.call_method("union", {std::span<const Value>(&other, 1), {}}, i);
}

}  // namespace

void add_modify_methods(Type& type) {
  type.method("fillet", "radius", fillet)
      .method("chamfer", "length, length2=None", chamfer)
      .method("shell", "thickness, kind='arc'", shell)
      .method("clean", "", clean)
      .method("translate", "vec", translate)
      .method("rotate", "axisStartPoint, axisEndPoint, angleDegrees", rotate)
      .method("rotateAboutCenter", "axisEndPoint, angleDegrees", rotate_about_center)
      .method("mirror", "mirrorPlane='XY', basePointVector=None, union=False", mirror);
}

}  // namespace cadrecode::cadquery
