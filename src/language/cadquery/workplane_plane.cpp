// Workplane: new planes from what is selected, and moving the plane.
#include <cmath>

#include "geometry/brep/face.h"
#include "geometry/brep/measure.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Shape;
using interpreter::make;

namespace {

// CadQuery's test: three components within the tolerance apart would be too strict for it.
bool coplanar(const Shape& a, const Shape& b, double tolerance) {
  const Vec3 n0 = brep::normal_at(a), n1 = brep::normal_at(b);
  const bool any_alike = std::abs(n0.x - n1.x) < tolerance || std::abs(n0.y - n1.y) < tolerance ||
                         std::abs(n0.z - n1.z) < tolerance;
  return any_alike && std::abs(dot(n0, brep::center(a) - brep::center(b))) < tolerance;
}

Vec3 x_direction_for(Vec3 normal, double tolerance) {
  const Vec3 x = cross(Vec3{0, 0, 1}, normal);
  return norm(x) < tolerance ? Vec3{1, 0, 0} : x;
}

struct Base {
  Vec3 center, normal, x;
};

Base base_of_faces(const WorkplaneObject& self, bool bound_box) {
  const double tolerance = self.context->tolerance;
  const std::vector<Shape> shapes = shapes_on(self);
  bool planar = shapes.size() == self.objects().size();
  for (const Shape& shape : shapes) {
    planar = planar && shape.type() == Kind::kFace && shape.geom_type() == "PLANE";
  }
  if (!planar) {
    interpreter::throw_value_error("If multiple objects selected, they all must be planar faces.");
  }
  for (const Shape& shape : shapes) {
    if (!coplanar(shapes.front(), shape, tolerance)) {
      interpreter::throw_value_error("Selected faces must be co-planar.");
    }
  }
  const Vec3 normal = brep::normal_at(shapes.front());
  return {bound_box ? brep::combined_center_of_bound_box(shapes) : brep::combined_center(shapes),
          normal, x_direction_for(normal, tolerance)};
}

Base base_of_object(const WorkplaneObject& self, bool bound_box) {
  const double tolerance = self.context->tolerance;
  const Value object = val(self);
  auto with_normal = [&](Vec3 center, Vec3 normal) {
    return Base{center, normal, x_direction_for(normal, tolerance)};
  };
  Vec3 center;
  if (const Shape* shape = try_shape(object)) {
    center = bound_box ? brep::center_of_bound_box(*shape) : brep::center(*shape);
    if (shape->type() == Kind::kFace) return with_normal(center, brep::normal_at(*shape, center));
  } else if (auto* vector = object.as<VectorObject>()) {
    center = vector->v;
  } else {
    interpreter::throw_value_error("Needs a face or a vertex or point on a work plane");
  }
  if (self.parent) {
    const Value above = val(*self.parent);
    if (is_shape_of(above, Kind::kFace)) {
      return with_normal(center, brep::normal_at(*try_shape(above), center));
    }
  }
  return {center, self.frame().normal, self.frame().x};
}

Value workplane(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  const double offset = a.number("offset");
  const Value& option = a["centerOption"];
  const std::string choice = option.is_str() ? option.str() : "";
  if (choice != "CenterOfMass" && choice != "ProjectedOrigin" && choice != "CenterOfBoundBox") {
    interpreter::throw_value_error("Undefined centerOption value provided.");
  }
  const bool bound_box = choice == "CenterOfBoundBox";
  Base base =
      self.objects().size() > 1 ? base_of_faces(self, bound_box) : base_of_object(self, bound_box);
  if (choice == "ProjectedOrigin") {
    const Vec3 origin = a.is_none("origin") ? self.frame().origin : vector_argument(a, "origin");
    const Vec3 n = normalized(base.normal);
    base.center = origin - n * dot(origin - base.center, n);
  }
  if (a.boolean("invert", interpreter)) base.normal = -base.normal;
  const Vec3 origin = base.center + normalized(base.normal) * offset;
  auto plane = make<PlaneObject>(plane_from(origin, base.x, base.normal));
  return make<WorkplaneObject>(std::move(plane), make<interpreter::List>(std::vector<Value>()),
                               self.context, Ref<WorkplaneObject>(&self));
}

Value transformed(WorkplaneObject& self, Arguments& a, Interpreter&) {
  Frame frame = brep::rotated_plane(self.frame(), vector_argument(a, "rotate"));
  frame.origin = self.to_world(vector_argument(a, "offset"));
  auto made = new_object(self, {vector_value(frame.origin)});
  made->plane->frame = frame;
  return made;
}

Value center(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Vec3 origin = self.to_world({a.number("x"), a.number("y"), 0});
  auto made = new_object(self, {vector_value(origin)});
  made->plane->frame.origin = origin;
  return made;
}

}  // namespace

void add_plane_methods(Type& type) {
  type.method("workplane", "offset=0.0, invert=False, centerOption='ProjectedOrigin', origin=None",
              workplane)
      .method("transformed", "rotate=(0, 0, 0), offset=(0, 0, 0)", transformed)
      .method("center", "x, y", center);
}

}  // namespace cadrecode::cadquery
