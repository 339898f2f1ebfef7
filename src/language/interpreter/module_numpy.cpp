// numpy, the small part that part programs use: numbers and arrays of one or
// two dimensions, elementwise functions, ranges, reductions, simple vector
// algebra. Anything else is refused by name. Printed arrays look like numpy's
// without its padding.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/modules.h"
#include "language/interpreter/numpy_array.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

// --- Making arrays ---

size_t dimension(const Value& v) {
  if (!v.is_integral() || v.as_int() < 0)
    throw_value_error("a dimension must be a non-negative integer");
  return static_cast<size_t>(v.as_int());
}

ArrayKind kind_named(const Value& dtype, ArrayKind fallback) {
  if (dtype.is_none()) return fallback;
  const auto* type = dtype.as<Type>();
  if (type == &float_type()) return ArrayKind::kFloat;
  if (type == &int_type()) return ArrayKind::kInt;
  if (type == &bool_type()) return ArrayKind::kBool;
  throw Error(ErrorKind::kUnsupported, "numpy arrays hold float, int or bool here");
}

ArrayRef with_kind(const ArrayRef& array, ArrayKind kind) {
  std::vector<double> data = array->data;
  for (double& x : data)
    x = kind == ArrayKind::kBool ? x != 0 : kind == ArrayKind::kInt ? std::trunc(x) : x;
  return make<Array>(std::move(data), array->rows, array->cols, array->two_dimensional, kind);
}

Value array(Arguments& a, Interpreter& in) {
  const ArrayRef made = to_array(a["object"], in);
  return with_kind(made, kind_named(a["dtype"], made->kind));
}

ArrayRef filled(const Value& shape, double value, ArrayKind kind, Interpreter& in) {
  const std::vector<Value> sizes =
      shape.is_number() ? std::vector<Value>{shape} : elements(shape, in);
  if (sizes.empty() || sizes.size() > 2)
    throw Error(ErrorKind::kUnsupported, "arrays have one or two dimensions here");
  const size_t rows = sizes.size() == 2 ? dimension(sizes[0]) : 1, cols = dimension(sizes.back());
  if (cols > 0 && rows > std::numeric_limits<size_t>::max() / cols / sizeof(double))
    in.charge_memory(std::numeric_limits<size_t>::max() / 2);
  in.charge_memory(rows * cols * sizeof(double));
  in.charge(rows * cols / 8);
  return make<Array>(std::vector<double>(rows * cols, value), rows, cols, sizes.size() == 2, kind);
}

Value linspace(Arguments& a, Interpreter& in) {
  const double start = a.number("start"), stop = a.number("stop");
  const size_t n = dimension(a["num"]);
  in.charge_memory(n * sizeof(double));
  in.charge(n / 8);
  const bool endpoint = a.boolean("endpoint", in);
  const double parts = static_cast<double>(endpoint ? n - 1 : n);
  const double step = n > (endpoint ? 1U : 0U) ? (stop - start) / parts : std::nan("");
  std::vector<double> data(n);
  for (size_t i = 0; i < n; ++i) data[i] = i == 0 ? start : static_cast<double>(i) * step + start;
  if (endpoint && n > 1) data[n - 1] = stop;
  const ArrayRef made = make_array(std::move(data));
  if (a.boolean("retstep", in)) return make_tuple({Value(made), Value(step)});
  return made;
}

Value arange(Arguments& a, Interpreter& in) {
  const Value& first = a["start"];
  const bool one = a.is_none("stop");
  const Value start = one ? Value(0) : first, stop = one ? first : a["stop"], step = a["step"];
  if (!start.is_number() || !stop.is_number() || !step.is_number())
    throw_type_error("arange() needs numbers");
  if (step.as_double() == 0)
    throw_exception(exception_type("ZeroDivisionError"), "division by zero");
  const double count = std::ceil((stop.as_double() - start.as_double()) / step.as_double());
  if (!(count < 1e15)) in.charge_memory(std::numeric_limits<size_t>::max() / 2);
  const auto n = static_cast<size_t>(std::max(0.0, count));
  in.charge_memory(n * sizeof(double));
  in.charge(n / 8);
  const double delta = (start.as_double() + step.as_double()) - start.as_double();
  std::vector<double> data(n);
  for (size_t i = 0; i < n; ++i) data[i] = start.as_double() + static_cast<double>(i) * delta;
  const bool whole = start.is_integral() && stop.is_integral() && step.is_integral();
  return make_array(std::move(data), whole ? ArrayKind::kInt : ArrayKind::kFloat);
}

