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
#include "evaluation/metric/summary.h"
#include "evaluation/score/score.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

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

// A side of a row: text under `<name>_code`, or a file under `<name>`; null or
// nothing is a prediction that is missing.
score::Input side(const nlohmann::json& row, const std::string& name) {
  score::Input input;
  const auto text = row.find(name + "_code"), file = row.find(name);
  if (text != row.end() && text->is_string()) input.code = text->get<std::string>();
  if (file != row.end() && file->is_string()) input.path = file->get<std::string>();
  return input;
}

std::optional<score::Pair> next_pair(std::istream& in, size_t& number, const std::string& path) {
  std::string line;
  while (std::getline(in, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto row = nlohmann::json::parse(line, nullptr, false);
    const bool complete = row.is_object() && !side(row, "gt").missing() &&
                          (row.contains("pred") || row.contains("pred_code"));
    if (!complete) {
      throw Error(ErrorKind::kInput,
                  "a row needs 'gt' and 'pred' (files), or 'gt_code' and 'pred_code'",
                  {path, static_cast<int>(number), 0});
    }
    const auto id = row.find("id");
    return score::Pair{id == row.end()   ? std::to_string(number)
                       : id->is_string() ? id->get<std::string>()
                                         : id->dump(),
                       side(row, "gt"),
                       side(row, "pred"),
                       0,
                       {}};
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

// `official`: every row was asked for iou_official.
void print_summary(const std::vector<metric::PartScore>& parts, bool official) {
  auto s = metric::summarize(parts);
  auto text = [](const std::optional<double>& v) {
    return v ? fmt::format("{:.4f}", *v) : std::string("-");
  };
  fmt::print(stderr,
             "{} parts: mean CD {}  median CD {}  mean IoU {}  (same candidate {}, as the official "
             "script {})  IR {:.2f} %\n",
             s.parts, text(s.mean_cd), text(s.median_cd), text(s.mean_iou), text(s.mean_iou_same),
             official ? text(s.mean_iou_official) : "-", 100 * s.invalid_ratio);
}

struct Arguments {
  score::Settings settings;
  std::string truth, prediction, pairs, protocol = "cadrecode";
  uint64_t seed = 0;
  bool json = false;
};

// Rows with the same id are candidates for the same part.
class Parts {
 public:
  void add(const std::string& id, const ordered_json& row) {
    auto [at, fresh] = known_.try_emplace(id, scores_.size());
    if (fresh) scores_.push_back({id, {}});
    scores_[at->second].candidates.push_back(candidate_of(row));
  }
  const std::vector<metric::PartScore>& scores() const { return scores_; }

 private:
  std::vector<metric::PartScore> scores_;
  std::unordered_map<std::string, size_t> known_;
};

int run_pairs(const Arguments& a) {
  const std::string& path = a.pairs;
  std::ifstream file;
  if (path != "-") {
    file.open(path);
    if (!file) throw Error(ErrorKind::kInput, "cannot read '" + path + "'");
  }
  std::istream& in = path == "-" ? std::cin : file;
  score::Scorer scorer(a.settings);
  Parts parts;
  Progress progress("metric", 0);
  size_t number = 0, failed = 0, done = 0;
  for (bool more = true; more && !interrupted();) {
    std::vector<score::Pair> block;
    while (block.size() < scorer.block() && more) {
      auto pair = next_pair(in, number, path);
      more = pair.has_value();
      if (!pair) break;
      pair->seed = score::row_seed(a.seed, pair->id);
      block.push_back(std::move(*pair));
    }
    const std::vector<ordered_json> rows = scorer.score(block);
    for (size_t i = 0; i < rows.size(); ++i) {
      print(rows[i], a.json);
      failed += rows[i]["status"] != "ok";
      if (!score::is_bad_truth(rows[i])) parts.add(block[i].id, rows[i]);
    }
    progress.update(done += rows.size());
  }
  if (a.protocol != "opencadrecode") {
    print_summary(parts.scores(), a.settings.iou_official || a.settings.by == "mesh");
  }
  if (interrupted()) return kInterrupted;
  return failed ? kSomeFailed : kDone;
}

int run_one(const Arguments& a) {
  score::Scorer scorer(a.settings);
  const ordered_json row =
      scorer.score({{a.prediction, {a.truth, {}}, {a.prediction, {}}, a.seed, {}}}).front();
  if (!score::is_bad_truth(row)) print(row, a.json);
  if (row["status"] == "ok") return kDone;
  const ErrorKind kind = error_kind_from_string(row["error"]["kind"]);
  if (score::is_bad_truth(row)) throw Error(kind, row["error"]["message"].get<std::string>());
  return exit_code(kind);
}

}  // namespace

void add_metric(CLI::App& app, Action& action) {
  auto a = std::make_shared<Arguments>();
  score::Settings* s = &a->settings;
  CLI::App* command =
      app.add_subcommand("metric", "Compare predictions with the truth: CD, IoU, validity");
  command->add_option("--gt", a->truth, "The truth: program, STEP, BREP or mesh")
      ->type_name("FILE");
  command->add_option("--pred", a->prediction, "The prediction, likewise")->type_name("FILE");
  command
      ->add_option(
          "--pairs", a->pairs,
          "JSON Lines with 'id', and 'gt' and 'pred' (files) or 'gt_code' and 'pred_code'\n"
          "(programs); equal ids are candidates of one part")
      ->type_name("FILE");
  command
      ->add_option("--protocol", a->protocol,
                   "cadrecode: the official one; fixed-scale: position and size count;\n"
                   "opencadrecode: that project's distances")
      ->capture_default_str()
      ->check(CLI::IsMember({"cadrecode", "fixed-scale", "opencadrecode"}));
  command
      ->add_option("--by", s->by,
                   "prism: sketch-and-extrude programs analytically, nothing else;\n"
                   "mesh: everything from meshes; auto: prism where both sides allow")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "prism", "mesh"}));
  command
      ->add_option("--points", s->points, "Points a surface (0: 8192, or 2000 for opencadrecode)")
      ->capture_default_str();
  command->add_option("--seed", a->seed, "Same seed, same numbers")->capture_default_str();
  command->add_option("--threads", s->threads, "0: one per core")->capture_default_str();
  command->add_flag("--iou-official", s->iou_official,
                    "The official script's IoU also where parts need no mesh for the rest");
  command
      ->add_option("--iou-error", s->iou_error,
                   "Of meshes: rays are doubled until the error is estimated below this")
      ->capture_default_str()
      ->check(CLI::Range(1e-5, 0.1));
  command->add_flag("--no-excess", s->no_excess, "Leave out excess_cd, half of the work");
  command->add_flag("--align", s->align,
                    "opencadrecode: align rigidly first, if that lowers the distance");
  command->add_flag("--no-emd", s->no_earth_mover,
                    "opencadrecode: leave out the earth mover's distance");
  command->add_flag("--json", a->json, "One JSON object a pair, one line each");
  command->callback([a, &action] {
    if (a->pairs.empty() == (a->truth.empty() || a->prediction.empty())) {
      throw CLI::ValidationError("metric", "give --gt and --pred, or --pairs");
    }
    a->settings.protocols = {a->protocol};
    action = [a] {
      watch_interrupts();
      return a->pairs.empty() ? run_one(*a) : run_pairs(*a);
    };
  });
}

}  // namespace cadrecode::cli
