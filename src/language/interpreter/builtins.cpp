// The builtin functions.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include "language/interpreter/builtin_iterators.h"
#include "language/interpreter/containers.h"
#include "language/interpreter/evaluator.h"
#include "language/interpreter/format.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/numbers.h"
#include "language/interpreter/operators.h"
#include "language/interpreter/sorting.h"

namespace cadrecode::interpreter {

// CPython's float.__round__: the value as decimal digits, correctly rounded,
// read back.
double round_float(double number, int64_t digits) {
  if (!std::isfinite(number) || digits > 323) return number;
  if (digits < -308) return std::copysign(0.0, number);
  if (digits >= 0) {
    char buffer[800];
    std::snprintf(buffer, sizeof buffer, "%.*f", static_cast<int>(digits), number);
    return std::strtod(buffer, nullptr);
  }
  const double unit = std::pow(10.0, static_cast<double>(-digits));
  double quotient = std::round(number / unit);
  if (std::abs(number / unit - quotient) == 0.5) quotient = 2.0 * std::round(number / unit / 2.0);
  return quotient * unit;
}

int64_t round_to_integer(double number) {
  if (!std::isfinite(number)) return float_to_int(number);
  double rounded = std::round(number);
  if (std::abs(number - std::trunc(number)) == 0.5) rounded = 2.0 * std::round(number / 2.0);
  return float_to_int(rounded);
}

double real_number(const Value& value, Interpreter& interpreter) {
  if (value.is_number()) return value.as_double();
  const Value converted = call_special_method(value, {"__float__", "__index__"}, interpreter);
  if (converted.is_number()) return converted.as_double();
  throw_type_error("must be real number, not " + type_name(value));
}

namespace {

// --- Numbers ---

Value abs_of(Arguments& a, Interpreter& in) {
  const Value& x = a["x"];
  if (x.is_float()) return std::abs(x.as_double());
  if (x.is_integral()) return x.as_int() < 0 ? unary(UnaryOp::kNegative, x, in) : Value(x.as_int());
  const Value made = call_special_method(x, {"__abs__"}, in);
  if (!made.is_unset()) return made;
  throw_type_error("bad operand type for abs(): '" + type_name(x) + "'");
}

Value round_of(Arguments& a, Interpreter& in) {
  const Value& x = a["number"];
  const bool whole = a.is_none("ndigits");
  if (x.is_float()) {
    if (whole) return round_to_integer(x.as_double());
    return round_float(x.as_double(), a.integer("ndigits"));
  }
  if (x.is_integral()) {
    const int64_t digits = whole ? 0 : a.integer("ndigits");
    if (digits >= 0) return x.as_int();
    if (digits < -18) return int64_t{0};
    const int64_t unit = integer_power(10, -digits), i = x.as_int();
    int64_t quotient = floor_divide(i, unit);
    const int64_t rest = modulo(i, unit);
    if (rest * 2 > unit || (rest * 2 == unit && (quotient & 1))) ++quotient;
    int64_t result;
    if (__builtin_mul_overflow(quotient, unit, &result)) throw_integer_overflow();
    return result;
  }
  const Value made = call_special_method(x, {"__round__"}, in);
  if (!made.is_unset()) return made;
  throw_type_error("type " + type_name(x) + " doesn't define __round__ method");
}

Value pow_of(Arguments& a, Interpreter& in) {
  if (a.is_none("mod")) return binary(BinaryOp::kPower, a["base"], a["exp"], in);
  const int64_t m = a.integer("mod");
  int64_t e = a.integer("exp");
  if (m == 0) throw_value_error("pow() 3rd argument cannot be 0");
  if (e < 0)
    throw Error(ErrorKind::kUnsupported,
                "pow() with a negative exponent and a modulus is not supported");
  __int128 result = 1, base = modulo(a.integer("base"), m);
  for (; e > 0; e >>= 1) {
    if (e & 1) result = result * base % m;
    base = base * base % m;
  }
  return modulo(static_cast<int64_t>(result % m), m);
}

Value divmod_of(Arguments& a, Interpreter& in) {
  return make_tuple({binary(BinaryOp::kFloorDivide, a["a"], a["b"], in),
                     binary(BinaryOp::kModulo, a["a"], a["b"], in)});
}

Value based(const Value& x, unsigned base, const char* prefix) {
  if (!x.is_integral())
    throw_type_error("'" + type_name(x) + "' object cannot be interpreted as an integer");
  const int64_t i = x.as_int();
  uint64_t magnitude = i < 0 ? uint64_t{0} - static_cast<uint64_t>(i) : static_cast<uint64_t>(i);
  std::string digits;
  do digits += "0123456789abcdef"[magnitude % base], magnitude /= base;
  while (magnitude > 0);
  std::reverse(digits.begin(), digits.end());
  return std::string(i < 0 ? "-" : "") + prefix + digits;
}

// --- Aggregates ---

Value extreme(Arguments& a, Interpreter& in, const char* name, CompareOp better) {
  const bool several = a.rest().size() > 1;
  if (a.rest().empty())
    throw_type_error(std::string(name) + " expected at least 1 argument, got 0");
  const bool has_default = a.given("default");
  if (several && has_default) {
    throw_type_error(std::string("Cannot specify a default for ") + name +
                     "() with multiple positional arguments");
  }
  const std::vector<Value> items = several ? a.rest() : elements(a.rest()[0], in);
  if (items.empty()) {
    if (has_default) return a["default"];
    throw_value_error(std::string(name) + "() arg is an empty sequence");
  }
  const auto key_of = [&](const Value& v) { return a.is_none("key") ? v : in.call(a["key"], {v}); };
  Value best = items[0], best_key = key_of(items[0]);
  for (size_t i = 1; i < items.size(); ++i) {
    in.charge();
    Value key = key_of(items[i]);
    if (!truth(compare(better, key, best_key, in), in)) continue;
    best = items[i];
    best_key = std::move(key);
  }
  return best;
}

Value sum_of(Arguments& a, Interpreter& in) {
  Value total = a["start"];
  if (total.is_str()) throw_type_error("sum() can't sum strings [use ''.join(seq) instead]");
  const Ref<Iterator> iterator = iterate(a["iterable"], in);
  for (Value item; iterator->next(item, in);) {
    in.charge();
    total = binary(BinaryOp::kAdd, total, item, in);
  }
  return total;
}

Value any_all(Arguments& a, Interpreter& in, bool wanted) {
  const Ref<Iterator> iterator = iterate(a["iterable"], in);
  for (Value item; iterator->next(item, in);) {
    in.charge();
    if (truth(item, in) == wanted) return wanted;
  }
  return !wanted;
}

Value sorted_of(Arguments& a, Interpreter& in) {
  std::vector<Value> items = elements(a["iterable"], in);
  sort_values(items, a["key"], a.boolean("reverse", in), in);
  return make_list(std::move(items));
}

// --- Objects ---

bool instance_of(const Value& value, const Value& types, const char* function) {
  if (types.is_tuple()) {
    const auto& items = types.as_tuple().items();
    return std::any_of(items.begin(), items.end(),
                       [&](const Value& t) { return instance_of(value, t, function); });
  }
  const auto* type = types.as<Type>();
  if (!type)
    throw_type_error(std::string(function) +
                     "() arg 2 must be a type, a tuple of types, or a union");
  return is_instance(value, *type);
}

Value is_subclass(Arguments& a, Interpreter&) {
  const auto* type = a["type"].as<Type>();
  if (!type) throw_type_error("issubclass() arg 1 must be a class");
  const auto one = [&](const Value& v) {
    const auto* base = v.as<Type>();
    if (!base) throw_type_error("issubclass() arg 2 must be a class or tuple of classes");
    return type->is_subtype_of(*base);
  };
  if (!a["bases"].is_tuple()) return one(a["bases"]);
  const auto& items = a["bases"].as_tuple().items();
  return std::any_of(items.begin(), items.end(), one);
}

Value print_of(Arguments& a, Interpreter& in) {
  const std::string separator = a.is_none("sep") ? " " : a.string("sep");
  std::string line;
  for (size_t i = 0; i < a.rest().size(); ++i) {
    if (i > 0) line += separator;
    line += to_str(a.rest()[i], in);
    in.charge_memory(line.size());
  }
  in.charge(line.size() / 64);
  in.print(line + (a.is_none("end") ? "\n" : a.string("end")));
  return Value::none();
}

Value getattr_of(Arguments& a, Interpreter& in) {
  if (!a.given("default")) return get_attribute(a["object"], a.string("name"), in);
  const Value found = find_attribute(a["object"], a.string("name"), in);
  return found.is_unset() ? a["default"] : found;
}

Value ord_of(Arguments& a, Interpreter&) {
  const std::string& s = a.string("c");
  if (a["c"].as_str().code_points() != 1) {
    throw_type_error("ord() expected a character, but string of length " +
                     std::to_string(a["c"].as_str().code_points()) + " found");
  }
  const auto c = static_cast<unsigned char>(s[0]);
  const size_t extra = s.size() - 1;
  int64_t code = extra == 0 ? c : c & (0x3F >> extra);
  for (size_t i = 1; i <= extra; ++i) code = code << 6 | (s[i] & 0x3F);
  return code;
}

Value slice_of(Arguments& a, Interpreter&) {
  const auto& g = a.rest();
  if (g.empty() || g.size() > 3) throw_type_error("slice expected 1 to 3 arguments");
  const Value none = Value::none();
  return g.size() == 1 ? make<Slice>(none, g[0], none)
                       : make<Slice>(g[0], g[1], g.size() == 3 ? g[2] : none);
}

class Builtins {
 public:
  Builtins() {
    add_types();
    add_functions();
    add_refusals();
  }
  const Value* find(std::string_view name) const {
    const auto it = values_.find(name);
    return it == values_.end() ? nullptr : &it->second;
  }