Value eye(Arguments& a, Interpreter& in) {
  ArrayRef made = filled(make_tuple({a["n"], a["n"]}), 0, ArrayKind::kFloat, in);
  for (size_t i = 0; i < made->rows; ++i) made->data[i * made->cols + i] = 1;
  return made;
}

// --- Reductions ---

using Reduce = double (*)(const double* data, size_t n, size_t stride);

double mean_of(const double* d, size_t n, size_t s) {
  return pairwise_sum(d, n, s) / static_cast<double>(n);
}
double product_of(const double* d, size_t n, size_t s) {
  double p = 1;
  for (size_t i = 0; i < n; ++i) p *= d[i * s];
  return p;
}
double extreme_of(const double* d, size_t n, size_t s, bool least) {
  if (n == 0) throw_value_error("zero-size array to reduction operation which has no identity");
  double best = d[0];
  for (size_t i = 1; i < n; ++i) {
    if (std::isnan(d[i * s]) || (least ? d[i * s] < best : d[i * s] > best)) best = d[i * s];
  }
  return best;
}
double least_of(const double* d, size_t n, size_t s) { return extreme_of(d, n, s, true); }
double most_of(const double* d, size_t n, size_t s) { return extreme_of(d, n, s, false); }
double deviation_of(const double* d, size_t n, size_t s) {
  const double mean = mean_of(d, n, s);
  std::vector<double> squares(n);
  for (size_t i = 0; i < n; ++i) squares[i] = (d[i * s] - mean) * (d[i * s] - mean);
  return std::sqrt(mean_of(squares.data(), n, 1));
}
double norm_of(const double* d, size_t n, size_t s) {
  double sum = 0;
  for (size_t i = 0; i < n; ++i) sum += d[i * s] * d[i * s];
  return std::sqrt(sum);
}
double any_of(const double* d, size_t n, size_t s) {
  for (size_t i = 0; i < n; ++i) {
    if (d[i * s] != 0) return 1;
  }
  return 0;
}
double all_of(const double* d, size_t n, size_t s) {
  for (size_t i = 0; i < n; ++i) {
    if (d[i * s] == 0) return 0;
  }
  return 1;
}

Value reduced(const ArrayRef& array, const Value& axis, Reduce f, ArrayKind kind) {
  const double* data = array->data.data();
  if (axis.is_none() || !array->two_dimensional)
    return number_value(f(data, array->data.size(), 1), kind);
  if (!axis.is_integral()) throw_type_error("axis must be an integer");
  const int64_t along = axis.as_int() < 0 ? axis.as_int() + 2 : axis.as_int();
  if (along != 0 && along != 1) throw_value_error("axis is out of bounds");
  std::vector<double> out;
  for (size_t i = 0; i < (along == 0 ? array->cols : array->rows); ++i) {
    out.push_back(along == 0 ? f(data + i, array->rows, array->cols)
                             : f(data + i * array->cols, array->cols, 1));
  }
  return make_array(std::move(out), kind);
}

enum class Result { kFloat, kSame, kBool, kCount };

ArrayKind result_kind(Result result, ArrayKind kind) {
  switch (result) {
    case Result::kFloat:
      return ArrayKind::kFloat;
    case Result::kBool:
      return ArrayKind::kBool;
    case Result::kCount:
      return std::max(kind, ArrayKind::kInt);
    default:
      return kind;
  }
}

struct Reduction {
  const char* name;
  Reduce f;
  Result result;
};

constexpr Reduction kReductions[] = {
    {"sum", pairwise_sum, Result::kCount}, {"mean", mean_of, Result::kFloat},
    {"prod", product_of, Result::kCount},  {"min", least_of, Result::kSame},
    {"max", most_of, Result::kSame},       {"std", deviation_of, Result::kFloat},
    {"any", any_of, Result::kBool},        {"all", all_of, Result::kBool},
};

Value position_of(const ArrayRef& array, bool least) {
  if (array->data.empty()) throw_value_error("attempt to get argmin/argmax of an empty sequence");
  const auto it = least ? std::min_element(array->data.begin(), array->data.end())
                        : std::max_element(array->data.begin(), array->data.end());
  return static_cast<int64_t>(it - array->data.begin());
}

Value cumulative(const ArrayRef& array) {
  std::vector<double> out = array->data;
  std::partial_sum(out.begin(), out.end(), out.begin());
  return make_array(std::move(out), std::max(array->kind, ArrayKind::kInt));
}

