#include "geometry/mesh/repair.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace cadrecode::mesh {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

uint64_t mix(uint64_t x) {  // splitmix64's finaliser
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

uint64_t hash3(uint64_t a, uint64_t b, uint64_t c) {
  return mix(a + 0x9E3779B97F4A7C15ull * mix(b + 0x9E3779B97F4A7C15ull * mix(c)));
}

// Open addressing over indices; equality is the caller's.
class IndexTable {
 public:
  explicit IndexTable(size_t entries)
      : slots_(std::bit_ceil(std::max<size_t>(entries * 2, 16)), kNone) {}

  // The first index at `hash` for which `same(index)`, or `fresh`, put there.
  template <typename Same>
  uint32_t find_or_add(uint64_t hash, uint32_t fresh, const Same& same) {
    for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at] == kNone) return slots_[at] = fresh;
      if (same(slots_[at])) return slots_[at];
    }
  }

 private:
  std::vector<uint32_t> slots_;
};

}  // namespace

std::vector<uint32_t> first_equal(const std::vector<Vec3>& points) {
  std::vector<uint32_t> representative(points.size());
  IndexTable table(points.size());
  for (uint32_t v = 0; v < points.size(); ++v) {
    const Vec3 p = points[v] + Vec3{};  // -0 becomes +0
    representative[v] =
        table.find_or_add(hash3(std::bit_cast<uint64_t>(p.x), std::bit_cast<uint64_t>(p.y),
                                std::bit_cast<uint64_t>(p.z)),
                          v, [&](uint32_t other) { return points[other] == points[v]; });
  }
  return representative;
}

namespace {

// Cells of side `tolerance`: whatever is near enough lies in the 27 around.
// A cell's representatives form a list through `next`.
std::vector<uint32_t> near_representatives(const std::vector<Vec3>& points, double tolerance) {
  Box3 box;
  for (const Vec3& p : points) box.add(p);
  struct Cell {
    int64_t x, y, z;
    bool operator==(const Cell&) const = default;
  };
  const double side = std::max(tolerance, box.longest() * 1e-15);
  const auto cell_of = [&](Vec3 p) {
    const Vec3 d = (p - box.lo) / side;
    return Cell{static_cast<int64_t>(d.x), static_cast<int64_t>(d.y), static_cast<int64_t>(d.z)};
  };
  std::vector<uint32_t> representative(points.size()), next(points.size(), kNone);
  std::vector<size_t> slots(std::bit_ceil(points.size() * 2 + 16), kNone);
  const auto slot_of = [&](Cell c) {
    const uint64_t h =
        hash3(static_cast<uint64_t>(c.x), static_cast<uint64_t>(c.y), static_cast<uint64_t>(c.z));
    for (size_t at = h & (slots.size() - 1);; at = (at + 1) & (slots.size() - 1)) {
      if (slots[at] == kNone || cell_of(points[slots[at]]) == c) return at;
    }
  };
  for (uint32_t v = 0; v < points.size(); ++v) {
    const Cell c = cell_of(points[v]);
    uint32_t best = kNone;
    for (int64_t i = 0; i < 27; ++i) {
      const size_t at = slot_of({c.x + i % 3 - 1, c.y + i / 3 % 3 - 1, c.z + i / 9 - 1});
      for (size_t other = slots[at]; other != kNone; other = next[other]) {
        if (norm(points[other] - points[v]) <= tolerance) {
          best = std::min(best, static_cast<uint32_t>(other));
        }
      }
    }
    representative[v] = best == kNone ? v : best;
    if (best != kNone) continue;
    const size_t at = slot_of(c);
    if (slots[at] != kNone)
      next[v] = next[slots[at]], next[slots[at]] = v;
    else
      slots[at] = v;
  }
  return representative;
}

}  // namespace

