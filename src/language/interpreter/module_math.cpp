// math, after CPython's mathmodule.c: which arguments are domain errors and
// which results are range errors.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "language/interpreter/interpreter.h"
#include "language/interpreter/modules.h"
#include "language/interpreter/numbers.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

[[noreturn]] void domain_error() { throw_value_error("math domain error"); }
[[noreturn]] void range_error() {
  throw_exception(exception_type("OverflowError"), "math range error");
}

// A result that is not a number, from arguments that are, is a domain error; an
// infinite one a range error (or a domain error at a pole).
double checked(double result, double x, bool can_overflow) {
  if (std::isnan(result) && !std::isnan(x)) domain_error();
  if (std::isinf(result) && std::isfinite(x)) {
    if (can_overflow) range_error();
    domain_error();
  }
  return result;
}

void add_real(Module& m, const char* name, double (*f)(double), bool can_overflow) {
  m.function(name, "x, /", [=](Arguments& a, Interpreter& in) -> Value {
    const double x = real_number(a["x"], in);
    return checked(f(x), x, can_overflow);
  });
}

void add_integer(Module& m, const char* name, double (*f)(double), const char* special) {
  m.function(name, "x, /", [=](Arguments& a, Interpreter& in) -> Value {
    if (a["x"].is_integral()) return a["x"].as_int();
    const Value made = call_special_method(a["x"], {special}, in);
    return made.is_unset() ? Value(float_to_int(f(real_number(a["x"], in)))) : made;
  });
}

Value pow_of(Arguments& a, Interpreter& in) {
  const double x = real_number(a["x"], in), y = real_number(a["y"], in);
  const double result = std::pow(x, y);
  const bool finite = std::isfinite(x) && std::isfinite(y);
  if (finite && std::isnan(result)) domain_error();
  if (finite && std::isinf(result)) {
    if (x == 0) domain_error();
    range_error();
  }
  return result;
}

Value log_of(Arguments& a, Interpreter& in) {
  const auto log = [](double v) {
    if (v <= 0) domain_error();
    return std::log(v);
  };
  const double x = log(real_number(a["x"], in));
  if (!a.given("base")) return x;
  const double base = log(real_number(a["base"], in));
  if (base == 0) throw_exception(exception_type("ZeroDivisionError"), "float division by zero");
  return x / base;
}

double positive_log2(double x) {
  if (x <= 0) domain_error();
  return std::log2(x);
}
double positive_log10(double x) {
  if (x <= 0) domain_error();
  return std::log10(x);
}

// CPython 3.11's vector_norm: scaled, with the squares summed in twice the
// precision and the root corrected once.
double vector_norm(const std::vector<double>& v, double max) {
  if (std::isinf(max)) return max;
  if (max == 0.0 || v.size() <= 1) return max;
  int exponent;
  std::frexp(max, &exponent);
  if (exponent < -1023) {
    const double tiny = std::numeric_limits<double>::min();
    std::vector<double> scaled;
    for (double x : v) scaled.push_back(x / tiny);
    return tiny * vector_norm(scaled, max / tiny);
  }
  const double scale = std::ldexp(1.0, -exponent);
  double sum = 1.0, fraction1 = 0.0, fraction2 = 0.0, fraction3 = 0.0;
  const auto add = [&](double square, double& fraction) {
    const double old = sum;
    sum += square;
    fraction += (old - sum) + square;
  };
  const double split = 134217729.0;  // 2^27 + 1
  for (double x : v) {
    x *= scale;
    const double t = x * split, hi = t - (t - x), lo = x - hi;
    add(hi * hi, fraction1);
    add(2.0 * hi * lo, fraction2);
    fraction3 += lo * lo;
  }
  double h = std::sqrt(sum - 1.0 + (fraction1 + fraction2 + fraction3));
  double x = h;
  const double t = x * split, hi = t - (t - x), lo = x - hi;
  add(-hi * hi, fraction1);
  add(-2.0 * hi * lo, fraction2);
  add(-lo * lo, fraction3);
  x = sum - 1.0 + (fraction1 + fraction2 + fraction3);
  h += x / (2.0 * h);
  return h / scale;
}

