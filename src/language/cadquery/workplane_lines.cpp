// Workplane: points, straight lines and the wires they close to.
#include <cmath>
#include <numbers>

#include "geometry/brep/edge.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Shape;

namespace {

Value line_to(WorkplaneObject& self, double x, double y, bool for_construction) {
  Shape line = brep::make_line(from_point(self, false), self.to_world({x, y, 0}));
  if (!for_construction) add_pending_edge(self, line);
  return new_object(self, line);
}

Value line_by(WorkplaneObject& self, double dx, double dy, bool for_construction) {
  const Vec3 p = from_point(self, true);
  return line_to(self, p.x + dx, p.y + dy, for_construction);
}

bool construction(const Arguments& a, Interpreter& interpreter) {
  return a.boolean("forConstruction", interpreter);
}

Value line_to_method(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return line_to(self, a.number("x"), a.number("y"), construction(a, i));
}
Value line(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return line_by(self, a.number("xDist"), a.number("yDist"), construction(a, i));
}
Value v_line(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return line_by(self, 0, a.number("distance"), construction(a, i));
}
Value h_line(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return line_by(self, a.number("distance"), 0, construction(a, i));
}
Value v_line_to(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return line_to(self, from_point(self, true).x, a.number("yCoord"), construction(a, i));
}
Value h_line_to(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return line_to(self, a.number("xCoord"), from_point(self, true).y, construction(a, i));
}

Vec2 polar(const Arguments& a) {
  const double angle = a.number("angle") * std::numbers::pi / 180;
  return Vec2{std::cos(angle), std::sin(angle)} * a.number("distance");
}
Value polar_line(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Vec2 d = polar(a);
  return line_by(self, d.x, d.y, construction(a, i));
}
Value polar_line_to(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Vec2 d = polar(a);
  return line_to(self, d.x, d.y, construction(a, i));
}

Value move_to(WorkplaneObject& self, Arguments& a, Interpreter&) {
  return new_object(self, {vector_value(self.to_world({a.number("x"), a.number("y"), 0}))});
}
Value move(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Vec3 p = from_point(self, true) + Vec3{a.number("xDist"), a.number("yDist"), 0};
  return new_object(self, {vector_value(self.to_world(p))});
}

Value polyline(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const std::vector<Value> points = a.items("listOfXYTuple", i);
  const bool for_construction = construction(a, i);
  const bool include_current = a.boolean("includeCurrent", i);
  if (!include_current && points.empty()) {
    interpreter::throw_index_error("list index out of range");
  }
  Vec3 start = include_current ? from_point(self, false)
                               : world_point(self, points[0], "Workplane.polyline point", i);
  std::vector<Shape> edges;
  for (size_t k = include_current ? 0 : 1; k < points.size(); ++k) {
    const Vec3 end = world_point(self, points[k], "Workplane.polyline point", i);
    edges.push_back(brep::make_line(start, end));
    start = end;
    if (!for_construction) add_pending_edge(self, edges.back());
  }
  return new_object(self, edges);
}

Value close(WorkplaneObject& self, Arguments&, Interpreter&) {
  const Vec3 end = from_point(self, true);
  auto& first = self.context->first_point;
  if (!first) interpreter::throw_value_error("No start point specified - cannot close");
  if (norm(end - *first) > 1e-6) {
    add_pending_edge(self, brep::make_line(self.to_world(end), self.to_world(*first)));
  }
  first.reset();
  return wire(self);
}

Value wire_method(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return wire(self, construction(a, i));
}
Value consolidate(WorkplaneObject& self, Arguments&, Interpreter&) {
  return consolidate_wires(self);
}

// The drawing so far and its mirror image about a line through the plane's origin.
Value mirrored(WorkplaneObject& self, Vec3 axis) {
  auto consolidated = consolidate_wires(*wire(self));
  const auto mirror = brep::Transform::axis_mirror(self.frame().origin, axis);
  Shapes wires;
  for (const Shape& shape : shapes_on(*consolidated)) {
    for (Shape& one : shape.wires()) wires.push_back(std::move(one));
  }
  for (const Shape& one : wires) {
    Shape image = brep::transform_shape(one, mirror);
    consolidated->stack->edit().push_back(shape_value(image));
    add_pending_wire(*consolidated, image);
  }
  return consolidate_wires(*consolidated);
}
Value mirror_x(WorkplaneObject& self, Arguments&, Interpreter&) {
  return mirrored(self, self.frame().x);
}
Value mirror_y(WorkplaneObject& self, Arguments&, Interpreter&) {
  return mirrored(self, self.frame().y());
}

brep::OffsetKind offset_kind(const std::string& kind) {
  if (kind == "arc") return brep::OffsetKind::kArc;
  if (kind == "intersection") return brep::OffsetKind::kIntersection;
  if (kind == "tangent") return brep::OffsetKind::kTangent;
  interpreter::throw_exception(interpreter::exception_type("KeyError"), "'" + kind + "'");
}

Value offset_2d(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const bool for_construction = construction(a, i);
  Shapes made;
  for (const Shape& one : consolidated_wires(self)) {
    for (Shape& offset : brep::offset_2d(one, a.number("d"), offset_kind(a.string("kind")))) {
      offset.for_construction = for_construction;
      made.push_back(std::move(offset));
    }
  }
  self.context->set_edges({});
  self.context->set_wires(for_construction ? Shapes() : made);
  return new_object(self, made);
}

}  // namespace

void add_line_methods(Type& type) {
  type.method("lineTo", "x, y, forConstruction=False", line_to_method)
      .method("line", "xDist, yDist, forConstruction=False", line)
      .method("vLine", "distance, forConstruction=False", v_line)
      .method("hLine", "distance, forConstruction=False", h_line)
      .method("vLineTo", "yCoord, forConstruction=False", v_line_to)
      .method("hLineTo", "xCoord, forConstruction=False", h_line_to)
      .method("polarLine", "distance, angle, forConstruction=False", polar_line)
      .method("polarLineTo", "distance, angle, forConstruction=False", polar_line_to)
      .method("moveTo", "x=0, y=0", move_to)
      .method("move", "xDist=0, yDist=0", move)
      .method("polyline", "listOfXYTuple, forConstruction=False, includeCurrent=False", polyline)
      .method("close", "", close)
      .method("wire", "forConstruction=False", wire_method)
      .method("consolidateWires", "", consolidate)
      .method("mirrorX", "", mirror_x)
      .method("mirrorY", "", mirror_y)
      .method("offset2D", "d, kind='arc', forConstruction=False", offset_2d);
}

}  // namespace cadrecode::cadquery
