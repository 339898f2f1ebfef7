#include "language/cadquery/workplane.h"

#include <unordered_set>

#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/wire.h"
#include "language/cadquery/convert.h"
#include "language/cadquery/sketch_object.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Shape;
using interpreter::BinaryOp;
using interpreter::List;

// --- Context ---

namespace {

Ref<List> list_of(const std::vector<Shape>& shapes) {
  std::vector<Value> values;
  values.reserve(shapes.size());
  for (const Shape& shape : shapes) values.push_back(shape_value(shape));
  return interpreter::make<List>(std::move(values));
}

std::vector<Shape> shapes_in(const List& list) {
  std::vector<Shape> shapes;
  shapes.reserve(list.items().size());
  for (const Value& item : list.items()) shapes.push_back(to_shape(item, "a pending wire or edge"));
  return shapes;
}

}  // namespace

ContextObject::ContextObject()
    : Container(interpreter::Kind::kObject),
      pending_wires(list_of({})),
      pending_edges(list_of({})) {}

std::vector<Shape> ContextObject::wires() const { return shapes_in(*pending_wires); }
std::vector<Shape> ContextObject::edges() const { return shapes_in(*pending_edges); }
void ContextObject::set_wires(const std::vector<Shape>& wires) { pending_wires = list_of(wires); }
void ContextObject::set_edges(const std::vector<Shape>& edges) { pending_edges = list_of(edges); }

std::vector<Shape> ContextObject::take_edges() {
  if (pending_edges->items().empty()) interpreter::throw_value_error("No pending edges present");
  return shapes_in(*std::exchange(pending_edges, list_of({})));
}

std::vector<Shape> ContextObject::take_wires() {
  if (pending_wires->items().empty()) interpreter::throw_value_error("No pending wires present");
  return shapes_in(*std::exchange(pending_wires, list_of({})));
}

WorkplaneObject* ContextObject::find_tag(const std::string& name) const {
  for (const auto& [known, workplane] : tags) {
    if (known == name) return workplane.get();
  }
  return nullptr;
}

void ContextObject::set_tag(const std::string& name, Ref<WorkplaneObject> workplane) {
  for (auto& [known, held] : tags) {
    if (known == name) {
      held = std::move(workplane);
      return;
    }
  }
  tags.emplace_back(name, std::move(workplane));
}

void ContextObject::clear_references() {
  auto gone = std::move(tags);
  tags.clear();
  pending_wires = nullptr;
  pending_edges = nullptr;
}

// --- Workplane ---

WorkplaneObject::WorkplaneObject(Ref<PlaneObject> plane, std::vector<Value> objects)
    : WorkplaneObject(std::move(plane), interpreter::make<List>(std::move(objects)),
                      interpreter::make<ContextObject>(), {}) {}

WorkplaneObject::WorkplaneObject(Ref<PlaneObject> plane, Ref<List> stack,
                                 Ref<ContextObject> context, Ref<WorkplaneObject> parent)
    : Container(interpreter::Kind::kObject),
      stack(std::move(stack)),
      plane(std::move(plane)),
      parent(std::move(parent)),
      context(std::move(context)) {}

void WorkplaneObject::clear_references() {
  parent = nullptr;
  context = nullptr;
}

Ref<interpreter::Iterator> WorkplaneObject::iterate(Interpreter&) {
  return interpreter::iterate_values(opened(*this));
}

// w[1], w[1:3], w[[0, 2]]
Value WorkplaneObject::item(const Value& index, Interpreter& interpreter) {
  if (auto* slice = index.as<interpreter::Slice>()) {
    std::vector<Value> chosen;
    for (size_t i : interpreter::slice_positions(*slice, objects().size())) {
      chosen.push_back(objects()[i]);
    }
    return new_object(*this, std::move(chosen));
  }
  if (index.is_integral()) {
    return new_object(*this,
                      {objects()[interpreter::sequence_index(index, objects().size(), "list")]});
  }
  std::vector<Value> chosen;
  for (const Value& i : interpreter::elements(index, interpreter)) {
    chosen.push_back(objects()[interpreter::sequence_index(i, objects().size(), "list")]);
  }
  return new_object(*this, std::move(chosen));
}

Value WorkplaneObject::binary(BinaryOp op, const Value& other, bool reflected,
                              Interpreter& interpreter) {
  if (reflected) return {};
  const char* method = nullptr;
  switch (op) {
    case BinaryOp::kAdd:
    case BinaryOp::kOr:
      method = "union";
      break;
    case BinaryOp::kSubtract:
      method = "cut";
      break;
    case BinaryOp::kMultiply:
    case BinaryOp::kAnd:
      method = "intersect";
      break;
    case BinaryOp::kDivide:
      method = "split";
      break;
    default:
      return {};
  }
  return call_method(method, {std::span<const Value>(&other, 1), {}}, interpreter);
}

std::string WorkplaneObject::repr(Interpreter&) { return "<cadquery.cq.Workplane object>"; }

// --- The chain ---

Ref<WorkplaneObject> new_object(WorkplaneObject& self, std::vector<Value> objects) {
  return interpreter::make<WorkplaneObject>(interpreter::make<PlaneObject>(self.frame()),
                                            interpreter::make<List>(std::move(objects)),
                                            self.context, Ref<WorkplaneObject>(&self));
}

