// The bodies of a mesh as trimesh's split() sees them, which the official IoU
// rests on.
#pragma once

#include <vector>

#include "geometry/mesh/mesh.h"

namespace cadrecode::metric {

// Triangles connected over edges that exactly two triangles share, groups of
// four or more; holes of three or four edges are closed; groups that are then
// not watertight are dropped. `mesh` must be welded.
std::vector<mesh::TriangleMesh> watertight_bodies(const mesh::TriangleMesh& mesh);

}  // namespace cadrecode::metric
