#include "language/interpreter/modules.h"

#include <array>

#include "language/interpreter/evaluator.h"

namespace cadrecode::interpreter {

const Module* find_language_module(std::string_view name) {
  struct Entry {
    std::string_view name;
    const Module& (*module)();
  };
  static constexpr std::array<Entry, 14> kModules = {{
      {"math", math_module},
      {"random", random_module},
      {"itertools", itertools_module},
      {"functools", functools_module},
      {"typing", typing_module},
      {"collections", collections_module},
      {"collections.abc", typing_module},
      {"dataclasses", dataclasses_module},
      {"enum", enum_module},
      {"copy", copy_module},
      {"operator", operator_module},
      {"__future__", future_module},
      {"numpy", numpy_module},
      {"numpy.linalg", numpy_linalg_module},
  }};
  for (const Entry& entry : kModules) {
    if (entry.name == name) return &entry.module();
  }
  return nullptr;
}

}  // namespace cadrecode::interpreter
