// cadrecode metric: how near a prediction comes to the truth, in the field's
// own numbers.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "evaluation/metric/official.h"
#include "evaluation/metric/peer.h"
#include "evaluation/metric/summary.h"
#include "pipeline/subject/subject.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Settings {
  std::string truth, prediction, pairs, protocol = "cadrecode";
  size_t points = 0;  // the protocol's own
  uint64_t seed = 0;
  bool json = false, align = false, no_earth_mover = false;
};

struct Pair {
  std::string id, truth, prediction;
};

ordered_json nullable(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

void add_official(ordered_json& row, const mesh::TriangleMesh& truth,
                  const mesh::TriangleMesh& prediction, const Settings& settings) {
  metric::OfficialOptions options;
  if (settings.points) options.points = settings.points;
  options.seed = settings.seed;
  options.fixed_scale = settings.protocol == "fixed-scale";
  auto s = metric::official_scores(truth, prediction, options);
  row["cd"] = nullable(s.cd);
  row["iou"] = nullable(s.iou);
  row["iou_official"] = nullable(s.iou_official);
  row["excess_cd"] = nullable(s.excess_cd);
  row["iou_error"] = s.iou_error;
  if (!s.reason.empty()) row["reason"] = s.reason;
}

void add_peer(ordered_json& row, const mesh::TriangleMesh& truth,
              const mesh::TriangleMesh& prediction, const Settings& settings) {
  metric::PeerOptions options;
  if (settings.points) options.points = settings.points;
  options.seed = settings.seed;
  options.align = settings.align;
  options.earth_mover = !settings.no_earth_mover;
  auto s = metric::peer_scores(truth, prediction, options);
  row["chamfer_distance"] = nullable(s.chamfer_distance);
  row["hausdorff_distance"] = nullable(s.hausdorff_distance);
  row["earth_mover_distance"] = nullable(s.earth_mover_distance);
  row["rms_error"] = nullable(s.rms_error);
  row["iou"] = nullable(s.iou);
  row["matching_rate"] = nullable(s.matching_rate);
  row["coverage_rate"] = nullable(s.coverage_rate);
  row["normal_consistency"] = nullable(s.normal_consistency);
  row["aligned"] = s.aligned;
  if (!s.reason.empty()) row["reason"] = s.reason;
}

const mesh::TriangleMesh& surface(const subject::Subject& subject) {
  if (!subject.is_cloud()) return subject.mesh;
  throw Error(ErrorKind::kUnsupported,
              "'" + subject.path + "' is a point cloud; metrics need a surface");
}

ordered_json score(const Pair& pair, const Settings& settings, execute::Executor& executor) {
  ordered_json row = {{"id", pair.id}};
  auto truth = subject::load(pair.truth, executor);  // a bad truth is the caller's error
  surface(truth);
  try {
    auto prediction = subject::load(pair.prediction, executor);
    row["status"] = "ok";
    row["valid"] = prediction.from_kernel ? ordered_json(prediction.valid) : ordered_json(nullptr);
    if (settings.protocol == "opencadrecode") {
      add_peer(row, truth.mesh, surface(prediction), settings);
    } else {
      add_official(row, truth.mesh, surface(prediction), settings);
    }
  } catch (const Error& error) {
    row["status"] = "error";
    row["valid"] = false;
    row["cd"] = row["iou"] = nullptr;
    row["error"] = {{"kind", to_string(error.kind())}, {"message", error.what()}};
  }
  return row;
}

void print_for_people(const ordered_json& row) {
  fmt::print("{}\n", row["id"].get<std::string>());
  for (const auto& [key, value] : row.items()) {
    if (key == "id") continue;
    fmt::print("  {:<22} {}\n", key,
               value.is_number_float() ? fmt::format("{:.6g}", value.get<double>())
               : value.is_string()     ? value.get<std::string>()
                                       : value.dump());
  }
}

std::optional<Pair> next_pair(std::istream& in, size_t& number, const std::string& path) {
  std::string line;
  while (std::getline(in, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto row = nlohmann::json::parse(line, nullptr, false);
    if (!row.is_object() || !row.contains("gt") || !row.contains("pred")) {
      throw Error(ErrorKind::kInput, "a row needs the keys 'gt' and 'pred'",
                  {path, static_cast<int>(number), 0});
    }
    return Pair{row.value("id", std::to_string(number)), row["gt"].get<std::string>(),
                row["pred"].get<std::string>()};
  }
  return std::nullopt;
}

void print(const ordered_json& row, bool json) {
  if (json) {
    fmt::print("{}\n", row.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  } else {
    print_for_people(row);
  }
  std::fflush(stdout);
}

metric::CandidateScore candidate_of(const ordered_json& row) {
  auto number = [&](const char* key) -> std::optional<double> {
    auto at = row.find(key);
    if (at == row.end() || !at->is_number()) return std::nullopt;
    return at->get<double>();
  };
  return {number("cd"), number("iou"), number("iou_official")};
}

void print_summary(const std::vector<metric::PartScore>& parts) {
  auto s = metric::summarize(parts);
  auto text = [](const std::optional<double>& v) {
    return v ? fmt::format("{:.4f}", *v) : std::string("-");
  };
  fmt::print(stderr,
             "{} parts: mean CD {}  median CD {}  mean IoU {}  (same candidate {}, as the official "
             "script {})  IR {:.2f} %\n",
             s.parts, text(s.mean_cd), text(s.median_cd), text(s.mean_iou), text(s.mean_iou_same),
             text(s.mean_iou_official), 100 * s.invalid_ratio);
}

// Rows with the same id are candidates for the same part.
int run_pairs(const Settings& settings, execute::Executor& executor) {
  std::ifstream file;
  if (settings.pairs != "-") {
    file.open(settings.pairs);
    if (!file) throw Error(ErrorKind::kInput, "cannot read '" + settings.pairs + "'");
  }
  std::istream& in = settings.pairs == "-" ? std::cin : file;
  std::vector<metric::PartScore> parts;
  std::unordered_map<std::string, size_t> known;
  Progress progress("metric", 0);
  size_t number = 0, failed = 0, done = 0;
  while (!interrupted()) {
    auto pair = next_pair(in, number, settings.pairs);
    if (!pair) break;
    ordered_json row = score(*pair, settings, executor);
    print(row, settings.json);
    failed += row["status"] != "ok";
    auto [at, fresh] = known.try_emplace(pair->id, parts.size());
    if (fresh) parts.push_back({pair->id, {}});
    parts[at->second].candidates.push_back(candidate_of(row));
    progress.update(++done);
  }
  if (settings.protocol != "opencadrecode") print_summary(parts);
  if (interrupted()) return kInterrupted;
  return failed ? kSomeFailed : kDone;
}

int run(const Settings& settings) {
  watch_interrupts();
  execute::Executor executor(1);
  if (!settings.pairs.empty()) return run_pairs(settings, executor);
  ordered_json row =
      score({settings.prediction, settings.truth, settings.prediction}, settings, executor);
  print(row, settings.json);
  return row["status"] == "ok" ? kDone : exit_code(error_kind_from_string(row["error"]["kind"]));
}

}  // namespace

void add_metric(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command =
      app.add_subcommand("metric", "Compare predictions with the truth: CD, IoU, validity");
  command->add_option("--gt", s->truth, "The truth: program, STEP, BREP or mesh")
      ->type_name("FILE");
  command->add_option("--pred", s->prediction, "The prediction, likewise")->type_name("FILE");
  command
      ->add_option("--pairs", s->pairs,
                   "JSON Lines with 'gt', 'pred' and 'id'; equal ids are candidates of one part")
      ->type_name("FILE");
  command
      ->add_option("--protocol", s->protocol,
                   "cadrecode: the official one; fixed-scale: position and size count;\n"
                   "opencadrecode: that project's distances")
      ->capture_default_str()
      ->check(CLI::IsMember({"cadrecode", "fixed-scale", "opencadrecode"}));
  command
      ->add_option("--points", s->points, "Points a surface (0: 8192, or 2000 for opencadrecode)")
      ->capture_default_str();
  command->add_option("--seed", s->seed, "Same seed, same numbers")->capture_default_str();
  command->add_flag("--align", s->align,
                    "opencadrecode: align rigidly first, if that lowers the distance");
  command->add_flag("--no-emd", s->no_earth_mover,
                    "opencadrecode: leave out the earth mover's distance");
  command->add_flag("--json", s->json, "One JSON object a pair, one line each");
  command->callback([s, &action] {
    if (s->pairs.empty() == (s->truth.empty() || s->prediction.empty())) {
      throw CLI::ValidationError("metric", "give --gt and --pred, or --pairs");
    }
    action = [s] { return run(*s); };
  });
}

}  // namespace cadrecode::cli
