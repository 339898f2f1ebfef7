#include "language/interpreter/numpy_array.h"

#include <algorithm>
#include <cmath>

#include "language/interpreter/containers.h"
#include "language/interpreter/heap.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

Array::Array(std::vector<double> values, size_t r, size_t c, bool two, ArrayKind k)
    : data(std::move(values)), rows(r), cols(c), two_dimensional(two), kind(k) {
  heap_add(data.size() * sizeof(double) + 64);
}
Array::~Array() { heap_remove(data.size() * sizeof(double) + 64); }

ArrayRef make_array(std::vector<double> data, ArrayKind kind) {
  const size_t n = data.size();
  return make<Array>(std::move(data), 1, n, false, kind);
}

ArrayRef make_matrix(std::vector<double> data, size_t rows, size_t cols, ArrayKind kind) {
  return make<Array>(std::move(data), rows, cols, true, kind);
}

Value number_value(double number, ArrayKind kind) {
  if (kind == ArrayKind::kBool) return number != 0;
  if (kind == ArrayKind::kInt) return float_to_int(number);
  return number;
}

Value Array::element(size_t i) const { return number_value(data[i], kind); }

Value Array::row(size_t i) const {
  if (!two_dimensional) return element(i);
  const auto begin = data.begin() + static_cast<std::ptrdiff_t>(i * cols);
  return make_array({begin, begin + static_cast<std::ptrdiff_t>(cols)}, kind);
}

namespace {

ArrayKind kind_of(const Value& number) {
  return number.is_bool()  ? ArrayKind::kBool
         : number.is_int() ? ArrayKind::kInt
                           : ArrayKind::kFloat;
}

[[noreturn]] void unsupported_elements(const Value& value) {
  throw Error(
      ErrorKind::kUnsupported,
      "numpy arrays hold numbers here, in one or two dimensions; not '" + type_name(value) + "'");
}

}  // namespace

ArrayRef to_array(const Value& value, Interpreter& interpreter) {
  if (auto* array = value.as<Array>()) return ArrayRef(array);
  if (value.is_number()) return make_array({value.as_double()}, kind_of(value));
  if (!value.is_object() || value.is_str()) unsupported_elements(value);
  const std::vector<Value> items = elements(value, interpreter);
  std::vector<double> data;
  ArrayKind kind = items.empty() ? ArrayKind::kFloat : ArrayKind::kBool;
  const bool nested = !items.empty() && !items[0].is_number();
  size_t cols = 0;
  for (const Value& item : items) {
    if (!nested) {
      if (!item.is_number()) unsupported_elements(item);
      kind = std::max(kind, kind_of(item));
      data.push_back(item.as_double());
      continue;
    }
    if (item.is_number())
      throw_value_error("setting an array element with a sequence: the rows differ in length");
    const ArrayRef row = to_array(item, interpreter);
    if (row->two_dimensional) unsupported_elements(item);
    if (&item != &items[0] && row->cols != cols)
      throw_value_error("the rows of an array differ in length");
    cols = row->cols;
    kind = std::max(kind, row->kind);
    data.insert(data.end(), row->data.begin(), row->data.end());
    interpreter.charge_memory(data.size() * sizeof(double));
  }
  return nested ? make_matrix(std::move(data), items.size(), cols, kind)
                : make_array(std::move(data), kind);
}

