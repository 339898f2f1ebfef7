// Point clouds as every room passes them on.
#pragma once

#include <vector>

#include "base/vec.h"

namespace cadrecode::cloud {

// Points in the source's own unit and frame; normals either one unit vector a
// point, pointing outwards as far as known, or none at all.
struct PointCloud {
  std::vector<Vec3> points;   // [N]
  std::vector<Vec3> normals;  // [N] or empty
};

}  // namespace cadrecode::cloud