double norm_of(std::vector<double> v) {
  double max = 0;
  bool nan = false;
  for (double& x : v) {
    x = std::abs(x);
    nan |= std::isnan(x);
    max = std::max(max, x);
  }
  if (std::isinf(max)) return max;
  return nan ? std::numeric_limits<double>::quiet_NaN() : vector_norm(v, max);
}

Value hypot_of(Arguments& a, Interpreter& in) {
  std::vector<double> v;
  for (const Value& x : a.rest()) v.push_back(real_number(x, in));
  return norm_of(std::move(v));
}

Value dist_of(Arguments& a, Interpreter& in) {
  const std::vector<Value> p = a.items("p", in), q = a.items("q", in);
  if (p.size() != q.size())
    throw_value_error("both points must have the same number of dimensions");
  std::vector<double> v;
  for (size_t i = 0; i < p.size(); ++i) v.push_back(real_number(p[i], in) - real_number(q[i], in));
  return norm_of(std::move(v));
}

// Shewchuk's exact sum of partials, rounded once (CPython, math_fsum).
Value fsum_of(Arguments& a, Interpreter& in) {
  std::vector<double> partials;
  double special = 0;
  for (const Value& item : a.items("seq", in)) {
    double x = real_number(item, in);
    if (!std::isfinite(x)) {
      special += x;
      continue;
    }
    size_t kept = 0;
    for (double y : partials) {
      if (std::abs(x) < std::abs(y)) std::swap(x, y);
      const double hi = x + y, lo = y - (hi - x);
      if (lo != 0) partials[kept++] = lo;
      x = hi;
    }
    partials.resize(kept);
    partials.push_back(x);
  }
  if (special != 0 || std::isnan(special)) {
    if (std::isnan(special)) throw_value_error("-inf + inf in fsum");
    return special;
  }
  double hi = 0, lo = 0;
  size_t n = partials.size();
  if (n > 0) hi = partials[--n];
  while (n > 0) {
    const double x = hi, y = partials[--n];
    hi = x + y;
    lo = y - (hi - x);
    if (lo != 0) break;
  }
  if (n > 0 && ((lo < 0 && partials[n - 1] < 0) || (lo > 0 && partials[n - 1] > 0))) {
    const double y = lo * 2, x = hi + y;
    if (y == x - hi) hi = x;
  }
  return hi;
}

Value prod_of(Arguments& a, Interpreter& in) {
  Value total = a["start"];
  for (const Value& item : a.items("iterable", in))
    total = binary(BinaryOp::kMultiply, total, item, in);
  return total;
}

int64_t whole(const Value& v) {
  if (!v.is_integral())
    throw_type_error("'" + type_name(v) + "' object cannot be interpreted as an integer");
  return v.as_int();
}

Value gcd_of(Arguments& a, Interpreter&) {
  int64_t result = 0;
  for (const Value& v : a.rest()) result = std::gcd(result, whole(v));
  return result;
}

Value lcm_of(Arguments& a, Interpreter&) {
  int64_t result = 1;
  for (const Value& v : a.rest()) {
    const int64_t x = std::abs(whole(v));
    if (x == 0) return int64_t{0};
    if (__builtin_mul_overflow(result / std::gcd(result, x), x, &result)) throw_integer_overflow();
  }
  return result;
}

// n (n-1) … over k factors, divided by k! when `divide`.
int64_t falling(int64_t n, int64_t k, bool divide) {
  __int128 result = 1;
  for (int64_t i = 0; i < k; ++i) {
    result *= n - i;
    if (divide) result /= i + 1;
    if (result > std::numeric_limits<int64_t>::max()) throw_integer_overflow();
  }
  return static_cast<int64_t>(result);
}

Value factorial_of(Arguments& a, Interpreter&) {
  const int64_t n = whole(a["n"]);
  if (n < 0) throw_value_error("factorial() not defined for negative values");
  if (n > 20) throw_integer_overflow();
  return falling(n, n, false);
}