Value broadcast(const Value& a, const Value& b, Interpreter& interpreter,
                const std::function<double(double, double)>& f,
                const std::function<ArrayKind(ArrayKind, ArrayKind)>& kind) {
  if (a.is_number() && b.is_number()) {
    return number_value(f(a.as_double(), b.as_double()), kind(kind_of(a), kind_of(b)));
  }
  const ArrayRef x = to_array(a, interpreter), y = to_array(b, interpreter);
  const bool fits = (x->rows == y->rows || x->rows == 1 || y->rows == 1) &&
                    (x->cols == y->cols || x->cols == 1 || y->cols == 1);
  if (!fits) throw_value_error("operands could not be broadcast together");
  const size_t rows = x->rows == 1 ? y->rows : x->rows, cols = x->cols == 1 ? y->cols : x->cols;
  interpreter.charge(rows * cols / 8);
  interpreter.charge_memory(rows * cols * sizeof(double));
  std::vector<double> out(rows * cols);
  for (size_t r = 0; r < rows; ++r) {
    for (size_t c = 0; c < cols; ++c) {
      out[r * cols + c] = f(x->data[(x->rows == 1 ? 0 : r) * x->cols + (x->cols == 1 ? 0 : c)],
                            y->data[(y->rows == 1 ? 0 : r) * y->cols + (y->cols == 1 ? 0 : c)]);
    }
  }
  return make<Array>(std::move(out), rows, cols, x->two_dimensional || y->two_dimensional,
                     kind(x->kind, y->kind));
}

Value elementwise(const Value& x, Interpreter& interpreter, double (*f)(double), bool keeps_kind) {
  const auto kind = [&](ArrayKind k) {
    return keeps_kind ? std::max(k, ArrayKind::kInt) : ArrayKind::kFloat;
  };
  if (x.is_number()) return number_value(f(x.as_double()), kind(kind_of(x)));
  const ArrayRef array = to_array(x, interpreter);
  interpreter.charge(array->data.size() / 8);
  std::vector<double> out(array->data.size());
  std::transform(array->data.begin(), array->data.end(), out.begin(), f);
  return make<Array>(std::move(out), array->rows, array->cols, array->two_dimensional,
                     kind(array->kind));
}

double pairwise_sum(const double* data, size_t n, size_t stride) {
  if (n < 8) {
    double sum = 0;
    for (size_t i = 0; i < n; ++i) sum += data[i * stride];
    return sum;
  }
  if (n <= 128) {
    double r[8];
    for (size_t k = 0; k < 8; ++k) r[k] = data[k * stride];
    size_t i = 8;
    for (; i + 8 <= n; i += 8) {
      for (size_t k = 0; k < 8; ++k) r[k] += data[(i + k) * stride];
    }
    double sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < n; ++i) sum += data[i * stride];
    return sum;
  }
  const size_t half = n / 2 - n / 2 % 8;
  return pairwise_sum(data, half, stride) + pairwise_sum(data + half * stride, n - half, stride);
}

Value matrix_product(const Value& a, const Value& b, Interpreter& interpreter) {
  const ArrayRef x = to_array(a, interpreter), y = to_array(b, interpreter);
  const size_t inner = y->two_dimensional ? y->rows : y->cols,
               cols = y->two_dimensional ? y->cols : 1;
  if (x->cols != inner)
    throw_value_error("shapes do not fit for a product: " + std::to_string(x->cols) + " and " +
                      std::to_string(inner));
  interpreter.charge(x->rows * inner * cols / 8);
  interpreter.charge_memory(x->rows * cols * sizeof(double));
  std::vector<double> out(x->rows * cols);
  for (size_t r = 0; r < x->rows; ++r) {
    for (size_t c = 0; c < cols; ++c) {
      for (size_t k = 0; k < inner; ++k)
        out[r * cols + c] += x->data[r * x->cols + k] * y->data[k * cols + c];
    }
  }
  const ArrayKind kind = std::max({x->kind, y->kind, ArrayKind::kInt});
  if (!x->two_dimensional && !y->two_dimensional) return number_value(out[0], kind);
  if (x->two_dimensional && y->two_dimensional)
    return make_matrix(std::move(out), x->rows, cols, kind);
  return make_array(std::move(out), kind);
}

// --- Operators ---

namespace {

double apply(BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return a + b;
    case BinaryOp::kSubtract:
      return a - b;
    case BinaryOp::kMultiply:
      return a * b;
    case BinaryOp::kDivide:
      return a / b;
    case BinaryOp::kFloorDivide:
      return std::floor(a / b);
    case BinaryOp::kModulo:
      return b == 0 ? std::nan("") : float_modulo(a, b);
    case BinaryOp::kPower:
      return std::pow(a, b);
    case BinaryOp::kAnd:
      return a != 0 && b != 0;
    case BinaryOp::kOr:
      return a != 0 || b != 0;
    default:
      return (a != 0) != (b != 0);
  }
}

