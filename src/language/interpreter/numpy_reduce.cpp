// Reductions of numpy arrays.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/numpy_functions.h"

namespace cadrecode::interpreter {
namespace {

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
double any_of(const double* d, size_t n, size_t s) {
  for (size_t i = 0; i < n; ++i) {
    if (d[i * s] != 0) return 1;
  }
  return 0;
}

constexpr Reduction kReductions[] = {
    {"sum", pairwise_sum, Result::kCount}, {"mean", mean_of, Result::kFloat},
    {"prod", product_of, Result::kCount},  {"min", least_of, Result::kSame},
    {"max", most_of, Result::kSame},       {"std", deviation_of, Result::kFloat},
    {"any", any_of, Result::kBool},        {"all", all_of, Result::kBool},
};

}  // namespace

std::span<const Reduction> reductions() { return kReductions; }

double all_of(const double* d, size_t n, size_t s) {
  for (size_t i = 0; i < n; ++i) {
    if (d[i * s] == 0) return 0;
  }
  return 1;
}
double norm_of(const double* d, size_t n, size_t s) {
  double sum = 0;
  for (size_t i = 0; i < n; ++i) sum += d[i * s] * d[i * s];
  return std::sqrt(sum);
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

}  // namespace cadrecode::interpreter
