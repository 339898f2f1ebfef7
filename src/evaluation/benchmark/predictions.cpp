#include "evaluation/benchmark/predictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ByPart = std::map<std::string, std::vector<Candidate>>;

constexpr const char* kMissing = "no prediction";

Candidate nothing(const std::string& message = kMissing) { return {{}, "missing", message, {}}; }

void put(std::vector<Candidate>& list, size_t k, Candidate candidate) {
  while (list.size() <= k) list.push_back(nothing());
  list[k] = std::move(candidate);
}

// Programs before solids before meshes; -1: no prediction.
int rank_of(const std::string& extension) {
  static const std::map<std::string, int> ranks = {{".py", 0},   {".step", 1}, {".stp", 1},
                                                   {".brep", 2}, {".stl", 3},  {".obj", 3},
                                                   {".ply", 3},  {".off", 3}};
  const auto at = ranks.find(extension);
  return at == ranks.end() ? -1 : at->second;
}

struct Name {
  std::string id;
  size_t candidate = 0;
};

// "00012+3" -> 00012, 3.
Name name_of(const std::string& stem) {
  const size_t plus = stem.rfind('+');
  const bool numbered = plus != std::string::npos && plus > 0 && plus + 1 < stem.size() &&
                        stem.size() - plus <= 5 &&
                        stem.find_first_not_of("0123456789", plus + 1) == std::string::npos;
  if (!numbered) return {stem, 0};
  return {stem.substr(0, plus), static_cast<size_t>(std::stoul(stem.substr(plus + 1)))};
}

void read_folder(const std::string& folder, const std::string& below, ByPart& out) {
  std::map<std::pair<std::string, size_t>, std::pair<int, std::string>> best;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const int rank = rank_of(lower_extension(entry.path().string()));
    if (rank < 0) continue;
    fs::path relative = entry.path().lexically_relative(below.empty() ? folder : below);
    const Name name = name_of(relative.replace_extension().generic_string());
    auto& place = best[{name.id, name.candidate}];
    const std::pair<int, std::string> found{rank, entry.path().string()};
    if (place.second.empty() || found < place) place = found;
  }
  for (const auto& [key, file] : best)
    put(out[key.first], key.second, {{file.second, {}}, {}, {}, {}});
}

// results/<model>/generated_{code,step,stl}: one folder after the other, the
// first that has a part's candidate wins.
bool read_opencadrecode(const std::string& folder, ByPart& out) {
  constexpr std::array kFolders = {"generated_code", "generated_step", "generated_stl"};
  bool any = false;
  for (const char* name : kFolders) {
    const std::string inside = folder + "/" + name;
    if (!fs::is_directory(inside)) continue;
    any = true;
    ByPart found;
    read_folder(inside, inside, found);
    for (auto& [id, list] : found) {
      for (size_t k = 0; k < list.size(); ++k) {
        auto& mine = out[id];
        if (k >= mine.size() || mine[k].answer.missing()) put(mine, k, std::move(list[k]));
      }
    }
  }
  return any;
}

void read_rows(const std::string& path, const std::string& wanted, ByPart& out) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::kInput, "cannot read '" + path + "'", {path, 0, 0});
  const std::string key = wanted.empty() ? "code" : wanted;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const json row = json::parse(line, nullptr, false);
    if (!row.is_object() || !row.contains("id") || !row["id"].is_string())
      throw Error(ErrorKind::kInput, "a row needs 'id', and '" + key + "' or 'path'",
                  {path, number, 0});
    auto& list = out[row["id"].get<std::string>()];
    size_t k = list.size();
    if (const auto sample = row.find("sample"); sample != row.end() && sample->is_number_unsigned())
      k = std::min<size_t>(sample->get<size_t>(), 99'999);
    Candidate c;
    if (row.contains(key) && row[key].is_string()) {
      c.answer.code = row[key].get<std::string>();
    } else if (row.contains("path") && row["path"].is_string()) {
      c.answer.path = row["path"].get<std::string>();
    } else if (row.contains(key) && row[key].is_null()) {
      c = nothing();
    } else {
      throw Error(ErrorKind::kInput, "a row without '" + key + "'", {path, number, 0});
    }
    if (const auto tokens = row.find("tokens"); tokens != row.end() && tokens->is_number_unsigned())
      c.tokens = tokens->get<uint64_t>();
    put(list, k, std::move(c));
  }
}

}  // namespace

ByPart read_predictions(const std::string& path, const std::string& key) {
  if (!fs::exists(path))
    throw Error(ErrorKind::kInput, "there are no predictions '" + path + "'", {path, 0, 0});
  ByPart out;
  if (!fs::is_directory(path)) {
    read_rows(path, key, out);
  } else if (!read_opencadrecode(path, out)) {
    read_folder(path, "", out);
  }
  if (out.empty())
    throw Error(ErrorKind::kInput, "'" + path + "' holds no program, solid or mesh", {path, 0, 0});
  return out;
}

}  // namespace cadrecode::benchmark
