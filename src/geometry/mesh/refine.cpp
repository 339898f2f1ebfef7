#include <algorithm>
#include <unordered_map>

#include "geometry/mesh/repair.h"

namespace cadrecode::mesh {
namespace {

uint64_t edge_key(uint32_t a, uint32_t b) {
  return uint64_t{std::min(a, b)} << 32 | std::max(a, b);
}

// One pass: every too long edge gets its middle; triangles split by 1, 2 or 3.
bool split_once(TriangleMesh& mesh, double longest, size_t most) {
  std::unordered_map<uint64_t, uint32_t> middle_of;
  std::vector<std::array<uint32_t, 3>> triangles;
  const auto middle = [&](uint32_t a, uint32_t b) -> uint32_t {
    const Vec3 p = mesh.vertices[a], q = mesh.vertices[b];
    if (!(norm(p - q) > longest)) return 0;  // 0: whole (a middle is never vertex 0)
    const auto [at, fresh] =
        middle_of.try_emplace(edge_key(a, b), static_cast<uint32_t>(mesh.vertices.size()));
    if (fresh) mesh.vertices.push_back((p + q) / 2);
    return at->second;
  };
  const size_t vertices_before = mesh.vertices.size();
  for (const auto& [a, b, c] : mesh.triangles) {
    const uint32_t ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
    const int cuts = (ab != 0) + (bc != 0) + (ca != 0);
    if (cuts == 0) {
      triangles.push_back({a, b, c});
    } else if (cuts == 3) {
      triangles.insert(triangles.end(), {{a, ab, ca}, {ab, b, bc}, {ca, bc, c}, {ab, bc, ca}});
    } else {  // turned so that the first edge is cut and, of two, the last is not
      std::array<uint32_t, 3> v = {a, b, c}, m = {ab, bc, ca};
      while (!(m[0] != 0 && m[2] == 0)) {
        std::rotate(v.begin(), v.begin() + 1, v.end());
        std::rotate(m.begin(), m.begin() + 1, m.end());
      }
      if (cuts == 1) {
        triangles.insert(triangles.end(), {{v[0], m[0], v[2]}, {m[0], v[1], v[2]}});
      } else {
        triangles.insert(triangles.end(),
                         {{m[0], v[1], m[1]}, {v[0], m[0], m[1]}, {v[0], m[1], v[2]}});
      }
    }
  }
  if (triangles.size() > most || middle_of.empty()) {
    mesh.vertices.resize(vertices_before);
    return false;
  }
  mesh.triangles = std::move(triangles);
  return true;
}

}  // namespace

TriangleMesh refined(const TriangleMesh& mesh, double longest, size_t most) {
  TriangleMesh result = mesh;
  while (longest > 0 && split_once(result, longest, most)) {
  }
  return result;
}

}  // namespace cadrecode::mesh
