#include "learning/dataset/source.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "learning/dataset/folder.h"

namespace cadrecode::dataset {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLargestProgram = size_t{16} << 20;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw Error(ErrorKind::kInput, "'" + path + "' " + why, {path, 0, 0});
}

Rows shard_rows(const std::string& folder) {
  const auto set = std::make_shared<const ShardSet>(folder);
  return {set->size(), [set](uint64_t i) { return set->row(i); }};
}

// The text stays in memory; rows are parsed when they are asked for.
Rows line_rows(const std::string& path) {
  struct Line {
    size_t begin, end;
    int number;
  };
  const auto text = std::make_shared<const std::string>(read_file(path));
  const auto lines = std::make_shared<std::vector<Line>>();
  int number = 0;
  for (size_t at = 0, end; at < text->size(); at = end + 1) {
    end = std::min(text->find('\n', at), text->size());
    ++number;
    if (text->find_first_not_of(" \t\r", at) < end) lines->push_back({at, end, number});
  }
  const auto row_at = [text, lines, path](uint64_t i) {
    const Line& line = (*lines)[i];
    Row row = from_line(std::string_view(*text).substr(line.begin, line.end - line.begin),
                        {path, line.number, 1});
    if (row.id.empty()) row.id = fmt::format("{:08}", i);
    return row;
  };
  if (!lines->empty()) row_at(0);  // another kind of file is told at once
  return {lines->size(), row_at};
}

bool is_split(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return fs::exists(folder / "index.json") || fs::exists(folder / (name + "_index.json")) ||
         fs::exists(folder.parent_path() / (name + "_index.json")) ||
         fs::exists(folder / "error_samples.json");
}

Rows program_rows(const std::string& folder) {
  const auto files = std::make_shared<const std::vector<FoundFile>>(find_files(folder, "*.py"));
  const auto row_at = [folder, files](uint64_t i) {
    Row row;
    row.id = (*files)[i].id;
    row.code = read_file((fs::path(folder) / (*files)[i].file).string(), kLargestProgram);
    return row;
  };
  return {files->size(), row_at};
}

std::vector<std::string> files_below(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> out;
  std::error_code code;
  fs::recursive_directory_iterator files(folder, code), end;
  for (; !code && files != end; files.increment(code)) {
    if (!files->is_regular_file()) continue;
    if (fnmatch(pattern.c_str(), files->path().filename().c_str(), 0) != 0) continue;
    out.push_back(files->path().lexically_relative(folder).generic_string());
  }
  if (code)
    throw Error(ErrorKind::kInput, "cannot read '" + folder + "': " + code.message(),
                {folder, 0, 0});
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

bool holds_shards(const std::string& folder) {
  return fs::exists(fs::path(folder) / shard_name(0));
}

std::vector<FoundFile> find_files(const std::string& folder, const std::string& pattern) {
  std::vector<FoundFile> out;
  std::set<std::string> ids;
  for (std::string& file : files_below(folder, pattern)) {
    const std::string stem = fs::path(file).stem().string();
    ids.insert(stem);
    out.push_back({std::move(file), stem});
  }
  if (out.empty()) fail(folder, "holds no file named like " + pattern);
  if (ids.size() == out.size()) return out;
  ids.clear();
  for (FoundFile& f : out) {
    f.id = fs::path(f.file).replace_extension().generic_string();
    std::replace(f.id.begin(), f.id.end(), '/', '_');
    if (!ids.insert(f.id).second) {
      throw Error(ErrorKind::kInput, "two files would be called '" + f.id + "'; rename one",
                  {f.file, 0, 0});
    }
  }
  return out;
}

Rows open_rows(const std::string& path) {
  if (!fs::exists(path)) fail(path, "is no file or folder");
  if (!fs::is_directory(path)) {
    Rows rows = line_rows(path);
    if (rows.size == 0) fail(path, "holds no row");
    return rows;
  }
  if (holds_shards(path)) return shard_rows(path);
  fs::path folder = fs::absolute(path).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  if (is_split(folder)) {
    std::vector<FolderSample> samples = read_split(folder.string());
    if (samples.empty()) fail(path, "has an index of no samples");
    return rows_of(folder.string(), std::move(samples));
  }
  return program_rows(path);
}

}  // namespace cadrecode::dataset
