// Values of a running program: what a name, an element or a result can hold.
//
// A `Value` is 16 bytes: a tag, and either the value itself (None, bool, int,
// float) or a counted reference to an `Object` (object.h): str, tuple, list,
// dict, set, functions, types, modules, iterators and host objects such as a
// Workplane. Semantics are Python's. Integers are 64 bit; a result that does
// not fit is an Error of kind `limit`, never a wrong number.
//
// Reference counts are not atomic: a value belongs to the thread that made it.
// Objects marked immortal (types, modules, tables: built once, never changed)
// may be shared by all threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cadrecode::interpreter {

class Object;
class Type;
class Interpreter;

// Counted pointer to an Object or a class derived from it. Unlike a shared
// pointer it can be made from a plain reference at any time: Ref<T>(&self).
template <class T>
class Ref {
 public:
  Ref() = default;
  Ref(std::nullptr_t) {}
  explicit Ref(T* object) : object_(object) {
    if (object_) object_->retain();
  }
  Ref(const Ref& other) : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  template <class U>
  requires std::is_convertible_v<U*, T*> Ref(const Ref<U>& other) : Ref(other.get()) {}
  ~Ref() {
    if (object_) object_->release();
  }
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }

  T* get() const { return object_; }
  T& operator*() const { return *object_; }
  T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }
  bool operator==(const Ref&) const = default;

 private:
  T* object_ = nullptr;
};

template <class T, class... Args>
Ref<T> make(Args&&... args) {
  return Ref<T>(new T(std::forward<Args>(args)...));
}

// What a value is. Everything from kStr on is an Object; kObject is every kind
// of object without a tag of its own (ask its type()).
enum class Kind : uint8_t {
  kUnset,  // no value at all: an unbound name, "not handled" from an operator
  kNone,
  kBool,
  kInt,
  kFloat,
  kStr,
  kTuple,
  kList,
  kDict,
  kSet,
  kFunction,  // def or lambda
  kObject,
};

class Str;
class Tuple;
class List;
class Dict;
class Set;

class Value {
 public:
  Value() = default;  // kUnset
  Value(bool b) : kind_(Kind::kBool) { bits_.integer = b; }
  Value(int i) : Value(static_cast<int64_t>(i)) {}
  Value(size_t i) : Value(static_cast<int64_t>(i)) {}
  Value(int64_t i) : kind_(Kind::kInt) { bits_.integer = i; }
  Value(double d) : kind_(Kind::kFloat) { bits_.number = d; }
  Value(const char* text) : Value(std::string(text)) {}
  Value(std::string_view text) : Value(std::string(text)) {}
  Value(std::string text);
  template <class T>
  requires std::is_base_of_v<Object, T> Value(const Ref<T>& object)
      : Value(static_cast<Object*>(object.get())) {}
  explicit Value(Object* object);  // null gives None
  template <class T>
  requires(!std::is_base_of_v<Object, T>) Value(T*)
  = delete;  // no silent pointer-to-bool

  Value(const Value& other) : bits_(other.bits_), kind_(other.kind_) {
    if (is_object()) retain();
  }
  Value(Value&& other) noexcept : bits_(other.bits_), kind_(other.kind_) {
    other.kind_ = Kind::kUnset;
  }
  Value& operator=(Value other) noexcept {
    std::swap(bits_, other.bits_);
    std::swap(kind_, other.kind_);
    return *this;
  }
  ~Value() {
    if (is_object()) release();
  }

  static Value none() {
    Value v;
    v.kind_ = Kind::kNone;
    return v;
  }

  Kind kind() const { return kind_; }
  bool is_unset() const { return kind_ == Kind::kUnset; }
  bool is_none() const { return kind_ == Kind::kNone; }
  bool is_bool() const { return kind_ == Kind::kBool; }
  bool is_int() const { return kind_ == Kind::kInt; }
  bool is_float() const { return kind_ == Kind::kFloat; }
  // bool counts as a number, as in Python.
  bool is_integral() const { return kind_ == Kind::kBool || kind_ == Kind::kInt; }
  bool is_number() const { return kind_ >= Kind::kBool && kind_ <= Kind::kFloat; }
  bool is_str() const { return kind_ == Kind::kStr; }
  bool is_tuple() const { return kind_ == Kind::kTuple; }
  bool is_list() const { return kind_ == Kind::kList; }
  bool is_dict() const { return kind_ == Kind::kDict; }
  bool is_object() const { return kind_ >= Kind::kStr; }

  // Preconditions: the matching is_…(). as_double() accepts any number.
  bool as_bool() const { return bits_.integer != 0; }
  int64_t as_int() const { return bits_.integer; }
  double as_double() const {
    return kind_ == Kind::kFloat ? bits_.number : static_cast<double>(bits_.integer);
  }
  Object& object() const { return *bits_.object; }
  const std::string& str() const;  // UTF-8
  Str& as_str() const;
  Tuple& as_tuple() const;
  List& as_list() const;
  Dict& as_dict() const;
  Set& as_set() const;

  // The object as C++ type T, or null when it is anything else.
  template <class T>
  T* as() const {
    return is_object() ? dynamic_cast<T*>(bits_.object) : nullptr;
  }

  // `is`: same object, or the same None/bool/int/float.
  bool same(const Value& other) const;

 private:
  void retain() const;
  void release() const;

  union {
    int64_t integer;
    double number;
    Object* object;
  } bits_{0};
  Kind kind_ = Kind::kUnset;
};

// "int", "str", "Workplane": the name used in messages.
std::string type_name(const Value& value);
const Type& type_of(const Value& value);

// Containers from C++ values.
Value make_tuple(std::vector<Value> items);
Value make_list(std::vector<Value> items);

// Python's operations. Each raises what Python raises (object.h, "Raising").
bool truth(const Value& value, Interpreter& interpreter);
bool equal(const Value& a, const Value& b, Interpreter& interpreter);
std::string repr(const Value& value, Interpreter& interpreter);
std::string to_str(const Value& value, Interpreter& interpreter);
int64_t length(const Value& value, Interpreter& interpreter);
size_t hash(const Value& value, Interpreter& interpreter);
// All elements of any iterable, in order; charged against the budget.
std::vector<Value> elements(const Value& iterable, Interpreter& interpreter);
bool is_instance(const Value& value, const Type& type);
bool is_callable(const Value& value);
// How many positional parameters without a default a function of the program has;
// 0 for any other callable.
int parameter_count(const Value& callable);

// A float as Python's repr writes it: shortest digits that read back equal.
std::string float_repr(double number);

}  // namespace cadrecode::interpreter
