// Iteration, indices, membership and attributes of any value.
#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

Ref<Iterator> iterate(const Value& iterable, Interpreter& interpreter) {
  if (!iterable.is_object())
    throw_type_error("'" + type_name(iterable) + "' object is not iterable");
  return iterable.object().iterate(interpreter);
}

bool contains(const Value& container, const Value& element, Interpreter& interpreter) {
  if (!container.is_object())
    throw_type_error("argument of type '" + type_name(container) + "' is not iterable");
  return container.object().contains(element, interpreter);
}

Value get_item(const Value& object, const Value& index, Interpreter& interpreter) {
  if (!object.is_object())
    throw_type_error("'" + type_name(object) + "' object is not subscriptable");
  return object.object().item(index, interpreter);
}

void set_item(const Value& object, const Value& index, const Value& value,
              Interpreter& interpreter) {
  if (!object.is_object())
    throw_type_error("'" + type_name(object) + "' object does not support item assignment");
  object.object().set_item(index, value, interpreter);
}

void delete_item(const Value& object, const Value& index, Interpreter& interpreter) {
  if (!object.is_object())
    throw_type_error("'" + type_name(object) + "' object doesn't support item deletion");
  object.object().delete_item(index, interpreter);
}

namespace {

// What no program may look into. A few names that are harmless and in common
// use go through.
void refuse_private(std::string_view name) {
  const bool dunder = name.size() > 4 && name.starts_with("__") && name.ends_with("__");
  if (!dunder || name == "__name__" || name == "__class__" || name == "__doc__" ||
      name == "__init__" || name == "__str__" || name == "__repr__" || name == "__eq__" ||
      name == "__len__") {
    return;
  }
  throw Error(ErrorKind::kUnsupported, "access to '" + std::string(name) + "' is not allowed");
}

// Methods of int, float, None and bool come from the type's table.
Value plain_attribute(const Value& object, std::string_view name, Interpreter& interpreter) {
  const Type& type = type_of(object);
  const Member* member = type.find(name);
  if (!member) {
    throw_attribute_error("'" + type.name() + "' object has no attribute '" + std::string(name) +
                          "'");
  }
  if (member->sort == Member::kProperty) return member->get(object, interpreter);
  return bind_method(object, *member, name);
}

}  // namespace

Value get_attribute(const Value& object, std::string_view name, Interpreter& interpreter) {
  if (name.starts_with("__")) {
    refuse_private(name);
    if (name == "__class__") return Value(const_cast<Type*>(&type_of(object)));
    if (name == "__doc__") return Value::none();
  }
  if (!object.is_object()) return plain_attribute(object, name, interpreter);
  return object.object().attribute(name, interpreter);
}

Value find_attribute(const Value& object, std::string_view name, Interpreter& interpreter) {
  try {
    return get_attribute(object, name, interpreter);
  } catch (const Exception& e) {
    if (!is_instance(e.exception(), exception_type("AttributeError"))) throw;
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::kUnsupported) throw;
  }
  return {};
}

void set_attribute(const Value& object, std::string_view name, const Value& value,
                   Interpreter& interpreter) {
  if (name.starts_with("__")) refuse_private(name);
  if (!object.is_object()) {
    throw_attribute_error("'" + type_name(object) + "' object has no attribute '" +
                          std::string(name) + "'");
  }
  object.object().set_attribute(name, value, interpreter);
}

}  // namespace cadrecode::interpreter
