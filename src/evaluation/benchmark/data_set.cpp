#include "evaluation/benchmark/data_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "evaluation/benchmark/catalogue.h"
#include "learning/convert/program.h"
#include "learning/convert/sequence.h"
#include "learning/dataset/shard_set.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::set<std::string> kExtensions = {".py",  ".step", ".stp", ".brep", ".brp",
                                           ".stl", ".ply",  ".obj", ".off",  ".3mf"};
const std::set<std::string> kScans = {".stl", ".ply", ".obj", ".off",  ".3mf", ".npy",  ".xyz",
                                      ".pts", ".asc", ".pcd", ".step", ".stp", ".brep", ".py"};

using Files = std::vector<std::pair<std::string, std::string>>;

Files files_of(const std::string& folder, const std::set<std::string>& extensions) {
  std::map<std::string, std::vector<std::string>> by_stem;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || !extensions.count(lower_extension(entry.path().string())))
      continue;
    fs::path name = entry.path().lexically_relative(folder);
    by_stem[name.replace_extension().generic_string()].push_back(entry.path().string());
  }
  Files out;
  for (auto& [id, paths] : by_stem) {
    for (const std::string& path : paths) {
      out.emplace_back(
          paths.size() == 1 ? id : fs::path(path).lexically_relative(folder).generic_string(),
          path);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool holds_shards(const std::string& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("shard-", 0) == 0 && name.ends_with(".jsonl.zst")) return true;
  }
  return false;
}

using Parts = std::vector<PartRef>;

void add(Parts& parts, std::string id, score::Input truth) {
  parts.push_back({0, std::move(id), std::move(truth), {}});
}

Parts of_rows(const DataConfig& c) {
  std::ifstream file(c.path, std::ios::binary);
  if (!file) throw Error(ErrorKind::kInput, "cannot read '" + c.path + "'", {c.path, 0, 0});
  const std::string key = c.key.empty() ? "code" : c.key;
  Parts parts;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const json row = json::parse(line, nullptr, false);
    const auto text = [&](const std::string& name) -> std::optional<std::string> {
      const auto at = row.find(name);
      if (at == row.end() || !at->is_string()) return std::nullopt;
      return at->get<std::string>();
    };
    if (!row.is_object() || !text("id") || (!text(key) && !text("path"))) {
      throw Error(ErrorKind::kInput, "a row needs 'id', and '" + key + "' or 'path'",
                  {c.path, number, 0});
    }
    if (auto code = text(key)) {
      add(parts, *text("id"), {"", std::move(code)});
    } else {
      add(parts, *text("id"), {*text("path"), {}});
    }
  }
  return parts;
}

Parts of_shards(const DataConfig& c) {
  const dataset::ShardSet set(c.path);
  Parts parts;
  for (uint64_t i = 0; i < set.size(); ++i) {
    dataset::Row row = set.row(i);
    add(parts, std::move(row.id), {"", std::move(row.code)});
  }
  return parts;
}

Parts of_archive(const DataConfig& c) {
  const auto archive =
      c.archive == "deepcad" ? convert::Archive::kDeepcad : convert::Archive::kFusion360;
  Parts parts;
  for (auto& [id, path] : files_of(c.path, {".json"})) {
    // A sequence that cannot be read is a truth that fails, not the end of all.
    std::string code;
    try {
      const auto sequence = convert::read_sequence(read_file(path), archive, path);
      code = convert::to_program(sequence.part, convert::Form::kExact).code;
    } catch (const Error& error) {
      code = "# " + std::string(error.what()) + "\n";
    }
    add(parts, id, {"", std::move(code)});
  }
  return parts;
}

Parts of_files(const DataConfig& c) {
  Parts parts;
  for (auto& [id, path] : part_files(c.path)) add(parts, id, {path, {}});
  return parts;
}

