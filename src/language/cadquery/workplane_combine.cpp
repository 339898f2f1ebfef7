// Placing shapes on the stack's points and combining them with the chain's solid.
#include "geometry/brep/boolean.h"
#include "geometry/brep/face.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"
#include "language/cadquery/convert.h"
#include "language/cadquery/sketch_object.h"
#include "language/cadquery/workplane.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Location;
using brep::Shape;

std::vector<Location> placements(const WorkplaneObject& self) {
  if (self.objects().empty()) return {Location()};
  const Frame& frame = self.frame();
  const Location back = Location(frame).inverse();
  auto at = [&](Vec3 center) { return back * Location(frame, center); };
  std::vector<Location> places;
  for (const Value& object : self.objects()) {
    if (auto* vector = object.as<VectorObject>()) {
      places.push_back(at(vector->v));
    } else if (const Shape* shape = try_shape(object)) {
      places.push_back(at(brep::center(*shape)));
    } else if (auto* sketch = object.as<SketchObject>()) {
      places.push_back(at(brep::center(sketch->sketch.faces())));
    } else {
      places.push_back(to_location(object, "Workplane.eachpoint: an object on the stack"));
    }
  }
  return places;
}

Ref<WorkplaneObject> each_point(WorkplaneObject& self, const PlacedShape& make, Combine combine,
                                bool clean) {
  const Location plane(self.frame());
  std::vector<Value> results;
  for (const Location& place : placements(self)) {
    Shape made = brep::moved(make(place), plane);
    if (made.type() == Kind::kWire && !made.for_construction) add_pending_wire(self, made);
    results.push_back(shape_value(made));
  }
  return combine_with_base(self, std::move(results), combine, clean);
}

Ref<WorkplaneObject> each_point(WorkplaneObject& self, const Shape& shape, Combine combine,
                                bool clean) {
  return each_point(
      self, [&](const Location& place) { return brep::moved(shape, place); }, combine, clean);
}

namespace {

[[noreturn]] void throw_invalid_combine() {
  interpreter::throw_value_error("combine must be True, False, 'a' (add), 's' or 'cut' (subtract)");
}

void clean_stack(WorkplaneObject& workplane) {
  for (Value& object : workplane.stack->edit()) {
    if (const Shape* shape = try_shape(object)) object = shape_value(brep::clean(*shape));
  }
}

// Compound.fuse() of a compound alone; IndexError where it has no member.
Shape fused(const Shape& shape) {
  if (shape.type() != Kind::kCompound) return shape;
  if (shape.empty()) interpreter::throw_index_error("tuple index out of range");
  return brep::fuse(shape, {});
}

}  // namespace

Ref<WorkplaneObject> combine_with_base(WorkplaneObject& self, const Shape& shape, Combine combine,
                                       bool clean) {
  if (combine == Combine::kInvalid) throw_invalid_combine();
  Shape result = shape;
  if (combine != Combine::kNone) {
    const auto base = find_solids(self);
    if (combine == Combine::kCut) {
      if (base) result = brep::cut(*base, {shape});
    } else {
      result = base ? brep::fuse(*base, {shape}) : fused(shape);
    }
  }
  auto made = new_object(self, result);
  if (clean) clean_stack(*made);
  return made;
}

Ref<WorkplaneObject> combine_with_base(WorkplaneObject& self, std::vector<Value> results,
                                       Combine combine, bool clean) {
  if (combine == Combine::kNone) {
    auto made = new_object(self, std::move(results));
    if (clean) clean_stack(*made);
    return made;
  }
  std::vector<Shape> shapes;
  for (const Value& result : results) {
    shapes.push_back(to_shape(result, "Workplane: a result to combine"));
  }
  return combine_with_base(self, brep::make_compound(shapes), combine, clean);
}

std::vector<Shape> take_faces(WorkplaneObject& self) {
  std::vector<Shape> faces;
  auto add = [&](const std::vector<Shape>& shapes) {
    for (const Shape& shape : shapes) {
      if (shape.type() == Kind::kFace) faces.push_back(shape);
    }
  };
  for (const Value& object : self.objects()) {
    if (auto* sketch = object.as<SketchObject>()) {
      add(sketch->sketch.placed());
    } else if (const Shape* shape = try_shape(object)) {
      if (shape->type() == Kind::kFace) faces.push_back(*shape);
      if (shape->type() == Kind::kCompound) add(shape->children());
    }
  }
  if (faces.empty()) faces = brep::wires_to_faces(self.context->take_wires());
  return faces;
}

}  // namespace cadrecode::cadquery
