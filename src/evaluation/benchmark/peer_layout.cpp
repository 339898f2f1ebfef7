// OpenCADRecode's report layout, for scripts that read it.
//
// Its keys are kept; where it averages only parts that every model has solved, so
// do we here, and say so in benchmark_info. Missing numbers are null, never NaN.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "evaluation/benchmark/data_set.h"
#include "evaluation/benchmark/publish.h"

namespace cadrecode::benchmark {
namespace {

using nlohmann::ordered_json;
using report::Figure;
using report::Row;

constexpr Figure kPeer[] = {Figure::kPeerChamfer,  Figure::kPeerHausdorff, Figure::kPeerEarthMover,
                            Figure::kPeerRms,      Figure::kPeerIou,       Figure::kPeerMatching,
                            Figure::kPeerCoverage, Figure::kPeerNormals};

std::string name_of(Figure f) {
  return f == Figure::kPeerIou ? "iou_brep" : report::figure_name(f);
}

std::string file_name(std::string id) {
  std::replace(id.begin(), id.end(), '/', '_');
  return id;
}

std::string dump(const ordered_json& j) {
  return j.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

// The code of first candidates, by (data, system, part).
std::map<std::string, std::string> first_codes(const std::string& path) {
  std::map<std::string, std::string> codes;
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    const ordered_json j = ordered_json::parse(line, nullptr, false);
    if (!j.is_object() || j.value("candidate", 1) != 0 || !j.contains("code")) continue;
    codes[j.value("data", "") + "\n" + j.value("system", "") + "\n" + j["part"].dump()] =
        j["code"].get<std::string>();
  }
  return codes;
}

ordered_json statistics(std::vector<double> values) {
  if (values.empty()) return {{"mean", nullptr}, {"std", nullptr}};
  const double mean = *metric::mean(values);
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {{"mean", mean}, {"std", std::sqrt(squares / static_cast<double>(values.size()))}};
}

struct Writer {
  const std::string folder;
  const Config& config;
  execute::Executor& executor;
  std::map<std::string, std::string> codes;
  std::set<std::string> solved_by_all;  // "data\npart"

  // Programs to STEP and STL beside their text.
  void write_shapes(const std::vector<std::pair<std::string, std::string>>& programs,
                    const std::string& model) {
    const std::string to = folder + "/results/" + model;
    for (const char* sub : {"generated_code", "generated_stl", "generated_step"})
      std::filesystem::create_directories(to + "/" + sub);
    size_t next = 0;
    executor.run(
        [&]() -> std::optional<execute::Job> {
          if (next == programs.size()) return std::nullopt;
          const auto& [name, code] = programs[next++];
          write_file(to + "/generated_code/" + name + ".py", code);
          execute::Job job{.id = name, .code = code};
          job.outputs = {to + "/generated_stl/" + name + ".stl",
                         to + "/generated_step/" + name + ".step"};
          return job;
        },
        [](const execute::Outcome&) {});
  }

