#include "evaluation/benchmark/store.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

std::string dump(const ordered_json& j) {
  return j.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string line_of(const PartKey& key, const std::string& id, size_t k, size_t count,
                    const Candidate& c) {
  ordered_json j = {{"data", std::get<0>(key)}, {"system", std::get<1>(key)},
                    {"part", std::get<2>(key)}, {"id", id},
                    {"candidate", k},           {"candidates", count}};
  if (c.answer.code) {
    j["code"] = *c.answer.code;
  } else if (!c.answer.path.empty()) {
    j["path"] = c.answer.path;
  } else {
    j["kind"] = c.kind, j["message"] = c.message;
  }
  if (c.tokens) j["tokens"] = *c.tokens;
  return dump(j) + "\n";
}

struct AnswerLine {
  PartKey key;
  size_t candidate = 0, candidates = 1;
  Candidate told;
};

std::optional<AnswerLine> answer_of_line(const std::string& line) {
  const ordered_json j = ordered_json::parse(line, nullptr, false);
  const auto text = [&](const char* key) {
    return j.contains(key) && j[key].is_string() ? j[key].get<std::string>() : std::string();
  };
  for (const char* key : {"part", "candidate", "candidates"})
    if (!j.is_object() || !j.contains(key) || !j[key].is_number_unsigned()) return std::nullopt;
  AnswerLine a;
  a.key = {text("data"), text("system"), j["part"].get<uint64_t>()};
  a.candidate = j["candidate"], a.candidates = j["candidates"];
  if (j.contains("code")) a.told.answer.code = text("code");
  a.told.answer.path = text("path"), a.told.kind = text("kind");
  a.told.message = text("message");
  if (j.contains("tokens") && j["tokens"].is_number_unsigned())
    a.told.tokens = j["tokens"].get<uint64_t>();
  return a;
}

// Reads whole groups of lines; returns the bytes up to the end of the last one.
// `take` answers whether the group that ends here is complete; nothing: a bad line.
uintmax_t read_groups(const std::string& path,
                      const std::function<std::optional<bool>(const std::string&)>& take) {
  std::ifstream file(path, std::ios::binary);
  uintmax_t whole = 0, at = 0;
  for (std::string line; std::getline(file, line);) {
    if (file.eof()) break;  // no line feed: cut
    at += line.size() + 1;
    const auto complete = take(line);
    if (!complete) break;
    if (*complete) whole = at;
  }
  return whole;
}

void cut(const std::string& path, uintmax_t whole) {
  if (fs::exists(path) && fs::file_size(path) != whole) fs::resize_file(path, whole);
}

// What differs, for people: "temperature: 1 -> 0.8".
std::string difference(const std::string& before, const std::string& now) {
  const ordered_json a = ordered_json::parse(before, nullptr, false);
  const ordered_json b = ordered_json::parse(now, nullptr, false);
  if (!a.is_object() || !b.is_object()) return before + " -> " + now;
  std::string out;
  for (const auto& [key, value] : b.items()) {
    const std::string old = a.contains(key) ? a[key].dump() : "nothing";
    if (old != value.dump())
      out += fmt::format("{}{}: {} -> {}", out.empty() ? "" : ", ", key, old, value.dump());
  }
  return out;
}

}  // namespace

// ---- settings ------------------------------------------------------------------

Settings settings_of(const Config& c, const std::vector<DataSet>& data) {
  Settings s;
  for (size_t i = 0; i < data.size(); ++i)
    s.data[data[i].name] = {data[i].parts.size(), data[i].fingerprint, c.data[i].path};
  bool chooses = false;
  for (const SystemConfig& system : c.systems) {
    s.systems[system.name] = settings_of(system, c);
    chooses |= system.candidates.value_or(c.candidates) > 1;
  }
  s.metrics = dump({{"protocols", c.protocols},
                    {"by", c.by},
                    {"points", c.metric_points},
                    {"iou_official", c.iou_official},
                    {"excess", c.excess},
                    {"earth_mover", c.earth_mover},
                    {"align", c.align},
                    {"iou_error", c.iou_error},
                    {"cpu_seconds", c.cpu_seconds},
                    {"misfit_points", chooses ? c.points : 0},
                    {"seed", c.seed}});
  return s;
}

std::string to_json(const Settings& s) {
  ordered_json j = {{"format", 1}, {"data", ordered_json::object()}};
  for (const auto& [name, d] : s.data)
    j["data"][name] = {{"parts", d.parts}, {"sha256", d.fingerprint}, {"path", d.path}};
  for (const auto& [name, text] : s.systems) j["systems"][name] = ordered_json::parse(text);
  j["metrics"] = ordered_json::parse(s.metrics);
  return j.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Settings settings_of_json(const std::string& text, const std::string& path) {
  const ordered_json j = ordered_json::parse(text, nullptr, false);
  try {
    Settings s;
    for (const auto& [name, d] : j.at("data").items())
      s.data[name] = {d.at("parts"), d.at("sha256"), d.at("path")};
    for (const auto& [name, system] : j.at("systems").items()) s.systems[name] = system.dump();
    s.metrics = j.at("metrics").dump();
    return s;
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorKind::kInput, "'" + path + "' is not the settings of a benchmark",
                {path, 0, 0});
  }
}

