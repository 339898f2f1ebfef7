// Workplane: the stack and the chain.
#include <cmath>

#include "geometry/brep/measure.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using interpreter::List;
using interpreter::make;
using Strings = const std::string&;

Combine combine_of(const Value& mode, Interpreter& interpreter) {
  if (mode.is_str()) {
    Strings text = mode.str();
    if (text == "cut" || text == "s") return Combine::kCut;
    if (text == "a") return Combine::kFuse;
    return text.empty() ? Combine::kNone : Combine::kInvalid;
  }
  if (!truth(mode, interpreter)) return Combine::kNone;
  return mode.is_number() && mode.as_double() == 1 ? Combine::kFuse : Combine::kInvalid;
}

Joining joining(const Arguments& a, Interpreter& interpreter) {
  return {combine_of(a["combine"], interpreter), a.boolean("clean", interpreter)};
}

std::vector<bool> centered_of(const Value& value, size_t axes, Interpreter& interpreter) {
  if (value.is_bool()) return std::vector<bool>(axes, value.as_bool());
  std::vector<Value> each = elements(value, interpreter);
  if (each.size() < axes) interpreter::throw_index_error("tuple index out of range");
  std::vector<bool> centered;
  for (size_t i = 0; i < axes; ++i) centered.push_back(truth(each[i], interpreter));
  return centered;
}

Vec3 vector_argument(const Arguments& a, std::string_view name) {
  return to_vector(a[name], a.signature().function() + " " + std::string(name));
}

Vec3 world_point(const WorkplaneObject& self, const Value& point, std::string_view what,
                 Interpreter& interpreter) {
  if (auto v = try_vector(point)) return self.to_world(*v);
  if (point.kind() == interpreter::Kind::kObject && interpreter::length(point, interpreter) == 2) {
    // Plane.toWorldCoords takes two numbers from anything that has a length and items.
    const Value x = point.object().item(0, interpreter), y = point.object().item(1, interpreter);
    return self.to_world(to_vector(interpreter::make_tuple({x, y}), what));
  }
  return self.to_world(to_vector(point, what));
}

