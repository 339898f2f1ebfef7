#include "app/cli/infer_rows.h"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/files.h"

namespace cadrecode::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

std::string dump(const ordered_json& row, int indent = -1) {
  return row.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

// An id as a file name that stays in its folder.
std::string file_name(const InferOutputs& o, std::string id, size_t sample) {
  for (char& c : id) {
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ') c = '_';
  }
  if (id.empty() || id[0] == '.') id.insert(0, "_");
  return o.samples > 1 ? fmt::format("{}+{}", id, sample) : id;
}

ordered_json error_of(const char* stage, ErrorKind kind, const std::string& message) {
  return {{"stage", stage}, {"kind", to_string(kind)}, {"message", message}};
}

ordered_json row_of(const infer::Input& input, const infer::Answer& a) {
  const cloud::Normalisation& frame = input.prepared.frame;
  ordered_json row = {
      {"id", input.id},
      {"sample", a.sample},
      {"status", a.error.empty() ? "ok" : "error"},
      {"finish", decode::to_string(a.finish)},
      {"tokens", a.tokens},
      {"log_probability", a.log_probability},
      {"allowed_log_probability", a.allowed_log_probability},
      {"frame",
       {{"center", {frame.center.x, frame.center.y, frame.center.z}}, {"scale", frame.scale}}},
      {"code", a.code}};
  if (!a.error.empty()) row["error"] = error_of("model", ErrorKind::kValue, a.error);
  return row;
}

// The executor's row under its own keys; its error gets a stage.
void add_outcome(ordered_json& row, const execute::Outcome& outcome) {
  const ordered_json facts = ordered_json::parse(execute::to_json(outcome));
  for (const auto& [key, value] : facts.items()) {
    if (key != "id" && key != "error") row[key] = value;
  }
  if (facts.contains("error")) {
    row["error"] = {{"stage", "program"}};
    row["error"].update(facts["error"]);
  }
}

}  // namespace

InferRows::InferRows(InferOutputs outputs)
    : outputs_(std::move(outputs)), lock_(outputs_.folder, outputs_.suffix) {
  const std::string settings = path("settings", ".json");
  if (fs::exists(settings)) {
    if (read_file(settings) != outputs_.settings) {
      throw Error(ErrorKind::kInput,
                  "'" + outputs_.folder + "' was begun with other settings (see " + settings +
                      "): give the same, or another folder",
                  {settings, 0, 0});
    }
  } else {
    write_file(settings, outputs_.settings);
  }
  resume();
  const std::string rows = path("rows", ".jsonl");
  file_ = std::fopen(rows.c_str(), "ab");
  if (!file_)
    throw Error(ErrorKind::kInput, "cannot write '" + rows + "': " + std::strerror(errno),
                {rows, 0, 0});
}

InferRows::~InferRows() {
  if (file_) std::fclose(file_);
}

std::string InferRows::path(const char* stem, const char* extension) const {
  return outputs_.folder + "/" + stem + outputs_.suffix + extension;
}

void InferRows::count(const std::string& line) {
  const ordered_json row = ordered_json::parse(line);
  ++rows_;
  if (row.contains("error")) {
    ++counts_[row["error"]["stage"].get<std::string>() + ": " +
              row["error"]["kind"].get<std::string>()];
  } else {
    ++counts_["ok"];
  }
  if (row.contains("valid") && row["valid"] == true) ++valid_;
}

void InferRows::resume() {
  const std::string rows = path("rows", ".jsonl");
  if (!fs::exists(rows)) return;
  std::ifstream file(rows, std::ios::binary);
  uintmax_t whole = 0, at = 0;
  std::vector<std::string> group;  // rows of the input being read
  for (std::string line; std::getline(file, line);) {
    if (file.eof()) break;  // no line feed: cut
    at += line.size() + 1;
    const ordered_json row = ordered_json::parse(line, nullptr, false);
    if (row.is_discarded() || !row.is_object() || !row.contains("id") || !row.contains("sample"))
      break;
    group.push_back(line);
    const bool input_failed = row.contains("error") && row["error"]["stage"] == "input";
    if (!input_failed && group.size() < outputs_.samples) continue;
    for (const std::string& text : group) count(text);
    group.clear();
    done_.insert(row["id"].get<std::string>());
    whole = at;
  }
  file.close();
  if (whole != fs::file_size(rows)) fs::resize_file(rows, whole);
}

