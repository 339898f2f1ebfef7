// Objects, types and modules: how C++ things become things of a program.
//
// A host type is a C++ class derived from `Object` plus one static `Type` that
// lists its methods. A method is a free function; its parameters are written
// as Python writes them, and arrive bound and defaulted (arguments.h):
//
//   class WorkplaneObject : public Object {
//    public:
//     const Type& type() const override { return workplane_type(); }
//     ...
//   };
//
//   Value box(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
//     return make_box(self, a.number("length"), a.number("width"), ...);
//   }
//   Value get_plane(WorkplaneObject& self, Interpreter&) { return ...; }
//
//   const Type& workplane_type() {
//     static const Type& type =
//         define_type("Workplane")
//             .constructor("inPlane='XY', origin=(0, 0, 0), obj=None", make_workplane)
//             .method("box", "length, width, height, centered=True, combine=True", box)
//             .property("plane", get_plane)
//             .unsupported("solve", "constraint solving is not part of this program");
//     return type;
//   }
//
// An attribute that is not in the table is an Error of kind `unsupported` that
// names type and attribute (a Type made by define_type), or AttributeError
// where the type says .raises_attribute_error().
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "language/interpreter/value.h"

namespace cadrecode::interpreter {

class Arguments;
class Signature;
class Iterator;
class Heap;

enum class BinaryOp : uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kFloorDivide,
  kModulo,
  kPower,
  kMatrixMultiply,
  kAnd,
  kOr,
  kXor,
  kShiftLeft,
  kShiftRight,
};
enum class UnaryOp : uint8_t { kNegative, kPositive, kInvert };
enum class CompareOp : uint8_t { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };
const char* symbol(BinaryOp op);
const char* symbol(CompareOp op);

// A call as written: positional values, then keywords in order.
struct Keyword {
  std::string_view name;  // lives as long as the call
  Value value;
};
struct Call {
  std::span<const Value> positional;
  std::span<const Keyword> keywords;
};

// Base of everything that is not None, bool, int or float. Every virtual has
// Python's default, so a host type overrides only what it has.
class Object {
 public:
  virtual ~Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  virtual const Type& type() const = 0;

  // obj.name, obj.name = value, obj.name(...). The defaults use the type's
  // table; call_method avoids making a bound method.
  virtual Value attribute(std::string_view name, Interpreter& interpreter);
  virtual void set_attribute(std::string_view name, const Value& value, Interpreter& interpreter);
  virtual Value call_method(std::string_view name, const Call& call, Interpreter& interpreter);
  virtual Value call(const Call& call, Interpreter& interpreter);  // default: not callable
  virtual bool callable() const { return false; }

  // self `op` other, or other `op` self when `reflected`. An unset Value means
  // "not handled" (Python's NotImplemented); the caller then tries the other
  // operand and at last raises TypeError.
  virtual Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter);
  virtual Value unary(UnaryOp op, Interpreter& interpreter);
  // Unset: not handled. == and != then compare identity, orderings raise.
  virtual Value compare(CompareOp op, const Value& other, Interpreter& interpreter);

  virtual bool truth(Interpreter& interpreter);        // default: length if it has one, else true
  virtual std::string repr(Interpreter& interpreter);  // default: "<Name object>"
  virtual std::string str(Interpreter& interpreter) { return repr(interpreter); }
  virtual size_t hash(Interpreter& interpreter);            // default: by identity
  virtual Ref<Iterator> iterate(Interpreter& interpreter);  // default: not iterable
  virtual int64_t length(Interpreter& interpreter);         // default: has no len()
  virtual bool has_length() const { return false; }
  virtual Value item(const Value& index, Interpreter& interpreter);
  virtual void set_item(const Value& index, const Value& value, Interpreter& interpreter);
  virtual void delete_item(const Value& index, Interpreter& interpreter);
  virtual bool contains(const Value& element, Interpreter& interpreter);  // default: iterates

  void retain() {
    if (count_ >= 0) ++count_;
  }
  void release() {
    if (count_ > 0 && --count_ == 0) destroy();
  }
  bool immortal() const { return count_ < 0; }
  // Never freed, never counted: for tables shared by all threads.
  void make_immortal() { count_ = -1; }
  Kind kind() const { return kind_; }

 protected:
  explicit Object(Kind kind = Kind::kObject) : kind_(kind) {}

 private:
  void destroy();  // deep structures are freed without deep recursion

  int32_t count_ = 0;
  Kind kind_;
};

