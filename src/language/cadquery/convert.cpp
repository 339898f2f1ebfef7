#include "language/cadquery/convert.h"

#include <cmath>

#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

[[noreturn]] void fail(std::string_view what, std::string_view expected, const Value& given) {
  interpreter::throw_type_error(std::string(what) + " must be " + std::string(expected) +
                                ", not '" + interpreter::type_name(given) + "'");
}

std::optional<Vec3> vector_of(const std::vector<Value>& items) {
  if (items.size() != 2 && items.size() != 3) return std::nullopt;
  for (const Value& item : items)
    if (!item.is_number()) return std::nullopt;
  return Vec3{items[0].as_double(), items[1].as_double(),
              items.size() == 3 ? items[2].as_double() : 0.0};
}

}  // namespace

std::optional<Vec3> try_vector(const Value& value) {
  if (value.is_tuple()) return vector_of(value.as_tuple().items());
  if (value.is_list()) return vector_of(value.as_list().items());
  if (const auto* vector = value.as<VectorObject>()) return vector->v;
  return std::nullopt;
}

Vec3 to_vector(const Value& value, std::string_view what) {
  if (auto v = try_vector(value)) return *v;
  fail(what, "a Vector or a tuple of two or three numbers", value);
}

std::vector<Vec3> to_vectors(const Value& iterable, std::string_view what,
                             Interpreter& interpreter) {
  std::vector<Vec3> vectors;
  for (const Value& item : interpreter::elements(iterable, interpreter))
    vectors.push_back(to_vector(item, what));
  return vectors;
}

std::vector<double> to_numbers(const Value& iterable, std::string_view what,
                               Interpreter& interpreter) {
  std::vector<double> numbers;
  for (const Value& item : interpreter::elements(iterable, interpreter)) {
    if (!item.is_number()) fail(what, "numbers", item);
    numbers.push_back(item.as_double());
  }
  return numbers;
}

const brep::Shape* try_shape(const Value& value) {
  const auto* object = value.as<ShapeObject>();
  return object ? &object->shape : nullptr;
}

const brep::Shape& to_shape(const Value& value, std::string_view what) {
  if (const brep::Shape* shape = try_shape(value)) return *shape;
  fail(what, "a Shape", value);
}

const brep::Shape& to_shape(const Value& value, brep::Kind type, std::string_view what) {
  const brep::Shape& shape = to_shape(value, what);
  if (shape.type() != type) fail(what, brep::to_string(type), value);
  return shape;
}

Shapes to_shapes(const Value& iterable, std::string_view what, Interpreter& interpreter,
                 bool allow_single) {
  if (const brep::Shape* shape = try_shape(iterable); shape && allow_single) return {*shape};
  Shapes shapes;
  for (const Value& item : interpreter::elements(iterable, interpreter))
    shapes.push_back(to_shape(item, what));
  return shapes;
}

const brep::Location* try_location(const Value& value) {
  const auto* object = value.as<LocationObject>();
  return object ? &object->location : nullptr;
}

const brep::Location& to_location(const Value& value, std::string_view what) {
  if (const brep::Location* location = try_location(value)) return *location;
  fail(what, "a Location", value);
}

Frame to_plane(const Value& value, std::string_view what) {
  if (const auto* plane = value.as<PlaneObject>()) return plane->frame;
  if (const auto* location = value.as<LocationObject>()) return location->location.plane();
  if (value.is_str()) return named_plane(value.str());
  fail(what, "a Plane", value);
}

std::optional<Selector> to_selector(const Value& value, std::string_view what) {
  if (value.is_unset() || value.is_none()) return std::nullopt;
  if (value.is_str())
    return value.str().empty() ? std::nullopt : std::optional(parse_selector(value.str()));
  if (const auto* object = value.as<SelectorObject>()) return object->selector;
  fail(what, "a selector text or a Selector", value);
}

Value vector_value(Vec3 v) { return interpreter::make<VectorObject>(v); }

Value tuple_value(Vec3 v) { return interpreter::make_tuple({Value(v.x), Value(v.y), Value(v.z)}); }

Value plane_value(const Frame& frame) { return interpreter::make<PlaneObject>(frame); }

Value location_value(const brep::Location& location) {
  return interpreter::make<LocationObject>(location);
}

Value bound_box_value(const brep::BoundBox& box) { return interpreter::make<BoundBoxObject>(box); }

Value shape_value(const brep::Shape& shape) {
  return shape.is_null() ? Value::none() : Value(interpreter::make<ShapeObject>(shape));
}

Value shape_list(const Shapes& shapes) {
  std::vector<Value> values;
  values.reserve(shapes.size());
  for (const brep::Shape& shape : shapes) values.push_back(shape_value(shape));
  return interpreter::make_list(std::move(values));
}

}  // namespace cadrecode::cadquery
