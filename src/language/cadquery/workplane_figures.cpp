// Workplane: arrays of places, closed figures at each place, each and eachpoint.
#include <cmath>
#include <numbers>

#include "geometry/brep/edge.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"
#include "language/cadquery/sketch_object.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Location;
using brep::Shape;

namespace {

constexpr double kRadians = std::numbers::pi / 180;

bool construction(const Arguments& a, Interpreter& interpreter) {
  return a.boolean("forConstruction", interpreter);
}

// --- Arrays ---

Value push_points(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  std::vector<Value> places;
  for (const Value& point : a.items("pntList", i)) {
    places.push_back(try_location(point)
                         ? point
                         : vector_value(world_point(self, point, "Workplane.pushPoints point", i)));
  }
  return new_object(self, std::move(places));
}

Value rarray(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double dx = a.number("xSpacing"), dy = a.number("ySpacing");
  const int64_t nx = a.integer("xCount"), ny = a.integer("yCount");
  if ((dx <= 0 && dy <= 0) || nx < 1 || ny < 1) {
    interpreter::throw_value_error("Spacing and count must be > 0 in at least one direction");
  }
  const std::vector<bool> centered = centered_of(a["center"], 2, i);
  Vec3 offset;
  if (centered[0]) offset.x = -dx * (nx - 1) * 0.5;
  if (centered[1]) offset.y = -dy * (ny - 1) * 0.5;
  i.charge(static_cast<uint64_t>(nx));
  std::vector<Value> points;
  for (int64_t x = 0; x < nx; ++x) {
    i.charge(static_cast<uint64_t>(ny));
    for (int64_t y = 0; y < ny; ++y) {
      points.push_back(vector_value(self.to_world(Vec3{dx * x, dy * y, 0} + offset)));
    }
  }
  return new_object(self, std::move(points));
}

Value polar_array(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double radius = a.number("radius"), start = a.number("startAngle");
  double angle = a.number("angle");
  const int64_t count = a.integer("count");
  if (count < 1) {
    interpreter::throw_value_error("At least 1 element required, requested " +
                                   std::to_string(count));
  }
  if (a.boolean("fill", i)) {
    if (std::abs(std::remainder(angle, 360)) < 1e-6) {
      angle = angle / count;
    } else {
      angle = count > 1 ? angle / (count - 1) : start;
    }
  }
  const bool rotate = a.boolean("rotate", i);
  i.charge(static_cast<uint64_t>(count));
  std::vector<Value> places;
  for (int64_t k = 0; k < count; ++k) {
    const double phi = start + angle * k;
    const Vec3 at{radius * std::cos(phi * kRadians), radius * std::sin(phi * kRadians), 0};
    places.push_back(location_value(rotate ? Location(at, Vec3{0, 0, 1}, phi) : Location(at)));
  }
  return new_object(self, std::move(places));
}

// --- Figures ---

Value rect(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double x = a.number("xLen"), y = a.number("yLen");
  const std::vector<bool> centered = centered_of(a["centered"], 2, i);
  const Vec3 offset{centered[0] ? 0 : x / 2, centered[1] ? 0 : y / 2, 0};
  std::vector<Vec3> points{
      {-x / 2, -y / 2, 0}, {x / 2, -y / 2, 0}, {x / 2, y / 2, 0}, {-x / 2, y / 2, 0}};
  for (Vec3& point : points) point += offset;
  points.push_back(points.front());
  return each_point(self, brep::make_polygon(points, construction(a, i)));
}

Value circle(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  Shape wire = brep::make_circle_wire(a.number("radius"), {}, {0, 0, 1});
  wire.for_construction = construction(a, i);
  return each_point(self, wire);
}

Value ellipse(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  Shape wire = brep::make_ellipse_wire(a.number("x_radius"), a.number("y_radius"), {}, {0, 0, 1},
                                       {1, 0, 0}, 360, 360, a.number("rotation_angle"));
  wire.for_construction = construction(a, i);
  return each_point(self, wire);
}

Value polygon(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const int64_t sides = a.integer("nSides");
  if (sides == 0) {
    interpreter::throw_exception(interpreter::exception_type("ZeroDivisionError"),
                                 "float division by zero");
  }
  const double angle = 2 * std::numbers::pi / sides;
  double radius = a.number("diameter") / 2;
  const bool circumscribed = a.boolean("circumscribed", i);
  if (circumscribed) radius /= std::cos(angle / 2);
  if (sides > 0) i.charge(static_cast<uint64_t>(sides));
  std::vector<Vec3> points;
  for (int64_t k = 0; k <= sides; ++k) {
    const double o = angle * k + (circumscribed ? angle / 2 : 0);
    points.push_back({radius * std::cos(o), radius * std::sin(o), 0});
  }
  return each_point(self, brep::make_polygon(points, construction(a, i)));
}

Value slot_2d(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const double length = a.number("length"), diameter = a.number("diameter");
  const double r = diameter / 2;
  const Vec3 p1{-length / 2 + r, r, 0};
  const Vec3 p2 = p1 + Vec3{length - diameter, 0, 0};
  const Vec3 p3 = p1 + Vec3{length - diameter, -diameter, 0};
  const Vec3 p4 = p1 + Vec3{0, -diameter, 0};
  const Shape slot = brep::assemble_edges(
      {brep::make_line(p1, p2), brep::make_three_point_arc(p2, p2 + Vec3{r, -r, 0}, p3),
       brep::make_line(p3, p4), brep::make_three_point_arc(p4, p4 + Vec3{-r, r, 0}, p1)});
  return each_point(self, brep::rotate(slot, {}, {0, 0, 1}, a.number("angle")));
}

// --- Functions and shapes at each place ---

Value each(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const bool local = a.boolean("useLocalCoordinates", i);
  const auto to_local = brep::Transform::to_local(self.frame());
  const auto to_world = brep::Transform::to_world(self.frame());
  std::vector<Value> results, objects = self.objects();
  for (const Value& object : objects) {
    Value given = object;
    if (local) {
      if (auto* vector = object.as<VectorObject>()) {
        given = vector_value(self.to_local(vector->v));
      } else if (const Shape* shape = try_shape(object)) {
        given = shape_value(brep::transform_shape(*shape, to_local));
      } else {
        interpreter::throw_value_error("Don't know how to convert type " + type_name(object) +
                                       " to local coordinates");
      }
    }
    Value result = i.call(a["callback"], {given});
    if (local) {
      result = shape_value(
          brep::transform_shape(to_shape(result, "Workplane.each: the result"), to_world));
    }
    if (is_shape_of(result, Kind::kWire) && !try_shape(result)->for_construction) {
      self.context->pending_wires->edit().push_back(result);
    }
    results.push_back(std::move(result));
  }
  const Joining join = joining(a, i);
  return combine_with_base(self, std::move(results), join.combine, join.clean);
}

// arg(place).move(plane): move changes the object that arg returned, as in Python.
Value called_at(const Value& function, const Location& place, const Location* then,
                Interpreter& interpreter) {
  Value result = interpreter.call(function, {location_value(place)});
  if (!then) return result;
  auto* shape = result.as<ShapeObject>();
  if (!shape) {
    interpreter::throw_attribute_error("'" + type_name(result) +
                                       "' object has no attribute 'move'");
  }
  shape->shape = brep::moved(shape->shape, *then);
  return result;
}

Value each_point_method(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Location plane(self.frame());
  const bool local = a.boolean("useLocalCoordinates", i);
  const std::vector<Location> places = placements(self);
  const Value& arg = a["arg"];
  Shapes shapes;
  if (auto* workplane = arg.as<WorkplaneObject>()) {
    shapes = shapes_on(*workplane);
  } else if (const Shape* shape = try_shape(arg)) {
    shapes = {*shape};
  } else if (!is_callable(arg)) {
    interpreter::throw_value_error(repr(arg, i) + " is not supported");
  }
  std::vector<Value> results;
  for (const Shape& shape : shapes) {
    for (const Location& place : places) {
      results.push_back(shape_value(local ? brep::moved(brep::moved(shape, place), plane)
                                          : brep::moved(shape, place * plane)));
    }
  }
  if (is_callable(arg) && shapes.empty() && !arg.as<WorkplaneObject>()) {
    for (const Location& place : places) {
      results.push_back(local ? called_at(arg, place, &plane, i)
                              : called_at(arg, place * plane, nullptr, i));
    }
  }
  for (const Value& result : results) {
    if (is_shape_of(result, Kind::kWire) && !try_shape(result)->for_construction) {
      self.context->pending_wires->edit().push_back(result);
    }
  }
  const Joining join = joining(a, i);
  return combine_with_base(self, std::move(results), join.combine, join.clean);
}

// --- Sketches ---

// Where a Sketch stands: one place per object, else the plane (Workplane._locs).
std::vector<Location> sketch_places(const WorkplaneObject& self) {
  std::vector<Location> places;
  for (const Value& object : self.objects()) {
    if (auto* vector = object.as<VectorObject>()) {
      places.emplace_back(self.frame(), vector->v);
    } else if (const Shape* shape = try_shape(object)) {
      places.emplace_back(self.frame(), brep::center(*shape));
    } else if (const Location* place = try_location(object)) {
      places.push_back(*place);
    }
  }
  if (places.empty()) places.emplace_back(self.frame());
  return places;
}

Value sketch(WorkplaneObject& self, Arguments&, Interpreter&) {
  auto parent = new_object(self, std::vector<Value>());
  auto made = interpreter::make<SketchObject>(Sketch(sketch_places(self)), parent);
  parent->stack->edit().push_back(made);
  return made;
}

Value place_sketch(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const std::vector<Location> places = sketch_places(self);
  std::vector<Value> placed;
  for (const Value& value : a.rest()) {
    auto* given = value.as<SketchObject>();
    if (!given) {
      interpreter::throw_type_error("Workplane.placeSketch() arguments must be Sketch, not '" +
                                    type_name(value) + "'");
    }
    placed.push_back(interpreter::make<SketchObject>(Sketch(places, given->sketch.copy().faces())));
  }
  return new_object(self, std::move(placed));
}

}  // namespace

void add_figure_methods(Type& type) {
  type.method("pushPoints", "pntList", push_points)
      .method("rarray", "xSpacing, ySpacing, xCount, yCount, center=True", rarray)
      .method("polarArray", "radius, startAngle, angle, count, fill=True, rotate=True", polar_array)
      .method("rect", "xLen, yLen, centered=True, forConstruction=False", rect)
      .method("circle", "radius, forConstruction=False", circle)
      .method("ellipse", "x_radius, y_radius, rotation_angle=0.0, forConstruction=False", ellipse)
      .method("polygon", "nSides, diameter, forConstruction=False, circumscribed=False", polygon)
      .method("slot2D", "length, diameter, angle=0", slot_2d)
      .method("each", "callback, useLocalCoordinates=False, combine=True, clean=True", each)
      .method("eachpoint", "arg, useLocalCoordinates=False, combine=False, clean=True",
              each_point_method)
      .method("sketch", "", sketch)
      .method("placeSketch", "*sketches", place_sketch);
}

}  // namespace cadrecode::cadquery