Ref<WorkplaneObject> new_object(WorkplaneObject& self, const std::vector<Shape>& shapes) {
  std::vector<Value> values;
  values.reserve(shapes.size());
  for (const Shape& shape : shapes) values.push_back(shape_value(shape));
  return new_object(self, std::move(values));
}

Ref<WorkplaneObject> new_object(WorkplaneObject& self, const Shape& shape) {
  return new_object(self, std::vector<Value>{shape_value(shape)});
}

Value val(const WorkplaneObject& self) {
  return self.objects().empty() ? vector_value(self.frame().origin) : self.objects().front();
}

std::vector<Shape> shapes_on(const WorkplaneObject& self) {
  std::vector<Shape> shapes;
  for (const Value& object : self.objects()) {
    if (const Shape* shape = try_shape(object)) shapes.push_back(*shape);
  }
  return shapes;
}

std::vector<Value> opened(const WorkplaneObject& self) {
  std::vector<Value> all;
  auto add = [&](const std::vector<Shape>& shapes) {
    for (const Shape& shape : shapes) all.push_back(shape_value(shape));
  };
  for (const Value& object : self.objects()) {
    if (const Shape* shape = try_shape(object)) {
      if (shape->type() == Kind::kCompound) {
        add(shape->children());
      } else {
        all.push_back(object);
      }
    } else if (auto* sketch = object.as<SketchObject>()) {
      add(sketch->sketch.placed());
    }
  }
  return all;
}

Ref<WorkplaneObject> tagged(const WorkplaneObject& self, const std::string& name) {
  WorkplaneObject* found = self.context->find_tag(name);
  if (!found) interpreter::throw_value_error("No Workplane object named " + name + " in chain");
  return Ref<WorkplaneObject>(found);
}

void merge_tags(WorkplaneObject& self, const WorkplaneObject& from) {
  if (self.context == from.context) return;
  for (const auto& [name, workplane] : from.context->tags) {
    if (!self.context->find_tag(name)) self.context->set_tag(name, workplane);
  }
}

std::optional<Shape> find_solids(const WorkplaneObject& self, bool search_stack,
                                 bool search_parents) {
  for (const WorkplaneObject* at = &self; at; at = at->parent.get()) {
    if (search_stack || at != &self) {
      std::vector<Shape> solids;
      for (const Value& object : at->objects()) {
        const Shape* shape = try_shape(object);
        if (!shape) continue;
        if (shape->type() == Kind::kSolid) {
          solids.push_back(*shape);
        } else if (shape->type() == Kind::kCompound) {
          for (Shape& solid : shape->solids()) solids.push_back(std::move(solid));
        }
      }
      if (!solids.empty()) return brep::make_compound(solids);
    }
    if (!search_parents) break;
  }
  return {};
}

Shape find_solid(const WorkplaneObject& self, bool search_stack, bool search_parents) {
  if (auto found = find_solids(self, search_stack, search_parents)) return *found;
  interpreter::throw_value_error(std::string("Cannot find a solid ") +
                                 (search_stack ? "on the stack or " : "") + "in the parent chain");
}

// --- Drawing ---

void add_pending_edge(WorkplaneObject& self, const Shape& edge) {
  self.context->pending_edges->edit().push_back(shape_value(edge));
  if (!self.context->first_point) {
    self.context->first_point = self.to_local(brep::start_point(edge));
  }
}

void add_pending_wire(WorkplaneObject& self, const Shape& wire) {
  self.context->pending_wires->edit().push_back(shape_value(wire));
}

Vec3 from_point(const WorkplaneObject& self, bool local) {
  Vec3 p = self.frame().origin;
  if (!self.objects().empty()) {
    const Value& last = self.objects().back();
    const Shape* shape = try_shape(last);
    if (shape && shape->type() == Kind::kEdge) {
      p = brep::end_point(*shape);
    } else if (shape && shape->type() == Kind::kVertex) {
      p = brep::to_point(*shape);
    } else if (auto* vector = last.as<VectorObject>()) {
      p = vector->v;
    } else {
      interpreter::throw_value_error("Cannot convert object type " + type_name(last) +
                                     " to vector.");
    }
  }
  return local ? self.to_local(p) : p;
}

Ref<WorkplaneObject> wire(WorkplaneObject& self, bool for_construction) {
  if (self.context->pending_edges->items().empty()) return Ref<WorkplaneObject>(&self);
  Shape made = brep::assemble_edges(self.context->take_edges());
  if (!for_construction) add_pending_wire(self, made);
  std::vector<Value> objects;
  for (const Value& object : self.objects()) {
    const Shape* shape = try_shape(object);
    if (!shape || shape->type() != Kind::kEdge) objects.push_back(object);
  }
  objects.push_back(shape_value(made));
  return new_object(self, std::move(objects));
}

std::vector<Shape> consolidated_wires(const WorkplaneObject& self) {
  std::vector<Shape> parts = self.context->edges();
  const std::vector<Shape> wires = self.context->wires();
  parts.insert(parts.end(), wires.begin(), wires.end());
  return parts.empty() ? parts : brep::combine_wires(parts);
}

Ref<WorkplaneObject> consolidate_wires(WorkplaneObject& self) {
  std::vector<Shape> wires = consolidated_wires(self);
  if (wires.empty()) return Ref<WorkplaneObject>(&self);
  auto made = new_object(self, wires);
  self.context->set_wires(wires);
  self.context->set_edges({});
  self.context->first_point.reset();
  return made;
}

}  // namespace cadrecode::cadquery
