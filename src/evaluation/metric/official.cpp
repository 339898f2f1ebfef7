#include "evaluation/metric/official.h"

#include <algorithm>

#include "evaluation/metric/bodies.h"
#include "evaluation/metric/frame.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/dexel.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"

namespace cadrecode::metric {
namespace {

using mesh::TriangleMesh;

// Independent streams of one seed: the truth, its second sample, the prediction.
enum Stream : uint64_t { kTruth, kTruthAgain, kPrediction };

std::vector<Vec3> sample(const TriangleMesh& mesh, const OfficialOptions& options, Stream stream) {
  return cloud::sample_surface(mesh, options.points, options.seed * 3 + stream).cloud.points;
}

double cd1000(const std::vector<Vec3>& a, const std::vector<Vec3>& b) {
  return cloud::chamfer(a, b).squared() * 1000;
}

void score_distance(const TriangleMesh& truth, const TriangleMesh& prediction,
                    const OfficialOptions& options, OfficialScores& scores) {
  if (mesh::area(truth) <= 0 || mesh::area(prediction) <= 0) {
    scores.reason = "a mesh without area has no surface to sample";
    return;
  }
  auto on_truth = sample(truth, options, kTruth);
  scores.cd = cd1000(on_truth, sample(prediction, options, kPrediction));
  scores.excess_cd = *scores.cd - cd1000(on_truth, sample(truth, options, kTruthAgain));
}

void score_overlap(const TriangleMesh& truth, const TriangleMesh& prediction,
                   const OfficialOptions& options, OfficialScores& scores) {
  mesh::DexelOptions dexels;
  dexels.target_error = options.iou_error;
  mesh::DexelOverlap overlap = mesh::dexel_overlap(truth, prediction, dexels);
  scores.iou_error = overlap.iou_error;
  if (overlap.verdict.ok()) {
    scores.iou = overlap.iou;
  } else {
    scores.reason = "a mesh is not closed, so it has no volume";
  }
}

double volume_sum(const std::vector<TriangleMesh>& bodies) {
  double sum = 0;
  for (const TriangleMesh& body : bodies) sum += mesh::volume(body);
  return sum;
}

bool apart(const Box3& a, const Box3& b) {
  for (int axis = 0; axis < 3; ++axis) {
    if (a.lo[axis] >= b.hi[axis] || b.lo[axis] >= a.hi[axis]) return true;
  }
  return false;
}

// The rays misjudge the bodies and what they share alike, and the bodies' own
// volumes are known exactly: so the shared volume is corrected by their ratio.
double common_volume(const TriangleMesh& a, const TriangleMesh& b,
                     const mesh::DexelOptions& dexels) {
  mesh::DexelOverlap overlap = mesh::dexel_overlap(a, b, dexels);
  double seen = overlap.volume_a + overlap.volume_b;
  return seen > 0 ? overlap.intersection * (mesh::volume(a) + mesh::volume(b)) / seen : 0;
}

std::optional<double> official_iou(const TriangleMesh& truth, const TriangleMesh& prediction,
                                   const OfficialOptions& options) {
  auto a = watertight_bodies(truth), b = watertight_bodies(prediction);
  mesh::DexelOptions dexels;
  dexels.target_error = options.iou_error;
  double intersection = 0;
  for (const TriangleMesh& body_a : a) {
    for (const TriangleMesh& body_b : b) {
      if (apart(mesh::bounding_box(body_a), mesh::bounding_box(body_b))) continue;
      intersection += common_volume(body_a, body_b, dexels);
    }
  }
  double united = volume_sum(a) + volume_sum(b) - intersection;
  if (!(united > 0)) return std::nullopt;
  return intersection / united;
}

}  // namespace

OfficialScores official_scores(const TriangleMesh& truth_in, const TriangleMesh& prediction_in,
                               const OfficialOptions& options) {
  OfficialScores scores;
  if (truth_in.empty() || prediction_in.empty()) {
    scores.reason = "an empty mesh";
    return scores;
  }
  TriangleMesh truth = apply(to_official(truth_in), truth_in);
  TriangleMesh prediction =
      apply(options.fixed_scale ? fixed_scale() : to_official(prediction_in), prediction_in);
  mesh::weld(truth);
  mesh::weld(prediction);
  score_distance(truth, prediction, options, scores);
  score_overlap(truth, prediction, options, scores);
  scores.iou_official = official_iou(truth, prediction, options);
  return scores;
}

}  // namespace cadrecode::metric