bool holds(CompareOp op, double a, double b) {
  switch (op) {
    case CompareOp::kEqual:
      return a == b;
    case CompareOp::kNotEqual:
      return a != b;
    case CompareOp::kLess:
      return a < b;
    case CompareOp::kLessEqual:
      return a <= b;
    case CompareOp::kGreater:
      return a > b;
    default:
      return a >= b;
  }
}

bool is_operand(const Value& v) {
  return v.is_number() || v.is_list() || v.is_tuple() || v.as<Array>() || v.as<Range>();
}

}  // namespace

Value Array::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  if (!is_operand(other)) return {};
  const Value self(this);
  const Value& a = reflected ? other : self;
  const Value& b = reflected ? self : other;
  if (op == BinaryOp::kMatrixMultiply) return matrix_product(a, b, interpreter);
  const bool logic = op == BinaryOp::kAnd || op == BinaryOp::kOr || op == BinaryOp::kXor;
  if (op == BinaryOp::kShiftLeft || op == BinaryOp::kShiftRight) return {};
  return broadcast(
      a, b, interpreter, [op](double x, double y) { return apply(op, x, y); },
      [op, logic](ArrayKind x, ArrayKind y) {
        if (logic) {
          if (x != ArrayKind::kBool || y != ArrayKind::kBool)
            throw_type_error("numpy's & | ^ are for arrays of bool here");
          return ArrayKind::kBool;
        }
        return op == BinaryOp::kDivide ? ArrayKind::kFloat : std::max({x, y, ArrayKind::kInt});
      });
}

Value Array::unary(UnaryOp op, Interpreter& interpreter) {
  const Value self(this);
  if (op == UnaryOp::kPositive) return self;
  if (op == UnaryOp::kNegative)
    return elementwise(
        self, interpreter, [](double x) { return -x; }, true);
  if (kind != ArrayKind::kBool) return {};
  std::vector<double> out(data.size());
  std::transform(data.begin(), data.end(), out.begin(),
                 [](double x) { return x == 0 ? 1.0 : 0.0; });
  return make<Array>(std::move(out), rows, cols, two_dimensional, ArrayKind::kBool);
}

Value Array::compare(CompareOp op, const Value& other, Interpreter& interpreter) {
  if (!is_operand(other)) return {};
  return broadcast(
      Value(this), other, interpreter,
      [op](double x, double y) { return holds(op, x, y) ? 1.0 : 0.0; },
      [](ArrayKind, ArrayKind) { return ArrayKind::kBool; });
}

bool Array::truth(Interpreter&) {
  if (data.size() == 1) return data[0] != 0;
  if (data.empty()) return false;
  throw_value_error(
      "The truth value of an array with more than one element is ambiguous. Use a.any() or "
      "a.all()");
}

size_t Array::hash(Interpreter&) { throw_type_error("unhashable type: 'numpy.ndarray'"); }

bool Array::contains(const Value& element, Interpreter&) {
  return element.is_number() &&
         std::find(data.begin(), data.end(), element.as_double()) != data.end();
}

Ref<Iterator> Array::iterate(Interpreter& interpreter) {
  std::vector<Value> items;
  interpreter.charge(size());
  interpreter.charge_memory(size() * sizeof(Value));
  for (size_t i = 0; i < size(); ++i) items.push_back(row(i));
  return iterate_values(std::move(items));
}

// --- Indices ---

