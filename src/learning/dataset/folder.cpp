#include "learning/dataset/folder.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_set>

#include "base/files.h"

namespace cadrecode::dataset {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

[[noreturn]] void fail(const std::string& path, const std::string& why, size_t row = 0) {
  throw Error(ErrorKind::kInput, "'" + path + "': " + why, {path, static_cast<int>(row), 0});
}

std::vector<fs::path> children(const fs::path& folder) {
  std::error_code code;
  fs::directory_iterator at(folder, code);
  if (code) fail(folder.string(), code.message());
  std::vector<fs::path> out;
  for (const auto& entry : at) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

bool is_program(const fs::path& path) {
  return path.extension() == ".py" && fs::is_regular_file(path);
}

void sort_and_check(std::vector<FolderSample>& samples, const std::string& where) {
  std::sort(samples.begin(), samples.end(),
            [](const FolderSample& a, const FolderSample& b) { return a.sample_id < b.sample_id; });
  for (size_t i = 1; i < samples.size(); ++i) {
    if (samples[i].sample_id == samples[i - 1].sample_id) {
      fail(where, fmt::format("two samples are called '{}': {} and {}", samples[i].sample_id,
                              samples[i - 1].relative_path, samples[i].relative_path));
    }
  }
}

// Without a trailing slash, so that the last component is the split's name.
fs::path clean(const std::string& folder) {
  fs::path out = fs::absolute(folder).lexically_normal();
  return out.has_filename() ? out : out.parent_path();
}

json read_list(const std::string& path) {
  json list = json::parse(read_file(path), nullptr, false);
  if (!list.is_array()) fail(path, "is no JSON list (cut off?)");
  return list;
}

void drop_errors(std::vector<FolderSample>& samples, const std::vector<std::string>& errors) {
  const std::unordered_set<std::string> bad(errors.begin(), errors.end());
  std::erase_if(samples, [&](const FolderSample& s) { return bad.count(s.sample_id) > 0; });
}

ordered_json to_json(const FolderSample& s) {
  return {{"sample_id", s.sample_id},
          {"code_path", s.code_path},
          {"relative_path", s.relative_path},
          {"split", s.split}};
}

std::string file_name(std::string id) {
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == '/' || c == '\\'; }, '_');
  return id;
}

}  // namespace

std::vector<FolderSample> scan_split(const std::string& root, const std::string& split,
                                     const std::string& batches) {
  const fs::path folder = clean((fs::path(root) / split).string());
  std::vector<FolderSample> out;
  const auto add = [&](const fs::path& file, std::string id) {
    out.push_back(
        {std::move(id), file.string(), file.lexically_relative(folder).generic_string(), split});
  };
  for (const fs::path& child : children(folder)) {
    if (is_program(child)) add(child, child.stem().string());
    const std::string name = child.filename().string();
    if (!fs::is_directory(child) || fnmatch(batches.c_str(), name.c_str(), 0) != 0) continue;
    for (const fs::path& file : children(child)) {
      if (is_program(file)) add(file, name + "_" + file.stem().string());
    }
  }
  sort_and_check(out, folder.string());
  return out;
}

uint64_t write_indices(const std::string& root, const std::vector<std::string>& splits,
                       bool overwrite, const std::string& batches) {
  ordered_json all = ordered_json::array();
  for (const std::string& split : splits) {
    const fs::path folder = clean((fs::path(root) / split).string());
    std::vector<FolderSample> samples = scan_split(root, split, batches);
    drop_errors(samples, read_error_samples(folder.string()));
    ordered_json list = ordered_json::array();
    for (const FolderSample& s : samples) list.push_back(to_json(s)), all.push_back(to_json(s));
    const fs::path path = folder / (split + "_index.json");
    if (overwrite || !fs::exists(path)) write_file(path.string(), list.dump(2) + "\n");
  }
  const fs::path merged = fs::path(root) / "index.json";
  if (overwrite || !fs::exists(merged)) write_file(merged.string(), all.dump(2) + "\n");
  return all.size();
}

