// Arithmetic of int and float, as CPython's longobject.c and floatobject.c.
#include <cmath>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

void throw_integer_overflow() {
  throw Error(ErrorKind::kLimit,
              "an integer result does not fit into 64 bits; use floats for such numbers");
}

int64_t floor_divide(int64_t a, int64_t b) {
  if (b == 0)
    throw_exception(exception_type("ZeroDivisionError"), "integer division or modulo by zero");
  if (b == -1) {
    int64_t result;
    if (__builtin_sub_overflow(int64_t{0}, a, &result)) throw_integer_overflow();
    return result;
  }
  const int64_t quotient = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

int64_t modulo(int64_t a, int64_t b) {
  if (b == 0) throw_exception(exception_type("ZeroDivisionError"), "integer modulo by zero");
  if (b == -1) return 0;
  const int64_t rest = a % b;
  return (rest != 0 && (rest < 0) != (b < 0)) ? rest + b : rest;
}

int64_t integer_power(int64_t base, int64_t exponent) {
  int64_t result = 1;
  for (;;) {
    if ((exponent & 1) && __builtin_mul_overflow(result, base, &result)) throw_integer_overflow();
    exponent >>= 1;
    if (exponent == 0) return result;
    if (base == 0 || base == 1) return base == 0 ? 0 : result;
    if (__builtin_mul_overflow(base, base, &base)) throw_integer_overflow();
  }
}

double float_modulo(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest != 0) return (b < 0) != (rest < 0) ? rest + b : rest;
  return std::copysign(0.0, b);
}

int64_t float_to_int(double number) {
  if (std::isnan(number)) throw_value_error("cannot convert float NaN to integer");
  if (std::isinf(number))
    throw_exception(exception_type("OverflowError"), "cannot convert float infinity to integer");
  if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0))
    throw_integer_overflow();
  return static_cast<int64_t>(number);
}

namespace {

double float_power(double a, double b) {
  if (a == 0 && b < 0) {
    throw_exception(exception_type("ZeroDivisionError"),
                    "0.0 cannot be raised to a negative power");
  }
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
    throw Error(ErrorKind::kUnsupported,
                "a negative number to a fractional power is complex; complex numbers are not part "
                "of this language");
  }
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) {
    throw_exception(exception_type("OverflowError"), "(34, 'Numerical result out of range')");
  }
  return result;
}

double float_floor_divide(double a, double b) {
  // CPython: from the remainder, so that the two always fit together.
  const double rest = float_modulo(a, b);
  const double quotient = (a - rest) / b;
  if (quotient == 0) return std::copysign(0.0, a / b);
  const double floored = std::floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

Value integers(BinaryOp op, int64_t a, int64_t b) {
  int64_t result;
  switch (op) {
    case BinaryOp::kAdd:
      if (__builtin_add_overflow(a, b, &result)) throw_integer_overflow();
      return result;
    case BinaryOp::kSubtract:
      if (__builtin_sub_overflow(a, b, &result)) throw_integer_overflow();
      return result;
    case BinaryOp::kMultiply:
      if (__builtin_mul_overflow(a, b, &result)) throw_integer_overflow();
      return result;
    case BinaryOp::kDivide:
      if (b == 0) throw_exception(exception_type("ZeroDivisionError"), "division by zero");
      return static_cast<double>(a) / static_cast<double>(b);
    case BinaryOp::kFloorDivide:
      return floor_divide(a, b);
    case BinaryOp::kModulo:
      return modulo(a, b);
    case BinaryOp::kPower:
      return b < 0 ? Value(float_power(static_cast<double>(a), static_cast<double>(b)))
                   : Value(integer_power(a, b));
    case BinaryOp::kAnd:
      return a & b;
    case BinaryOp::kOr:
      return a | b;
    case BinaryOp::kXor:
      return a ^ b;
    case BinaryOp::kShiftLeft:
    case BinaryOp::kShiftRight:
      break;
    case BinaryOp::kMatrixMultiply:
      return {};
  }
  if (b < 0) throw_value_error("negative shift count");
  if (op == BinaryOp::kShiftRight) return b > 63 ? (a < 0 ? int64_t{-1} : int64_t{0}) : a >> b;
  if (a == 0) return int64_t{0};
  if (b > 62 || __builtin_mul_overflow(a, int64_t{1} << b, &result)) throw_integer_overflow();
  return result;
}

Value floats(BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return a + b;
    case BinaryOp::kSubtract:
      return a - b;
    case BinaryOp::kMultiply:
      return a * b;
    case BinaryOp::kDivide:
      if (b == 0) throw_exception(exception_type("ZeroDivisionError"), "float division by zero");
      return a / b;
    case BinaryOp::kFloorDivide:
      if (b == 0)
        throw_exception(exception_type("ZeroDivisionError"), "float floor division by zero");
      return float_floor_divide(a, b);
    case BinaryOp::kModulo:
      if (b == 0) throw_exception(exception_type("ZeroDivisionError"), "float modulo");
      return float_modulo(a, b);
    case BinaryOp::kPower:
      return float_power(a, b);
    default:
      return {};
  }
}

