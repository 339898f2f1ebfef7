#include "language/interpreter/object.h"

#include <functional>

#include "language/interpreter/containers.h"
#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

// A list of a list of a list … would free itself by as many nested calls;
// below a depth the rest waits for the outermost one to return.
void Object::destroy() {
  thread_local int depth = 0;
  thread_local std::vector<Object*> waiting;
  if (depth > 50) {
    waiting.push_back(this);
    return;
  }
  ++depth;
  delete this;
  --depth;
  while (depth == 0 && !waiting.empty()) {
    Object* next = waiting.back();
    waiting.pop_back();
    ++depth;
    delete next;
    --depth;
  }
}

Value Object::attribute(std::string_view name, Interpreter& interpreter) {
  const Member* member = type().find(name);
  if (!member) {
    const Value* extension = interpreter.extension(type(), name);
    if (!extension) type().throw_missing(name, false);
    if (extension->kind() != Kind::kFunction) return *extension;
    return make<BoundMethod>(Value(this), *extension);
  }
  switch (member->sort) {
    case Member::kProperty:
      return member->get(Value(this), interpreter);
    case Member::kUnsupported:
      throw Error(ErrorKind::kUnsupported,
                  type().name() + "." + std::string(name) + " is not supported: " + member->reason);
    case Member::kConstant:
      return member->constant;
    default:
      return bind_method(Value(this), *member, name);
  }
}

void Object::set_attribute(std::string_view name, const Value& value, Interpreter& interpreter) {
  const Member* member = type().find(name);
  if (!member) type().throw_missing(name, false);
  if (member->sort != Member::kProperty || !member->set) {
    throw_attribute_error("'" + type().name() + "' object attribute '" + std::string(name) +
                          "' is read-only");
  }
  member->set(Value(this), value, interpreter);
}

Value Object::call_method(std::string_view name, const Call& call, Interpreter& interpreter) {
  const Member* member = type().find(name);
  if (member && member->sort == Member::kMethod) {
    Arguments arguments(*member->signature, call);
    return member->method(Value(this), arguments, interpreter);
  }
  return interpreter.call(get_attribute(Value(this), name, interpreter), call.positional,
                          call.keywords);
}

Value Object::call(const Call&, Interpreter&) {
  throw_type_error("'" + type().name() + "' object is not callable");
}

Value Object::binary(BinaryOp, const Value&, bool, Interpreter&) { return {}; }
Value Object::unary(UnaryOp, Interpreter&) { return {}; }
Value Object::compare(CompareOp, const Value&, Interpreter&) { return {}; }

bool Object::truth(Interpreter& interpreter) { return !has_length() || length(interpreter) != 0; }
std::string Object::repr(Interpreter&) { return "<" + type().name() + " object>"; }
size_t Object::hash(Interpreter&) { return std::hash<const void*>()(this) >> 4; }

Ref<Iterator> Object::iterate(Interpreter&) {
  throw_type_error("'" + type().name() + "' object is not iterable");
}
int64_t Object::length(Interpreter&) {
  throw_type_error("object of type '" + type().name() + "' has no len()");
}
Value Object::item(const Value&, Interpreter&) {
  throw_type_error("'" + type().name() + "' object is not subscriptable");
}
void Object::set_item(const Value&, const Value&, Interpreter&) {
  throw_type_error("'" + type().name() + "' object does not support item assignment");
}
void Object::delete_item(const Value&, Interpreter&) {
  throw_type_error("'" + type().name() + "' object doesn't support item deletion");
}

bool Object::contains(const Value& element, Interpreter& interpreter) {
  const Ref<Iterator> iterator = iterate(interpreter);
  for (Value item; iterator->next(item, interpreter);) {
    interpreter.charge();
    if (item.same(element) || equal(item, element, interpreter)) return true;
  }
  return false;
}

namespace {

class ValuesIterator : public Iterator {
 public:
  explicit ValuesIterator(std::vector<Value> items) : items_(std::move(items)) {}
  bool next(Value& out, Interpreter&) override {
    if (next_ >= items_.size()) return false;
    out = items_[next_++];
    return true;
  }
  void clear_references() override { items_.clear(); }

 private:
  std::vector<Value> items_;
  size_t next_ = 0;
};

}  // namespace

const Type& Iterator::type() const {
  static const Type& type = define_type("iterator").raises_attribute_error();
  return type;
}

Ref<Iterator> iterate_values(std::vector<Value> items) {
  return make<ValuesIterator>(std::move(items));
}

}  // namespace cadrecode::interpreter
