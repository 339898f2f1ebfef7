#include "evaluation/report/row.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace cadrecode::report {
namespace {

using nlohmann::ordered_json;

constexpr std::array<const char*, kFigures> kNames = {"cd",
                                                      "iou",
                                                      "iou_official",
                                                      "excess_cd",
                                                      "iou_error",
                                                      "acc_cmd",
                                                      "acc_param",
                                                      "misfit",
                                                      "fixed_cd",
                                                      "fixed_iou",
                                                      "chamfer_distance",
                                                      "hausdorff_distance",
                                                      "earth_mover_distance",
                                                      "rms_error",
                                                      "peer_iou",
                                                      "matching_rate",
                                                      "coverage_rate",
                                                      "normal_consistency",
                                                      "tokens"};

[[noreturn]] void wrong(const std::string& what) {
  throw Error(ErrorKind::kInput, "a row of results: " + what);
}

template <typename T>
T need(const ordered_json& row, const char* key) {
  const auto at = row.find(key);
  if (at == row.end()) wrong(std::string("no '") + key + "'");
  if constexpr (std::is_same_v<T, std::string>) {
    if (!at->is_string()) wrong(std::string("'") + key + "' is no text");
  } else {
    if (!at->is_number_unsigned()) wrong(std::string("'") + key + "' is no count");
  }
  return at->get<T>();
}

std::string text_or_none(const ordered_json& row, const char* key) {
  const auto at = row.find(key);
  return at != row.end() && at->is_string() ? at->get<std::string>() : "";
}

}  // namespace

const char* figure_name(Figure figure) { return kNames[static_cast<size_t>(figure)]; }

std::string to_line(const Row& row) {
  ordered_json j = {{"data", row.data},
                    {"system", row.system},
                    {"part", row.part},
                    {"id", row.id},
                    {"candidate", row.candidate},
                    {"candidates", row.candidates},
                    {"status", row.ok ? "ok" : "error"}};
  if (!row.ok) j["stage"] = row.stage, j["kind"] = row.kind;
  if (!row.message.empty()) j["message"] = row.message;
  if (!row.by.empty()) j["by"] = row.by;
  if (row.valid >= 0) j["valid"] = row.valid == 1;
  for (size_t f = 0; f < kFigures; ++f) {
    const double v = row.figures[f];
    if (static_cast<Figure>(f) == Figure::kTokens) {
      if (!std::isnan(v)) j[kNames[f]] = static_cast<uint64_t>(v);
    } else if (std::isfinite(v)) {
      j[kNames[f]] = v;
    }
  }
  return j.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Row row_of_line(std::string_view line) {
  const ordered_json j = ordered_json::parse(line, nullptr, false);
  if (j.is_discarded() || !j.is_object()) wrong("not a JSON object");
  Row row;
  row.data = need<std::string>(j, "data");
  row.system = need<std::string>(j, "system");
  row.id = need<std::string>(j, "id");
  row.part = need<uint64_t>(j, "part");
  row.candidate = need<uint32_t>(j, "candidate");
  row.candidates = need<uint32_t>(j, "candidates");
  if (row.candidate >= row.candidates) wrong("'candidate' is not below 'candidates'");
  row.ok = need<std::string>(j, "status") == "ok";
  row.stage = text_or_none(j, "stage");
  row.kind = text_or_none(j, "kind");
  row.message = text_or_none(j, "message");
  row.by = text_or_none(j, "by");
  const auto valid = j.find("valid");
  if (valid != j.end() && valid->is_boolean()) row.valid = valid->get<bool>();
  for (size_t f = 0; f < kFigures; ++f) {
    const auto at = j.find(kNames[f]);
    if (at != j.end() && at->is_number()) row.figures[f] = at->get<double>();
  }
  return row;
}

std::vector<Row> read_rows(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::kInput, "cannot read '" + path + "'", {path, 0, 0});
  std::vector<Row> rows;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty()) continue;
    try {
      rows.push_back(row_of_line(line));
    } catch (const Error& error) {
      throw error.at({path, number, 0});
    }
  }
  return rows;
}

}  // namespace cadrecode::report
