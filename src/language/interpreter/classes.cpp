// Classes of the program, their instances, bound methods, super().
#include <algorithm>

#include "language/interpreter/evaluator.h"
#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

// One more positional argument in front.
Value call_with_self(const Value& function, const Value& self, const Call& call,
                     Interpreter& interpreter) {
  SmallVector<Value, 8> positional;
  positional.push_back(self);
  for (const Value& v : call.positional) positional.push_back(v);
  return function.object().call({positional.span(), call.keywords}, interpreter);
}

const Type& plain_type(const char* name) { return define_type(name).raises_attribute_error(); }

}  // namespace

// --- Functions and methods ---

Value Function::attribute(std::string_view attribute_name, Interpreter& interpreter) {
  if (attribute_name == "__name__") return name;
  if (attributes) {
    if (const Value* value = attributes->table.find(attribute_name)) return *value;
  }
  return Object::attribute(attribute_name, interpreter);
}

void Function::set_attribute(std::string_view attribute_name, const Value& value, Interpreter&) {
  if (!attributes) attributes = make<Dict>();
  attributes->table.insert(attribute_name, value);
}

int parameter_count(const Value& callable) {
  const auto* function = callable.as<Function>();
  if (!function) return 0;
  int count = 0;
  for (const script::ParameterNode& p : function->parameters)
    count += (p.kind == script::ParameterKind::kPlain ||
              p.kind == script::ParameterKind::kPositionalOnly) &&
             !p.fallback;
  return count;
}

const Type& BoundMethod::type() const {
  static const Type& type = plain_type("method");
  return type;
}
Value BoundMethod::call(const Call& call, Interpreter& interpreter) {
  return call_with_self(function_, self_, call, interpreter);
}
Value BoundMethod::attribute(std::string_view name, Interpreter& interpreter) {
  return function_.object().attribute(name, interpreter);
}
std::string BoundMethod::repr(Interpreter& interpreter) {
  return "<bound method " + interpreter::repr(function_, interpreter) + ">";
}

const Type& property_type() {
  static const Type& type =
      define_type("property")
          .raises_attribute_error()
          .constructor("fget=None, fset=None",
                       [](Arguments& a, Interpreter&) -> Value {
                         Ref<Decorated> made = make<Decorated>(Decorated::kProperty, a["fget"]);
                         if (!a.is_none("fset")) made->setter = a["fset"];
                         return made;
                       })
          .method("setter", "function", [](const Value& self, Arguments& a, Interpreter&) -> Value {
            Ref<Decorated> made =
                make<Decorated>(Decorated::kProperty, self_as<Decorated>(self).function);
            made->setter = a["function"];
            return made;
          });
  return type;
}
const Type& static_method_type() {
  static const Type& type =
      define_type("staticmethod").constructor("function", [](Arguments& a, Interpreter&) -> Value {
        return make<Decorated>(Decorated::kStatic, a["function"]);
      });
  return type;
}
const Type& class_method_type() {
  static const Type& type =
      define_type("classmethod").constructor("function", [](Arguments& a, Interpreter&) -> Value {
        return make<Decorated>(Decorated::kClass, a["function"]);
      });
  return type;
}

const Type& Decorated::type() const {
  return sort == kProperty ? property_type()
         : sort == kStatic ? static_method_type()
                           : class_method_type();
}
Value Decorated::call(const Call& call, Interpreter& interpreter) {
  return function.object().call(call, interpreter);
}

// --- Classes ---

ClassObject::ClassObject(std::string name, const Type& base, Value base_holder)
    : Type(std::move(name), &base), attributes(make<Dict>()), base_holder_(std::move(base_holder)) {
  program_base_ = base_holder_.as<ClassObject>();
  raises_attribute_error();
  if (!program_base_) return;
  is_dataclass = program_base_->is_dataclass;
  is_frozen = program_base_->is_frozen;
  is_ordered = program_base_->is_ordered;
  fields = program_base_->fields;
}

Value ClassObject::lookup(std::string_view name) const {
  for (const ClassObject* c = this; c; c = c->program_base_) {
    if (const Value* value = c->attributes->table.find(name)) return *value;
  }
  return {};
}

