// Python's operators on any two values: numbers at once, everything else
// through the objects' own methods (binary, compare, item, …).
#pragma once

#include "language/interpreter/object.h"
#include "language/interpreter/value.h"

namespace cadrecode::interpreter {

Value binary(BinaryOp op, const Value& a, const Value& b, Interpreter& interpreter);
// a op= b: a list grows in place, everything else is a op b.
Value binary_in_place(BinaryOp op, const Value& a, const Value& b, Interpreter& interpreter);
Value unary(UnaryOp op, const Value& a, Interpreter& interpreter);
Value compare(CompareOp op, const Value& a, const Value& b, Interpreter& interpreter);
// a < b as a truth value, for sorting.
bool less(const Value& a, const Value& b, Interpreter& interpreter);
bool contains(const Value& container, const Value& element, Interpreter& interpreter);

Ref<Iterator> iterate(const Value& iterable, Interpreter& interpreter);
Value get_item(const Value& object, const Value& index, Interpreter& interpreter);
void set_item(const Value& object, const Value& index, const Value& value,
              Interpreter& interpreter);
void delete_item(const Value& object, const Value& index, Interpreter& interpreter);
Value get_attribute(const Value& object, std::string_view name, Interpreter& interpreter);
// Null-like: unset instead of AttributeError or unsupported Error.
Value find_attribute(const Value& object, std::string_view name, Interpreter& interpreter);
void set_attribute(const Value& object, std::string_view name, const Value& value,
                   Interpreter& interpreter);

// Integers only; each raises what Python raises, or Error(limit) on overflow.
int64_t floor_divide(int64_t a, int64_t b);
int64_t modulo(int64_t a, int64_t b);
int64_t integer_power(int64_t base, int64_t exponent);
double float_modulo(double a, double b);
// A float without fraction as an int; Error(limit) when it does not fit.
int64_t float_to_int(double number);
[[noreturn]] void throw_integer_overflow();

}  // namespace cadrecode::interpreter
