// Text from values: format specifications, str.format, the % operator.
#pragma once

#include <string>
#include <string_view>

#include "language/interpreter/object.h"

namespace cadrecode::interpreter {

// format(value, spec): Python's format specification mini-language.
std::string format_value(const Value& value, std::string_view spec, Interpreter& interpreter);
// text % arguments
Value format_percent(const std::string& text, const Value& arguments, Interpreter& interpreter);
// text.format(*positional, **keywords)
std::string format_template(const std::string& text, const Arguments& arguments,
                            Interpreter& interpreter);
// chr(code)
std::string character(int64_t code);

}  // namespace cadrecode::interpreter