// Objects that can refer to themselves, directly or not. Counting alone never
// frees such a ring, so the interpreter keeps them on a chain and empties those
// that are left when it ends.
class Container : public Object {
 public:
  virtual void clear_references() = 0;

 protected:
  explicit Container(Kind kind);
  ~Container() override;

 private:
  friend class Heap;
  Heap* heap_ = nullptr;
  Container* previous_ = nullptr;
  Container* next_ = nullptr;
};

// Something `for` steps through; also what iter() gives.
class Iterator : public Container {
 public:
  Iterator() : Container(Kind::kObject) {}
  void clear_references() override {}
  const Type& type() const override;
  // Puts the next element into `out`; false at the end (and ever after).
  virtual bool next(Value& out, Interpreter& interpreter) = 0;
  Ref<Iterator> iterate(Interpreter&) override { return Ref<Iterator>(this); }
};
// Steps through `items`: the easy way to implement Object::iterate.
Ref<Iterator> iterate_values(std::vector<Value> items);

using HostFunction = std::function<Value(Arguments&, Interpreter&)>;
using HostMethod = std::function<Value(const Value& self, Arguments&, Interpreter&)>;
using Getter = std::function<Value(const Value& self, Interpreter&)>;
using Setter = std::function<void(const Value& self, const Value& value, Interpreter&)>;

// One entry of a type's table.
struct Member {
  enum Sort : uint8_t { kMethod, kStatic, kProperty, kConstant, kUnsupported };
  Sort sort = kConstant;
  std::shared_ptr<const Signature> signature;  // kMethod, kStatic
  HostMethod method;                           // kMethod
  HostFunction function;                       // kStatic
  Getter get;                                  // kProperty
  Setter set;                                  // kProperty, may be empty: read-only
  Value constant;                              // kConstant
  std::string reason;                          // kUnsupported
};

// A type as a value: isinstance(x, cq.Workplane), cq.Vector(1, 2, 3),
// cq.Solid.makeBox(...). Host types are immortal.
class Type : public Object {
 public:
  explicit Type(std::string name, const Type* base = nullptr);

  // --- Building (each returns *this) ---
  Type& base(const Type& base);
  Type& constructor(std::string_view signature, HostFunction function);
  Type& method(std::string_view name, std::string_view signature, HostMethod function);
  template <class T>
  requires std::is_base_of_v<Object, T> Type& method(std::string_view name,
                                                     std::string_view signature,
                                                     Value (*function)(T& self, Arguments&,
                                                                       Interpreter&));
  // A second name for a method that is already there.
  Type& alias(std::string_view name, std::string_view existing);
  // Called on the type (and, as in Python, also on its instances).
  Type& static_method(std::string_view name, std::string_view signature, HostFunction function);
  Type& property(std::string_view name, Getter get, Setter set = {});
  template <class T>
  requires std::is_base_of_v<Object, T> Type& property(std::string_view name,
                                                       Value (*get)(T& self, Interpreter&),
                                                       void (*set)(T& self, const Value& value,
                                                                   Interpreter&) = nullptr);
  Type& constant(std::string_view name, Value value);
  Type& unsupported(std::string_view name, std::string_view reason);
  Type& raises_attribute_error();

  // --- Using ---
  const std::string& name() const { return name_; }
  const Type* base() const { return base_; }
  // In this type or its bases; null when absent.
  const Member* find(std::string_view name) const;
  bool is_subtype_of(const Type& other) const;
  bool has_constructor() const;
  // Throws what a missing attribute means for this type.
  [[noreturn]] void throw_missing(std::string_view attribute, bool on_type) const;

  const Type& type() const override;  // `type`
  Value attribute(std::string_view name, Interpreter& interpreter) override;
  void set_attribute(std::string_view name, const Value& value, Interpreter& interpreter) override;
  Value call_method(std::string_view name, const Call& call, Interpreter& interpreter) override;
  Value call(const Call& call, Interpreter& interpreter) override;
  bool callable() const override { return true; }
  std::string repr(Interpreter& interpreter) override;

 protected:
  std::string name_;
  const Type* base_ = nullptr;
  bool attribute_error_ = false;
  std::shared_ptr<const Signature> constructor_signature_;
  HostFunction constructor_;
  struct NameHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Member, NameHash, std::equal_to<>> members_;
};

// A new immortal host type to fill; keep the result in a function's static.
Type& define_type(std::string_view name);
Type& define_type(std::string_view name, const Type& base);

// The types of the language itself, for isinstance tests from C++.
const Type& object_type();
const Type& type_type();
const Type& none_type();
const Type& bool_type();
const Type& int_type();
const Type& float_type();
const Type& str_type();
const Type& tuple_type();
const Type& list_type();
const Type& dict_type();
const Type& set_type();
const Type& frozenset_type();
const Type& range_type();
const Type& function_type();

