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
#include "language/interpreter/numpy_functions.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

// --- Making arrays ---

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

// --- Shapes ---

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
  for (const Reduction& r : reductions()) {
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
  for (const Reduction& r : reductions()) {
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