Value comb_of(Arguments& a, Interpreter&) {
  const int64_t n = whole(a["n"]), k = whole(a["k"]);
  if (n < 0) throw_value_error("n must be a non-negative integer");
  if (k < 0) throw_value_error("k must be a non-negative integer");
  if (k > n) return int64_t{0};
  if (std::min(k, n - k) > 64) throw_integer_overflow();
  return falling(n, std::min(k, n - k), true);
}

Value perm_of(Arguments& a, Interpreter&) {
  const int64_t n = whole(a["n"]), k = a.is_none("k") ? n : whole(a["k"]);
  if (n < 0 || k < 0) throw_value_error("n and k must be non-negative integers");
  if (k > n) return int64_t{0};
  if (k > 64) throw_integer_overflow();
  return falling(n, k, false);
}

Value isqrt_of(Arguments& a, Interpreter&) {
  const int64_t n = whole(a["n"]);
  if (n < 0) throw_value_error("isqrt() argument must be nonnegative");
  auto root = static_cast<int64_t>(std::sqrt(static_cast<long double>(n)));
  while (root > 0 && root > n / root) --root;
  while ((root + 1) <= n / (root + 1)) ++root;
  return root;
}

Value isclose_of(Arguments& a, Interpreter& in) {
  const double x = real_number(a["a"], in), y = real_number(a["b"], in);
  const double relative = a.number("rel_tol"), absolute = a.number("abs_tol");
  if (relative < 0 || absolute < 0) throw_value_error("tolerances must be non-negative");
  if (x == y) return true;
  if (std::isinf(x) || std::isinf(y)) return false;
  const double difference = std::abs(y - x);
  return difference <= std::abs(relative * y) || difference <= std::abs(relative * x) ||
         difference <= absolute;
}

Value fmod_of(Arguments& a, Interpreter& in) {
  const double x = real_number(a["x"], in), y = real_number(a["y"], in);
  const double result = std::fmod(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) domain_error();
  return result;
}

Value remainder_of(Arguments& a, Interpreter& in) {
  const double x = real_number(a["x"], in), y = real_number(a["y"], in);
  const double result = std::remainder(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) domain_error();
  return result;
}

Value frexp_of(Arguments& a, Interpreter& in) {
  int exponent = 0;
  const double x = real_number(a["x"], in), mantissa = std::frexp(x, &exponent);
  return make_tuple({mantissa, std::isfinite(x) ? exponent : 0});
}

Value modf_of(Arguments& a, Interpreter& in) {
  double integer;
  const double fraction = std::modf(real_number(a["x"], in), &integer);
  return make_tuple({fraction, integer});
}

Value ldexp_of(Arguments& a, Interpreter& in) {
  const double x = real_number(a["x"], in);
  const double result =
      std::ldexp(x, static_cast<int>(std::clamp<int64_t>(a.integer("i"), -100000, 100000)));
  if (std::isinf(result) && std::isfinite(x)) range_error();
  return result;
}

double gamma_function(double x) {
  if (x == std::floor(x) && x <= 0 && !std::isinf(x)) domain_error();
  if (x == -std::numeric_limits<double>::infinity()) domain_error();
  // Factorials are exact, as in CPython.
  if (x == std::floor(x) && x >= 1 && x <= 23) {
    double result = 1;
    for (double i = 2; i < x; ++i) result *= i;
    return result;
  }
  return std::tgamma(x);
}
double log_gamma(double x) {
  if (x == std::floor(x) && x <= 0 && !std::isinf(x)) domain_error();
  int sign;
  return lgamma_r(x, &sign);  // std::lgamma writes a global
}
double to_degrees(double x) { return x * (180.0 / M_PI); }
double to_radians(double x) { return x * (M_PI / 180.0); }