// -1, 0, 1, or 2 for "unordered": exact, though int may exceed 2^53.
int compare_int_float(int64_t a, double b) {
  if (std::isnan(b)) return 2;
  if (b >= 9223372036854775808.0) return -1;
  if (b < -9223372036854775808.0) return 1;
  const double whole = std::floor(b);
  const auto integer = static_cast<int64_t>(whole);
  if (a != integer) return a < integer ? -1 : 1;
  return whole < b ? -1 : 0;
}

int compare_numbers(const Value& a, const Value& b) {
  if (a.is_integral() && b.is_integral()) {
    return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int();
  }
  if (a.is_integral()) return compare_int_float(a.as_int(), b.as_double());
  if (b.is_integral()) {
    const int c = compare_int_float(b.as_int(), a.as_double());
    return c == 2 ? 2 : -c;
  }
  const double x = a.as_double(), y = b.as_double();
  return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
}

bool decide(CompareOp op, int order) {
  switch (op) {
    case CompareOp::kEqual:
      return order == 0;
    case CompareOp::kNotEqual:
      return order != 0;
    case CompareOp::kLess:
      return order == -1;
    case CompareOp::kLessEqual:
      return order == -1 || order == 0;
    case CompareOp::kGreater:
      return order == 1;
    default:
      return order == 1 || order == 0;
  }
}

// Lexicographic comparison of two sequences.
Value compare_sequences(CompareOp op, const std::vector<Value>& a, const std::vector<Value>& b,
                        Interpreter& interpreter) {
  const bool equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (equality && a.size() != b.size()) return op == CompareOp::kNotEqual;
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    interpreter.charge();
    if (a[i].same(b[i]) && !a[i].is_float()) continue;
    const Value x = a[i], y = b[i];  // a comparison may change the sequences
    if (equal(x, y, interpreter)) continue;
    if (equality) return op == CompareOp::kNotEqual;
    return compare(op, x, y, interpreter);
  }
  return decide(op, a.size() < b.size() ? -1 : a.size() > b.size());
}

// Two values of the language's own kinds; unset when there is no rule.
Value compare_builtin(CompareOp op, const Value& a, const Value& b, Interpreter& interpreter) {
  if (a.is_number() && b.is_number()) return decide(op, compare_numbers(a, b));
  if (a.is_str() && b.is_str()) {
    const int order = a.str().compare(b.str());
    return decide(op, order < 0 ? -1 : order > 0);
  }
  if (a.is_tuple() && b.is_tuple())
    return compare_sequences(op, a.as_tuple().items(), b.as_tuple().items(), interpreter);
  if (a.is_list() && b.is_list())
    return compare_sequences(op, a.as_list().items(), b.as_list().items(), interpreter);
  return {};
}

const char* method_phrase(CompareOp op) { return symbol(op); }

CompareOp swapped(CompareOp op) {
  switch (op) {
    case CompareOp::kLess:
      return CompareOp::kGreater;
    case CompareOp::kLessEqual:
      return CompareOp::kGreaterEqual;
    case CompareOp::kGreater:
      return CompareOp::kLess;
    case CompareOp::kGreaterEqual:
      return CompareOp::kLessEqual;
    default:
      return op;
  }
}

}  // namespace

