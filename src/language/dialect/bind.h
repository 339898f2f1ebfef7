// Inside the recogniser: the arguments of a call onto parameter names.
#pragma once

#include "language/dialect/values.h"

namespace cadrecode::dialect {

// Positional arguments in order, keywords by name; `required` of the first must
// be there. Refuses stars, unknown and doubled names, and too many arguments.
template <size_t N>
Bound<N> Evaluator::bind(const script::CallExpr& call, const char* const (&names)[N],
                         size_t required) {
  Bound<N> out;
  size_t position = 0;
  for (const script::Argument& a : call.arguments) {
    if (a.star != script::Star::kNone) refuse("starred arguments");
    size_t i = position;
    if (a.name.empty()) {
      ++position;
    } else {
      for (i = 0; i < N && a.name != names[i]; ++i) {
      }
    }
    if (i >= N || out.at[i]) refuse("an argument this dialect does not know");
    out.at[i] = a.value;
  }
  for (size_t i = 0; i < required; ++i) {
    if (!out.at[i]) refuse("a missing argument '" + std::string(names[i]) + "'", Refusal::kValue);
  }
  return out;
}

}  // namespace cadrecode::dialect
