// The rows of cadrecode_v15_dev.jsonl.xz, or none where the corpus is absent.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace cadrecode {

inline std::vector<nlohmann::json> v15_corpus() {
  const char* given = std::getenv("CADRECODE_CORPUS");
  const auto path =
      std::filesystem::path(given ? given : "../shared/corpus") / "cadrecode_v15_dev.jsonl.xz";
  std::vector<nlohmann::json> rows;
  if (!std::filesystem::exists(path)) return rows;
  FILE* pipe = popen(("xz -dc '" + path.string() + "'").c_str(), "r");
  if (!pipe) return rows;
  std::string text;
  char block[1 << 16];
  for (size_t n; (n = fread(block, 1, sizeof block, pipe)) > 0;) text.append(block, n);
  pclose(pipe);
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    rows.push_back(nlohmann::json::parse(text.substr(at, end - at)));
    at = end + 1;
  }
  return rows;
}

inline const char* no_corpus() {
  return "NOT TESTED: no corpus (set CADRECODE_CORPUS to the folder that holds "
         "cadrecode_v15_dev.jsonl.xz)";
}

}  // namespace cadrecode
