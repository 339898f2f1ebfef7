// Rigid alignment of sampled surfaces.
#pragma once

#include <array>
#include <optional>

#include "geometry/cloud/cloud.h"

namespace cadrecode::metric {

// p -> R p + t.
struct Rigid {
  std::array<std::array<double, 3>, 3> rotation{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  Vec3 translation;
  Vec3 rotate(Vec3 p) const;
  Vec3 apply(Vec3 p) const { return rotate(p) + translation; }
};

// Point-to-plane ICP (Chen & Medioni 1992) of `source` onto `target`, which has
// normals, from the identity and from the 23 other rotations of a cube, best
// start first by Chamfer distance. Gives the motion only if it lowers the
// Chamfer distance of `source` to `target`. Deterministic.
std::optional<Rigid> align(const cloud::PointCloud& source, const cloud::PointCloud& target);

}  // namespace cadrecode::metric
