// Large clouds in fewer points.
#pragma once

#include <cstddef>

#include "geometry/cloud/cloud.h"

namespace cadrecode::reconstruct {

// At most `most` of the cloud's own points (moved ones would round edges off),
// evenly spread: the first in each cube of a grid as fine as that allows.
// Unchanged when there are not many more anyway; normals are left behind.
cloud::PointCloud thinned(const cloud::PointCloud& cloud, size_t most);

}  // namespace cadrecode::reconstruct
