// The types int, float, bool: conversion from text, and their few methods.
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/numbers.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

std::string stripped(const std::string& text) {
  const char* spaces = " \t\n\r\f\v";
  const size_t begin = text.find_first_not_of(spaces);
  return begin == std::string::npos ? ""
                                    : text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
}

// Digits with single underscores between them, underscores dropped; empty when
// they are misplaced.
std::string without_underscores(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
      continue;
    }
    const auto digit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    if (i == 0 || i + 1 == text.size() || !digit(text[i - 1]) || !digit(text[i + 1])) return "";
  }
  return out;
}

int64_t parse_integer(const std::string& text, int64_t base, Interpreter& in) {
  const auto invalid = [&] {
    throw_value_error("invalid literal for int() with base " + std::to_string(base) + ": " +
                      repr(Value(text), in));
  };
  if (base != 0 && (base < 2 || base > 36))
    throw_value_error("int() base must be >= 2 and <= 36, or 0");
  std::string digits = stripped(text);
  bool negative = false;
  if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) {
    negative = digits[0] == '-';
    digits.erase(0, 1);
  }
  int64_t actual = base;
  if (digits.size() > 2 && digits[0] == '0') {
    const char mark = static_cast<char>(digits[1] | 0x20);
    const int64_t marked = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    if (marked != 0 && (base == 0 || base == marked)) {
      actual = marked;
      digits.erase(0, digits[2] == '_' ? 3 : 2);
    }
  }
  if (actual == 0) actual = 10;
  digits = without_underscores(digits);
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value,
                                            static_cast<int>(actual));
  if (digits.empty() || end != digits.data() + digits.size() ||
      error == std::errc::invalid_argument)
    invalid();
  const uint64_t most = uint64_t{1} << 63;
  if (error != std::errc() || value > most || (value == most && !negative))
    throw_integer_overflow();
  return negative ? static_cast<int64_t>(uint64_t{0} - value) : static_cast<int64_t>(value);
}

double parse_float(const std::string& text, Interpreter& in) {
  const std::string digits = without_underscores(stripped(text));
  const char* first = digits.c_str();
  std::string word;
  for (char c : digits) word += static_cast<char>(c | 0x20);
  const std::string bare =
      !word.empty() && (digits[0] == '+' || digits[0] == '-') ? word.substr(1) : word;
  const bool special = bare == "inf" || bare == "infinity" || bare == "nan";
  // strtod also takes hexadecimal and other forms Python does not.
  const bool plain =
      !digits.empty() && digits.find_first_not_of("+-.0123456789eE") == std::string::npos;
  char* end = nullptr;
  const double value = special || plain ? std::strtod(first, &end) : 0;
  if (!end || end == first || *end != '\0') {
    throw_value_error("could not convert string to float: " + repr(Value(text), in));
  }
  return value;
}

Value construct_int(Arguments& a, Interpreter& in) {
  const Value& x = a["x"];
  if (a.given("base")) {
    if (!x.is_str()) throw_type_error("int() can't convert non-string with explicit base");
    return parse_integer(x.str(), a.integer("base"), in);
  }
  if (x.is_integral()) return x.as_int();
  if (x.is_float()) return float_to_int(x.as_double());
  if (x.is_str()) return parse_integer(x.str(), 10, in);
  const Value converted = call_special_method(x, {"__int__", "__index__", "__trunc__"}, in);
  if (converted.is_integral()) return converted.as_int();
  throw_type_error("int() argument must be a string, a bytes-like object or a real number, not '" +
                   type_name(x) + "'");
}

Value construct_float(Arguments& a, Interpreter& in) {
  const Value& x = a["x"];
  if (x.is_number()) return x.as_double();
  if (x.is_str()) return parse_float(x.str(), in);
  const Value converted = call_special_method(x, {"__float__"}, in);
  if (converted.is_number()) return converted.as_double();
  throw_type_error("float() argument must be a string or a real number, not '" + type_name(x) +
                   "'");
}

Value bit_length(const Value& self, Arguments&, Interpreter&) {
  const int64_t i = self.as_int();
  const uint64_t magnitude =
      i < 0 ? uint64_t{0} - static_cast<uint64_t>(i) : static_cast<uint64_t>(i);
  return int64_t{magnitude == 0 ? 0 : 64 - __builtin_clzll(magnitude)};
}

Value as_integer_ratio(const Value& self, Arguments&, Interpreter&) {
  if (self.is_integral()) return make_tuple({self.as_int(), 1});
  double d = self.as_double();
  if (!std::isfinite(d)) throw_value_error("cannot convert NaN or infinity to integer ratio");
  int exponent = 0;
  d = std::frexp(d, &exponent);
  for (int i = 0; i < 64 && d != std::floor(d); ++i) d *= 2, --exponent;
  if (exponent > 9 || exponent < -62) throw_integer_overflow();
  const int64_t numerator = float_to_int(d);
  if (exponent >= 0) return make_tuple({numerator * (int64_t{1} << exponent), 1});
  return make_tuple({numerator, int64_t{1} << -exponent});
}

}  // namespace

Value call_special_method(const Value& value, std::initializer_list<const char*> names,
                          Interpreter& interpreter) {
  auto* instance = value.as<Instance>();
  for (const char* name : names) {
    if (!instance) {  // a host type has them in its table, if at all
      if (value.is_object() && type_of(value).find(name)) {
        return value.object().call_method(name, {}, interpreter);
      }
      continue;
    }
    const Value function = instance->special(name);
    if (!function.is_unset()) return instance->call_special(function, {}, interpreter);
  }
  return {};
}

const Type& int_type() {
  static const Type& type =
      define_type("int")
          .raises_attribute_error()
          .constructor("x=0, base=10", construct_int)
          .method("bit_length", "", HostMethod(bit_length))
          .method("as_integer_ratio", "", HostMethod(as_integer_ratio))
          .method("conjugate", "",
                  [](const Value& s, Arguments&, Interpreter&) -> Value { return s.as_int(); })
          .method("is_integer", "",
                  [](const Value&, Arguments&, Interpreter&) -> Value { return true; })
          .property("real", [](const Value& s, Interpreter&) -> Value { return s.as_int(); })
          .property("imag", [](const Value&, Interpreter&) -> Value { return 0; })
          .property("numerator", [](const Value& s, Interpreter&) -> Value { return s.as_int(); })
          .property("denominator", [](const Value&, Interpreter&) -> Value { return 1; });
  return type;
}

const Type& bool_type() {
  static const Type& type =
      define_type("bool", int_type())
          .constructor("x=False, /",
                       [](Arguments& a, Interpreter& in) -> Value { return a.boolean("x", in); });
  return type;
}

const Type& float_type() {
  static const Type& type =
      define_type("float")
          .raises_attribute_error()
          .constructor("x=0.0, /", construct_float)
          .method("is_integer", "",
                  [](const Value& s, Arguments&, Interpreter&) -> Value {
                    return std::isfinite(s.as_double()) &&
                           s.as_double() == std::floor(s.as_double());
                  })
          .method("as_integer_ratio", "", HostMethod(as_integer_ratio))
          .method("conjugate", "", [](const Value& s, Arguments&, Interpreter&) { return s; })
          .property("real", [](const Value& s, Interpreter&) { return s; })
          .property("imag", [](const Value&, Interpreter&) -> Value { return 0.0; });
  return type;
}

}  // namespace cadrecode::interpreter
