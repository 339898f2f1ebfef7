// Whatever the user points at, as a facts sheet.
#pragma once

#include <string>

#include "pipeline/execute/execute.h"
#include "pipeline/sheet/sheet.h"

namespace cadrecode::ask {

// Programs and B-rep files go through the executor, meshes are read here. `unit` is
// what a unit of a program or a mesh is; STEP files come in mm. Errors: those of the
// program (with its place) or the reader; kUnsupported for clouds and for extensions
// nobody knows.
sheet::Sheet load_sheet(const std::string& path, execute::Executor& executor,
                        const std::string& unit = "mm");

// The same of a program's text; `id` is for messages.
sheet::Sheet sheet_of_program(const std::string& code, const std::string& id,
                              execute::Executor& executor, const std::string& unit = "mm");

// Limits under which a large STEP file is still read: two minutes of CPU time.
execute::Limits file_limits();

}  // namespace cadrecode::ask