Value ClassObject::attribute(std::string_view name, Interpreter& interpreter) {
  if (name == "__name__" || name == "__qualname__") return name_;
  const Value found = lookup(name);
  if (found.is_unset()) return Type::attribute(name, interpreter);
  if (const auto* wrapper = found.as<Decorated>()) {
    if (wrapper->sort == Decorated::kStatic) return wrapper->function;
    if (wrapper->sort == Decorated::kClass)
      return make<BoundMethod>(Value(this), wrapper->function);
  }
  return found;
}

void ClassObject::set_attribute(std::string_view name, const Value& value, Interpreter&) {
  attributes->table.insert(name, value);
}

Value ClassObject::call_method(std::string_view name, const Call& call, Interpreter& interpreter) {
  return interpreter.call(get_attribute(Value(this), name, interpreter), call.positional,
                          call.keywords);
}

Value ClassObject::call(const Call& call, Interpreter& interpreter) {
  if (is_subtype_of(enum_type())) {
    for (const Value& member : members->items()) {
      if (call.positional.size() == 1 &&
          equal(get_attribute(member, "value", interpreter), call.positional[0], interpreter))
        return member;
    }
    throw_value_error(
        (call.positional.empty() ? "nothing" : interpreter::repr(call.positional[0], interpreter)) +
        " is not a valid " + name_);
  }
  Ref<Instance> instance = make<Instance>(*this);
  const bool is_exception = is_subtype_of(exception_type("BaseException"));
  if (is_exception) instance->arguments.assign(call.positional.begin(), call.positional.end());
  const Value init = lookup("__init__");
  if (!init.is_unset()) {
    if (!call_with_self(init, instance, call, interpreter).is_none())
      throw_type_error("__init__() should return None");
  } else if (is_dataclass) {
    init_dataclass(*instance, call, interpreter);
  } else if (!is_exception && (!call.positional.empty() || !call.keywords.empty())) {
    throw_type_error(name_ + "() takes no arguments");
  }
  return instance;
}

// What @dataclass's __init__ does.
void ClassObject::init_dataclass(Instance& self, const Call& call, Interpreter& interpreter) {
  std::vector<const Field*> parameters;
  for (const Field& field : fields) {
    if (field.in_init) parameters.push_back(&field);
  }
  if (call.positional.size() > parameters.size()) {
    throw_type_error(name_ + ".__init__() takes " + std::to_string(parameters.size() + 1) +
                     " positional arguments but " + std::to_string(call.positional.size() + 1) +
                     " were given");
  }
  self.attributes = make<Dict>();
  const auto set = [&](const Field& field, const Value& value) {
    self.attributes->table.insert(field.name, value);
  };
  for (const Keyword& k : call.keywords) {
    const auto it = std::find_if(parameters.begin(), parameters.end(),
                                 [&](const Field* f) { return f->name == k.name; });
    if (it == parameters.end()) {
      throw_type_error(name_ + ".__init__() got an unexpected keyword argument '" +
                       std::string(k.name) + "'");
    }
    if (static_cast<size_t>(it - parameters.begin()) < call.positional.size()) {
      throw_type_error(name_ + ".__init__() got multiple values for argument '" +
                       std::string(k.name) + "'");
    }
  }
  size_t next = 0;
  for (const Field& field : fields) {
    const auto named = std::find_if(call.keywords.begin(), call.keywords.end(),
                                    [&](const Keyword& k) { return k.name == field.name; });
    if (field.in_init && next < call.positional.size()) {
      set(field, call.positional[next++]);
    } else if (field.in_init && named != call.keywords.end()) {
      set(field, named->value);
    } else if (!field.factory.is_unset()) {
      set(field, interpreter.call(field.factory, {}));
    } else if (!field.fallback.is_unset()) {
      set(field, field.fallback);
    } else {
      throw_type_error(name_ + ".__init__() missing 1 required positional argument: '" +
                       field.name + "'");
    }
  }
  const Value after = self.special("__post_init__");
  if (!after.is_unset()) self.call_special(after, {}, interpreter);
}

Ref<Iterator> ClassObject::iterate(Interpreter& interpreter) {
  if (is_subtype_of(enum_type())) return members->iterate(interpreter);
  return Type::iterate(interpreter);
}
int64_t ClassObject::length(Interpreter& interpreter) {
  if (is_subtype_of(enum_type())) return members->length(interpreter);
  return Type::length(interpreter);
}
Value ClassObject::item(const Value& index, Interpreter& interpreter) {
  if (is_subtype_of(enum_type()) && index.is_str()) {
    const Value found = lookup(index.str());
    if (is_instance(found, *this)) return found;
    throw_key_error(index, interpreter);
  }
  return Type::item(index, interpreter);
}