// --- Shapes ---

Value transposed(const ArrayRef& array) {
  if (!array->two_dimensional) return array;
  std::vector<double> out;
  for (size_t c = 0; c < array->cols; ++c) {
    for (size_t r = 0; r < array->rows; ++r) out.push_back(array->data[r * array->cols + c]);
  }
  return make_matrix(std::move(out), array->cols, array->rows, array->kind);
}

Value reshaped(const ArrayRef& array, const std::vector<Value>& shape, Interpreter& in) {
  const std::vector<Value> sizes =
      shape.size() == 1 && !shape[0].is_number() ? elements(shape[0], in) : shape;
  if (sizes.empty() || sizes.size() > 2)
    throw Error(ErrorKind::kUnsupported, "arrays have one or two dimensions here");
  size_t known = 1, dims[2] = {1, 1};
  int open = -1;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i].is_int() && sizes[i].as_int() == -1 && open < 0) {
      open = static_cast<int>(i);
    } else {
      known *= dims[i] = std::min<size_t>(dimension(sizes[i]), array->data.size() + 1);
    }
  }
  if (open >= 0 && known > 0) known *= dims[open] = array->data.size() / known;
  if (known != array->data.size())
    throw_value_error("cannot reshape array of size " + std::to_string(array->data.size()) +
                      " into that shape");
  if (sizes.size() == 1) return make_array(array->data, array->kind);
  return make_matrix(array->data, dims[0], dims[1], array->kind);
}

Value nested_list(const ArrayRef& array, Interpreter& in) {
  in.charge(array->data.size() / 8);
  in.charge_memory(array->data.size() * sizeof(Value));
  std::vector<Value> rows;
  for (size_t r = 0; r < array->rows; ++r) {
    std::vector<Value> row;
    for (size_t c = 0; c < array->cols; ++c) row.push_back(array->element(r * array->cols + c));
    if (!array->two_dimensional) return make_list(std::move(row));
    rows.push_back(make_list(std::move(row)));
  }
  return make_list(std::move(rows));
}

// Arrays one below the other (`down`), or side by side.
Value stacked(const std::vector<Value>& parts, bool down, bool as_rows, Interpreter& in) {
  std::vector<ArrayRef> arrays;
  ArrayKind kind = ArrayKind::kBool;
  for (const Value& p : parts) {
    ArrayRef array = to_array(p, in);
    kind = std::max(kind, array->kind);
    if (!array->two_dimensional && !as_rows)
      array = make_matrix(array->data, array->cols, 1, array->kind);
    arrays.push_back(array);
  }
  if (arrays.empty()) throw_value_error("need at least one array");
  size_t rows = down ? 0 : arrays[0]->rows, cols = down ? arrays[0]->cols : 0;
  for (const ArrayRef& array : arrays) {
    if (down ? array->cols != cols : array->rows != rows)
      throw_value_error("the dimensions of the arrays do not match");
    (down ? rows : cols) += down ? array->rows : array->cols;
  }
  in.charge_memory(rows * cols * sizeof(double));
  in.charge(rows * cols / 8);
  std::vector<double> out;
  for (size_t r = 0; !down && r < rows; ++r) {
    for (const ArrayRef& array : arrays) {
      const auto begin = array->data.begin() + static_cast<std::ptrdiff_t>(r * array->cols);
      out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(array->cols));
    }
  }
  for (const ArrayRef& array : arrays) {
    if (down) out.insert(out.end(), array->data.begin(), array->data.end());
  }
  return make_matrix(std::move(out), rows, cols, kind);
}

Value concatenate(Arguments& a, Interpreter& in) {
  const std::vector<Value> parts = a.items("arrays", in);
  const bool flat = std::none_of(parts.begin(), parts.end(),
                                 [&](const Value& p) { return to_array(p, in)->two_dimensional; });
  if (!flat) return stacked(parts, a["axis"].is_none() || a.integer("axis") == 0, true, in);
  const Value joined = stacked(parts, false, true, in);
  const auto& matrix = *joined.as<Array>();
  return make_array(matrix.data, matrix.kind);
}

// --- Vector algebra ---

