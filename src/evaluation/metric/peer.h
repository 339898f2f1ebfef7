// The distances of the OpenCADRecode project, under its own names.
//
// Both meshes, or parts, are moved and scaled by their own box to longest side 1 at the
// origin (frame "half"); N points each, uniform by area, with face normals.
// X = truth's points, Y = prediction's, d = Euclidean distance to the nearest:
//   chamfer_distance      (mean_X d + mean_Y d) / 2        (not squared, no x 1000)
//   hausdorff_distance    max(max_X d, max_Y d)
//   earth_mover_distance  exact optimal transport, uniform weights
//   rms_error             sqrt(mean_X d^2), one direction
//   iou                   of volumes; 0 when apart (the peer drops those)
//   matching_rate         share of X with d < 0.02 x diagonal of Y's box
//   coverage_rate         share of Y with d < 0.02 x diagonal of X's box
//   normal_consistency    mean |cos| between nearest points' normals, both ways
// What is different from the peer, on purpose: sampling is seeded, and the
// prediction is rigidly aligned only if that lowers the Chamfer distance (the
// peer's RANSAC and ICP can make a correct answer worse and hide a wrong pose).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "geometry/mesh/mesh.h"
#include "geometry/part/part.h"

namespace cadrecode::metric {

struct PeerOptions {
  size_t points = 2000;
  uint64_t seed = 0;
  bool align = false;       // try a rigid alignment (point-to-plane ICP)
  bool earth_mover = true;  // the costly one: a linear program on N x N arcs
};

struct PeerScores {
  std::optional<double> chamfer_distance, hausdorff_distance, earth_mover_distance, rms_error, iou,
      matching_rate, coverage_rate, normal_consistency;
  bool aligned = false;  // an alignment was tried and kept
  std::string reason;
};

PeerScores peer_scores(const mesh::TriangleMesh& truth, const mesh::TriangleMesh& prediction,
                       const PeerOptions& options = {});
// Valid parts (prism::verdict), measured by the analytic engine.
PeerScores peer_scores(const part::Part& truth, const part::Part& prediction,
                       const PeerOptions& options = {});

}  // namespace cadrecode::metric
