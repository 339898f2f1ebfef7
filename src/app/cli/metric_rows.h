// The rows of `cadrecode metric`: pairs in, one JSON object each out.
//
// Three stages a block, so that forked workers and threads never meet: texts are
// recognised as parts (threads), what still needs the kernel or a file is loaded
// (workers), pairs are scored (threads). Rows do not depend on either count.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/execute/execute.h"

namespace cadrecode::cli {

struct MetricSettings {
  std::string protocol = "cadrecode";  // fixed-scale, opencadrecode
  std::string by = "auto";             // prism, mesh
  size_t points = 0;                   // the protocol's own
  int threads = 0;                     // one per core
  double iou_error = 1e-3;             // of meshes: rays are doubled until it is estimated below
  bool iou_official = false, no_excess = false;
  bool align = false, no_earth_mover = false;  // opencadrecode
};

// A file, or a program's text.
struct MetricInput {
  std::string path;
  std::optional<std::string> code;
  bool missing() const { return path.empty() && !code; }
};

struct MetricPair {
  std::string id;
  MetricInput truth, prediction;
  uint64_t seed = 0;  // of its samples
};

// The seed of a row among many: were all rows drawn from one stream, their
// errors would be alike and would not average out. Rows of one id share it.
uint64_t row_seed(uint64_t seed, const std::string& id);

class MetricScorer {
 public:
  explicit MetricScorer(MetricSettings settings);
  ~MetricScorer();

  size_t block() const;  // pairs worth giving at once
  // A row for each pair, in order. What is wrong with a pair stands in its row.
  std::vector<nlohmann::ordered_json> score(const std::vector<MetricPair>& pairs);

 private:
  struct Side;
  struct Block;
  void recognise(Block& block) const;
  void load(Block& block);
  nlohmann::ordered_json row(const MetricPair& pair, const Side& truth,
                             const Side& prediction) const;

  MetricSettings settings_;
  std::unique_ptr<execute::Executor> executor_;  // made when first needed
};

// Whether a row failed for its truth, which says nothing about the prediction.
bool is_bad_truth(const nlohmann::ordered_json& row);

}  // namespace cadrecode::cli