void InferRows::add(const infer::Input& input, const std::vector<infer::Answer>& answers,
                    execute::Executor& executor) {
  std::vector<ordered_json> rows;
  if (input.failure) {
    rows.push_back({{"id", input.id}, {"sample", 0}, {"status", "error"}, {"code", nullptr}});
    rows[0]["error"] = error_of("input", input.failure->kind(), input.failure->what());
  }
  std::vector<execute::Job> jobs;
  std::vector<size_t> job_row;
  for (const infer::Answer& a : answers) {
    rows.push_back(row_of(input, a));
    if (!a.error.empty()) continue;
    const std::string name = file_name(outputs_, input.id, a.sample);
    if (outputs_.code) write_file(outputs_.folder + "/generated_code/" + name + ".py", a.code);
    if (!outputs_.run) continue;
    execute::Job job{.id = input.id, .code = a.code};
    if (outputs_.stl) job.outputs.push_back(outputs_.folder + "/generated_stl/" + name + ".stl");
    if (outputs_.step) job.outputs.push_back(outputs_.folder + "/generated_step/" + name + ".step");
    jobs.push_back(std::move(job));
    job_row.push_back(rows.size() - 1);
  }
  for (const char* folder : {"generated_stl", "generated_step"})
    if (!jobs.empty() && (outputs_.stl || outputs_.step))
      fs::create_directories(outputs_.folder + "/" + folder);
  size_t given = 0, taken = 0;
  executor.run(
      [&]() -> std::optional<execute::Job> {
        if (given == jobs.size()) return std::nullopt;
        return jobs[given++];
      },
      [&](const execute::Outcome& outcome) { add_outcome(rows[job_row[taken++]], outcome); });
  std::string text;
  for (const ordered_json& row : rows) {
    const std::string line = dump(row);
    count(line);
    text += line + "\n";
  }
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size() || std::fflush(file_) != 0) {
    throw Error(ErrorKind::kInput,
                "cannot write '" + path("rows", ".jsonl") + "': " + std::strerror(errno));
  }
}

void InferRows::finish() const {
  if (!outputs_.opencadrecode) return;
  std::ifstream file(path("rows", ".jsonl"));
  ordered_json results = ordered_json::array(), errors = ordered_json::array();
  size_t stl = 0, step = 0, success = 0, total = 0;
  for (std::string line; std::getline(file, line); ++total) {
    const ordered_json row = ordered_json::parse(line);
    const std::string id = row["id"];
    const std::string name = file_name(outputs_, id, row["sample"].get<size_t>());
    const auto made = [&](const char* folder, const char* extension) -> ordered_json {
      const std::string path = outputs_.folder + "/" + folder + "/" + name + extension;
      return fs::exists(path) ? ordered_json(path) : ordered_json(nullptr);
    };
    const ordered_json code = made("generated_code", ".py"), mesh = made("generated_stl", ".stl");
    const ordered_json solid = made("generated_step", ".step");
    const bool good = !mesh.is_null() || !solid.is_null();
    ordered_json error = row.contains("error") ? row["error"]["message"] : ordered_json(nullptr);
    stl += !mesh.is_null(), step += !solid.is_null(), success += good;
    if (!error.is_null()) errors.push_back({{"sample_id", name}, {"error", error}});
    results.push_back({{"sample_id", name},
                       {"generated_code", row["code"]},
                       {"timestamp", nullptr},
                       {"model_path", outputs_.model},
                       {"code_file", code},
                       {"overall_success", good},
                       {"overall_error", error},
                       {"stl_generated", !mesh.is_null()},
                       {"stl_file", mesh},
                       {"step_generated", !solid.is_null()},
                       {"step_file", solid},
                       {"ground_truth_code", nullptr}});
  }
  const auto rate = [&](size_t n) {
    return total ? static_cast<double>(n) / static_cast<double>(total) : 0.0;
  };
  const ordered_json statistics = {{"total_executed", total},
                                   {"success_count", success},
                                   {"error_count", total - success},
                                   {"success_rate", rate(success)},
                                   {"stl_success_count", stl},
                                   {"stl_success_rate", rate(stl)},
                                   {"step_success_count", step},
                                   {"step_success_rate", rate(step)},
                                   {"errors", errors},
                                   {"total_samples", total},
                                   {"config", ordered_json::parse(outputs_.settings)}};
  write_file(outputs_.folder + "/results/inference_results" + outputs_.suffix + ".json",
             dump(results, 2) + "\n");
  write_file(outputs_.folder + "/results/statistics" + outputs_.suffix + ".json",
             dump(statistics, 2) + "\n");
}

}  // namespace cadrecode::cli
