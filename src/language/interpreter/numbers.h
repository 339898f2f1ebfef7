// Conversions between numbers and other values, for builtins and modules.
#pragma once

#include <functional>
#include <initializer_list>

#include "language/interpreter/function.h"
#include "language/interpreter/object.h"

namespace cadrecode::interpreter {

// Calls the first of the methods that the program's class of `value` defines;
// unset when there is none.
Value call_special_method(const Value& value, std::initializer_list<const char*> names,
                          Interpreter& interpreter);

// round(number, digits): half to even, exact on the decimal digits.
double round_float(double number, int64_t digits);
int64_t round_to_integer(double number);

// A number argument of a math function: int, float, bool or __float__.
double real_number(const Value& value, Interpreter& interpreter);

// An iterator made of a C++ function that gives false at the end.
Value make_iterator(std::function<bool(Value& out, Interpreter&)> next);

}  // namespace cadrecode::interpreter
