#include "geometry/mesh/edges.h"

#include <algorithm>
#include <cstddef>

namespace cadrecode::mesh {

std::vector<EdgeUse> edge_uses(const TriangleMesh& mesh) {
  // Counting sort by the low vertex, then a small sort in each bucket.
  std::vector<size_t> start(mesh.vertices.size() + 1, 0);
  const auto for_each_side = [&](const auto& f) {
    for (uint32_t t = 0; t < mesh.triangles.size(); ++t) {
      for (uint8_t s = 0; s < 3; ++s) {
        const uint32_t a = mesh.triangles[t][s], b = mesh.triangles[t][(s + 1) % 3];
        f(EdgeUse{std::min(a, b), std::max(a, b), t, s, a < b});
      }
    }
  };
  for_each_side([&](const EdgeUse& use) { ++start[use.low + 1]; });
  for (size_t v = 0; v + 1 < start.size(); ++v) start[v + 1] += start[v];
  std::vector<EdgeUse> uses(mesh.triangles.size() * 3);
  std::vector<size_t> at(start.begin(), start.end() - 1);
  for_each_side([&](const EdgeUse& use) { uses[at[use.low]++] = use; });
  for (size_t v = 0; v + 1 < start.size(); ++v) {
    std::sort(uses.begin() + static_cast<std::ptrdiff_t>(start[v]),
              uses.begin() + static_cast<std::ptrdiff_t>(start[v + 1]),
              [](const EdgeUse& a, const EdgeUse& b) {
                return a.high != b.high           ? a.high < b.high
                       : a.triangle != b.triangle ? a.triangle < b.triangle
                                                  : a.side < b.side;
              });
  }
  return uses;
}

}  // namespace cadrecode::mesh
