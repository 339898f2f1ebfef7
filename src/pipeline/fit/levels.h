// Levels: offsets along a direction at which a shape has flat faces across it.
#pragma once

#include <vector>

#include "base/vec.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::fit {

struct Level {
  double offset = 0;  // along the direction, from the world origin
  double weight = 0;  // area (meshes) or number of points (clouds) on it
};

// One-dimensional clusters of weighted values: sorted, cut where neighbours are
// more than `gap` apart; offsets are weighted means.
std::vector<Level> cluster(std::vector<Level> values, double gap);

// Flat faces of `mesh` across `direction` (unit), within `angle` radians of it;
// the mesh's extremes along the direction are levels always (weight may be 0).
std::vector<Level> mesh_levels(const mesh::TriangleMesh& mesh, Vec3 direction, double gap,
                               double angle = 0.01);

}  // namespace cadrecode::fit