Value cross(Arguments& a, Interpreter& in) {
  const ArrayRef x = to_array(a["a"], in), y = to_array(a["b"], in);
  const ArrayKind kind = std::max({x->kind, y->kind, ArrayKind::kInt});
  const auto &u = x->data, &v = y->data;
  if (u.size() == 2 && v.size() == 2) return number_value(u[0] * v[1] - u[1] * v[0], kind);
  if (u.size() != 3 || v.size() != 3)
    throw Error(ErrorKind::kUnsupported, "cross() takes two vectors of 2 or 3 numbers here");
  return make_array(
      {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]}, kind);
}

Value dot(Arguments& a, Interpreter& in) {
  if (a["a"].is_number() || a["b"].is_number())
    return binary(BinaryOp::kMultiply, a["a"], a["b"], in);
  return matrix_product(a["a"], a["b"], in);
}

Value where(Arguments& a, Interpreter& in) {
  const Value picked = broadcast(
      a["condition"], a["x"], in, [](double c, double x) { return c != 0 ? x : 0.0; },
      [](ArrayKind, ArrayKind k) { return std::max(k, ArrayKind::kInt); });
  const Value other = broadcast(
      a["condition"], a["y"], in, [](double c, double y) { return c == 0 ? y : 0.0; },
      [](ArrayKind, ArrayKind k) { return std::max(k, ArrayKind::kInt); });
  return binary(BinaryOp::kAdd, picked, other, in);
}

// --- The type and the module ---

ArrayRef self_array(const Value& self) { return ArrayRef(&self_as<Array>(self)); }

Type& fill_type(Type& type) {
  for (const Reduction& r : kReductions) {
    type.method(r.name, "axis=None", HostMethod([r](const Value& self, Arguments& a, Interpreter&) {
                  const ArrayRef array = self_array(self);
                  return reduced(array, a["axis"], r.f, result_kind(r.result, array->kind));
                }));
  }
  type.property("shape", [](const Value& s, Interpreter&) -> Value {
    const ArrayRef x = self_array(s);
    return x->two_dimensional ? make_tuple({x->rows, x->cols}) : make_tuple({x->cols});
  });
  type.property("size",
                [](const Value& s, Interpreter&) -> Value { return self_array(s)->data.size(); });
  type.property("ndim", [](const Value& s, Interpreter&) -> Value {
    return self_array(s)->two_dimensional ? 2 : 1;
  });
  type.property("T", [](const Value& s, Interpreter&) { return transposed(self_array(s)); });
  type.method("transpose", "",
              [](const Value& s, Arguments&, Interpreter&) { return transposed(self_array(s)); });
  type.method("tolist", "", [](const Value& s, Arguments&, Interpreter& in) {
    return nested_list(self_array(s), in);
  });
  type.method("copy", "", [](const Value& s, Arguments&, Interpreter&) -> Value {
    return with_kind(self_array(s), self_array(s)->kind);
  });
  type.method("astype", "dtype", [](const Value& s, Arguments& a, Interpreter&) -> Value {
    return with_kind(self_array(s), kind_named(a["dtype"], ArrayKind::kFloat));
  });
  type.method("reshape", "*shape", [](const Value& s, Arguments& a, Interpreter& in) {
    return reshaped(self_array(s), a.rest(), in);
  });
  for (const char* name : {"flatten", "ravel"}) {
    type.method(name, "", [](const Value& s, Arguments&, Interpreter&) -> Value {
      return make_array(self_array(s)->data, self_array(s)->kind);
    });
  }
  type.method("dot", "other", [](const Value& s, Arguments& a, Interpreter& in) {
    return matrix_product(s, a["other"], in);
  });
  type.method("cumsum", "",
              [](const Value& s, Arguments&, Interpreter&) { return cumulative(self_array(s)); });
  type.method("argmin", "", [](const Value& s, Arguments&, Interpreter&) {
    return position_of(self_array(s), true);
  });
  type.method("argmax", "", [](const Value& s, Arguments&, Interpreter&) {
    return position_of(self_array(s), false);
  });
  return type;
}

double radians_of(double x) { return x * (M_PI / 180.0); }
double degrees_of(double x) { return x * (180.0 / M_PI); }
double sign_of(double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : x; }
double square_of(double x) { return x * x; }

