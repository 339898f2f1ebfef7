#include <algorithm>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/object.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

// A native function, or a method bound to its object.
class NativeFunction : public Object {
 public:
  NativeFunction(std::shared_ptr<const Signature> signature, HostFunction function)
      : signature_(std::move(signature)), function_(std::move(function)) {}
  const Type& type() const override {
    static const Type& type = define_type("builtin_function_or_method").raises_attribute_error();
    return type;
  }
  Value attribute(std::string_view name, Interpreter& interpreter) override {
    if (name == "__name__")
      return signature_->function().substr(signature_->function().rfind('.') + 1);
    return Object::attribute(name, interpreter);
  }
  Value call(const Call& call, Interpreter& interpreter) override {
    Arguments arguments(*signature_, call);
    return function_(arguments, interpreter);
  }
  bool callable() const override { return true; }
  std::string repr(Interpreter&) override {
    return "<built-in function " + signature_->function() + ">";
  }

 private:
  std::shared_ptr<const Signature> signature_;
  HostFunction function_;
};

class NativeMethod : public Object {
 public:
  NativeMethod(Value self, const Member& member, std::string name)
      : self_(std::move(self)), member_(member), name_(std::move(name)) {}
  const Type& type() const override {
    static const Type& type = define_type("method").raises_attribute_error();
    return type;
  }
  Value attribute(std::string_view name, Interpreter& interpreter) override {
    if (name == "__name__") return name_;
    return Object::attribute(name, interpreter);
  }
  Value call(const Call& call, Interpreter& interpreter) override {
    if (!self_.is_unset()) {
      Arguments arguments(*member_.signature, call);
      return member_.method(self_, arguments, interpreter);
    }
    // Type.method(self, …)
    if (call.positional.empty())
      throw_type_error("unbound method " + name_ + "() needs an argument");
    Arguments arguments(*member_.signature, {call.positional.subspan(1), call.keywords});
    return member_.method(call.positional[0], arguments, interpreter);
  }
  bool callable() const override { return true; }
  Value compare(CompareOp op, const Value& other, Interpreter& interpreter) override {
    const auto* method = other.as<NativeMethod>();
    if (!method || op > CompareOp::kNotEqual) return {};
    const bool same = &method->member_ == &member_ && method->self_.same(self_);
    (void)interpreter;
    return same == (op == CompareOp::kEqual);
  }
  std::string repr(Interpreter&) override { return "<method " + name_ + ">"; }

 private:
  Value self_;
  const Member& member_;  // lives in an immortal type
  std::string name_;
};

// Makes a value safe to share between threads and interpreters.
Value shared(const Value& value) {
  if (!value.is_object()) return value;
  value.object().make_immortal();
  if (value.is_tuple()) {
    for (const Value& item : value.as_tuple().items()) shared(item);
  }
  return value;
}

}  // namespace

Value bind_method(const Value& self, const Member& member, std::string_view name) {
  if (member.sort == Member::kStatic)
    return make<NativeFunction>(member.signature, member.function);
  if (member.sort == Member::kConstant) return member.constant;
  return make<NativeMethod>(self, member, std::string(name));
}

Value make_function(std::string_view name, std::string_view signature, HostFunction function) {
  return make<NativeFunction>(std::make_shared<Signature>(name, signature), std::move(function));
}

// --- Type ---

Type::Type(std::string name, const Type* base) : name_(std::move(name)), base_(base) {
  if (base_) attribute_error_ = base_->attribute_error_;
}

Type& define_type(std::string_view name) {
  auto* type = new Type(std::string(name));
  type->make_immortal();
  return *type;
}

Type& define_type(std::string_view name, const Type& base) {
  auto* type = new Type(std::string(name), &base);
  type->make_immortal();
  return *type;
}

Type& Type::base(const Type& base) {
  base_ = &base;
  return *this;
}

Type& Type::constructor(std::string_view signature, HostFunction function) {
  constructor_signature_ = std::make_shared<Signature>(name_, signature);
  constructor_ = std::move(function);
  return *this;
}

Type& Type::method(std::string_view name, std::string_view signature, HostMethod function) {
  Member member;
  member.sort = Member::kMethod;
  member.signature = std::make_shared<Signature>(name_ + "." + std::string(name), signature);
  member.method = std::move(function);
  members_[std::string(name)] = std::move(member);
  return *this;
}

Type& Type::alias(std::string_view name, std::string_view existing) {
  const Member* member = find(existing);
  if (!member) throw Error(ErrorKind::kInternal, name_ + " has no " + std::string(existing));
  Member copy = *member;
  members_[std::string(name)] = std::move(copy);
  return *this;
}

Type& Type::static_method(std::string_view name, std::string_view signature,
                          HostFunction function) {
  Member member;
  member.sort = Member::kStatic;
  member.signature = std::make_shared<Signature>(name_ + "." + std::string(name), signature);
  member.function = std::move(function);
  members_[std::string(name)] = std::move(member);
  return *this;
}

Type& Type::property(std::string_view name, Getter get, Setter set) {
  Member member;
  member.sort = Member::kProperty;
  member.get = std::move(get);
  member.set = std::move(set);
  members_[std::string(name)] = std::move(member);
  return *this;
}

Type& Type::constant(std::string_view name, Value value) {
  Member member;
  member.constant = shared(value);
  members_[std::string(name)] = std::move(member);
  return *this;
}

