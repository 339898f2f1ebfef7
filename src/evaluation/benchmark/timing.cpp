// What a benchmark costs: a page of its own, for times are never the same twice.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "evaluation/benchmark/publish.h"

namespace cadrecode::benchmark {
namespace {

using nlohmann::json;

struct Cost {
  double parts = 0, candidates = 0, tokens = 0;
  double answered = 0, answered_candidates = 0;  // parts in blocks that were asked anew
  double answer_wall = 0, answer_cpu = 0, measure_wall = 0, measure_cpu = 0;
  double threads = 1;
};

// The published test sets (configs/data): parts.
constexpr double kDeepcad = 8046, kFusion = 1725, kCc3d = 2973,
                 kPublished = kDeepcad + kFusion + kCc3d;

std::map<std::pair<std::string, std::string>, Cost> read_times(const std::string& path) {
  std::map<std::pair<std::string, std::string>, Cost> costs;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const json j = json::parse(line, nullptr, false);
    if (!j.is_object() || !j.contains("data") || !j.contains("measure_cpu")) continue;  // cut
    Cost& c = costs[{j["data"], j["system"]}];
    const double parts = j["parts"], candidates = j["candidates"];
    c.parts += parts, c.candidates += candidates, c.threads = j["threads"];
    c.measure_wall += j["measure_wall"].get<double>();
    c.measure_cpu += j["measure_cpu"].get<double>();
    if (j["answer_wall"].is_null()) continue;
    c.answered += parts, c.answered_candidates += candidates;
    c.tokens += j["tokens"].get<double>();
    c.answer_wall += j["answer_wall"].get<double>();
    c.answer_cpu += j["answer_cpu"].get<double>();
  }
  return costs;
}

std::string per(double a, double b, const char* format = "{:.3f}") {
  return b > 0 ? fmt::format(fmt::runtime(format), a / b) : "-";
}

std::string hours(double seconds) {
  if (seconds < 5400) return fmt::format("{:.1f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

std::string timing_text(const std::string& folder, const Config& config) {
  const std::string path = folder + "/times.jsonl";
  if (!std::filesystem::exists(path)) return "";
  const auto costs = read_times(path);
  if (costs.empty()) return "";
  std::string out =
      "# What it took\n\nSeconds of wall and of processor time (workers included) on the machines "
      "that ran it; all runs that made up the folder together.\n\n"
      "| data | system | parts | answer, CPU s a part | wall | tokens/s | measure, CPU s a "
      "candidate "
      "| wall |\n|---|---|---|---|---|---|---|---|\n";
  std::string projection;
  for (const DataConfig& d : config.data) {
    for (const SystemConfig& s : config.systems) {
      const auto at = costs.find({d.name, s.name});
      if (at == costs.end()) continue;
      const Cost& c = at->second;
      out += fmt::format("| {} | {} | {:.0f} | {} | {} | {} | {} | {} |\n", d.name, s.name, c.parts,
                         per(c.answer_cpu, c.answered), per(c.answer_wall, c.answered),
                         c.tokens > 0 ? per(c.tokens, c.answer_wall, "{:.0f}") : "-",
                         per(c.measure_cpu, c.candidates, "{:.4f}"),
                         per(c.measure_wall, c.candidates, "{:.4f}"));
      if (c.parts <= 0 || c.candidates <= 0 || c.answered <= 0) continue;
      const double measure = kPublished * 10 * c.measure_cpu / c.candidates;
      const double answer = s.kind == SystemKind::kModel
                                ? kPublished * 10 * c.answer_cpu / c.answered_candidates
                                : kPublished * c.answer_cpu / c.answered;
      projection +=
          fmt::format("| {} | {} | {} | {} |\n", s.name, d.name, hours(answer), hours(measure));
    }
  }
  out += fmt::format(
      "\n## The published sets\n\n{:.0f} + {:.0f} + {:.0f} parts, 10 candidates each, at the cost "
      "above, in hours of one core (a model's samples cost by the candidate, a search by the "
      "part). Parts are independent: n cores take an n-th.\n\n| system | as on | answers | figures "
      "|\n|---|---|---|---|\n{}",
      kDeepcad, kFusion, kCc3d, projection);
  return out;
}

}  // namespace cadrecode::benchmark