WeldReport weld(TriangleMesh& mesh, double tolerance) {
  WeldReport report;
  const std::vector<uint32_t> representative =
      tolerance > 0 ? near_representatives(mesh.vertices, tolerance) : first_equal(mesh.vertices);
  std::vector<bool> used(mesh.vertices.size());
  report.triangles_dropped = std::erase_if(mesh.triangles, [&](auto& t) {
    for (uint32_t& v : t) v = representative[v];
    if (t[0] == t[1] || t[1] == t[2] || t[2] == t[0]) return true;
    for (uint32_t v : t) used[v] = true;
    return false;
  });
  std::vector<uint32_t> renumbered(mesh.vertices.size());
  uint32_t count = 0;
  for (uint32_t v = 0; v < mesh.vertices.size(); ++v) {
    if (representative[v] != v)
      ++report.vertices_merged;
    else if (!used[v])
      ++report.vertices_unused;
    else
      renumbered[v] = count, mesh.vertices[count++] = mesh.vertices[v];
  }
  mesh.vertices.resize(count);
  for (auto& t : mesh.triangles) {
    for (uint32_t& v : t) v = renumbered[v];
  }
  return report;
}

size_t drop_degenerate(TriangleMesh& mesh, double area) {
  IndexTable table(mesh.triangles.size());
  // Corners turned so that the lowest comes first: equal for equal turn.
  const auto turned = [](std::array<uint32_t, 3> t) {
    std::rotate(t.begin(), std::min_element(t.begin(), t.end()), t.end());
    return t;
  };
  std::vector<std::array<uint32_t, 3>> kept;
  kept.reserve(mesh.triangles.size());
  for (const auto& t : mesh.triangles) {
    const Vec3 a = mesh.vertices[t[0]];
    const double twice = norm(cross(mesh.vertices[t[1]] - a, mesh.vertices[t[2]] - a));
    if (!(twice > 2 * area)) continue;
    const auto key = turned(t);
    const auto fresh = static_cast<uint32_t>(kept.size());
    const uint32_t at = table.find_or_add(hash3(key[0], key[1], key[2]), fresh,
                                          [&](uint32_t k) { return turned(kept[k]) == key; });
    if (at == fresh) kept.push_back(t);
  }
  const size_t dropped = mesh.triangles.size() - kept.size();
  mesh.triangles = std::move(kept);
  return dropped;
}

Components components(const TriangleMesh& mesh) {
  std::vector<uint32_t> parent(mesh.vertices.size());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](uint32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  for (const auto& t : mesh.triangles) {
    const uint32_t a = root(t[0]), b = root(t[1]), c = root(t[2]), low = std::min({a, b, c});
    parent[a] = parent[b] = parent[c] = low;
  }
  Components result;
  result.of_triangle.reserve(mesh.triangles.size());
  std::vector<uint32_t> number(mesh.vertices.size(), kNone);
  for (const auto& t : mesh.triangles) {
    uint32_t& n = number[root(t[0])];
    if (n == kNone) n = result.count++;
    result.of_triangle.push_back(n);
  }
  return result;
}

std::vector<TriangleMesh> split(const TriangleMesh& mesh) {
  const Components parts = components(mesh);
  std::vector<TriangleMesh> result(parts.count);
  std::vector<uint32_t> renumbered(mesh.vertices.size(), kNone);  // a vertex has one component
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    TriangleMesh& part = result[parts.of_triangle[t]];
    std::array<uint32_t, 3> corners;
    for (int k = 0; k < 3; ++k) {
      const uint32_t v = mesh.triangles[t][k];
      if (renumbered[v] == kNone) {
        renumbered[v] = static_cast<uint32_t>(part.vertices.size());
        part.vertices.push_back(mesh.vertices[v]);
      }
      corners[k] = renumbered[v];
    }
    part.triangles.push_back(corners);
  }
  return result;
}

void flip(TriangleMesh& mesh) {
  for (auto& t : mesh.triangles) std::swap(t[1], t[2]);
}

}  // namespace cadrecode::mesh
