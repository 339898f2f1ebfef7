// Objects of the program's classes: attributes, and the methods behind operators.
#include "language/interpreter/evaluator.h"
#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

Instance::Instance(const Type& type) : Container(Kind::kObject), type_(type) {
  class_ = dynamic_cast<const ClassObject*>(&type);
  if (class_) class_holder_ = Value(const_cast<Type*>(&type));
}

Value Instance::call_special(const Value& function, std::initializer_list<Value> arguments,
                             Interpreter& interpreter) {
  return call_with_self(function, Value(this),
                        {std::span<const Value>(arguments.begin(), arguments.size()), {}},
                        interpreter);
}

// A class attribute as the instance sees it.
Value Instance::bind(const Value& found, Interpreter& interpreter) {
  if (found.kind() == Kind::kFunction) return make<BoundMethod>(Value(this), found);
  if (const auto* wrapper = found.as<Decorated>()) {
    switch (wrapper->sort) {
      case Decorated::kProperty:
        return interpreter.call(wrapper->function, {Value(this)});
      case Decorated::kStatic:
        return wrapper->function;
      case Decorated::kClass:
        return make<BoundMethod>(class_holder_, wrapper->function);
    }
  }
  return found;
}

Value Instance::attribute(std::string_view name, Interpreter& interpreter) {
  if (attributes) {
    if (const Value* value = attributes->table.find(name)) return *value;
  }
  const Value found = special(name);
  if (!found.is_unset()) return bind(found, interpreter);
  const Value fallback = special("__getattr__");
  if (!fallback.is_unset()) return call_special(fallback, {Value(name)}, interpreter);
  return Object::attribute(name, interpreter);
}

void Instance::set_attribute(std::string_view name, const Value& value, Interpreter& interpreter) {
  if (class_ && class_->is_frozen)
    throw_attribute_error("cannot assign to field '" + std::string(name) + "'");
  if (!class_ && type_.find(name))
    throw_attribute_error("attribute '" + std::string(name) + "' is read-only");
  const Value found = special(name);
  if (const auto* wrapper = found.as<Decorated>();
      wrapper && wrapper->sort == Decorated::kProperty) {
    if (wrapper->setter.is_unset()) {
      throw_attribute_error("property '" + std::string(name) + "' of '" + type_.name() +
                            "' object has no setter");
    }
    interpreter.call(wrapper->setter, {Value(this), value});
    return;
  }
  if (!attributes) attributes = make<Dict>();
  attributes->table.insert(name, value);
}

void Instance::delete_attribute(std::string_view name) {
  Value* value = attributes ? attributes->table.find(name) : nullptr;
  if (!value)
    throw_attribute_error("'" + type_.name() + "' object has no attribute '" + std::string(name) +
                          "'");
  attributes->table.erase_text(name);
}

Value Instance::call_method(std::string_view name, const Call& call, Interpreter& interpreter) {
  const bool shadowed = attributes && attributes->table.find(name);
  if (!shadowed) {
    const Value found = special(name);
    if (found.kind() == Kind::kFunction)
      return call_with_self(found, Value(this), call, interpreter);
  }
  return interpreter.call(get_attribute(Value(this), name, interpreter), call.positional,
                          call.keywords);
}

Value Instance::call(const Call& call, Interpreter& interpreter) {
  const Value function = special("__call__");
  if (function.is_unset()) return Object::call(call, interpreter);
  return call_with_self(function, Value(this), call, interpreter);
}

namespace {

const char* method_name(BinaryOp op, bool reflected) {
  static constexpr const char* kNames[] = {
      "__add__",    "__sub__", "__mul__", "__truediv__", "__floordiv__", "__mod__",   "__pow__",
      "__matmul__", "__and__", "__or__",  "__xor__",     "__lshift__",   "__rshift__"};
  static constexpr const char* kReflected[] = {
      "__radd__", "__rsub__",    "__rmul__",    "__rtruediv__", "__rfloordiv__",
      "__rmod__", "__rpow__",    "__rmatmul__", "__rand__",     "__ror__",
      "__rxor__", "__rlshift__", "__rrshift__"};
  return (reflected ? kReflected : kNames)[static_cast<int>(op)];
}

Value handled(Value value) { return value.same(not_implemented()) ? Value() : value; }

}  // namespace

