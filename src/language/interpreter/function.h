// Objects that programs define: frames, functions, classes, instances.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "language/interpreter/containers.h"
#include "language/interpreter/object.h"
#include "language/interpreter/resolver.h"

namespace cadrecode::interpreter {

class Function;
class ClassObject;

// The values of one run of a scope.
class Frame : public Container {
 public:
  Frame(const ScopeNames* names, size_t size, Ref<Frame> parent)
      : Container(Kind::kObject), slots(size), parent(std::move(parent)), names(names) {}
  std::vector<Value> slots;
  Ref<Frame> parent;        // of the enclosing function; null: the module is next
  const ScopeNames* names;  // null for the module
  Ref<Function> function;   // whose call this is; null for the module, classes
  bool is_class = false;

  // The frame functions made here see outside themselves: never a class's.
  Ref<Frame> closure() const { return is_class ? parent : Ref<Frame>(const_cast<Frame*>(this)); }
  const Type& type() const override { return object_type(); }
  void clear_references() override {
    slots.clear();
    parent = nullptr;
    function = nullptr;
  }
};

// A def or a lambda, with what it closes over.
class Function : public Container {
 public:
  Function() : Container(Kind::kFunction) {}
  std::string name;
  script::Parameters parameters;
  std::vector<Value> fallbacks;          // by parameter; unset: required
  script::Block body;                    // empty for a lambda
  const script::Expr* result = nullptr;  // a lambda's
  const ScopeNames* scope = nullptr;
  bool is_generator = false;
  Ref<Frame> closure;
  Value owner;           // the class that defines it, for super()
  Ref<Dict> attributes;  // function.name = value; null: none

  const Type& type() const override { return function_type(); }
  bool callable() const override { return true; }
  Value call(const Call& call, Interpreter& interpreter) override;
  Value attribute(std::string_view name, Interpreter& interpreter) override;
  void set_attribute(std::string_view name, const Value& value, Interpreter& interpreter) override;
  std::string repr(Interpreter&) override { return "<function " + name + ">"; }
  void clear_references() override {
    fallbacks.clear();
    closure = nullptr;
    attributes = nullptr;
    owner = Value();
  }
};

// function bound to its first argument.
class BoundMethod : public Object {
 public:
  BoundMethod(Value self, Value function)
      : self_(std::move(self)), function_(std::move(function)) {}
  const Type& type() const override;
  bool callable() const override { return true; }
  Value call(const Call& call, Interpreter& interpreter) override;
  Value attribute(std::string_view name, Interpreter& interpreter) override;
  std::string repr(Interpreter& interpreter) override;

 private:
  Value self_, function_;
};

// Wrappers that decorators of a class body make.
class Decorated : public Object {
 public:
  enum Sort { kProperty, kStatic, kClass };
  Decorated(Sort sort, Value function) : sort(sort), function(std::move(function)) {}
  Sort sort;
  Value function;  // the getter of a property
  Value setter;
  const Type& type() const override;
  bool callable() const override { return sort == kStatic; }
  Value call(const Call& call, Interpreter& interpreter) override;
};

// A class of the program. Its one base is another, `object`, or an exception.
class ClassObject : public Type {
 public:
  ClassObject(std::string name, const Type& base, Value base_holder);
  Ref<Dict> attributes;
  struct Field {  // of a dataclass
    std::string name;
    Value fallback;  // unset: required
    Value factory;
    bool in_init = true;
  };
  std::vector<std::string> annotated;  // annotated names, in order
  std::vector<Field> fields;
  bool is_dataclass = false, is_frozen = false, is_ordered = false;

  // In this class or its bases of the program; unset when absent.
  Value lookup(std::string_view name) const;
  const ClassObject* program_base() const { return program_base_; }

