// Sketch.filter, map, apply, sort, invoke and []: selections made by the program's own functions.
#include <algorithm>
#include <utility>

#include "geometry/brep/transform.h"
#include "language/cadquery/convert.h"
#include "language/cadquery/sketch_calls.h"

namespace cadrecode::cadquery {
namespace {

Sketch::Items to_items(const std::vector<Value>& values) {
  Sketch::Items items;
  for (const Value& value : values) items.push_back(to_sketch_item(value));
  return items;
}

}  // namespace

Value sketch_item_value(const Sketch::Item& item) {
  if (const auto* shape = std::get_if<brep::Shape>(&item)) return shape_value(*shape);
  return location_value(std::get<brep::Location>(item));
}

Sketch::Item to_sketch_item(const Value& value) {
  if (const brep::Location* location = try_location(value)) return *location;
  if (const auto* vector = value.as<VectorObject>()) return brep::Location(vector->v);
  return to_shape(value, "an item of a Sketch selection");
}

std::vector<Value> item_values(const Sketch::Items& items) {
  std::vector<Value> values;
  for (const Sketch::Item& item : items) values.push_back(sketch_item_value(item));
  return values;
}

void sketch_filter(Sketch& sketch, Arguments& a, Interpreter& interpreter) {
  const Value predicate = a["f"];
  Sketch::Items kept;
  for (const Sketch::Item& item : sketch.vals())
    if (interpreter::truth(interpreter.call(predicate, {sketch_item_value(item)}), interpreter))
      kept.push_back(item);
  sketch.set_selection(std::move(kept));
}

void sketch_map(Sketch& sketch, Arguments& a, Interpreter& interpreter) {
  const Value function = a["f"];
  Sketch::Items mapped;
  for (const Sketch::Item& item : sketch.vals())
    mapped.push_back(to_sketch_item(interpreter.call(function, {sketch_item_value(item)})));
  sketch.set_selection(std::move(mapped));
}

void sketch_apply(Sketch& sketch, Arguments& a, Interpreter& interpreter) {
  const Value function = a["f"];
  const Value all = interpreter::make_list(item_values(sketch.vals()));
  sketch.set_selection(
      to_items(interpreter::elements(interpreter.call(function, {all}), interpreter)));
}

void sketch_sort(Sketch& sketch, Arguments& a, Interpreter& interpreter) {
  const auto items = interpreter::make<interpreter::List>(item_values(sketch.vals()));
  const interpreter::Keyword key{"key", a["key"]};
  items->call_method("sort", {{}, std::span<const interpreter::Keyword>(&key, 1)}, interpreter);
  sketch.set_selection(to_items(items->items()));
}

Value sketch_invoke(SketchObject& s, Arguments& a, Interpreter& interpreter) {
  const Value self = Ref<SketchObject>(&s);
  const int count = interpreter::parameter_count(a["f"]);
  if (count > 1) interpreter::throw_value_error("Provided function accepts too many arguments");
  if (count == 0) {
    interpreter.call(a["f"], {});
    return self;
  }
  const Value result = interpreter.call(a["f"], {self});
  return result.is_none() ? self : result;
}

Value SketchObject::item(const Value& index, Interpreter& interpreter) {
  const Sketch::Items all = sketch.vals();
  Sketch::Items chosen;
  if (const auto* slice = index.as<interpreter::Slice>()) {
    for (size_t i : interpreter::slice_positions(*slice, all.size())) chosen.push_back(all[i]);
  } else if (index.is_integral()) {
    chosen.push_back(all[interpreter::sequence_index(index, all.size(), "list")]);
  } else {
    for (const Value& i : interpreter::elements(index, interpreter))
      chosen.push_back(all[interpreter::sequence_index(i, all.size(), "list")]);
  }
  sketch.set_selection(std::move(chosen));
  return Ref<SketchObject>(this);
}

}  // namespace cadrecode::cadquery