std::vector<FolderSample> read_split(const std::string& given) {
  const fs::path folder = clean(given);
  const std::string split = folder.filename().string();
  std::vector<FolderSample> out;
  fs::path path;
  for (const fs::path& candidate : {folder / (split + "_index.json"), folder / "index.json",
                                    folder.parent_path() / (split + "_index.json")}) {
    if (path.empty() && fs::exists(candidate)) path = candidate;
  }
  if (path.empty()) {
    out = scan_split(folder.parent_path().string(), split);
  } else {
    size_t row = 0;
    for (const json& entry : read_list(path.string())) {
      ++row;
      const auto text = [&](std::initializer_list<const char*> keys) -> std::string {
        for (const char* key : keys) {
          if (entry.is_object() && entry.contains(key) && entry[key].is_string()) return entry[key];
        }
        return {};
      };
      FolderSample s{text({"sample_id", "id"}), text({"code_path", "py_file", "code_file"}),
                     text({"relative_path"}), split};
      if (s.sample_id.empty() || (s.code_path.empty() && s.relative_path.empty())) {
        fail(path.string(), fmt::format("entry {} has no 'sample_id' and 'code_path'", row), row);
      }
      out.push_back(std::move(s));
    }
    sort_and_check(out, path.string());
  }
  drop_errors(out, read_error_samples(folder.string()));
  return out;
}

std::vector<std::string> read_error_samples(const std::string& folder) {
  const std::string path = (fs::path(folder) / "error_samples.json").string();
  std::vector<std::string> out;
  if (!fs::exists(path)) return out;
  for (const json& entry : read_list(path)) {
    if (!entry.is_string()) fail(path, "is no list of sample ids");
    out.push_back(entry);
  }
  return out;
}

void add_error_samples(const std::string& folder, const std::vector<std::string>& ids) {
  const std::vector<std::string> old = read_error_samples(folder);
  std::set<std::string> all(old.begin(), old.end());
  all.insert(ids.begin(), ids.end());
  if (all.empty()) return;
  write_file((fs::path(folder) / "error_samples.json").string(),
             ordered_json(std::vector<std::string>(all.begin(), all.end())).dump(2) + "\n");
}

std::string read_code(const std::string& folder, const FolderSample& sample) {
  const fs::path here = fs::path(folder) / sample.relative_path;
  const bool relative = !sample.relative_path.empty() && fs::exists(here);
  return read_file(relative || sample.code_path.empty() ? here.string() : sample.code_path,
                   size_t{16} << 20);
}

Rows rows_of(std::string folder, std::vector<FolderSample> samples) {
  const uint64_t size = samples.size();
  return {size, [folder = std::move(folder), samples = std::move(samples)](uint64_t i) {
            Row row;
            row.id = samples[i].sample_id;
            row.code = read_code(folder, samples[i]);
            row.source = samples[i].split;
            return row;
          }};
}

std::string cache_path(const std::string& folder, const std::string& sample_id) {
  return (fs::path(folder) / "point_cloud_cache" / (file_name(sample_id) + ".npy")).string();
}

uint64_t write_folder(const ShardSet& set, const std::string& folder, uint64_t per_batch) {
  std::unordered_set<std::string> names;
  uint64_t written = 0;
  for (uint64_t i = 0; const ShardReader& shard : set.shards()) {
    for (uint64_t b = 0; b < shard.blocks(); ++b) {
      for (const std::string& line : shard.lines(b)) {
        const Row row = from_line(line);
        const std::string batch = fmt::format("batch_{:04}", i++ / per_batch);
        const std::string name = batch + "/" + file_name(row.id) + ".py";
        if (!names.insert(name).second) fail(folder, "two rows are called '" + row.id + "'");
        const std::string path = (fs::path(folder) / name).string();
        if (fs::exists(path) && read_file(path) == row.code) continue;
        write_file(path, row.code);
        ++written;
      }
    }
  }
  return written;
}

}  // namespace cadrecode::dataset