void add_elementwise(Module& m) {
  struct Function {
    const char* name;
    double (*f)(double);
    bool keeps_kind;
  };
  static constexpr Function kFunctions[] = {
      {"sin", std::sin, false},       {"cos", std::cos, false},
      {"tan", std::tan, false},       {"arcsin", std::asin, false},
      {"arccos", std::acos, false},   {"arctan", std::atan, false},
      {"sinh", std::sinh, false},     {"cosh", std::cosh, false},
      {"tanh", std::tanh, false},     {"exp", std::exp, false},
      {"log", std::log, false},       {"log2", std::log2, false},
      {"log10", std::log10, false},   {"sqrt", std::sqrt, false},
      {"cbrt", std::cbrt, false},     {"floor", std::floor, false},
      {"ceil", std::ceil, false},     {"trunc", std::trunc, false},
      {"rint", std::rint, false},     {"abs", std::fabs, true},
      {"absolute", std::fabs, true},  {"fabs", std::fabs, false},
      {"sign", sign_of, true},        {"square", square_of, true},
      {"radians", radians_of, false}, {"deg2rad", radians_of, false},
      {"degrees", degrees_of, false}, {"rad2deg", degrees_of, false},
  };
  for (const Function& f : kFunctions) {
    m.function(f.name, "x, /", [f](Arguments& a, Interpreter& in) {
      return elementwise(a["x"], in, f.f, f.keeps_kind);
    });
  }
  struct Pair {
    const char* name;
    double (*f)(double, double);
    bool keeps_kind;
  };
  static constexpr Pair kPairs[] = {
      {"arctan2", std::atan2, false}, {"hypot", std::hypot, false}, {"power", std::pow, true},
      {"minimum", std::fmin, true},   {"maximum", std::fmax, true}, {"mod", float_modulo, true},
  };
  for (const Pair& p : kPairs) {
    m.function(p.name, "x, y, /", [p](Arguments& a, Interpreter& in) {
      return broadcast(a["x"], a["y"], in, p.f, [p](ArrayKind x, ArrayKind y) {
        return p.keeps_kind ? std::max({x, y, ArrayKind::kInt}) : ArrayKind::kFloat;
      });
    });
  }
}

Value rounded(Arguments& a, Interpreter& in) {
  const double unit = std::pow(10.0, static_cast<double>(a.integer("decimals")));
  return broadcast(
      a["a"], Value(unit), in, [](double x, double u) { return std::rint(x * u) / u; },
      [](ArrayKind k, ArrayKind) { return k; });
}

void add_shapes(Module& m) {
  m.function("array", "object, dtype=None", array).function("asarray", "object, dtype=None", array);
  m.function("linspace", "start, stop, num=50, endpoint=True, retstep=False", linspace);
  m.function("arange", "start, stop=None, step=1", arange)
      .function("eye", "n", eye)
      .function("identity", "n", eye);
  m.function("zeros", "shape, dtype=None", [](Arguments& a, Interpreter& in) -> Value {
    return filled(a["shape"], 0, kind_named(a["dtype"], ArrayKind::kFloat), in);
  });
  m.function("ones", "shape, dtype=None", [](Arguments& a, Interpreter& in) -> Value {
    return filled(a["shape"], 1, kind_named(a["dtype"], ArrayKind::kFloat), in);
  });
  m.function("full", "shape, fill_value", [](Arguments& a, Interpreter& in) -> Value {
    return filled(a["shape"], a.number("fill_value"),
                  a["fill_value"].is_float() ? ArrayKind::kFloat : ArrayKind::kInt, in);
  });
  m.function("concatenate", "arrays, axis=0", concatenate);
  m.function("append", "arr, values", [](Arguments& a, Interpreter& in) -> Value {
    const ArrayRef x = to_array(a["arr"], in), y = to_array(a["values"], in);
    std::vector<double> data = x->data;
    data.insert(data.end(), y->data.begin(), y->data.end());
    return make_array(std::move(data), std::max(x->kind, y->kind));
  });
  m.function("vstack", "tup", [](Arguments& a, Interpreter& in) {
    return stacked(a.items("tup", in), true, true, in);
  });
  m.function("stack", "arrays", [](Arguments& a, Interpreter& in) {
    return stacked(a.items("arrays", in), true, true, in);
  });
  m.function("column_stack", "tup", [](Arguments& a, Interpreter& in) {
    return stacked(a.items("tup", in), false, false, in);
  });
  m.function("hstack", "arrays, axis=1", concatenate);
  m.function("transpose", "a",
             [](Arguments& a, Interpreter& in) { return transposed(to_array(a["a"], in)); });
  m.function("reshape", "a, shape", [](Arguments& a, Interpreter& in) {
    return reshaped(to_array(a["a"], in), {a["shape"]}, in);
  });
}