// A native function as a value. `name` appears in messages.
Value make_function(std::string_view name, std::string_view signature, HostFunction function);

// object.name for a method of a type's table.
Value bind_method(const Value& self, const Member& member, std::string_view name);

// A module: names to values, fixed once built. Reading a name that is missing
// is an Error of kind `unsupported` naming module and attribute. Its values
// must be immortal or plain (make_function, types, modules, numbers, strings,
// tuples of these: add() makes them so).
class Module : public Object {
 public:
  explicit Module(std::string name) : name_(std::move(name)) { make_immortal(); }
  Module& add(std::string_view name, Value value);
  Module& function(std::string_view name, std::string_view signature, HostFunction function);
  Module& unsupported(std::string_view name, std::string_view reason);
  // Null when absent.
  const Value* find(std::string_view name) const;
  const std::string& name() const { return name_; }
  // In order of addition: what `from module import *` binds (no leading "_").
  const std::vector<std::pair<std::string, Value>>& members() const { return members_; }

  const Type& type() const override;
  Value attribute(std::string_view name, Interpreter& interpreter) override;
  Value call_method(std::string_view name, const Call& call, Interpreter& interpreter) override;
  std::string repr(Interpreter& interpreter) override;

 private:
  std::string name_;
  std::vector<std::pair<std::string, Value>> members_;
  std::vector<std::pair<std::string, std::string>> refused_;
};
// A new immortal module; keep the result in a function's static.
Module& define_module(std::string_view name);

// --- Raising ---
//
// An exception of the program: an Error (kind `value`) whose message is
// "TypeError: …" and which the program can catch. Host code may also throw a
// plain Error: kind `value` is caught as ValueError, kind `geometry` as the
// kernel's StdFail_NotDone; `unsupported`, `limit`, `syntax` and `internal`
// cannot be caught by a program. Places are filled in by the evaluator.
class Exception : public Error {
 public:
  Exception(Value exception, const std::string& message)
      : Error(ErrorKind::kValue, message), exception_(std::move(exception)) {}
  Exception(Value exception, const std::string& message, ErrorKind kind, Place place)
      : Error(kind, message, std::move(place)), exception_(std::move(exception)) {}
  const Value& exception() const { return exception_; }

 private:
  Value exception_;
};
[[noreturn]] void throw_type_error(const std::string& message);
[[noreturn]] void throw_value_error(const std::string& message);
[[noreturn]] void throw_index_error(const std::string& message);
[[noreturn]] void throw_attribute_error(const std::string& message);
[[noreturn]] void throw_key_error(const Value& key, Interpreter& interpreter);
// Any exception type: throw_exception(exception_type("RuntimeError"), "…").
[[noreturn]] void throw_exception(const Type& type, const std::string& message);
// A builtin exception type by name; an unknown name is an internal Error.
const Type& exception_type(std::string_view name);
// A new immortal exception type, for a module to offer (base: e.g. Exception).
const Type& define_exception(std::string_view name, const Type& base);

// --- Templates ---

// `value` as T for a method's self; the table guarantees it.
template <class T>
T& self_as(const Value& value) {
  return static_cast<T&>(value.object());
}

template <class T>
requires std::is_base_of_v<Object, T> Type& Type::method(std::string_view name,
                                                         std::string_view signature,
                                                         Value (*function)(T& self, Arguments&,
                                                                           Interpreter&)) {
  return method(name, signature,
                HostMethod([function](const Value& self, Arguments& a, Interpreter& i) {
                  return function(self_as<T>(self), a, i);
                }));
}

template <class T>
requires std::is_base_of_v<Object, T> Type& Type::property(std::string_view name,
                                                           Value (*get)(T& self, Interpreter&),
                                                           void (*set)(T& self, const Value& value,
                                                                       Interpreter&)) {
  Setter setter;
  if (set) {
    setter = [set](const Value& self, const Value& v, Interpreter& i) {
      set(self_as<T>(self), v, i);
    };
  }
  return property(
      name, Getter([get](const Value& self, Interpreter& i) { return get(self_as<T>(self), i); }),
      std::move(setter));
}

inline void Value::retain() const { bits_.object->retain(); }
inline void Value::release() const { bits_.object->release(); }
inline Value::Value(Object* object) : kind_(object ? object->kind() : Kind::kNone) {
  bits_.object = object;
  if (object) object->retain();
}

}  // namespace cadrecode::interpreter
