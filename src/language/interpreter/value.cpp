#include "language/interpreter/value.h"

#include <bit>
#include <cmath>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"
#include "language/script/printer.h"

namespace cadrecode::interpreter {

Value::Value(std::string text) : Value(static_cast<Object*>(new Str(std::move(text)))) {}

bool Value::same(const Value& other) const {
  if (kind_ != other.kind_) return false;
  switch (kind_) {
    case Kind::kUnset:
    case Kind::kNone:
      return true;
    case Kind::kFloat:
      return std::bit_cast<int64_t>(bits_.number) == std::bit_cast<int64_t>(other.bits_.number);
    case Kind::kBool:
    case Kind::kInt:
      return bits_.integer == other.bits_.integer;
    default:
      return bits_.object == other.bits_.object;
  }
}

const Type& type_of(const Value& value) {
  switch (value.kind()) {
    case Kind::kUnset:
    case Kind::kNone:
      return none_type();
    case Kind::kBool:
      return bool_type();
    case Kind::kInt:
      return int_type();
    case Kind::kFloat:
      return float_type();
    default:
      return value.object().type();
  }
}

std::string type_name(const Value& value) { return type_of(value).name(); }

Value make_tuple(std::vector<Value> items) { return make<Tuple>(std::move(items)); }
Value make_list(std::vector<Value> items) { return make<List>(std::move(items)); }

bool truth(const Value& value, Interpreter& interpreter) {
  switch (value.kind()) {
    case Kind::kUnset:
    case Kind::kNone:
      return false;
    case Kind::kBool:
    case Kind::kInt:
      return value.as_int() != 0;
    case Kind::kFloat:
      return value.as_double() != 0;
    default:
      return value.object().truth(interpreter);
  }
}

std::string float_repr(double number) { return script::number_text(number); }

std::string repr(const Value& value, Interpreter& interpreter) {
  switch (value.kind()) {
    case Kind::kUnset:
      return "<unset>";
    case Kind::kNone:
      return "None";
    case Kind::kBool:
      return value.as_bool() ? "True" : "False";
    case Kind::kInt:
      return std::to_string(value.as_int());
    case Kind::kFloat:
      return float_repr(value.as_double());
    default: {
      interpreter.check_stack();
      return value.object().repr(interpreter);
    }
  }
}

std::string to_str(const Value& value, Interpreter& interpreter) {
  return value.is_object() ? value.object().str(interpreter) : repr(value, interpreter);
}

int64_t length(const Value& value, Interpreter& interpreter) {
  if (!value.is_object())
    throw_type_error("object of type '" + type_name(value) + "' has no len()");
  return value.object().length(interpreter);
}

// Equal numbers hash equal, whatever their type.
size_t hash(const Value& value, Interpreter& interpreter) {
  switch (value.kind()) {
    case Kind::kUnset:
    case Kind::kNone:
      return 0x9E3779B9;
    case Kind::kBool:
    case Kind::kInt:
      return std::hash<int64_t>()(value.as_int());
    case Kind::kFloat: {
      const double d = value.as_double();
      if (std::abs(d) < 9e18 && d == std::floor(d))
        return std::hash<int64_t>()(static_cast<int64_t>(d));
      return std::hash<double>()(d);
    }
    default:
      return value.object().hash(interpreter);
  }
}

std::vector<Value> elements(const Value& iterable, Interpreter& interpreter) {
  const auto copy = [&](const std::vector<Value>& items) {
    interpreter.charge(items.size());
    return items;
  };
  if (iterable.is_tuple()) return copy(iterable.as_tuple().items());
  if (iterable.is_list()) return copy(iterable.as_list().items());
  const Ref<Iterator> iterator = iterate(iterable, interpreter);
  std::vector<Value> items;
  for (Value item; iterator->next(item, interpreter);) {
    interpreter.charge();
    if ((items.size() & (items.size() - 1)) == 0)
      interpreter.charge_memory(2 * items.size() * sizeof(Value));
    items.push_back(std::move(item));
  }
  return items;
}

bool is_instance(const Value& value, const Type& type) {
  return type_of(value).is_subtype_of(type);
}

bool is_callable(const Value& value) { return value.is_object() && value.object().callable(); }

}  // namespace cadrecode::interpreter