void add_algebra(Module& m) {
  for (const Reduction& r : kReductions) {
    m.function(r.name, "a, axis=None", [r](Arguments& a, Interpreter& in) {
      const ArrayRef array = to_array(a["a"], in);
      return reduced(array, a["axis"], r.f, result_kind(r.result, array->kind));
    });
  }
  m.function("cumsum", "a",
             [](Arguments& a, Interpreter& in) { return cumulative(to_array(a["a"], in)); });
  m.function("argmin", "a",
             [](Arguments& a, Interpreter& in) { return position_of(to_array(a["a"], in), true); });
  m.function("argmax", "a", [](Arguments& a, Interpreter& in) {
    return position_of(to_array(a["a"], in), false);
  });
  m.function("sort", "a", [](Arguments& a, Interpreter& in) -> Value {
    const ArrayRef x = to_array(a["a"], in);
    std::vector<double> data = x->data;
    std::stable_sort(data.begin(), data.end(),
                     [](double p, double q) { return p < q || (std::isnan(q) && !std::isnan(p)); });
    return make_array(std::move(data), x->kind);
  });
  m.function("diff", "a", [](Arguments& a, Interpreter& in) -> Value {
    const ArrayRef x = to_array(a["a"], in);
    std::vector<double> data;
    for (size_t i = 1; i < x->data.size(); ++i) data.push_back(x->data[i] - x->data[i - 1]);
    return make_array(std::move(data), x->kind);
  });
  m.function("dot", "a, b", dot)
      .function("cross", "a, b", cross)
      .function("where", "condition, x, y", where);
  m.function("matmul", "a, b",
             [](Arguments& a, Interpreter& in) { return matrix_product(a["a"], a["b"], in); });
  m.function("round", "a, decimals=0", rounded).function("around", "a, decimals=0", rounded);
  m.function("clip", "a, a_min, a_max", [](Arguments& a, Interpreter& in) {
    const auto same = [](ArrayKind x, ArrayKind y) { return std::max({x, y, ArrayKind::kInt}); };
    const Value low = broadcast(
        a["a"], a["a_min"], in, [](double x, double y) { return std::max(x, y); }, same);
    return broadcast(
        low, a["a_max"], in, [](double x, double y) { return std::min(x, y); }, same);
  });
  for (const char* name : {"isclose", "allclose"}) {
    m.function(
        name, "a, b, rtol=1e-05, atol=1e-08",
        [all = std::string_view(name) == "allclose"](Arguments& a, Interpreter& in) -> Value {
          const double rtol = a.number("rtol"), atol = a.number("atol");
          const Value close = broadcast(
              a["a"], a["b"], in,
              [=](double x, double y) {
                return std::abs(x - y) <= atol + rtol * std::abs(y) ? 1.0 : 0.0;
              },
              [](ArrayKind, ArrayKind) { return ArrayKind::kBool; });
          return all ? reduced(to_array(close, in), Value::none(), all_of, ArrayKind::kBool)
                     : close;
        });
  }
}

}  // namespace

const Type& Array::type() const {
  static const Type& type = fill_type(define_type("ndarray"));
  return type;
}

const Module& numpy_linalg_module() {
  static const Module& module =
      define_module("numpy.linalg")
          .function("norm", "x, ord=None, axis=None", [](Arguments& a, Interpreter& in) {
            if (!a.is_none("ord") && !(a["ord"].is_int() && a.integer("ord") == 2)) {
              throw Error(ErrorKind::kUnsupported,
                          "numpy.linalg.norm of another order than 2 is not supported");
            }
            return reduced(to_array(a["x"], in), a["axis"], norm_of, ArrayKind::kFloat);
          });
  return module;
}

const Module& numpy_module() {
  static const Module& module = []() -> Module& {
    Module& m = define_module("numpy");
    m.add("pi", M_PI)
        .add("e", M_E)
        .add("inf", std::numeric_limits<double>::infinity())
        .add("nan", std::nan(""));
    for (const char* name : {"float64", "float32"})
      m.add(name, Value(const_cast<Type*>(&float_type())));
    for (const char* name : {"int64", "int32"}) m.add(name, Value(const_cast<Type*>(&int_type())));
    m.add("linalg", Value(const_cast<Module*>(&numpy_linalg_module())));
    m.add("ndarray", Value(const_cast<Type*>(&make_array({})->type())));
    add_elementwise(m), add_shapes(m), add_algebra(m);
    return m;
  }();
  return module;
}

}  // namespace cadrecode::interpreter
