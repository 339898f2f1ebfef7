// The modules a program can import: `cadquery` with its submodules.
#pragma once

#include "language/interpreter/interpreter.h"

namespace cadrecode::cadquery {

// `import cadquery as cq`, `from cadquery import *`. Immortal, shared by all threads.
const interpreter::Module& cadquery_module();

// Makes the modules importable and sets the builtins show_object and debug. The interpreter's
// context must be a RunState.
void install(interpreter::Interpreter& interpreter);

}  // namespace cadrecode::cadquery
