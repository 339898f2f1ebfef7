// The builtin functions that make or use iterators.
#pragma once

#include "language/interpreter/arguments.h"

namespace cadrecode::interpreter {

Value enumerate_of(Arguments& a, Interpreter& interpreter);
Value zip_of(Arguments& a, Interpreter& interpreter);
Value map_of(Arguments& a, Interpreter& interpreter);
Value filter_of(Arguments& a, Interpreter& interpreter);
Value reversed_of(Arguments& a, Interpreter& interpreter);
Value iter_of(Arguments& a, Interpreter& interpreter);
Value next_of(Arguments& a, Interpreter& interpreter);

}  // namespace cadrecode::interpreter
