// The CAD-QA benchmark, answered from facts alone or by a language model.
#pragma once

#include <string>

#include "pipeline/ask/tools.h"

namespace cadrecode::cli {

// Answers every question under `folder`; a table on stdout, or a JSON row a question.
// With a server its model answers, given what `context` says and the measuring
// functions; without, the grammar does. Returns an exit code.
int run_cadqa(const std::string& folder, bool rows, const chat::Server* server = nullptr,
              ask::Context context = ask::Context::kBoth);

}  // namespace cadrecode::cli