// --- Enum ---

const Type& enum_type() {
  static const Type& type = define_type("Enum").raises_attribute_error();
  return type;
}

void make_enum(ClassObject& type, Interpreter& interpreter) {
  int64_t automatic = 0;
  type.members = make<List>(std::vector<Value>());
  const auto entries = type.attributes->table.entries();
  for (const Table::Entry& entry : entries) {
    const bool is_member = !entry.key.str().starts_with("_") && !is_callable(entry.value) &&
                           !entry.value.as<Decorated>();
    if (!is_member) continue;
    Value value = entry.value;
    if (value.is_unset() || value.same(ellipsis())) value = automatic + 1;  // auto()
    if (value.is_int()) automatic = value.as_int();
    Value member;
    for (const Value& other : type.members->items()) {
      if (equal(get_attribute(other, "value", interpreter), value, interpreter))
        member = other;  // an alias
    }
    if (member.is_unset()) {
      Ref<Instance> made = make<Instance>(type);
      made->attributes = make<Dict>();
      made->attributes->table.insert("name", entry.key);
      made->attributes->table.insert("value", value);
      member = made;
      type.members->edit().push_back(member);
    }
    type.attributes->table.insert(entry.key.str(), member);
  }
}

// --- Instances ---

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

// --- super() ---

const Type& super_type() {
  static const Type& type =
      define_type("super").constructor("*args", [](Arguments&, Interpreter&) -> Value {
        throw Error(ErrorKind::kUnsupported, "super() with arguments is not supported");
      });
  return type;
}

const Type& Super::type() const { return super_type(); }

Value Super::attribute(std::string_view name, Interpreter& interpreter) {
  const ClassObject* base = owner_.program_base();
  const Value found = base ? base->lookup(name) : Value();
  if (found.kind() == Kind::kFunction) return make<BoundMethod>(self_, found);
  if (const auto* wrapper = found.as<Decorated>()) {
    if (wrapper->sort == Decorated::kProperty) return interpreter.call(wrapper->function, {self_});
    return wrapper->sort == Decorated::kStatic
               ? wrapper->function
               : Value(make<BoundMethod>(Value(const_cast<Type*>(&type_of(self_))),
                                         wrapper->function));
  }
  if (!found.is_unset()) return found;
  if (name == "__init__") {
    // object, an exception or a dataclass: their own initialisation.
    return make_function("super().__init__", "*args, **kwargs",
                         [self = self_](Arguments& a, Interpreter&) {
                           auto* instance = self.as<Instance>();
                           if (instance && is_instance(self, exception_type("BaseException")))
                             instance->arguments = a.rest();
                           return Value::none();
                         });
  }
  if (name == "__str__" || name == "__repr__") {
    return make_function("super().__str__", "",
                         [self = self_](Arguments&, Interpreter& in) -> Value {
                           const auto* instance = self.as<Instance>();
                           if (!instance || !is_instance(self, exception_type("BaseException")))
                             return "<__main__." + type_name(self) + " object>";
                           return instance->arguments.size() == 1
                                      ? to_str(instance->arguments[0], in)
                                      : interpreter::repr(make_tuple(instance->arguments), in);
                         });
  }
  throw_attribute_error("'super' object has no attribute '" + std::string(name) + "'");
}

Value Super::call_method(std::string_view name, const Call& call, Interpreter& interpreter) {
  return interpreter.call(attribute(name, interpreter), call.positional, call.keywords);
}

namespace {

// A value that is only ever compared by identity.
class Singleton : public Object {
 public:
  explicit Singleton(std::string name) : name_(std::move(name)) { make_immortal(); }
  const Type& type() const override { return object_type(); }
  std::string repr(Interpreter&) override { return name_; }

 private:
  std::string name_;
};

}  // namespace

Value not_implemented() {
  static auto* value = new Singleton("NotImplemented");
  return Value(value);
}
Value ellipsis() {
  static auto* value = new Singleton("Ellipsis");
  return Value(value);
}

}  // namespace cadrecode::interpreter
