// Shards to one whole: rows and answers in their one order, nothing missing.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "base/error.h"
#include "base/files.h"
#include "evaluation/benchmark/store.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

struct Keyed {
  size_t data = 0, system = 0;
  uint64_t part = 0, candidate = 0;
  std::string line;
  auto order() const { return std::tie(data, system, part, candidate); }
};

// The configuration's order; what it does not name comes after, by name.
class Order {
 public:
  Order(const Config& config, const Settings& settings) {
    for (const DataConfig& d : config.data) data_.push_back(d.name);
    for (const SystemConfig& s : config.systems) systems_.push_back(s.name);
    for (const auto& [name, unused] : settings.data) add(data_, name);
    for (const auto& [name, unused] : settings.systems) add(systems_, name);
  }
  std::optional<Keyed> key(std::string line) const {
    const ordered_json j = ordered_json::parse(line, nullptr, false);
    try {
      Keyed k{place(data_, j.at("data")),
              place(systems_, j.at("system")),
              j.at("part"),
              j.at("candidate"),
              {}};
      k.line = std::move(line);
      return k;
    } catch (const nlohmann::json::exception&) {
      return std::nullopt;
    }
  }

 private:
  static void add(std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }
  static size_t place(const std::vector<std::string>& list, const std::string& name) {
    return static_cast<size_t>(std::find(list.begin(), list.end(), name) - list.begin());
  }
  std::vector<std::string> data_, systems_;
};

// Whole lines of a file; the last one without a line feed is a cut one.
void read_lines(const std::string& path, const Order& order, std::vector<Keyed>& out) {
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line) && !file.eof();) {
    auto k = order.key(std::move(line));
    if (!k) throw Error(ErrorKind::kInput, "'" + path + "': a line that is no row", {path, 0, 0});
    out.push_back(std::move(*k));
  }
}

// One order, and every candidate once: shards of an earlier division may have
// measured the same part, with the same result.
void put_in_order(std::vector<Keyed>& lines) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Keyed& a, const Keyed& b) { return a.order() < b.order(); });
  lines.erase(std::unique(lines.begin(), lines.end(),
                          [](const Keyed& a, const Keyed& b) {
                            return a.order() == b.order() && a.line == b.line;
                          }),
              lines.end());
}

struct Shards {
  uint64_t count = 0;  // 0: there are none
  std::vector<uint64_t> present;
};

Shards find_shards(const std::string& folder) {
  static const std::regex kName(R"(settings-(\d+)-of-(\d+)\.json)");
  Shards shards;
  std::string first;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    std::smatch match;
    if (!std::regex_match(name, match, kName)) continue;
    const uint64_t count = std::stoull(match[2]);
    if (shards.count && shards.count != count) {
      throw Error(
          ErrorKind::kInput,
          fmt::format("'{}' holds shards of different divisions: {} and {}", folder, first, name));
    }
    shards.count = count, first = name;
    shards.present.push_back(std::stoull(match[1]));
  }
  std::sort(shards.present.begin(), shards.present.end());
  return shards;
}

std::string shard_file(const std::string& folder, const char* stem, const Share& share,
                       const char* extension) {
  return folder + "/" + stem + file_suffix(share) + extension;
}

void check_shards(const std::string& folder, const Shards& shards) {
  std::string missing, text;
  for (uint64_t i = 0; i < shards.count; ++i) {
    if (!std::binary_search(shards.present.begin(), shards.present.end(), i))
      missing += fmt::format("{}{}/{}", missing.empty() ? "" : ", ", i, shards.count);
  }
  if (!missing.empty())
    throw Error(ErrorKind::kInput, "'" + folder + "': these shards were never begun: " + missing);
  for (uint64_t i = 0; i < shards.count; ++i) {
    const std::string path = shard_file(folder, "settings", {i, shards.count}, ".json");
    const std::string now = read_file(path);
    if (i > 0 && now != text) {
      throw Error(ErrorKind::kInput,
                  fmt::format("'{}': shard {}/{} was made with other settings than shard 0/{}: "
                              "they cannot be mixed",
                              folder, i, shards.count, shards.count),
                  {path, 0, 0});
    }
    text = now;
  }
}

