#include "evaluation/metric/official.h"

#include <algorithm>

#include "evaluation/metric/bodies.h"
#include "evaluation/metric/frame.h"
#include "geometry/cloud/nearest_all.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/dexel.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"
#include "geometry/prism/solid.h"

namespace cadrecode::metric {
namespace {

using mesh::TriangleMesh;

// Independent streams of one seed: the truth, its second sample, the prediction.
enum Stream : uint64_t { kTruth, kTruthAgain, kPrediction };

std::vector<Vec3> sample(const TriangleMesh& mesh, const OfficialOptions& options, Stream stream) {
  return cloud::sample_surface(mesh, options.points, options.seed * 3 + stream).cloud.points;
}

double mean_square(const cloud::PointTree& from, const cloud::PointTree& to) {
  thread_local std::vector<double> distances;
  distances.resize(from.size());
  cloud::nearest_squared(from, to, distances);
  double sum = 0;
  for (const double d : distances) sum += d;
  return sum / static_cast<double>(from.size());
}

double cd1000(const cloud::PointTree& a, const cloud::PointTree& b) {
  return 1000 * (mean_square(a, b) + mean_square(b, a));
}

void score_distance(const TriangleMesh& truth, const TriangleMesh& prediction,
                    const OfficialOptions& options, OfficialScores& scores) {
  if (mesh::area(truth) <= 0 || mesh::area(prediction) <= 0) {
    scores.reason = "a mesh without area has no surface to sample";
    return;
  }
  const cloud::PointTree on_truth(sample(truth, options, kTruth));
  scores.cd = cd1000(on_truth, cloud::PointTree(sample(prediction, options, kPrediction)));
  if (!options.excess) return;
  scores.excess_cd =
      *scores.cd - cd1000(on_truth, cloud::PointTree(sample(truth, options, kTruthAgain)));
}

mesh::DexelOptions dexel_options(const OfficialOptions& options) {
  mesh::DexelOptions dexels;
  dexels.target_error = options.iou_error;
  dexels.max_rays = 512;
  return dexels;
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
// volumes are known exactly: so the shared volume is corrected by their ratio,
// which takes off most of the lateral error.
double corrected(const mesh::DexelOverlap& overlap, double volumes) {
  const double seen = overlap.volume_a + overlap.volume_b;
  return seen > 0 ? overlap.intersection * volumes / seen : 0;
}

std::optional<double> iou_of(double common, double volumes) {
  const double united = volumes - common;
  if (!(united > 0)) return std::nullopt;
  return common / united;
}

// `whole` is the overlap of the meshes, if it is known: nothing else has to be
// measured where all of both is one watertight body.
std::optional<double> bodies_iou(const TriangleMesh& truth, const TriangleMesh& prediction,
                                 const OfficialOptions& options,
                                 const mesh::DexelOverlap* whole = nullptr) {
  const auto a = watertight_bodies(truth), b = watertight_bodies(prediction);
  const double volumes = volume_sum(a) + volume_sum(b);
  const auto is_all = [](const std::vector<TriangleMesh>& bodies, const TriangleMesh& mesh) {
    return bodies.size() == 1 && bodies[0].triangles.size() == mesh.triangles.size();
  };
  if (whole && is_all(a, truth) && is_all(b, prediction))
    return iou_of(corrected(*whole, volumes), volumes);
  double common = 0;
  for (const TriangleMesh& body_a : a) {
    for (const TriangleMesh& body_b : b) {
      if (apart(mesh::bounding_box(body_a), mesh::bounding_box(body_b))) continue;
      const double both = mesh::volume(body_a) + mesh::volume(body_b);
      mesh::DexelOptions dexels = dexel_options(options);
      dexels.target_error *= std::max(1.0, volumes / both);  // its share of the whole
      common += corrected(mesh::dexel_overlap(body_a, body_b, dexels), both);
    }
  }
  return iou_of(common, volumes);
}

void score_overlap(const TriangleMesh& truth, const TriangleMesh& prediction,
                   const OfficialOptions& options, OfficialScores& scores) {
  const mesh::DexelOverlap overlap = mesh::dexel_overlap(truth, prediction, dexel_options(options));
  scores.iou_error = overlap.iou_error;
  const double volumes = mesh::volume(truth) + mesh::volume(prediction);
  const double seen = overlap.volume_a + overlap.volume_b;
  if (overlap.verdict.ok()) {
    // bodies of one mesh that overlap have less volume together than alone
    const bool alone = std::abs(seen - volumes) <= 2 * overlap.iou_error * volumes;
    scores.iou = alone ? iou_of(corrected(overlap, volumes), volumes) : overlap.iou;
  } else {
    scores.reason = "a mesh is not closed, so it has no volume";
  }
  if (options.bodies) {
    scores.iou_official =
        bodies_iou(truth, prediction, options, overlap.verdict.ok() ? &overlap : nullptr);
  }
}

// Both meshes in the frame "official".
struct Pair {
  TriangleMesh truth, prediction;
};
Pair placed(const TriangleMesh& truth, const TriangleMesh& prediction,
            const OfficialOptions& options) {
  Pair pair{apply(to_official(truth), truth),
            apply(options.fixed_scale ? fixed_scale() : to_official(prediction), prediction)};
  mesh::weld(pair.truth);
  mesh::weld(pair.prediction);
  return pair;
}

std::vector<Vec3> sample(const prism::Solid& solid, const OfficialOptions& options, Stream stream) {
  return prism::sample_surface(solid, options.points, options.seed * 3 + stream).points;
}

}  // namespace

OfficialScores official_scores(const TriangleMesh& truth, const TriangleMesh& prediction,
                               const OfficialOptions& options) {
  OfficialScores scores;
  if (truth.empty() || prediction.empty()) {
    scores.reason = "an empty mesh";
    return scores;
  }
  const Pair pair = placed(truth, prediction, options);
  score_distance(pair.truth, pair.prediction, options, scores);
  score_overlap(pair.truth, pair.prediction, options, scores);
  return scores;
}

std::optional<double> official_iou(const TriangleMesh& truth, const TriangleMesh& prediction,
                                   const OfficialOptions& options) {
  if (truth.empty() || prediction.empty()) return std::nullopt;
  const Pair pair = placed(truth, prediction, options);
  return bodies_iou(pair.truth, pair.prediction, options);
}

// Everything in the truth's own units; squared distances are scaled at the end.
OfficialScores official_scores(const part::Part& truth, const part::Part& prediction,
                               const OfficialOptions& options) {
  const prism::Solid a(truth);
  const PlacedParts placed = together(prediction, prism::bounds(prism::Solid(prediction)),
                                      prism::bounds(a), options.fixed_scale);
  const prism::Solid b(placed.prediction);
  const double square = placed.to_unit * placed.to_unit;
  OfficialScores scores;
  const cloud::PointTree on_truth(sample(a, options, kTruth));
  scores.cd = square * cd1000(on_truth, cloud::PointTree(sample(b, options, kPrediction)));
  if (options.excess) {
    scores.excess_cd =
        *scores.cd - square * cd1000(on_truth, cloud::PointTree(sample(a, options, kTruthAgain)));
  }
  scores.iou = prism::iou(a, b);
  return scores;
}

}  // namespace cadrecode::metric