 private:
  void add(std::string_view name, Value value) {
    value.object().make_immortal();
    values_[name] = std::move(value);
  }
  void add(const Type& type) { values_[type.name()] = Value(const_cast<Type*>(&type)); }
  void function(std::string_view name, std::string_view signature, HostFunction f) {
    add(name, make_function(name, signature, std::move(f)));
  }
  void add_types();
  void add_functions();
  void add_refusals();

  std::unordered_map<std::string_view, Value> values_;
};

void Builtins::add_types() {
  for (const Type* type :
       {&object_type(), &type_type(), &bool_type(), &int_type(), &float_type(), &str_type(),
        &tuple_type(), &list_type(), &dict_type(), &set_type(), &frozenset_type(), &range_type(),
        &super_type(), &property_type(), &static_method_type(), &class_method_type()}) {
    add(*type);
  }
  for (const char* name : {"BaseException",
                           "Exception",
                           "KeyboardInterrupt",
                           "ArithmeticError",
                           "ZeroDivisionError",
                           "OverflowError",
                           "FloatingPointError",
                           "AssertionError",
                           "AttributeError",
                           "EOFError",
                           "ImportError",
                           "ModuleNotFoundError",
                           "LookupError",
                           "IndexError",
                           "KeyError",
                           "MemoryError",
                           "NameError",
                           "UnboundLocalError",
                           "OSError",
                           "IOError",
                           "FileNotFoundError",
                           "RuntimeError",
                           "NotImplementedError",
                           "RecursionError",
                           "StopIteration",
                           "SyntaxError",
                           "TypeError",
                           "ValueError",
                           "UnicodeError",
                           "Warning",
                           "SystemExit"}) {
    values_[name] = Value(const_cast<Type*>(&exception_type(name)));
  }
  add("NotImplemented", not_implemented());
  add("Ellipsis", ellipsis());
  values_["__debug__"] = true;
}

void Builtins::add_functions() {
  function("abs", "x, /", abs_of);
  function("round", "number, ndigits=None", round_of);
  function("pow", "base, exp, mod=None", pow_of);
  function("divmod", "a, b, /", divmod_of);
  function("bin", "number, /",
           [](Arguments& a, Interpreter&) { return based(a["number"], 2, "0b"); });
  function("oct", "number, /",
           [](Arguments& a, Interpreter&) { return based(a["number"], 8, "0o"); });
  function("hex", "number, /",
           [](Arguments& a, Interpreter&) { return based(a["number"], 16, "0x"); });
  function("min", "*args, key=None, default=None",
           [](Arguments& a, Interpreter& in) { return extreme(a, in, "min", CompareOp::kLess); });
  function("max", "*args, key=None, default=None", [](Arguments& a, Interpreter& in) {
    return extreme(a, in, "max", CompareOp::kGreater);
  });
  function("sum", "iterable, /, start=0", sum_of);
  function("any", "iterable, /",
           [](Arguments& a, Interpreter& in) { return any_all(a, in, true); });
  function("all", "iterable, /",
           [](Arguments& a, Interpreter& in) { return any_all(a, in, false); });
  function("sorted", "iterable, /, *, key=None, reverse=False", sorted_of);
  function("len", "obj, /",
           [](Arguments& a, Interpreter& in) -> Value { return length(a["obj"], in); });
  function("enumerate", "iterable, start=0", enumerate_of);
  function("zip", "*iterables, strict=False", zip_of);
  function("map", "function, /, *iterables", map_of);
  function("filter", "function, iterable, /", filter_of);
  function("reversed", "sequence, /", reversed_of);
  function("iter", "object, sentinel=None, /", iter_of);
  function("next", "iterator, default=None, /", next_of);
  function("isinstance", "obj, types, /", [](Arguments& a, Interpreter&) -> Value {
    return instance_of(a["obj"], a["types"], "isinstance");
  });
  function("issubclass", "type, bases, /", is_subclass);
  function("print", "*args, sep=' ', end='\\n', file=None, flush=False", print_of);
  function("repr", "obj, /",
           [](Arguments& a, Interpreter& in) -> Value { return repr(a["obj"], in); });
  function("ascii", "obj, /",
           [](Arguments& a, Interpreter& in) -> Value { return repr(a["obj"], in); });
  function("format", "value, spec='', /", [](Arguments& a, Interpreter& in) -> Value {
    return format_value(a["value"], a.string("spec"), in);
  });
  function("hasattr", "object, name, /", [](Arguments& a, Interpreter& in) -> Value {
    return !find_attribute(a["object"], a.string("name"), in).is_unset();
  });
  function("getattr", "object, name, default=None, /", getattr_of);
  function("setattr", "object, name, value, /", [](Arguments& a, Interpreter& in) {
    set_attribute(a["object"], a.string("name"), a["value"], in);
    return Value::none();
  });
  function("callable", "obj, /",
           [](Arguments& a, Interpreter&) -> Value { return is_callable(a["obj"]); });
  function("id", "obj, /", [](Arguments& a, Interpreter& in) -> Value {
    return static_cast<int64_t>(a["obj"].is_object()
                                    ? reinterpret_cast<uintptr_t>(&a["obj"].object())
                                    : hash(a["obj"], in));
  });
  function("hash", "obj, /", [](Arguments& a, Interpreter& in) -> Value {
    return static_cast<int64_t>(hash(a["obj"], in) >> 2);
  });
  function("chr", "i, /",
           [](Arguments& a, Interpreter&) -> Value { return character(a.integer("i")); });
  function("ord", "c, /", ord_of);
  function("slice", "*args", slice_of);
  function("globals", "", [](Arguments&, Interpreter& in) { return global_names(in); });
  function("locals", "", [](Arguments&, Interpreter& in) { return global_names(in); });
}

void Builtins::add_refusals() {
  for (const char* name :
       {"open", "eval", "exec", "compile", "__import__", "input", "vars", "dir", "breakpoint",
        "exit", "quit", "help", "memoryview", "bytes", "bytearray", "complex", "delattr"}) {
    function(name, "*args, **kwargs", [name](Arguments&, Interpreter&) -> Value {
      throw Error(ErrorKind::kUnsupported,
                  std::string(name) + "() is not allowed in this language");
    });
  }
}

}  // namespace

const Type& type_type() {
  static const Type& type = define_type("type").raises_attribute_error().constructor(
      "object, /", [](Arguments& a, Interpreter&) -> Value {
        return Value(const_cast<Type*>(&type_of(a["object"])));
      });
  return type;
}

const Value* find_builtin(std::string_view name) {
  static const auto& builtins = *new Builtins;
  return builtins.find(name);
}

}  // namespace cadrecode::interpreter