double modulo(double a, double b) {
  double rest = std::fmod(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

bool is_shape_of(const Value& value, brep::Kind type) {
  const brep::Shape* shape = try_shape(value);
  return shape && shape->type() == type;
}

namespace {

Value construct(Arguments& a, Interpreter& interpreter) {
  const Value& where = a["inPlane"];
  Value object = a["obj"];
  Ref<PlaneObject> plane;
  if (auto* given = where.as<PlaneObject>()) {
    plane = Ref<PlaneObject>(given);
  } else if (where.is_str()) {
    plane = make<PlaneObject>(named_plane(where.str(), vector_argument(a, "origin")));
  } else if (where.as<VectorObject>() || try_location(where) || try_shape(where)) {
    object = where;
    plane = make<PlaneObject>(named_plane("XY", vector_argument(a, "origin")));
  } else {
    interpreter::throw_value_error("Provided value " + repr(where, interpreter) +
                                   " is not a valid work plane");
  }
  std::vector<Value> objects;
  if (truth(object, interpreter)) objects.push_back(object);
  return make<WorkplaneObject>(std::move(plane), std::move(objects));
}

Value all(WorkplaneObject& self, Arguments&, Interpreter&) {
  std::vector<Value> each;
  for (const Value& object : self.objects()) each.push_back(new_object(self, {object}));
  return interpreter::make_list(std::move(each));
}

Value size(WorkplaneObject& self, Arguments&, Interpreter&) { return self.objects().size(); }
Value vals(WorkplaneObject& self, Arguments&, Interpreter&) { return self.stack; }
Value first_value(WorkplaneObject& self, Arguments&, Interpreter&) { return val(self); }

Value add(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Value& object = a["obj"];
  auto& stack = self.stack->edit();
  if (object.is_list()) {
    std::vector<Value> more = object.as_list().items();  // a copy: w.add(w.objects)
    stack.insert(stack.end(), more.begin(), more.end());
  } else if (auto* other = object.as<WorkplaneObject>()) {
    std::vector<Value> more = other->objects();
    stack.insert(stack.end(), more.begin(), more.end());
    merge_tags(self, *other);
  } else {
    stack.push_back(object);
  }
  self.stack->charge();
  return Ref<WorkplaneObject>(&self);
}

Value first(WorkplaneObject& self, Arguments&, Interpreter&) {
  std::vector<Value> one;
  if (!self.objects().empty()) one.push_back(self.objects().front());
  return new_object(self, std::move(one));
}

Value item(WorkplaneObject& self, Arguments& a, Interpreter&) {
  size_t i = interpreter::sequence_index(a["i"], self.objects().size(), "list");
  return new_object(self, {self.objects()[i]});
}

Value last(WorkplaneObject& self, Arguments&, Interpreter&) {
  if (self.objects().empty()) interpreter::throw_index_error("list index out of range");
  return new_object(self, {self.objects().back()});
}

Value end(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  Ref<WorkplaneObject> at(&self);
  for (int64_t i = a.integer("n"); i > 0; --i) {
    interpreter.charge();
    if (!at->parent) interpreter::throw_value_error("Cannot End the chain-- no parents!");
    at = at->parent;
  }
  return at;
}

Value tag(WorkplaneObject& self, Arguments& a, Interpreter&) {
  self.tag = a["name"];
  self.context->set_tag(a.string("name"), Ref<WorkplaneObject>(&self));
  return Ref<WorkplaneObject>(&self);
}

Ref<WorkplaneObject> copied(WorkplaneObject& self, WorkplaneObject& other) {
  auto copy =
      make<WorkplaneObject>(other.plane, other.stack, self.context, Ref<WorkplaneObject>(&self));
  copy->tag = other.tag;
  return copy;
}

Value copy_workplane(WorkplaneObject& self, Arguments& a, Interpreter&) {
  return copied(self, a.object<WorkplaneObject>("obj", "a Workplane"));
}

Value workplane_from_tagged(WorkplaneObject& self, Arguments& a, Interpreter&) {
  return copied(self, *tagged(self, a.string("name")));
}

Value new_object_method(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  return new_object(self, a.items("objlist", interpreter));
}

Value filter(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  std::vector<Value> kept, objects = self.objects();
  for (const Value& object : objects) {
    if (truth(interpreter.call(a["f"], {object}), interpreter)) kept.push_back(object);
  }
  return new_object(self, std::move(kept));
}

Value map(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  std::vector<Value> mapped, objects = self.objects();
  for (const Value& object : objects) mapped.push_back(interpreter.call(a["f"], {object}));
  return new_object(self, std::move(mapped));
}

Value apply(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  return new_object(self, elements(interpreter.call(a["f"], {self.stack}), interpreter));
}

Value sort(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  Ref<List> sorted = make<List>(self.objects());
  interpreter::Keyword key{"key", a["key"]};
  sorted->call_method("sort", {{}, std::span<const interpreter::Keyword>(&key, 1)}, interpreter);
  return new_object(self, sorted->items());
}

Value invoke(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  Ref<WorkplaneObject> kept(&self);
  const int arity = interpreter::parameter_count(a["f"]);
  if (arity == 0) {
    interpreter.call(a["f"], {});
  } else if (arity == 1) {
    Value result = interpreter.call(a["f"], {kept});
    if (!result.is_none()) return result;
  } else {
    interpreter::throw_value_error("Provided function {f} accepts too many arguments");
  }
  return kept;
}

Value find_solid_method(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  return shape_value(find_solid(self, a.boolean("searchStack", interpreter),
                                a.boolean("searchParents", interpreter)));
}

Value largest_dimension(WorkplaneObject& self, Arguments&, Interpreter&) {
  return brep::bounding_box(find_solid(self)).diagonal_length;
}

Value to_pending(WorkplaneObject& self, Arguments&, Interpreter&) {
  for (const Value& object : self.objects()) {
    if (is_shape_of(object, brep::Kind::kWire)) {
      self.context->pending_wires->edit().push_back(object);
    } else if (is_shape_of(object, brep::Kind::kEdge)) {
      self.context->pending_edges->edit().push_back(object);
    }
  }
  return Ref<WorkplaneObject>(&self);
}

// --- Attributes ---

Ref<List> as_list(const Value& value, Interpreter& interpreter) {
  return value.is_list() ? Ref<List>(&value.as_list()) : make<List>(elements(value, interpreter));
}
Value get_objects(WorkplaneObject& self, Interpreter&) { return self.stack; }
void set_objects(WorkplaneObject& self, const Value& value, Interpreter& interpreter) {
  self.stack = as_list(value, interpreter);
}
Value get_plane(WorkplaneObject& self, Interpreter&) { return self.plane; }
void set_plane(WorkplaneObject& self, const Value& value, Interpreter&) {
  auto* plane = value.as<PlaneObject>();
  if (!plane) interpreter::throw_type_error("Workplane.plane must be a Plane");
  self.plane = Ref<PlaneObject>(plane);
}
Value get_parent(WorkplaneObject& self, Interpreter&) { return self.parent; }
void set_parent(WorkplaneObject& self, const Value& value, Interpreter&) {
  self.parent = Ref<WorkplaneObject>(value.as<WorkplaneObject>());
}
Value get_context(WorkplaneObject& self, Interpreter&) { return self.context; }
void set_context(WorkplaneObject& self, const Value& value, Interpreter&) {
  auto* context = value.as<ContextObject>();
  if (!context) interpreter::throw_type_error("Workplane.ctx must be a context");
  self.context = Ref<ContextObject>(context);
}

Value get_pending_wires(ContextObject& self, Interpreter&) { return self.pending_wires; }
Value get_pending_edges(ContextObject& self, Interpreter&) { return self.pending_edges; }
void set_pending_wires(ContextObject& self, const Value& value, Interpreter& interpreter) {
  self.pending_wires = as_list(value, interpreter);
}
void set_pending_edges(ContextObject& self, const Value& value, Interpreter& interpreter) {
  self.pending_edges = as_list(value, interpreter);
}
Value get_first_point(ContextObject& self, Interpreter&) {
  return self.first_point ? vector_value(*self.first_point) : Value::none();
}
Value get_tolerance(ContextObject& self, Interpreter&) { return self.tolerance; }
Value pop_wires(ContextObject& self, Arguments& a, Interpreter& interpreter) {
  if (!a.boolean("errorOnEmpty", interpreter) && self.wires().empty()) return shape_list({});
  return shape_list(self.take_wires());
}
Value pop_edges(ContextObject& self, Arguments& a, Interpreter& interpreter) {
  if (!a.boolean("errorOnEmpty", interpreter) && self.edges().empty()) return shape_list({});
  return shape_list(self.take_edges());
}

}  // namespace

void add_stack_methods(Type& type) {
  type.constructor("inPlane='XY', origin=(0, 0, 0), obj=None", construct)
      .method("all", "", all)
      .method("size", "", size)
      .method("vals", "", vals)
      .method("val", "", first_value)
      .method("add", "obj", add)
      .method("first", "", first)
      .method("item", "i", item)
      .method("last", "", last)
      .method("end", "n=1", end)
      .method("tag", "name", tag)
      .method("copyWorkplane", "obj", copy_workplane)
      .method("workplaneFromTagged", "name", workplane_from_tagged)
      .method("newObject", "objlist", new_object_method)
      .method("filter", "f", filter)
      .method("map", "f", map)
      .method("apply", "f", apply)
      .method("sort", "key", sort)
      .method("invoke", "f", invoke)
      .method("findSolid", "searchStack=True, searchParents=True", find_solid_method)
      .method("largestDimension", "", largest_dimension)
      .method("toPending", "", to_pending)
      .property("objects", get_objects, set_objects)
      .property("plane", get_plane, set_plane)
      .property("parent", get_parent, set_parent)
      .property("ctx", get_context, set_context);
}

const Type& context_type() {
  static const Type& type = interpreter::define_type("CQContext")
                                .property("pendingWires", get_pending_wires, set_pending_wires)
                                .property("pendingEdges", get_pending_edges, set_pending_edges)
                                .property("firstPoint", get_first_point)
                                .property("tolerance", get_tolerance)
                                .method("popPendingWires", "errorOnEmpty=True", pop_wires)
                                .method("popPendingEdges", "errorOnEmpty=True", pop_edges);
  return type;
}

const Type& ContextObject::type() const { return context_type(); }

}  // namespace cadrecode::cadquery
