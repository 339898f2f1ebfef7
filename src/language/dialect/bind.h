// Inside the recogniser: the arguments of a call onto parameter names.
#pragma once

#include <string_view>

#include "language/dialect/values.h"

namespace cadrecode::dialect {

// Which of `count` parameters an argument is for: the next by position, which then
// moves on, or the one of its name; `count` and above: none. Refuses stars.
template <typename NameOf>
size_t Evaluator::parameter_of(const script::Argument& a, size_t& position, size_t count,
                               const NameOf& name_of) {
  if (a.star != script::Star::kNone) refuse("starred arguments");
  if (a.name.empty()) return position++;
  size_t i = 0;
  while (i < count && name_of(i) != a.name) ++i;
  return i;
}

// Positional arguments in order, keywords by name; `required` of the first must
// be there. Refuses stars, unknown and doubled names, and too many arguments.
template <size_t N>
Bound<N> Evaluator::bind(const script::CallExpr& call, const char* const (&names)[N],
                         size_t required) {
  Bound<N> out;
  size_t position = 0;
  for (const script::Argument& a : call.arguments) {
    const size_t i =
        parameter_of(a, position, N, [&](size_t k) { return std::string_view(names[k]); });
    if (i >= N || out.at[i]) refuse("an argument this dialect does not know");
    out.at[i] = a.value;
  }
  for (size_t i = 0; i < required; ++i) {
    if (!out.at[i]) refuse("a missing argument '" + std::string(names[i]) + "'", Refusal::kValue);
  }
  return out;
}

}  // namespace cadrecode::dialect
