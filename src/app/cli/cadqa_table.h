// The CAD-QA benchmark, answered from facts alone.
#pragma once

#include <string>

namespace cadrecode::cli {

// Answers every question under `folder`; a table on stdout, or a JSON row a question.
// Returns an exit code.
int run_cadqa(const std::string& folder, bool rows);

}  // namespace cadrecode::cli
