// Classes of the program: attributes, construction, dataclasses, enumerations.
#include <algorithm>

#include "language/interpreter/evaluator.h"
#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

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

}  // namespace cadrecode::interpreter
