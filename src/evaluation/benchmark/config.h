// What a benchmark is told: one YAML file makes one set of tables.
//
//   title: Fusion 360, ten samples
//   data:
//     - {name: fusion360, path: fusion360_test_mesh}      # a folder or rows
//     - {name: cc3d, path: cc3d/cad, input: cc3d/scans}   # shown: the scan of equal name
//   systems:
//     - {name: mini, model: models/mini, temperature: 1}
//     - {name: official, predictions: out/official}       # <stem>+<k>.py, .step, .stl
//     - {name: fit, fit: true}
//     - {name: reconstruct, reconstruct: {candidates: 12}}
//   protocol: [cadrecode, fixed-scale, opencadrecode]
//   candidates: 10                # programs a part
//   points: 256                   # shown of a part
//   choose: [oracle, input, single]
//   seed: 0
//
// Everything is in docs/benchmark.md. Paths are as the current folder sees them.
// Unknown keys are errors, with the nearest known one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/report/analysis.h"
#include "evaluation/score/score.h"

namespace cadrecode::benchmark {

struct DataConfig {
  std::string name, path;
  std::string set;          // a name of configs/data/*.yaml, whose count and hash it must have
  std::string input;        // folder of what systems are shown; empty: the truth itself
  std::string key;          // of rows: where the program stands; empty: "code"
  std::string archive;      // of .json: "deepcad" or "fusion360"
  std::string split, part;  // a JSON file {part: [ids]}: only those ids
  uint64_t every = 1, first = 0, limit = 0;
};

enum class SystemKind { kModel, kPredictions, kReconstruct, kFit };
const char* to_string(SystemKind kind);

struct SystemConfig {
  std::string name;
  SystemKind kind = SystemKind::kPredictions;
  std::string path;  // model folder, or predictions
  // predictions
  std::string key;  // of rows
  // model
  std::string tokenizer, weights;
  double temperature = 0, top_p = 1;
  uint64_t max_new_tokens = 768;
  bool constrain = false;
  uint64_t batch = 16;
  std::optional<uint64_t> points;  // other than the benchmark's
  // reconstruct, fit
  // Of processor time, then reconstruct looks for no more candidates; 0: counts
  // alone bound it, so that answers do not depend on the machine.
  double budget_seconds = 0;
  uint64_t judged = 12;  // candidates judged in full by reconstruct
  uint64_t cloud = 0;    // points of a cloud they are shown; 0: the whole surface
  double cpu_seconds = 120;
  // all
  std::vector<std::string> data;       // only on these data sets; empty: on all
  std::optional<uint64_t> candidates;  // other than the benchmark's
};

// Whether a system is to be run on a data set.
bool runs_on(const SystemConfig& system, const std::string& data);

struct Config {
  std::string title = "Benchmark";
  std::vector<DataConfig> data;
  std::vector<SystemConfig> systems;
  std::vector<std::string> protocols = {"cadrecode"};
  uint64_t candidates = 1, points = 256, dense = 8192;
  std::vector<report::Choice> choose = {report::Choice::kOracle, report::Choice::kInput,
                                        report::Choice::kSingle};
  uint64_t seed = 0;
  // metrics
  std::string by = "auto";
  uint64_t metric_points = 0;
  bool iou_official = true, excess = true, earth_mover = false, align = false;
  double iou_error = 1e-3, cpu_seconds = 10;
  // report
  uint64_t bootstrap = 1000, gallery = 20;
  bool references = true;  // published rows beside ours, where the data set is a published one
  std::string viewer;      // link of a part: {data}, {id}, {system} are filled in
};

// Errors: kSyntax, kValue, with file, line and column.
Config read_config(const std::string& yaml, const std::string& name);
Config read_config_file(const std::string& path);

score::Settings score_settings(const Config& config, int threads);
report::Options report_options(const Config& config);

}  // namespace cadrecode::benchmark