  Value attribute(std::string_view name, Interpreter& interpreter) override;
  void set_attribute(std::string_view name, const Value& value, Interpreter& interpreter) override;
  Value call_method(std::string_view name, const Call& call, Interpreter& interpreter) override;
  Value call(const Call& call, Interpreter& interpreter) override;
  Ref<Iterator> iterate(Interpreter& interpreter) override;  // an Enum's members
  int64_t length(Interpreter& interpreter) override;
  bool truth(Interpreter&) override { return true; }
  Value item(const Value& index, Interpreter& interpreter) override;
  Ref<List> members;  // of an Enum; null for other classes

 private:
  void init_dataclass(class Instance& self, const Call& call, Interpreter& interpreter);
  Value base_holder_;
  const ClassObject* program_base_ = nullptr;
};

// An object of a program's class, or an exception.
class Instance : public Container {
 public:
  explicit Instance(const Type& type);
  Ref<Dict> attributes;
  std::vector<Value> arguments;              // of an exception
  ErrorKind error_kind = ErrorKind::kValue;  // what an exception is outside the program

  const ClassObject* program_class() const { return class_; }
  const Type& type() const override { return type_; }
  Value attribute(std::string_view name, Interpreter& interpreter) override;
  void set_attribute(std::string_view name, const Value& value, Interpreter& interpreter) override;
  void delete_attribute(std::string_view name);
  Value call_method(std::string_view name, const Call& call, Interpreter& interpreter) override;
  bool callable() const override { return !special("__call__").is_unset(); }
  Value call(const Call& call, Interpreter& interpreter) override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  Value unary(UnaryOp op, Interpreter& interpreter) override;
  Value compare(CompareOp op, const Value& other, Interpreter& interpreter) override;
  bool truth(Interpreter& interpreter) override;
  std::string repr(Interpreter& interpreter) override;
  std::string str(Interpreter& interpreter) override;
  size_t hash(Interpreter& interpreter) override;
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter& interpreter) override;
  bool has_length() const override { return !special("__len__").is_unset(); }
  Value item(const Value& index, Interpreter& interpreter) override;
  void set_item(const Value& index, const Value& value, Interpreter& interpreter) override;
  void delete_item(const Value& index, Interpreter& interpreter) override;
  bool contains(const Value& element, Interpreter& interpreter) override;

  // A method of the program's class, not looked up in the instance.
  Value special(std::string_view name) const { return class_ ? class_->lookup(name) : Value(); }
  void clear_references() override {
    attributes = nullptr;
    arguments.clear();
  }
  Value call_special(const Value& function, std::initializer_list<Value> arguments,
                     Interpreter& interpreter);

 private:
  Value bind(const Value& found, Interpreter& interpreter);
  Value dataclass_compare(CompareOp op, const Value& other, Interpreter& interpreter);

  const Type& type_;
  const ClassObject* class_;
  Value class_holder_;
};

// What super() gives: attributes of the base class, bound to self.
class Super : public Object {
 public:
  Super(Value self, const ClassObject& owner)
      : self_(std::move(self)),
        owner_(owner),
        holder_(Ref<ClassObject>(const_cast<ClassObject*>(&owner))) {}
  const Type& type() const override;
  Value attribute(std::string_view name, Interpreter& interpreter) override;
  Value call_method(std::string_view name, const Call& call, Interpreter& interpreter) override;

 private:
  Value self_;
  const ClassObject& owner_;
  Value holder_;
};

// function(self, …call…)
Value call_with_self(const Value& function, const Value& self, const Call& call,
                     Interpreter& interpreter);

// `NotImplemented`, and the values of `...`.
Value not_implemented();
Value ellipsis();
const Type& super_type();
const Type& enum_type();
const Type& property_type();
const Type& static_method_type();
const Type& class_method_type();

// "ValueError: message" for an exception object.
// Turns the values of an Enum class into its members.
void make_enum(ClassObject& type, Interpreter& interpreter);

std::string exception_text(const Value& exception, Interpreter& interpreter);
Value make_exception(const Type& type, std::vector<Value> arguments);

}  // namespace cadrecode::interpreter
