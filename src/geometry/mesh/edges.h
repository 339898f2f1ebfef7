// The edges of a mesh, each with the triangles that use it, sorted.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

// One use of edge (low, high) by side `side` (corner side -> side + 1) of a triangle.
struct EdgeUse {
  uint32_t low, high;
  uint32_t triangle;
  uint8_t side;
  bool upward;  // the triangle runs low -> high
};

// All uses, by (low, high), then triangle: uses of one edge stand together.
std::vector<EdgeUse> edge_uses(const TriangleMesh& mesh);

// f(first, last): one range of uses an edge.
template <typename F>
void for_each_edge(const std::vector<EdgeUse>& uses, const F& f) {
  for (size_t i = 0; i < uses.size();) {
    size_t j = i + 1;
    while (j < uses.size() && uses[j].low == uses[i].low && uses[j].high == uses[i].high) ++j;
    f(uses.data() + i, uses.data() + j);
    i = j;
  }
}

}  // namespace cadrecode::mesh