Value Instance::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  const Value function = special(method_name(op, reflected));
  return function.is_unset() ? Value() : handled(call_special(function, {other}, interpreter));
}

Value Instance::unary(UnaryOp op, Interpreter& interpreter) {
  const Value function = special(op == UnaryOp::kNegative   ? "__neg__"
                                 : op == UnaryOp::kPositive ? "__pos__"
                                                            : "__invert__");
  return function.is_unset() ? Value() : call_special(function, {}, interpreter);
}

Value Instance::dataclass_compare(CompareOp op, const Value& other, Interpreter& interpreter) {
  const auto* that = other.as<Instance>();
  if (!that || that->class_ != class_ || (op > CompareOp::kNotEqual && !class_->is_ordered))
    return {};
  std::vector<Value> mine, theirs;
  for (const ClassObject::Field& field : class_->fields) {
    mine.push_back(get_attribute(Value(this), field.name, interpreter));
    theirs.push_back(get_attribute(other, field.name, interpreter));
  }
  return interpreter::compare(op, make_tuple(std::move(mine)), make_tuple(std::move(theirs)),
                              interpreter);
}

Value Instance::compare(CompareOp op, const Value& other, Interpreter& interpreter) {
  static constexpr const char* kNames[] = {"__eq__", "__ne__", "__lt__",
                                           "__le__", "__gt__", "__ge__"};
  Value function = special(kNames[static_cast<int>(op)]);
  if (!function.is_unset()) return handled(call_special(function, {other}, interpreter));
  if (op == CompareOp::kNotEqual) {
    function = special("__eq__");
    if (!function.is_unset()) {
      const Value same = handled(call_special(function, {other}, interpreter));
      return same.is_unset() ? same : Value(!interpreter::truth(same, interpreter));
    }
  }
  if (class_ && class_->is_dataclass) return dataclass_compare(op, other, interpreter);
  return {};
}

bool Instance::truth(Interpreter& interpreter) {
  const Value function = special("__bool__");
  if (!function.is_unset())
    return interpreter::truth(call_special(function, {}, interpreter), interpreter);
  return Object::truth(interpreter);
}

std::string Instance::repr(Interpreter& interpreter) {
  const Value function = special("__repr__");
  if (!function.is_unset()) {
    const Value text = call_special(function, {}, interpreter);
    if (!text.is_str())
      throw_type_error("__repr__ returned non-string (type " + type_name(text) + ")");
    return text.str();
  }
  if (type_.is_subtype_of(exception_type("BaseException"))) {
    const std::string inside = interpreter::repr(make_tuple(arguments), interpreter);
    return type_.name() + (arguments.size() == 1
                               ? "(" + interpreter::repr(arguments[0], interpreter) + ")"
                               : inside);
  }
  if (type_.is_subtype_of(enum_type())) {
    return "<" + to_str(Value(this), interpreter) + ": " +
           interpreter::repr(attribute("value", interpreter), interpreter) + ">";
  }
  if (class_ && class_->is_dataclass) {
    std::string out = type_.name() + "(";
    for (const ClassObject::Field& field : class_->fields) {
      if (out.back() != '(') out += ", ";
      out += field.name + "=" +
             interpreter::repr(get_attribute(Value(this), field.name, interpreter), interpreter);
    }
    return out + ")";
  }
  return "<__main__." + type_.name() + " object>";
}

std::string Instance::str(Interpreter& interpreter) {
  const Value function = special("__str__");
  if (!function.is_unset()) {
    const Value text = call_special(function, {}, interpreter);
    if (!text.is_str())
      throw_type_error("__str__ returned non-string (type " + type_name(text) + ")");
    return text.str();
  }
  if (type_.is_subtype_of(exception_type("BaseException")) && special("__repr__").is_unset()) {
    if (arguments.empty()) return "";
    if (arguments.size() > 1) return interpreter::repr(make_tuple(arguments), interpreter);
    const bool quoted = type_.is_subtype_of(exception_type("KeyError"));
    return quoted ? interpreter::repr(arguments[0], interpreter)
                  : to_str(arguments[0], interpreter);
  }
  if (type_.is_subtype_of(enum_type()))
    return type_.name() + "." + to_str(attribute("name", interpreter), interpreter);
  return repr(interpreter);
}

