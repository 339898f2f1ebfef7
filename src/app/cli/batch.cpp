#include "app/cli/batch.h"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/files.h"

namespace cadrecode::cli {
namespace {

using execute::Failure;
using execute::Job;
using nlohmann::json;

Job bad_row(size_t number, const std::string& message) {
  Job job;
  job.id = fmt::format("line {}", number);
  job.refused = Failure{ErrorKind::kInput, fmt::format("row {}: {}", number, message)};
  return job;
}

Job job_from_row(const std::string& line, size_t number) {
  json row = json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (row.is_discarded() || !row.is_object()) return bad_row(number, "not a JSON object");
  if (!row.contains("code") || !row["code"].is_string()) {
    return bad_row(number, "no text under the key 'code'");
  }
  Job job;
  job.code = row["code"].get<std::string>();
  job.id = fmt::format("{}", number);
  if (row.contains("id"))
    job.id = row["id"].is_string() ? row["id"].get<std::string>() : row["id"].dump();
  return job;
}

}  // namespace

std::function<std::optional<Job>()> jobs_from_files(std::vector<std::string> paths) {
  return [paths = std::move(paths), at = size_t{0}]() mutable -> std::optional<Job> {
    if (at == paths.size()) return std::nullopt;
    Job job;
    job.id = paths[at++];
    try {
      job.code = read_file(job.id, size_t{64} << 20);
    } catch (const Error& error) {
      job.refused = Failure{error.kind(), error.what()};
    }
    return job;
  };
}

std::function<std::optional<Job>()> jobs_from_rows(const std::string& path) {
  auto file = std::make_shared<std::ifstream>();
  if (path != "-") {
    file->open(path);
    if (!*file) throw Error(ErrorKind::kInput, "cannot read '" + path + "'", {path, 0, 0});
  }
  return [file, path, number = size_t{0}]() mutable -> std::optional<Job> {
    std::istream& in = path == "-" ? std::cin : *file;
    std::string line;
    while (std::getline(in, line)) {
      ++number;
      if (line.find_first_not_of(" \t\r") != std::string::npos) return job_from_row(line, number);
    }
    return std::nullopt;
  };
}

}  // namespace cadrecode::cli