  ordered_json one_model(const report::Analysis& analysis, const std::string& system) {
    std::vector<std::pair<std::string, std::string>> programs;
    ordered_json samples = ordered_json::object(), pairs = ordered_json::array();
    std::map<Figure, std::vector<double>> values;
    size_t total = 0, good = 0;
    for (const DataConfig& d : config.data) {
      const auto group = analysis.groups.find({d.name, system});
      if (group == analysis.groups.end()) continue;
      for (const report::PartRows& part : group->second) {
        const Row& row = *part.rows.front();
        const std::string name =
            config.data.size() > 1 ? d.name + "_" + file_name(row.id) : file_name(row.id);
        const auto code = codes.find(d.name + "\n" + system + "\n" + std::to_string(row.part));
        if (code != codes.end()) programs.emplace_back(name, code->second);
        ++total, good += row.ok;
        samples[name] = {
            {"sample_id", name},
            {"generated_code",
             code == codes.end() ? ordered_json(nullptr) : ordered_json(code->second)},
            {"execution_success", row.ok},
            {"error_message", row.ok ? ordered_json(nullptr) : ordered_json(row.message)},
            {"stl_generated", row.ok},
            {"step_generated", row.ok}};
        if (!solved_by_all.count(d.name + "\n" + std::to_string(row.part))) continue;
        ordered_json pair = {{"pair_index", pairs.size()}, {"sample_id", name}};
        for (const Figure f : kPeer) {
          pair[name_of(f)] = row.has(f) ? ordered_json(row[f]) : ordered_json(nullptr);
          if (row.has(f)) values[f].push_back(row[f]);
        }
        pairs.push_back(std::move(pair));
      }
    }
    write_shapes(programs, system);
    const ordered_json stats = {{"total_samples", total},
                                {"successful_generations", good},
                                {"failed_generations", total - good},
                                {"successful_stl", good},
                                {"failed_stl", total - good}};
    const ordered_json about = {
        {"name", system}, {"path", ""}, {"model_type", "sft"}, {"base_model", nullptr}};
    const std::string to = folder + "/results/" + system;
    write_file(to + "/inference_results.json",
               dump({{"model_config", about}, {"samples", samples}, {"generation_stats", stats}}));
    ordered_json summary = {{"total_pairs", pairs.size()}, {"successful_pairs", pairs.size()}};
    ordered_json metrics = ordered_json::object();
    for (const Figure f : kPeer) {
      metrics[name_of(f)] = statistics(values[f]);
      summary[name_of(f) + "_mean"] = metrics[name_of(f)]["mean"];
      summary[name_of(f) + "_std"] = metrics[name_of(f)]["std"];
      const auto of = [&](double q) {
        const auto v = report::quantile(values[f], q);
        return v ? ordered_json(*v) : ordered_json(nullptr);
      };
      summary[name_of(f) + "_median"] = of(0.5);
      summary[name_of(f) + "_min"] = of(0), summary[name_of(f) + "_max"] = of(1);
    }
    write_file(to + "/detailed_metrics.json",
               dump({{"summary", summary}, {"batch_results", pairs}}));
    return {{"config", about}, {"generation_stats", stats}, {"metrics", metrics}};
  }
};

std::string share(size_t n, size_t of) {
  return of ? fmt::format("{:.2f} %", 100 * static_cast<double>(n) / static_cast<double>(of)) : "-";
}

std::string text_of(const ordered_json& metrics, const char* key) {
  const ordered_json& mean = metrics[key]["mean"];
  return mean.is_number() ? fmt::format("{:.4f}", mean.get<double>()) : "-";
}

}  // namespace

void write_peer_layout(const std::string& folder, const Config& config, const Published& published,
                       execute::Executor& executor) {
  if (std::find(config.protocols.begin(), config.protocols.end(), "opencadrecode") ==
      config.protocols.end()) {
    throw Error(ErrorKind::kValue,
                "OpenCADRecode's layout needs its distances: protocol: [cadrecode, opencadrecode]");
  }
  Writer writer{
      folder + "/opencadrecode", config, executor, first_codes(folder + "/predictions.jsonl"), {}};
  std::map<std::string, size_t> solved;
  for (const auto& [key, parts] : published.analysis.groups)
    for (const report::PartRows& part : parts)
      if (part.rows.front()->ok) ++solved[key.first + "\n" + std::to_string(part.part)];
  for (const auto& [key, n] : solved)
    if (n == config.systems.size()) writer.solved_by_all.insert(key);
  ordered_json models = ordered_json::object();
  size_t total = 0;
  std::string table =
      "# Benchmark report\n\nFirst candidates; metrics over the parts that every model has "
      "solved.\n\n"
      "| Model | Success Rate | STL Success | Chamfer | IoU | Matching Rate "
      "|\n|---|---|---|---|---|---|\n";
  for (const SystemConfig& s : config.systems) {
    models[s.name] = writer.one_model(published.analysis, s.name);
    const ordered_json& m = models[s.name];
    const size_t all = m["generation_stats"]["total_samples"];
    const size_t good = m["generation_stats"]["successful_generations"];
    total = std::max(total, all);
    table += fmt::format("| {} | {} | {} | {} | {} | {} |\n", s.name, share(good, all),
                         share(good, all), text_of(m["metrics"], "chamfer_distance"),
                         text_of(m["metrics"], "iou_brep"), text_of(m["metrics"], "matching_rate"));
  }
  const ordered_json info = {
      {"timestamp", nullptr},
      {"config", {{"metric_points", config.metric_points ? config.metric_points : 2000}}},
      {"total_samples", total},
      {"common_samples", writer.solved_by_all.size()}};
  write_file(writer.folder + "/benchmark_report.json",
             dump({{"benchmark_info", info}, {"models", models}}));
  write_file(writer.folder + "/benchmark_report.md", table);
}

}  // namespace cadrecode::benchmark
