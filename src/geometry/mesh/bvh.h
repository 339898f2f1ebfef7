// The bounding volume hierarchy behind query.h.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

struct BvhNode {
  Box3 box;
  uint32_t first = 0;  // leaf: first triangle; inner: left child, right is first + 1
  uint32_t count = 0;  // triangles of a leaf; 0: inner
};

struct BvhTriangle {
  Vec3 a, b, c;
  uint32_t id;  // in the mesh
};

// nodes[0] is the root; children stand after their parent. No path is longer
// than kBvhDepth, so a traversal's stack may be that large.
struct Bvh {
  std::vector<BvhNode> nodes;
  std::vector<BvhTriangle> triangles;  // in leaf order
};
constexpr int kBvhDepth = 96;

// Binned surface-area heuristic (Wald 2007), 16 bins, leaves of at most 4;
// median splits below depth 48 bound the depth.
Bvh build_bvh(const TriangleMesh& mesh);

}  // namespace cadrecode::mesh
