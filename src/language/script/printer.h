// The syntax tree to program text: the inverse of parse().
//
// parse(print(p)) equals p as a tree, and print(parse(print(p))) equals
// print(p) as text. The style is that of common formatters: four spaces, blanks
// around operators, single quotes. Comments and layout of the original text are
// not kept.
#pragma once

#include <string>

#include "language/script/ast.h"

namespace cadrecode::script {

std::string print(const Program& program);
// One expression, without line ends.
std::string print(const Expr& expr);

// A string literal, and a number, as Python's repr writes them.
std::string quote(std::string_view text);
std::string number_text(double value);

}  // namespace cadrecode::script