// Every part of every data set by every system of the configuration.
void check_complete(const std::string& folder, const Config& config, const Settings& settings,
                    const std::vector<report::Row>& rows, uint64_t shards) {
  std::map<std::pair<std::string, std::string>, std::map<uint64_t, std::pair<size_t, size_t>>> seen;
  for (const report::Row& r : rows) {
    auto& [found, wanted] = seen[{r.data, r.system}][r.part];
    ++found, wanted = r.candidates;
  }
  std::string problems;
  for (const DataConfig& d : config.data) {
    const auto known = settings.data.find(d.name);
    const uint64_t parts = known == settings.data.end() ? 0 : known->second.parts;
    for (const SystemConfig& s : config.systems) {
      if (!runs_on(s, d.name)) continue;
      const auto& have = seen[{d.name, s.name}];
      std::map<uint64_t, size_t> lacking;  // shard -> parts
      size_t all = 0;
      for (uint64_t p = 0; p < parts; ++p) {
        const auto at = have.find(p);
        if (at != have.end() && at->second.first == at->second.second) continue;
        ++lacking[shards ? p % shards : 0], ++all;
      }
      if (parts > 0 && all == 0) continue;
      problems += fmt::format("\n  {} of {} parts of '{}' by '{}'", all, parts, d.name, s.name);
      if (!shards) continue;
      for (const auto& [shard, n] : lacking)
        problems += fmt::format(" {}{}/{}: {}", shard == lacking.begin()->first ? "(" : ", ", shard,
                                shards, n);
      problems += ")";
    }
  }
  if (problems.empty()) return;
  throw Error(ErrorKind::kInput, "'" + folder + "' is incomplete; missing:" + problems +
                                     "\nrun the same command" +
                                     (shards ? " for these shards again" : " again"));
}

std::string text_of(const std::vector<Keyed>& lines) {
  std::string text;
  for (const Keyed& k : lines) text += k.line + "\n";
  return text;
}

void write_if_new(const std::string& path, const std::string& text) {
  if (!fs::exists(path) || fs::file_size(path) != text.size() || read_file(path) != text)
    write_file(path, text);
}

}  // namespace

std::vector<report::Row> collect(const std::string& folder, const Config& config) {
  if (!fs::is_directory(folder))
    throw Error(ErrorKind::kInput, "there is no folder '" + folder + "'", {folder, 0, 0});
  const Shards shards = find_shards(folder);
  if (shards.count) check_shards(folder, shards);
  const std::string settings_path = shards.count
                                        ? shard_file(folder, "settings", {0, shards.count}, ".json")
                                        : folder + "/settings.json";
  const Settings settings = settings_of_json(read_file(settings_path), settings_path);
  const Order order(config, settings);
  std::vector<Keyed> rows, answers;
  std::string times;
  const auto take = [&](const Share& share) {
    read_lines(shard_file(folder, "rows", share, ".jsonl"), order, rows);
    read_lines(shard_file(folder, "predictions", share, ".jsonl"), order, answers);
    const std::string path = shard_file(folder, "times", share, ".jsonl");
    if (fs::exists(path)) times += read_file(path);
  };
  take({});
  for (uint64_t i = 0; i < shards.count; ++i) take({i, shards.count});
  put_in_order(rows), put_in_order(answers);
  std::vector<report::Row> out;
  for (const Keyed& k : rows) out.push_back(report::row_of_line(k.line));
  check_complete(folder, config, settings, out, shards.count);
  write_if_new(folder + "/rows.jsonl", text_of(rows));
  write_if_new(folder + "/predictions.jsonl", text_of(answers));
  if (!shards.count) return out;
  write_file(folder + "/times.jsonl", times);
  write_file(folder + "/settings.json", to_json(settings));
  for (uint64_t i = 0; i < shards.count; ++i) {
    for (const char* stem : {"rows", "predictions", "times"})
      fs::remove(shard_file(folder, stem, {i, shards.count}, ".jsonl"));
    fs::remove(shard_file(folder, "settings", {i, shards.count}, ".json"));
  }
  return out;
}

}  // namespace cadrecode::benchmark