void add_predicates(Module& m) {
  m.function("isfinite", "x, /", [](Arguments& a, Interpreter& in) -> Value {
    return std::isfinite(real_number(a["x"], in));
  });
  m.function("isinf", "x, /", [](Arguments& a, Interpreter& in) -> Value {
    return std::isinf(real_number(a["x"], in));
  });
  m.function("isnan", "x, /", [](Arguments& a, Interpreter& in) -> Value {
    return std::isnan(real_number(a["x"], in));
  });
  m.function("isclose", "a, b, *, rel_tol=1e-09, abs_tol=0.0", isclose_of);
  m.function("copysign", "x, y, /", [](Arguments& a, Interpreter& in) -> Value {
    return std::copysign(real_number(a["x"], in), real_number(a["y"], in));
  });
  m.function("atan2", "y, x, /", [](Arguments& a, Interpreter& in) -> Value {
    return std::atan2(real_number(a["y"], in), real_number(a["x"], in));
  });
  m.function("nextafter", "x, y, /", [](Arguments& a, Interpreter& in) -> Value {
    return std::nextafter(real_number(a["x"], in), real_number(a["y"], in));
  });
  m.function("ulp", "x, /", [](Arguments& a, Interpreter& in) -> Value {
    const double x = std::abs(real_number(a["x"], in)),
                 inf = std::numeric_limits<double>::infinity();
    if (!std::isfinite(x)) return x;
    const double up = std::nextafter(x, inf);
    return std::isinf(up) ? x - std::nextafter(x, -inf) : up - x;
  });
}

void add_real_functions(Module& m) {
  struct Function {
    const char* name;
    double (*f)(double);
    bool can_overflow;
  };
  static constexpr Function kFunctions[] = {
      {"sin", std::sin, false},       {"cos", std::cos, false},
      {"tan", std::tan, false},       {"asin", std::asin, false},
      {"acos", std::acos, false},     {"atan", std::atan, false},
      {"sinh", std::sinh, true},      {"cosh", std::cosh, true},
      {"tanh", std::tanh, false},     {"asinh", std::asinh, false},
      {"acosh", std::acosh, false},   {"atanh", std::atanh, false},
      {"exp", std::exp, true},        {"exp2", std::exp2, true},
      {"expm1", std::expm1, true},    {"log1p", std::log1p, false},
      {"log2", positive_log2, false}, {"log10", positive_log10, false},
      {"sqrt", std::sqrt, false},     {"cbrt", std::cbrt, false},
      {"fabs", std::fabs, false},     {"erf", std::erf, false},
      {"erfc", std::erfc, false},     {"gamma", gamma_function, true},
      {"lgamma", log_gamma, true},    {"degrees", to_degrees, true},
      {"radians", to_radians, false},
  };
  for (const Function& f : kFunctions) add_real(m, f.name, f.f, f.can_overflow);
}

Module& fill(Module& m) {
  m.add("pi", M_PI).add("e", M_E).add("tau", 2 * M_PI);
  m.add("inf", std::numeric_limits<double>::infinity())
      .add("nan", std::numeric_limits<double>::quiet_NaN());
  add_real_functions(m);
  add_predicates(m);
  add_integer(m, "floor", std::floor, "__floor__"), add_integer(m, "ceil", std::ceil, "__ceil__"),
      add_integer(m, "trunc", std::trunc, "__trunc__");
  m.function("pow", "x, y, /", pow_of).function("log", "x, base=None, /", log_of);
  m.function("hypot", "*coordinates", hypot_of).function("dist", "p, q, /", dist_of);
  m.function("fsum", "seq, /", fsum_of).function("prod", "iterable, /, *, start=1", prod_of);
  m.function("gcd", "*integers", gcd_of).function("lcm", "*integers", lcm_of);
  m.function("factorial", "n, /", factorial_of)
      .function("comb", "n, k, /", comb_of)
      .function("perm", "n, k=None, /", perm_of);
  m.function("isqrt", "n, /", isqrt_of)
      .function("fmod", "x, y, /", fmod_of)
      .function("remainder", "x, y, /", remainder_of);
  m.function("frexp", "x, /", frexp_of)
      .function("modf", "x, /", modf_of)
      .function("ldexp", "x, i, /", ldexp_of);
  return m;
}

}  // namespace

const Module& math_module() {
  static const Module& module = fill(define_module("math"));
  return module;
}

}  // namespace cadrecode::interpreter
