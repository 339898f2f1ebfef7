// Directions a part may have been extruded along.
#pragma once

#include <vector>

#include "base/vec.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::fit {

struct Direction {
  Vec3 axis;         // unit; of a pair +-d the one with its largest component positive
  double share = 0;  // of the surface that lies across or along it: 1 for a prism
};

// From the mesh's facets: clusters of normals by area, the world axes put
// first among equals and snapped to; at most `count`, best share first.
std::vector<Direction> mesh_directions(const mesh::TriangleMesh& mesh, size_t count);

// From a cloud without normals: planes through nearest neighbours give them.
// `sample` points are looked at.
std::vector<Direction> cloud_directions(const std::vector<Vec3>& points, size_t count,
                                        size_t sample = 1500);

// From points whose normals are known, either way round; `noise` is theirs.
std::vector<Direction> cloud_directions(const std::vector<Vec3>& points,
                                        const std::vector<Vec3>& normals, double noise,
                                        size_t count, size_t sample = 1500);

// Clusters of weighted unit vectors, opposite ones being one; `angle` radians wide.
struct WeightedNormal {
  Vec3 normal;
  double weight = 0;
};
std::vector<Direction> directions_of(const std::vector<WeightedNormal>& normals, size_t count,
                                     double angle);

}  // namespace cadrecode::fit
