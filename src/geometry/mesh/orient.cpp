// Closedness and turning a mesh outwards.
#include <algorithm>
#include <cmath>

#include "geometry/mesh/edges.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/query.h"
#include "geometry/mesh/repair.h"

namespace cadrecode::mesh {
namespace {

// Beyond this many patches a mesh is a soup; cavities are not looked for.
constexpr uint32_t kMostPatchesForCavities = 256;

// Patches: triangles joined across edges that exactly two use. `turned` says
// which of a patch disagree with its first triangle.
struct Patches {
  std::vector<uint32_t> of_triangle;
  std::vector<uint8_t> turned;
  uint32_t count = 0;
};

Patches patches(const TriangleMesh& mesh) {
  const uint32_t none = ~uint32_t{0};
  struct Side {
    uint32_t triangle;
    bool disagrees;
  };
  std::vector<std::array<Side, 3>> neighbour(mesh.triangles.size());
  for (auto& n : neighbour) n.fill({none, false});
  for_each_edge(edge_uses(mesh), [&](const EdgeUse* first, const EdgeUse* last) {
    if (last - first != 2) return;
    const bool disagrees = first[0].upward == first[1].upward;
    neighbour[first[0].triangle][first[0].side] = {first[1].triangle, disagrees};
    neighbour[first[1].triangle][first[1].side] = {first[0].triangle, disagrees};
  });
  Patches p;
  p.of_triangle.assign(mesh.triangles.size(), none);
  p.turned.assign(mesh.triangles.size(), 0);
  std::vector<uint32_t> queue;
  for (uint32_t seed = 0; seed < mesh.triangles.size(); ++seed) {
    if (p.of_triangle[seed] != none) continue;
    p.of_triangle[seed] = p.count;
    queue.assign(1, seed);
    while (!queue.empty()) {
      const uint32_t t = queue.back();
      queue.pop_back();
      for (const Side& side : neighbour[t]) {
        if (side.triangle == none || p.of_triangle[side.triangle] != none) continue;
        p.of_triangle[side.triangle] = p.count;
        p.turned[side.triangle] = p.turned[t] ^ static_cast<uint8_t>(side.disagrees);
        queue.push_back(side.triangle);
      }
    }
    ++p.count;
  }
  return p;
}

// How many of the other patches contain `p`, by their own winding numbers.
int depth_of(Vec3 p, uint32_t patch, const std::vector<Box3>& boxes,
             const std::vector<MeshIndex>& indices) {
  int depth = 0;
  for (uint32_t other = 0; other < indices.size(); ++other) {
    const Box3& box = boxes[other];
    if (other == patch || p.x < box.lo.x || p.x > box.hi.x || p.y < box.lo.y || p.y > box.hi.y ||
        p.z < box.lo.z || p.z > box.hi.z) {
      continue;
    }
    if (std::abs(indices[other].winding_number(p)) > 0.5) ++depth;
  }
  return depth;
}

}  // namespace

Closedness closedness(const TriangleMesh& mesh) {
  Closedness c;
  for_each_edge(edge_uses(mesh), [&](const EdgeUse* first, const EdgeUse* last) {
    ++c.edges;
    const auto uses = last - first;
    const auto upward = std::count_if(first, last, [](const EdgeUse& u) { return u.upward; });
    if (uses == 1) {
      ++c.boundary_edges;
      c.boundary_length += norm(mesh.vertices[first->high] - mesh.vertices[first->low]);
    }
    if (uses > 2) ++c.nonmanifold_edges;
    if (uses == 2 && upward != 1) ++c.misturned_edges;
    if (2 * upward != uses) ++c.unmatched_edges;
  });
  return c;
}

size_t orient(TriangleMesh& mesh) {
  const Patches p = patches(mesh);
  std::vector<TriangleMesh> parts(p.count);
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    auto corners = mesh.triangles[t];
    if (p.turned[t]) std::swap(corners[1], corners[2]);
    TriangleMesh& part = parts[p.of_triangle[t]];
    for (uint32_t& v : corners) {
      part.vertices.push_back(mesh.vertices[v]);
      v = static_cast<uint32_t>(part.vertices.size() - 1);
    }
    part.triangles.push_back(corners);
  }
  std::vector<Box3> boxes;
  std::vector<MeshIndex> indices;
  std::vector<uint8_t> invert(p.count);
  const bool seek_cavities = p.count > 1 && p.count <= kMostPatchesForCavities;
  for (const TriangleMesh& part : parts) {
    if (!seek_cavities) break;
    boxes.push_back(bounding_box(part));
    indices.emplace_back(part);
  }
  for (uint32_t i = 0; i < p.count; ++i) {
    const Vec3 probe = parts[i].vertices[0];
    const bool cavity = seek_cavities && depth_of(probe, i, boxes, indices) % 2 == 1;
    invert[i] = (volume(parts[i]) < 0) != cavity;
  }
  size_t turned = 0;
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    if (p.turned[t] == invert[p.of_triangle[t]]) continue;
    std::swap(mesh.triangles[t][1], mesh.triangles[t][2]);
    ++turned;
  }
  return turned;
}

}  // namespace cadrecode::mesh