// ---- lines ---------------------------------------------------------------------

Lines::Lines(std::string path) : path_(std::move(path)), file_(std::fopen(path_.c_str(), "ab")) {
  if (!file_) {
    throw Error(ErrorKind::kInput, "cannot write '" + path_ + "': " + std::strerror(errno),
                {path_, 0, 0});
  }
}

Lines::~Lines() { std::fclose(file_); }

void Lines::append(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) == text.size() && std::fflush(file_) == 0)
    return;
  throw Error(ErrorKind::kInput, "cannot write '" + path_ + "': " + std::strerror(errno),
              {path_, 0, 0});
}

// ---- store ---------------------------------------------------------------------

Store::Store(std::string folder, Share share, const Settings& settings, bool rescore)
    : folder_(std::move(folder)), share_(share) {
  fs::create_directories(folder_);
  hold_settings(settings, rescore);
  const std::string rows = path("rows", ".jsonl"), answers = path("predictions", ".jsonl");
  if (rescore) {
    fs::remove(rows);
    if (!share_.whole()) fs::remove(folder_ + "/rows.jsonl");
  }
  if (!share_.whole()) {  // an earlier merge's
    resume_rows(folder_ + "/rows.jsonl", false);
    resume_answers(folder_ + "/predictions.jsonl", false);
  }
  resume_rows(rows, true);
  resume_answers(answers, true);
  predictions_ = std::make_unique<Lines>(answers);
  rows_ = std::make_unique<Lines>(rows);
  times_ = std::make_unique<Lines>(path("times", ".jsonl"));
}

std::string Store::path(const char* stem, const char* extension) const {
  return folder_ + "/" + stem + file_suffix(share_) + extension;
}

void Store::hold_settings(const Settings& settings, bool rescore) {
  const std::string file = path("settings", ".json");
  Settings all = settings;
  std::string before = file;
  if (!fs::exists(before)) before = folder_ + "/settings.json";
  if (fs::exists(before)) {
    const Settings old = settings_of_json(read_file(before), before);
    const auto other = [&](const std::string& what, const std::string& remedy) {
      throw Error(ErrorKind::kInput, "'" + folder_ + "' was begun with " + what + "; " + remedy,
                  {before, 0, 0});
    };
    for (const auto& [name, d] : old.data) {
      const auto now = settings.data.find(name);
      if (now == settings.data.end()) {
        all.data[name] = d;
      } else if (now->second.fingerprint != d.fingerprint) {
        other(fmt::format("other data '{}' ({} parts, now {})", name, d.parts, now->second.parts),
              "take another folder, or another name");
      }
    }
    for (const auto& [name, text] : old.systems) {
      const auto now = settings.systems.find(name);
      if (now == settings.systems.end()) {
        all.systems[name] = text;
      } else if (now->second != text) {
        other(fmt::format("other settings of '{}' ({})", name, difference(text, now->second)),
              "take another folder, or another name");
      }
    }
    if (old.metrics != settings.metrics && !rescore)
      other("other metrics (" + difference(old.metrics, settings.metrics) + ")",
            "--rescore computes the figures again from the stored answers");
  }
  write_file(file, to_json(all));
}

void Store::resume_rows(const std::string& path, bool mine) {
  size_t group = 0;
  const uintmax_t whole = read_groups(path, [&](const std::string& line) -> std::optional<bool> {
    try {
      const report::Row row = report::row_of_line(line);
      if (row.candidate != group) return std::nullopt;
      group = row.candidate + 1 == row.candidates ? 0 : group + 1;
      if (group == 0) measured_.insert({row.data, row.system, row.part});
      return group == 0;
    } catch (const Error&) {
      return std::nullopt;
    }
  });
  if (mine) cut(path, whole);
}

void Store::resume_answers(const std::string& path, bool mine) {
  std::vector<Candidate> group;
  const uintmax_t whole = read_groups(path, [&](const std::string& line) -> std::optional<bool> {
    auto a = answer_of_line(line);
    if (!a || a->candidate != group.size()) return std::nullopt;
    group.push_back(std::move(a->told));
    if (group.size() < a->candidates) return false;
    if (!measured(a->key)) answers_[a->key] = std::move(group);
    group.clear();
    return true;
  });
  if (mine) cut(path, whole);
}

std::optional<std::vector<Candidate>> Store::take_answers(const PartKey& key) {
  const auto at = answers_.find(key);
  if (at == answers_.end()) return std::nullopt;
  auto out = std::move(at->second);
  answers_.erase(at);
  return out;
}

void Store::add_answers(const PartKey& key, const std::string& id,
                        const std::vector<Candidate>& candidates) {
  std::string text;
  for (size_t k = 0; k < candidates.size(); ++k)
    text += line_of(key, id, k, candidates.size(), candidates[k]);
  predictions_->append(text);
}

void Store::add_rows(const std::vector<report::Row>& rows) {
  std::string text;
  for (const report::Row& row : rows) text += report::to_line(row) + "\n";
  rows_->append(text);
}

}  // namespace cadrecode::benchmark