size_t Instance::hash(Interpreter& interpreter) {
  const Value function = special("__hash__");
  if (!function.is_unset() && !function.is_none()) {
    return interpreter::hash(call_special(function, {}, interpreter), interpreter);
  }
  if (class_ && class_->is_dataclass && class_->is_frozen) {
    std::vector<Value> values;
    for (const ClassObject::Field& field : class_->fields)
      values.push_back(get_attribute(Value(this), field.name, interpreter));
    return interpreter::hash(make_tuple(std::move(values)), interpreter);
  }
  if (!special("__eq__").is_unset() || (class_ && class_->is_dataclass))
    throw_type_error("unhashable type: '" + type_.name() + "'");
  return Object::hash(interpreter);
}

namespace {

// Steps through an object that has __next__.
class NextIterator : public Iterator {
 public:
  explicit NextIterator(Value object) : object_(std::move(object)) {}
  bool next(Value& out, Interpreter& interpreter) override {
    auto& instance = *object_.as<Instance>();
    try {
      out = instance.call_special(instance.special("__next__"), {}, interpreter);
      return true;
    } catch (const Exception& e) {
      if (!is_instance(e.exception(), exception_type("StopIteration"))) throw;
      return false;
    }
  }

 private:
  Value object_;
};

// Steps through an object that has only __getitem__.
class ItemIterator : public Iterator {
 public:
  explicit ItemIterator(Value object) : object_(std::move(object)) {}
  bool next(Value& out, Interpreter& interpreter) override {
    try {
      out = get_item(object_, Value(next_++), interpreter);
      return true;
    } catch (const Exception& e) {
      if (!is_instance(e.exception(), exception_type("IndexError"))) throw;
      return false;
    }
  }

 private:
  Value object_;
  int64_t next_ = 0;
};

}  // namespace

Ref<Iterator> Instance::iterate(Interpreter& interpreter) {
  const Value function = special("__iter__");
  if (function.is_unset()) {
    if (!special("__getitem__").is_unset()) return make<ItemIterator>(Value(this));
    return Object::iterate(interpreter);
  }
  const Value made = call_special(function, {}, interpreter);
  if (const auto* instance = made.as<Instance>()) {
    if (instance->special("__next__").is_unset())
      throw_type_error("iter() returned non-iterator of type '" + type_name(made) + "'");
    return make<NextIterator>(made);
  }
  return interpreter::iterate(made, interpreter);
}

int64_t Instance::length(Interpreter& interpreter) {
  const Value function = special("__len__");
  if (function.is_unset()) return Object::length(interpreter);
  const Value n = call_special(function, {}, interpreter);
  if (!n.is_integral())
    throw_type_error("'" + type_name(n) + "' object cannot be interpreted as an integer");
  if (n.as_int() < 0) throw_value_error("__len__() should return >= 0");
  return n.as_int();
}

Value Instance::item(const Value& index, Interpreter& interpreter) {
  const Value function = special("__getitem__");
  return function.is_unset() ? Object::item(index, interpreter)
                             : call_special(function, {index}, interpreter);
}

void Instance::set_item(const Value& index, const Value& value, Interpreter& interpreter) {
  const Value function = special("__setitem__");
  if (function.is_unset()) return Object::set_item(index, value, interpreter);
  call_special(function, {index, value}, interpreter);
}

void Instance::delete_item(const Value& index, Interpreter& interpreter) {
  const Value function = special("__delitem__");
  if (function.is_unset()) return Object::delete_item(index, interpreter);
  call_special(function, {index}, interpreter);
}

bool Instance::contains(const Value& element, Interpreter& interpreter) {
  const Value function = special("__contains__");
  if (function.is_unset()) return Object::contains(element, interpreter);
  return interpreter::truth(call_special(function, {element}, interpreter), interpreter);
}

}  // namespace cadrecode::interpreter
