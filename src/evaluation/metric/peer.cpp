#include "evaluation/metric/peer.h"

#include <cmath>
#include <vector>

#include "evaluation/metric/align.h"
#include "evaluation/metric/frame.h"
#include "evaluation/metric/transport.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/process.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/dexel.h"
#include "geometry/mesh/measure.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"

namespace cadrecode::metric {
namespace {

using cloud::PointCloud;
using mesh::TriangleMesh;

constexpr double kNear = 0.02;  // of a box's diagonal: "matched"

// One direction: from each point of `from` to the nearest of `to`.
struct Directed {
  double mean = 0, mean_square = 0, max = 0;
  double near_share = 0;  // d < kNear * diagonal of `to`
  double cosine = 0;      // mean |normal . normal of the nearest|
};

Directed measure(const PointCloud& from, const PointCloud& to) {
  cloud::PointIndex index(to.points);
  const double limit = kNear * cloud::bounding_box(to.points).diagonal();
  Directed d;
  for (size_t i = 0; i < from.points.size(); ++i) {
    auto near = index.nearest(from.points[i]);
    double distance = std::sqrt(near.distance2);
    d.mean += distance;
    d.mean_square += near.distance2;
    d.max = std::max(d.max, distance);
    d.near_share += distance < limit;
    d.cosine += std::abs(dot(from.normals[i], to.normals[near.index]));
  }
  const double n = static_cast<double>(from.points.size());
  d.mean /= n, d.mean_square /= n, d.near_share /= n, d.cosine /= n;
  return d;
}

void turn(const Rigid& motion, PointCloud& cloud) {
  for (Vec3& p : cloud.points) p = motion.apply(p);
  for (Vec3& n : cloud.normals) n = motion.rotate(n);
}

void turn(const Rigid& motion, TriangleMesh& mesh) {
  for (Vec3& v : mesh.vertices) v = motion.apply(v);
}

// `motion` is of the frame; the part stays in the truth's units.
part::Part turned(const Rigid& motion, const Similarity& frame, const part::Part& part) {
  part::Motion m;
  m.frame.x = motion.rotate({1, 0, 0}), m.frame.normal = motion.rotate({0, 0, 1});
  m.frame.origin = frame.center - motion.rotate(frame.center) + motion.translation / frame.scale;
  return part::moved(part, m);
}

// All but the overlap.
void score_points(const PointCloud& x, const PointCloud& y, const PeerOptions& options,
                  PeerScores& scores) {
  const Directed forth = measure(x, y), back = measure(y, x);
  scores.chamfer_distance = (forth.mean + back.mean) / 2;
  scores.hausdorff_distance = std::max(forth.max, back.max);
  scores.rms_error = std::sqrt(forth.mean_square);
  scores.matching_rate = forth.near_share;
  scores.coverage_rate = back.near_share;
  scores.normal_consistency = (forth.cosine + back.cosine) / 2;
  if (options.earth_mover) scores.earth_mover_distance = earth_mover_distance(x.points, y.points);
}

PointCloud sample(const prism::Solid& solid, const Similarity& frame, size_t count, uint64_t seed) {
  prism::SurfaceSamples s = prism::sample_surface(solid, count, seed);
  for (Vec3& p : s.points) p = frame.apply(p);
  return {std::move(s.points), std::move(s.normals)};
}

}  // namespace

PeerScores peer_scores(const TriangleMesh& truth_in, const TriangleMesh& prediction_in,
                       const PeerOptions& options) {
  PeerScores scores;
  if (mesh::area(truth_in) <= 0 || mesh::area(prediction_in) <= 0) {
    scores.reason = "a mesh without area has no surface to sample";
    return scores;
  }
  TriangleMesh truth = apply(to_half(truth_in), truth_in);
  TriangleMesh prediction = apply(to_half(prediction_in), prediction_in);
  PointCloud x = cloud::sample_surface(truth, options.points, options.seed * 2).cloud;
  PointCloud y = cloud::sample_surface(prediction, options.points, options.seed * 2 + 1).cloud;
  if (options.align) {
    if (auto motion = align(y, x)) {
      turn(*motion, prediction), turn(*motion, y);
      scores.aligned = true;
    }
  }
  score_points(x, y, options, scores);
  mesh::DexelOverlap overlap = mesh::dexel_overlap(truth, prediction);
  if (overlap.verdict.ok()) {
    scores.iou = overlap.iou;
  } else {
    scores.reason = "a mesh is not closed, so it has no volume";
  }
  return scores;
}

PeerScores peer_scores(const part::Part& truth, const part::Part& prediction,
                       const PeerOptions& options) {
  const prism::Solid a(truth);
  const Box3 box = prism::bounds(a);
  const PlacedParts placed = together(prediction, prism::bounds(prism::Solid(prediction)), box);
  const Similarity frame{box.center(), placed.to_unit, {}};
  prism::Solid b(placed.prediction);
  PeerScores scores;
  const PointCloud x = sample(a, frame, options.points, options.seed * 2);
  PointCloud y = sample(b, frame, options.points, options.seed * 2 + 1);
  if (options.align) {
    if (auto motion = align(y, x)) {
      turn(*motion, y);
      b = prism::Solid(turned(*motion, frame, placed.prediction));
      scores.aligned = true;
    }
  }
  score_points(x, y, options, scores);
  scores.iou = prism::iou(a, b);
  return scores;
}

}  // namespace cadrecode::metric
