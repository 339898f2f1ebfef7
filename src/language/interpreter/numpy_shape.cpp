// Shapes of numpy arrays: transposing, reshaping, joining.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/numpy_functions.h"

namespace cadrecode::interpreter {

size_t dimension(const Value& v) {
  if (!v.is_integral() || v.as_int() < 0)
    throw_value_error("a dimension must be a non-negative integer");
  return static_cast<size_t>(v.as_int());
}

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

}  // namespace cadrecode::interpreter
