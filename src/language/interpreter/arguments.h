// Signatures, and the arguments of a call bound to one.
//
// A signature is written as in Python, without annotations:
//   "length, width, height, centered=True, *args, tag=None, **kwargs"
// Defaults are literals: None, True, False, numbers, strings, tuples, lists.
// Binding raises Python's TypeError for a missing, unexpected, repeated or
// surplus argument; typed access raises TypeError naming function, parameter,
// what was expected and what was given. All accessors take the parameter's
// name; naming one that the signature lacks is an internal Error.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/interpreter/object.h"

namespace cadrecode::interpreter {

struct Parameter {
  std::string name;
  Value fallback;  // unset: required
  bool keyword_only = false;
};

class Signature {
 public:
  // `function` is the name in messages, e.g. "Workplane.box".
  Signature(std::string_view function, std::string_view text);

  const std::string& function() const { return function_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }
  size_t positional_count() const { return positional_count_; }
  bool has_rest() const { return has_rest_; }          // *args
  bool has_keywords() const { return has_keywords_; }  // **kwargs
  int index_of(std::string_view name) const;           // -1 when absent

 private:
  std::string function_;
  std::vector<Parameter> parameters_;
  size_t positional_count_ = 0;
  bool has_rest_ = false, has_keywords_ = false;
};

class Arguments {
 public:
  Arguments(const Signature& signature, const Call& call);

  // --- Any value ---
  const Value& operator[](std::string_view name) const;
  bool given(std::string_view name) const;                  // by the caller, not by default
  bool is_none(std::string_view name) const;                // None, given or by default
  const std::vector<Value>& rest() const { return rest_; }  // *args
  const std::vector<std::pair<std::string, Value>>& keywords() const {
    return keywords_;
  }  // **kwargs

  // --- Typed. Each raises TypeError when the value is something else ---
  double number(std::string_view name) const;                           // int, float or bool
  int64_t integer(std::string_view name) const;                         // int or bool, not 2.0
  bool boolean(std::string_view name, Interpreter& interpreter) const;  // truth of anything
  bool boolean(std::string_view name) const;  // the same for plain values (no host __bool__)
  const std::string& string(std::string_view name) const;
  // Elements of a list, tuple, range or any other iterable.
  std::vector<Value> items(std::string_view name, Interpreter& interpreter) const;
  // A list or tuple of numbers; `count` 0 accepts any number of them.
  std::vector<double> numbers(std::string_view name, size_t count = 0) const;
  const Value& callable(std::string_view name) const;
  template <class T>
  T& object(std::string_view name, std::string_view expected) const {
    const Value& value = (*this)[name];
    if (T* object = value.as<T>()) return *object;
    fail(name, expected);
  }
  template <class T>
  T* object_or_null(std::string_view name) const {  // null when not a T
    return (*this)[name].template as<T>();
  }

  // --- The same, nullopt for None ---
  std::optional<double> optional_number(std::string_view name) const;
  std::optional<int64_t> optional_integer(std::string_view name) const;
  std::optional<std::string> optional_string(std::string_view name) const;

  // TypeError: "Workplane.box() argument 'length' must be <expected>, not 'str'".
  [[noreturn]] void fail(std::string_view name, std::string_view expected) const;
  const Signature& signature() const { return *signature_; }

 private:
  const Value& at(std::string_view name) const;

  const Signature* signature_;
  static constexpr size_t kInline = 8;
  std::array<Value, kInline> inline_;
  std::vector<Value> more_;  // parameters beyond kInline
  uint64_t given_ = 0;       // bit i: parameter i came from the caller
  std::vector<Value> rest_;
  std::vector<std::pair<std::string, Value>> keywords_;

  Value& slot(size_t i) { return i < kInline ? inline_[i] : more_[i - kInline]; }
  const Value& slot(size_t i) const { return i < kInline ? inline_[i] : more_[i - kInline]; }
};

}  // namespace cadrecode::interpreter
