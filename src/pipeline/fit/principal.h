// The plane through a handful of points: normal and how flat they lie.
#pragma once

#include <vector>

#include "base/vec.h"

namespace cadrecode::fit {

struct PrincipalPlane {
  Vec3 mean;
  Vec3 normal{0, 0, 1};  // unit; of the smallest principal axis
  double variance = 0;   // along the normal
  double spread = 0;     // sum of the three variances
};

// Principal axes of the covariance, by Jacobi rotations; normal (0, 0, 1) for
// fewer than three points.
PrincipalPlane principal_plane(const std::vector<Vec3>& points);

}  // namespace cadrecode::fit