Value compare(CompareOp op, const Value& a, const Value& b, Interpreter& interpreter) {
  if (a.is_object()) interpreter.check_stack();
  Value result = compare_builtin(op, a, b, interpreter);
  if (result.is_unset() && a.is_object()) result = a.object().compare(op, b, interpreter);
  if (result.is_unset() && b.is_object()) result = b.object().compare(swapped(op), a, interpreter);
  if (!result.is_unset()) return result;
  if (op == CompareOp::kEqual) return a.same(b);
  if (op == CompareOp::kNotEqual) return !a.same(b);
  throw_type_error(std::string("'") + method_phrase(op) + "' not supported between instances of '" +
                   type_name(a) + "' and '" + type_name(b) + "'");
}

bool equal(const Value& a, const Value& b, Interpreter& interpreter) {
  return truth(compare(CompareOp::kEqual, a, b, interpreter), interpreter);
}

bool less(const Value& a, const Value& b, Interpreter& interpreter) {
  return truth(compare(CompareOp::kLess, a, b, interpreter), interpreter);
}

Value binary(BinaryOp op, const Value& a, const Value& b, Interpreter& interpreter) {
  if (a.is_number() && b.is_number()) {
    Value result;
    if (a.is_float() || b.is_float()) {
      result = floats(op, a.as_double(), b.as_double());
    } else {
      const bool logic = op == BinaryOp::kAnd || op == BinaryOp::kOr || op == BinaryOp::kXor;
      result = integers(op, a.as_int(), b.as_int());
      if (logic && a.is_bool() && b.is_bool()) result = result.as_int() != 0;
    }
    if (!result.is_unset()) return result;
  }
  Value result;
  if (a.is_object()) result = a.object().binary(op, b, false, interpreter);
  if (result.is_unset() && b.is_object()) result = b.object().binary(op, a, true, interpreter);
  if (!result.is_unset()) return result;
  if (op == BinaryOp::kAdd && a.is_str()) {
    throw_type_error("can only concatenate str (not \"" + type_name(b) + "\") to str");
  }
  const auto sequence = [](const Value& v) { return v.is_str() || v.is_list() || v.is_tuple(); };
  if (op == BinaryOp::kMultiply && (sequence(a) || sequence(b))) {
    throw_type_error("can't multiply sequence by non-int of type '" +
                     type_name(sequence(a) ? b : a) + "'");
  }
  const std::string sign = op == BinaryOp::kPower ? "** or pow()" : symbol(op);
  throw_type_error("unsupported operand type(s) for " + sign + ": '" + type_name(a) + "' and '" +
                   type_name(b) + "'");
}

Value binary_in_place(BinaryOp op, const Value& a, const Value& b, Interpreter& interpreter) {
  if (a.is_list() && op == BinaryOp::kAdd) {
    List& list = a.as_list();
    const std::vector<Value> more = elements(b, interpreter);
    interpreter.charge_memory(more.size() * sizeof(Value));
    list.edit().insert(list.edit().end(), more.begin(), more.end());
    list.charge();
    return a;
  }
  return binary(op, a, b, interpreter);
}

Value unary(UnaryOp op, const Value& a, Interpreter& interpreter) {
  if (a.is_integral()) {
    int64_t result = a.as_int();
    if (op == UnaryOp::kNegative && __builtin_sub_overflow(int64_t{0}, result, &result))
      throw_integer_overflow();
    return op == UnaryOp::kInvert ? Value(~result) : Value(result);
  }
  if (a.is_float() && op != UnaryOp::kInvert) {
    return op == UnaryOp::kNegative ? -a.as_double() : a.as_double();
  }
  if (a.is_object()) {
    const Value result = a.object().unary(op, interpreter);
    if (!result.is_unset()) return result;
  }
  const char* sign = op == UnaryOp::kNegative ? "-" : op == UnaryOp::kPositive ? "+" : "~";
  throw_type_error(std::string("bad operand type for unary ") + sign + ": '" + type_name(a) + "'");
}

const char* symbol(BinaryOp op) {
  static constexpr const char* kWords[] = {"+", "-", "*", "/", "//", "%", "**",
                                           "@", "&", "|", "^", "<<", ">>"};
  return kWords[static_cast<int>(op)];
}

const char* symbol(CompareOp op) {
  static constexpr const char* kWords[] = {"==", "!=", "<", "<=", ">", ">="};
  return kWords[static_cast<int>(op)];
}

}  // namespace cadrecode::interpreter