Type& Type::unsupported(std::string_view name, std::string_view reason) {
  Member member;
  member.sort = Member::kUnsupported;
  member.reason = std::string(reason);
  members_[std::string(name)] = std::move(member);
  return *this;
}

Type& Type::raises_attribute_error() {
  attribute_error_ = true;
  return *this;
}

const Member* Type::find(std::string_view name) const {
  for (const Type* type = this; type; type = type->base_) {
    const auto it = type->members_.find(name);
    if (it != type->members_.end()) return &it->second;
  }
  return nullptr;
}

bool Type::is_subtype_of(const Type& other) const {
  for (const Type* type = this; type; type = type->base_) {
    if (type == &other) return true;
  }
  return &other == &object_type();
}

bool Type::has_constructor() const { return constructor_ || (base_ && base_->has_constructor()); }

void Type::throw_missing(std::string_view attribute, bool on_type) const {
  const std::string name(attribute);
  if (attribute_error_) {
    throw_attribute_error(on_type ? "type object '" + name_ + "' has no attribute '" + name + "'"
                                  : "'" + name_ + "' object has no attribute '" + name + "'");
  }
  throw Error(ErrorKind::kUnsupported, name_ + "." + name + " is not supported");
}

const Type& Type::type() const { return type_type(); }

Value Type::attribute(std::string_view name, Interpreter& interpreter) {
  if (name == "__name__" || name == "__qualname__") return name_;
  const Member* member = find(name);
  if (!member) {
    if (const Value* extension = interpreter.extension(*this, name)) return *extension;
    throw_missing(name, true);
  }
  switch (member->sort) {
    case Member::kConstant:
      return member->constant;
    case Member::kUnsupported:
      throw Error(ErrorKind::kUnsupported,
                  name_ + "." + std::string(name) + " is not supported: " + member->reason);
    case Member::kProperty:
      throw Error(ErrorKind::kUnsupported,
                  name_ + "." + std::string(name) + " without an object is not supported");
    default:
      break;
  }
  return bind_method(Value(), *member, name);
}

// A plugin: cq.Workplane.bolt = bolt. The type itself is shared and stays as it is.
void Type::set_attribute(std::string_view name, const Value& value, Interpreter& interpreter) {
  if (attribute_error_) {
    throw_type_error("cannot set '" + std::string(name) + "' attribute of immutable type '" +
                     name_ + "'");
  }
  if (find(name)) {
    throw Error(ErrorKind::kUnsupported,
                "replacing " + name_ + "." + std::string(name) + " is not supported");
  }
  interpreter.extend(*this, name, value);
}

Value Type::call_method(std::string_view name, const Call& call, Interpreter& interpreter) {
  const Member* member = find(name);
  if (member && member->sort == Member::kStatic) {
    Arguments arguments(*member->signature, call);
    return member->function(arguments, interpreter);
  }
  return interpreter.call(get_attribute(Value(this), name, interpreter), call.positional,
                          call.keywords);
}

Value Type::call(const Call& call, Interpreter& interpreter) {
  const Type* type = this;
  while (type && !type->constructor_) type = type->base_;
  if (!type) throw_type_error("cannot create '" + name_ + "' instances");
  Arguments arguments(*type->constructor_signature_, call);
  return type->constructor_(arguments, interpreter);
}

std::string Type::repr(Interpreter&) { return "<class '" + name_ + "'>"; }

// --- Module ---

Module& define_module(std::string_view name) { return *new Module(std::string(name)); }

Module& Module::add(std::string_view name, Value value) {
  members_.emplace_back(std::string(name), shared(value));
  return *this;
}

Module& Module::function(std::string_view name, std::string_view signature, HostFunction function) {
  return add(name, make_function(name, signature, std::move(function)));
}

Module& Module::unsupported(std::string_view name, std::string_view reason) {
  refused_.emplace_back(std::string(name), std::string(reason));
  return *this;
}

const Value* Module::find(std::string_view name) const {
  for (const auto& [key, value] : members_) {
    if (key == name) return &value;
  }
  return nullptr;
}

const Type& Module::type() const {
  static const Type& type = define_type("module").raises_attribute_error();
  return type;
}

Value Module::attribute(std::string_view name, Interpreter&) {
  if (const Value* value = find(name)) return *value;
  if (name == "__name__") return name_;
  for (const auto& [key, reason] : refused_) {
    if (key == name)
      throw Error(ErrorKind::kUnsupported, name_ + "." + key + " is not supported: " + reason);
  }
  throw Error(ErrorKind::kUnsupported, name_ + "." + std::string(name) + " is not supported");
}

Value Module::call_method(std::string_view name, const Call& call, Interpreter& interpreter) {
  return interpreter.call(attribute(name, interpreter), call.positional, call.keywords);
}

std::string Module::repr(Interpreter&) { return "<module '" + name_ + "'>"; }

// --- The language's plain types ---

const Type& object_type() {
  static const Type& type = define_type("object").raises_attribute_error();
  return type;
}
const Type& none_type() {
  static const Type& type = define_type("NoneType").raises_attribute_error();
  return type;
}
const Type& function_type() {
  static const Type& type = define_type("function").raises_attribute_error();
  return type;
}

}  // namespace cadrecode::interpreter