namespace {

// The positions an index takes from a dimension, and whether it keeps it.
std::vector<size_t> positions(const Value& index, size_t length, bool& keeps,
                              Interpreter& interpreter) {
  keeps = true;
  if (const auto* slice = index.as<Slice>()) return slice_positions(*slice, length);
  if (index.is_int()) {
    keeps = false;
    return {sequence_index(index, length, "array")};
  }
  const ArrayRef chosen = to_array(index, interpreter);
  std::vector<size_t> out;
  if (chosen->two_dimensional)
    throw Error(ErrorKind::kUnsupported, "indexing with a two-dimensional array is not supported");
  if (chosen->kind == ArrayKind::kBool) {
    if (chosen->cols != length) throw_index_error("boolean index did not match the array");
    for (size_t i = 0; i < length; ++i) {
      if (chosen->data[i] != 0) out.push_back(i);
    }
    return out;
  }
  for (size_t i = 0; i < chosen->cols; ++i)
    out.push_back(sequence_index(chosen->element(i), length, "array"));
  return out;
}

struct Selection {
  std::vector<size_t> rows, cols;
  bool keeps_rows, keeps_cols;
};

Selection select(const Array& array, const Value& index, Interpreter& interpreter) {
  Selection s{{0}, {}, false, true};
  const Slice all(Value::none(), Value::none(), Value::none());
  const std::vector<Value> parts =
      index.is_tuple() ? index.as_tuple().items() : std::vector<Value>{index};
  if (parts.size() > (array.two_dimensional ? 2U : 1U) || parts.empty())
    throw_index_error("too many indices for array");
  if (!array.two_dimensional) {
    s.cols = positions(parts[0], array.cols, s.keeps_cols, interpreter);
    return s;
  }
  s.rows = positions(parts[0], array.rows, s.keeps_rows, interpreter);
  s.cols = parts.size() == 2 ? positions(parts[1], array.cols, s.keeps_cols, interpreter)
                             : slice_positions(all, array.cols);
  return s;
}

}  // namespace

Value Array::item(const Value& index, Interpreter& interpreter) {
  const Selection s = select(*this, index, interpreter);
  interpreter.charge(s.rows.size() * s.cols.size() / 8);
  interpreter.charge_memory(s.rows.size() * s.cols.size() * sizeof(double));
  std::vector<double> out;
  for (size_t r : s.rows) {
    for (size_t c : s.cols) out.push_back(data[r * cols + c]);
  }
  if (!s.keeps_rows && !s.keeps_cols) return number_value(out[0], kind);
  if (s.keeps_rows && s.keeps_cols)
    return make_matrix(std::move(out), s.rows.size(), s.cols.size(), kind);
  return make_array(std::move(out), kind);
}

void Array::set_item(const Value& index, const Value& value, Interpreter& interpreter) {
  const Selection s = select(*this, index, interpreter);
  const ArrayRef source = to_array(value, interpreter);
  const size_t n = s.rows.size() * s.cols.size();
  const bool rowwise = source->data.size() == s.cols.size();
  if (source->data.size() != 1 && source->data.size() != n && !rowwise) {
    throw_value_error("could not broadcast input array into the selected shape");
  }
  const std::vector<double> from = source->data;  // may be this very array
  for (size_t i = 0; i < n; ++i) {
    const double x = from.size() == 1   ? from[0]
                     : from.size() == n ? from[i]
                                        : from[i % s.cols.size()];
    data[s.rows[i / s.cols.size()] * cols + s.cols[i % s.cols.size()]] =
        kind == ArrayKind::kFloat ? x : std::trunc(x);
  }
}

// --- Text ---

std::string Array::str(Interpreter& interpreter) {
  const auto number = [&](double x) {
    if (kind == ArrayKind::kBool) return std::string(x != 0 ? "True" : "False");
    std::string text = float_repr(x);
    if (text.ends_with(".0")) text.resize(text.size() - (kind == ArrayKind::kInt ? 2 : 1));
    return text;
  };
  std::string out = two_dimensional ? "[" : "";
  for (size_t r = 0; r < rows; ++r) {
    out += r > 0 ? "\n [" : "[";
    for (size_t c = 0; c < cols; ++c) out += (c > 0 ? " " : "") + number(data[r * cols + c]);
    out += "]";
    interpreter.charge_memory(out.size());
  }
  return out + (two_dimensional ? "]" : "");
}

std::string Array::repr(Interpreter& interpreter) { return "array(" + str(interpreter) + ")"; }

}  // namespace cadrecode::interpreter
