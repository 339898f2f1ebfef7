// Predictions beside truths, by the field's protocols: pairs in, one JSON object
// each out.
//
// Programs of the sketch-and-extrude kind are measured by the analytic engine,
// everything else from meshes. Three stages a block, so that forked workers and
// threads never meet: texts are recognised as parts (threads), what still needs
// the kernel or a file is loaded (workers), pairs are scored (threads). Rows do
// not depend on either count.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::score {

struct Settings {
  // cadrecode, fixed-scale, opencadrecode. The first one's figures stand in the
  // row itself, those of the others in objects under their names.
  std::vector<std::string> protocols = {"cadrecode"};
  std::string by = "auto";  // prism, mesh
  size_t points = 0;        // the protocol's own
  int threads = 0;          // one per core
  double iou_error = 1e-3;  // of meshes: rays are doubled until it is estimated below
  bool iou_official = false, no_excess = false;
  bool align = false, no_earth_mover = false;  // opencadrecode
  double cpu_seconds = 10;                     // that a program may take on the kernel
};

// A file, or a program's text.
struct Input {
  std::string path;
  std::optional<std::string> code;
  bool missing() const { return path.empty() && !code; }
  std::string key() const { return code ? "code " + *code : "file " + path; }
};

// What a system was shown of a truth: points in the frame "unit" (the truth's box
// into [-1, 1]^3 about its centre), each the farthest from those before it.
struct Observed {
  std::shared_ptr<const std::vector<Vec3>> points;  // null: see failure
  std::optional<Error> failure;
};

struct Pair {
  std::string id;
  Input truth, prediction;
  uint64_t seed = 0;  // of its samples
  // Adds `misfit`: how far the prediction and these points are apart. Null: not asked.
  std::shared_ptr<const std::vector<Vec3>> observed;
};

// The seed of a row among many: were all rows drawn from one stream, their
// errors would be alike and would not average out. Rows of one id share it.
uint64_t row_seed(uint64_t seed, const std::string& id);

class Scorer {
 public:
  // Without an executor one is made when first needed.
  explicit Scorer(Settings settings, execute::Executor* executor = nullptr);
  ~Scorer();

  size_t block() const;  // pairs worth giving at once
  // A row for each pair, in order. What is wrong with a pair stands in its row.
  std::vector<nlohmann::ordered_json> score(const std::vector<Pair>& pairs);

  // Points of truths: of `dense` drawn by area, the `count` farthest from each
  // other. Parts are drawn from by the engine, everything else from its mesh; a
  // cloud is taken as the dense sample.
  struct Drawing {
    Input truth;
    uint64_t seed = 0;
  };
  std::vector<Observed> observe(const std::vector<Drawing>& truths, size_t count, size_t dense);

 private:
  struct Side;
  struct Block;
  void recognise(std::vector<Side>& sides) const;
  void choose_way(Block& block) const;
  void load(std::vector<Side>& sides);
  nlohmann::ordered_json row(const Pair& pair, const Side& truth, const Side& prediction) const;
  void add_protocol(nlohmann::ordered_json& row, const std::string& protocol, const Pair& pair,
                    const Side& truth, const Side& prediction, bool by_prism) const;

  Settings settings_;
  execute::Executor* executor_;
  std::unique_ptr<execute::Executor> own_executor_;
};

// The mean squared distance of the points to the prediction's surface plus that
// of the surface to the points (less what a perfect answer would show at their
// density), after the prediction's box is brought to theirs as the official
// protocol brings it to the truth's; in units of half the longest side, x 1000.
// No truth is asked: a choice by it is one a user could make. For parts this is
// reward::misfit. Errors: kValue, kGeometry for a surface without area.
double misfit(const mesh::TriangleMesh& prediction, const std::vector<Vec3>& observed,
              uint64_t seed);
double misfit(const part::Part& prediction, const std::vector<Vec3>& observed, uint64_t seed);

// Whether a row failed for its truth, which says nothing about the prediction.
bool is_bad_truth(const nlohmann::ordered_json& row);

}  // namespace cadrecode::score
