#include "app/cli/infer_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "learning/dataset/source.h"
#include "pipeline/subject/subject.h"

namespace cadrecode::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// A part that has a name but is not read yet.
struct Item {
  std::string id;
  std::function<infer::Prepared()> load;
};
// The next item, or nothing; `skip` of them are only counted.
using Items = std::function<std::optional<Item>()>;

struct Preparer {
  InferInputs inputs;
  execute::Executor& executor;

  infer::Prepared from_mesh(const mesh::TriangleMesh& mesh) const {
    return infer::prepare(mesh, inputs.points, inputs.dense, inputs.frame, inputs.seed);
  }
  infer::Prepared from_file(const std::string& path) const {
    const subject::Subject subject = subject::load(path, executor);
    return subject.is_cloud() ? infer::prepare(subject.cloud, inputs.points, inputs.frame)
                              : from_mesh(subject.mesh);
  }
  infer::Prepared from_code(const std::string& id, const std::string& code) const {
    execute::Outcome outcome = executor.run({.id = id, .code = code, .tessellate = true});
    if (outcome.failure) {
      throw Error(outcome.failure->kind, outcome.failure->message,
                  {id, outcome.failure->line, outcome.failure->column});
    }
    return from_mesh(outcome.mesh);
  }
  infer::Prepared from_points(const json& points) const {
    cloud::PointCloud cloud;
    for (const json& p : points) {
      if (!p.is_array() || p.size() < 3 || !p[0].is_number() || !p[1].is_number() ||
          !p[2].is_number())
        throw Error(ErrorKind::kInput, "'points' must be a list of [x, y, z]");
      cloud.points.push_back({p[0].get<double>(), p[1].get<double>(), p[2].get<double>()});
    }
    return infer::prepare(cloud, inputs.points, inputs.frame);
  }
};

const std::set<std::string> kExtensions = {".py",  ".step", ".stp", ".brep", ".brp", ".stl",
                                           ".obj", ".ply",  ".off", ".3mf",  ".npy", ".xyz",
                                           ".txt", ".csv",  ".pts", ".asc",  ".pcd"};

// Files below `folder`, by their path without extension, unless two share it.
std::map<std::string, std::string> files_below(const std::string& folder) {
  std::map<std::string, std::vector<std::string>> by_stem;
  fs::recursive_directory_iterator at(folder), end;
  for (; at != end; ++at) {
    if (at->is_directory() && at->path().filename() == "point_cloud_cache")
      at.disable_recursion_pending();
    if (!at->is_regular_file() || !kExtensions.count(lower_extension(at->path().string())))
      continue;
    fs::path name = at->path().lexically_relative(folder);
    by_stem[name.replace_extension().generic_string()].push_back(at->path().string());
  }
  std::map<std::string, std::string> files;
  for (const auto& [stem, paths] : by_stem) {
    for (const std::string& path : paths) {
      files[paths.size() == 1 ? stem : fs::path(path).lexically_relative(folder).generic_string()] =
          path;
    }
  }
  return files;
}

Items items_of_files(std::map<std::string, std::string> files,
                     std::shared_ptr<const Preparer> prepare) {
  auto list = std::make_shared<std::vector<std::pair<std::string, std::string>>>(files.begin(),
                                                                                 files.end());
  return [list, prepare, at = size_t{0}]() mutable -> std::optional<Item> {
    if (at == list->size()) return std::nullopt;
    const auto& [id, path] = (*list)[at++];
    return Item{id, [prepare, path] { return prepare->from_file(path); }};
  };
}

Items items_of_shards(std::shared_ptr<dataset::ShardSet> set,
                      std::shared_ptr<const Preparer> prepare) {
  return [set, prepare, at = uint64_t{0}]() mutable -> std::optional<Item> {
    if (at == set->size()) return std::nullopt;
    const dataset::Row row = set->row(at++);
    return Item{row.id, [prepare, row] { return prepare->from_code(row.id, row.code); }};
  };
}

