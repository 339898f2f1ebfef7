// "Did you mean …?" for a mistyped command or option.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace cadrecode::cli {

// The name in `app` or its subcommands nearest to a word of `message`; empty
// when nothing is near.
std::string suggestion(const CLI::App& app, const std::string& message);

}  // namespace cadrecode::cli
