// Where `run` takes its programs from.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/execute/execute.h"

namespace cadrecode::cli {

// Programs in files; the id is the file's name as given.
std::function<std::optional<execute::Job>()> jobs_from_files(std::vector<std::string> paths);

// JSON Lines with `id` and `code`, from a file or "-" for stdin, read one line
// at a time. A damaged row becomes a job whose error says which line it was, so
// it costs only itself.
std::function<std::optional<execute::Job>()> jobs_from_rows(const std::string& path);

}  // namespace cadrecode::cli