Item item_of_line(const std::string& line, size_t number,
                  const std::shared_ptr<const Preparer>& prepare) {
  const auto failed = [&](const std::string& id, const std::string& what) {
    return Item{id, [what, number]() -> infer::Prepared {
                  throw Error(ErrorKind::kInput, fmt::format("line {}: {}", number, what));
                }};
  };
  const std::string otherwise = fmt::format("line {}", number);
  const json row = json::parse(line, nullptr, false);
  if (row.is_discarded() || !row.is_object()) return failed(otherwise, "not a JSON object");
  std::string id = otherwise;
  if (row.contains("id"))
    id = row["id"].is_string() ? row["id"].get<std::string>() : row["id"].dump();
  if (row.contains("points") && row["points"].is_array())
    return {id, [prepare, row] { return prepare->from_points(row["points"]); }};
  if (row.contains("code") && row["code"].is_string())
    return {id, [prepare, id, code = row["code"].get<std::string>()] {
              return prepare->from_code(id, code);
            }};
  if (row.contains("path") && row["path"].is_string())
    return {id,
            [prepare, path = row["path"].get<std::string>()] { return prepare->from_file(path); }};
  return failed(id, "none of the keys points, code, path");
}

Items items_of_lines(const std::string& path, std::shared_ptr<const Preparer> prepare) {
  auto file = std::make_shared<std::ifstream>();
  if (path != "-") {
    file->open(path);
    if (!*file) throw Error(ErrorKind::kInput, "cannot read '" + path + "'", {path, 0, 0});
  }
  return [file, path, prepare, number = size_t{0}]() mutable -> std::optional<Item> {
    std::istream& in = path == "-" ? std::cin : *file;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (line.find_first_not_of(" \t\r") != std::string::npos)
        return item_of_line(line, number, prepare);
    }
    return std::nullopt;
  };
}

// The items, and how many there are (0: unknown).
std::pair<Items, size_t> items_of(const std::string& data,
                                  std::shared_ptr<const Preparer> prepare) {
  if (data == "-" || lower_extension(data) == ".jsonl") return {items_of_lines(data, prepare), 0};
  if (!fs::exists(data)) throw Error(ErrorKind::kInput, "there is no '" + data + "'", {data, 0, 0});
  if (!fs::is_directory(data))
    return {items_of_files({{fs::path(data).stem().string(), data}}, prepare), 1};
  if (dataset::holds_shards(data)) {
    auto set = std::make_shared<dataset::ShardSet>(data);
    return {items_of_shards(set, prepare), set->size()};
  }
  auto files = files_below(data);
  if (files.empty()) {
    throw Error(ErrorKind::kInput, "'" + data + "' holds no shard, mesh, cloud, solid or program",
                {data, 0, 0});
  }
  const size_t count = files.size();
  return {items_of_files(std::move(files), prepare), count};
}

}  // namespace

InferSource infer_source(const InferInputs& inputs, const std::set<std::string>& done,
                         execute::Executor& executor) {
  auto prepare = std::make_shared<const Preparer>(Preparer{inputs, executor});
  auto [items, count] = items_of(inputs.data, prepare);
  if (inputs.limit && count) count = std::min(count, inputs.limit);
  InferSource source;
  source.total = count ? (count + inputs.shards - 1 - inputs.shard) / inputs.shards : 0;
  auto seen = std::make_shared<std::set<std::string>>();
  source.next = [items = std::move(items), done, inputs, seen,
                 number = uint64_t{0}]() mutable -> std::optional<infer::Input> {
    while (inputs.limit == 0 || number < inputs.limit) {
      auto item = items();
      if (!item) return std::nullopt;
      const bool mine = number++ % inputs.shards == inputs.shard;
      if (!mine || done.count(item->id)) continue;
      infer::Input input;
      input.id = item->id;
      if (!seen->insert(item->id).second) {
        input.id += fmt::format(" (again, number {})", number);
        input.failure = Error(ErrorKind::kInput, "the id '" + item->id + "' was there before");
        return input;
      }
      try {
        input.prepared = item->load();
      } catch (const Error& error) {
        input.failure = error;
      }
      return input;
    }
    return std::nullopt;
  };
  return source;
}

}  // namespace cadrecode::cli
