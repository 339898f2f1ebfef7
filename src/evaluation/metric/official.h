// The protocol behind every published number of CAD-Recode and its successors
// (cadrille's evaluate script), and what it hides.
//
// For one ground truth G and one prediction P, both triangle meshes:
//   1. P is moved and scaled by its own bounding box into [0,1]^3 (frame
//      "official"); so is G, whose files already are.
//   2. CD  = mean_{p in P} min_{g in G} |p-g|^2 + mean_{g in G} min_{p in P} |g-p|^2,
//      8192 points each, uniform by area; reported x 1000.
//   3. IoU = intersection over union of volumes.
// Beside them:
//   iou_official  as the script computes it: each mesh is split into bodies that
//                 share edges, bodies that are not watertight (after filling
//                 triangle and quad holes) are dropped, and intersections are
//                 summed over pairs of bodies;
//   excess_cd     CD minus the CD of two independent samples of G: at 8192
//                 points the published medians lie at that sampling floor.
// Sampling is seeded: the same pair and seed give the same numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "geometry/mesh/mesh.h"

namespace cadrecode::metric {

struct OfficialOptions {
  size_t points = 8192;
  uint64_t seed = 0;
  // Both compared in one fixed frame instead of P's own box (frame.h): the
  // errors of position and size that the official rule erases count again.
  bool fixed_scale = false;
  double iou_error = 5e-4;  // rays are doubled until the estimate is below
};

struct OfficialScores {
  std::optional<double> cd, excess_cd;  // x 1000
  std::optional<double> iou, iou_official;
  double iou_error = 0;  // lateral error estimate of `iou`
  std::string reason;    // why something is missing
};

OfficialScores official_scores(const mesh::TriangleMesh& truth,
                               const mesh::TriangleMesh& prediction,
                               const OfficialOptions& options = {});

}  // namespace cadrecode::metric
