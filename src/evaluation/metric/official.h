// The protocol behind every published number of CAD-Recode and its successors
// (cadrille's evaluate script), and what it hides.
//
// For one ground truth G and one prediction P, both triangle meshes or both parts:
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
//
// Parts are measured by the analytic engine, exactly where meshes have facets:
// boxes are the true ones, points lie on the true surface, IoU carries no
// lateral error. iou_official is a property of meshes and missing then. Parts
// must be valid (prism::verdict).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "geometry/mesh/mesh.h"
#include "geometry/part/part.h"

namespace cadrecode::metric {

struct OfficialOptions {
  size_t points = 8192;
  uint64_t seed = 0;
  // Both compared in one fixed frame instead of P's own box (frame.h): the
  // errors of position and size that the official rule erases count again.
  bool fixed_scale = false;
  double iou_error = 1e-3;  // rays are doubled until the estimate is below
  bool bodies = true;       // iou_official of meshes
  bool excess = true;       // excess_cd costs a second sample and its distances
};

struct OfficialScores {
  std::optional<double> cd, excess_cd;  // x 1000
  std::optional<double> iou, iou_official;
  double iou_error = 0;  // lateral error estimate of `iou` before its correction by the bodies'
                         // exact volumes; after it a quarter or less (docs/results.md)
  std::string reason;  // why something is missing
};

OfficialScores official_scores(const mesh::TriangleMesh& truth,
                               const mesh::TriangleMesh& prediction,
                               const OfficialOptions& options = {});
OfficialScores official_scores(const part::Part& truth, const part::Part& prediction,
                               const OfficialOptions& options = {});

// iou_official alone; nothing where no body is left.
std::optional<double> official_iou(const mesh::TriangleMesh& truth,
                                   const mesh::TriangleMesh& prediction,
                                   const OfficialOptions& options = {});

}  // namespace cadrecode::metric
