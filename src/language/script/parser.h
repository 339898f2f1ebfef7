// Tokens to the syntax tree: the second phase.
//
// The grammar is Python 3's without async, match, with, and complex numbers:
// those are understood and refused by an Error of kind `unsupported`. Anything
// that is no Python is an Error of kind `syntax`, anything nested deeper than
// kMaxNesting one of kind `limit`; each has the place of the offending token.
#pragma once

#include <memory>
#include <string>

#include "language/script/ast.h"

namespace cadrecode::script {

// The tree owns a copy of the text. `file` is what places show.
std::unique_ptr<Program> parse(std::string text, std::string file = {});

}  // namespace cadrecode::script