Parts all_parts(const DataConfig& c) {
  if (!fs::exists(c.path)) {
    throw Error(ErrorKind::kInput,
                "data '" + c.name + "': there is no '" + c.path +
                    "' (cadrecode data DIR says what is there and where the rest is published)",
                {c.path, 0, 0});
  }
  if (!fs::is_directory(c.path)) {
    if (lower_extension(c.path) == ".jsonl") return of_rows(c);
    Parts one;
    add(one, stem(c.path), {c.path, {}});
    return one;
  }
  if (!c.archive.empty()) return of_archive(c);
  return holds_shards(c.path) ? of_shards(c) : of_files(c);
}

// Fusion 360's train_test.json and the like: {"train": [...], "test": [...]}.
void keep_split(const DataConfig& c, Parts& parts) {
  if (c.split.empty()) return;
  const json file = json::parse(read_file(c.split, size_t{256} << 20), nullptr, false);
  const auto list = file.is_object() ? file.find(c.part) : file.end();
  if (!file.is_object() || list == file.end() || !list->is_array())
    throw Error(ErrorKind::kInput, "'" + c.split + "' has no list '" + c.part + "'");
  std::set<std::string> wanted;
  for (const json& id : *list)
    if (id.is_string()) wanted.insert(id.get<std::string>());
  const auto known = [&](const std::string& id) {
    return wanted.count(id) || wanted.count(fs::path(id).filename().string());
  };
  std::erase_if(parts, [&](const PartRef& p) { return !known(p.id); });
}

void keep_some(const DataConfig& c, Parts& parts) {
  Parts kept;
  for (size_t i = c.first; i < parts.size(); i += c.every) {
    if (c.limit && kept.size() == c.limit) break;
    kept.push_back(std::move(parts[i]));
  }
  parts = std::move(kept);
}

void find_shown(const DataConfig& c, Parts& parts) {
  if (c.input.empty()) {
    for (PartRef& p : parts) p.shown = p.truth;
    return;
  }
  if (!fs::is_directory(c.input))
    throw Error(ErrorKind::kInput, "data '" + c.name + "': there is no folder '" + c.input + "'");
  std::map<std::string, std::string> scans;
  for (auto& [id, path] : files_of(c.input, kScans)) scans.emplace(id, path);
  for (PartRef& p : parts) {
    const auto at = scans.find(p.id);
    if (at == scans.end())
      throw Error(ErrorKind::kInput, "'" + c.input + "' holds nothing called '" + p.id + "'");
    p.shown.path = at->second;
  }
}

}  // namespace

Files part_files(const std::string& folder) { return files_of(folder, kExtensions); }

std::string fingerprint_of(const Parts& parts, int threads) {
  std::vector<std::string> lines(parts.size());
  const auto hash = [](const score::Input& i) {
    return i.code ? sha256(*i.code) : sha256_of_file(i.path);
  };
  parallel_for(parts.size(), threads, [&](size_t i) {
    lines[i] = hash(parts[i].truth) + "  " + parts[i].id + "\n";
    if (parts[i].shown.key() != parts[i].truth.key())
      lines[i] += hash(parts[i].shown) + "  " + parts[i].id + " (shown)\n";
  });
  Sha256 all;
  for (const std::string& line : lines) all.add(line);
  return all.hex();
}

DataSet load_data(const DataConfig& config, int threads, bool hash) {
  DataSet set{config.name, all_parts(config), {}};
  keep_split(config, set.parts);
  if (!config.set.empty()) check_known(config, set.parts.size());
  keep_some(config, set.parts);
  if (set.parts.empty()) {
    throw Error(ErrorKind::kInput,
                "data '" + config.name + "': '" + config.path + "' holds no program, solid or mesh",
                {config.path, 0, 0});
  }
  std::set<std::string> ids;
  for (size_t i = 0; i < set.parts.size(); ++i) {
    set.parts[i].number = i;
    if (!ids.insert(set.parts[i].id).second)
      throw Error(ErrorKind::kInput,
                  "data '" + config.name + "': the id '" + set.parts[i].id + "' is there twice");
  }
  find_shown(config, set.parts);
  if (hash) set.fingerprint = fingerprint_of(set.parts, threads);
  if (hash && config.limit == 0 && config.every == 1 && config.first == 0)
    check_fingerprint(config, set.fingerprint);
  return set;
}

}  // namespace cadrecode::benchmark
