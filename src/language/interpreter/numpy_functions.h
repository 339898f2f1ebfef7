// What numpy's module and its array type both offer: reductions and shapes.
// Private to the room.
#pragma once

#include <span>
#include <vector>

#include "language/interpreter/numpy_array.h"

namespace cadrecode::interpreter {

// f over n numbers, `stride` apart.
using Reduce = double (*)(const double* data, size_t n, size_t stride);

enum class Result { kFloat, kSame, kBool, kCount };
ArrayKind result_kind(Result result, ArrayKind kind);

struct Reduction {
  const char* name;
  Reduce f;
  Result result;
};

// sum, mean, prod, min, max, std, any, all.
std::span<const Reduction> reductions();
double norm_of(const double* data, size_t n, size_t stride);
double all_of(const double* data, size_t n, size_t stride);

// Over everything (axis None), or along one axis of a 2-D array.
Value reduced(const ArrayRef& array, const Value& axis, Reduce f, ArrayKind kind);
Value position_of(const ArrayRef& array, bool least);  // argmin, argmax
Value cumulative(const ArrayRef& array);               // cumsum

size_t dimension(const Value& v);
Value transposed(const ArrayRef& array);
Value reshaped(const ArrayRef& array, const std::vector<Value>& shape, Interpreter& in);
Value nested_list(const ArrayRef& array, Interpreter& in);
// Arrays one below the other (`down`), or side by side.
Value stacked(const std::vector<Value>& parts, bool down, bool as_rows, Interpreter& in);

}  // namespace cadrecode::interpreter
