// Sorting as Python's: stable, by key, safe for any comparison.
#pragma once

#include <vector>

#include "language/interpreter/object.h"

namespace cadrecode::interpreter {

void sort_values(std::vector<Value>& items, const Value& key, bool reverse,
                 Interpreter& interpreter);

}  // namespace cadrecode::interpreter
