#include <algorithm>
#include <cmath>
#include <cstddef>

#include "geometry/mesh/formats.h"

namespace cadrecode::mesh {
namespace {

// The polygon's corners seen along its mean normal (Newell's).
std::vector<Vec2> flatten(const TriangleMesh& mesh, const std::vector<uint32_t>& corners) {
  Vec3 normal;
  const Vec3 o = mesh.vertices[corners[0]];
  for (size_t i = 0; i < corners.size(); ++i) {
    normal +=
        cross(mesh.vertices[corners[i]] - o, mesh.vertices[corners[(i + 1) % corners.size()]] - o);
  }
  const double length = norm(normal);
  std::vector<Vec2> flat(corners.size());
  if (!(length > 0) || !std::isfinite(length)) return flat;
  const Vec3 n = normal / length;
  const Vec3 helper = std::abs(n.x) < 0.6 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  const Vec3 u = normalized(cross(n, helper)), v = cross(n, u);
  for (size_t i = 0; i < corners.size(); ++i) {
    const Vec3 d = mesh.vertices[corners[i]] - o;
    flat[i] = {dot(d, u), dot(d, v)};
  }
  return flat;
}

double turn(Vec2 a, Vec2 b, Vec2 c) { return cross(b - a, c - b); }

bool in_triangle(Vec2 p, Vec2 a, Vec2 b, Vec2 c) {
  return cross(b - a, p - a) >= 0 && cross(c - b, p - b) >= 0 && cross(a - c, p - c) >= 0;
}

}  // namespace

void add_polygon(TriangleMesh& mesh, const std::vector<uint32_t>& corners) {
  const size_t n = corners.size();
  if (n < 3) return;
  std::vector<Vec2> flat;
  bool convex = n == 3;
  if (!convex) {
    flat = flatten(mesh, corners);
    convex = true;
    for (size_t i = 0; i < n && convex; ++i) {
      convex = turn(flat[i], flat[(i + 1) % n], flat[(i + 2) % n]) >= 0;
    }
  }
  std::vector<size_t> left(n);
  for (size_t i = 0; i < n; ++i) left[i] = i;
  // Tests of corner against ear: some n² for real faces, n³ for hostile ones.
  size_t budget = convex ? 0 : 4096 * n;
  while (left.size() > 3 && budget > 0) {
    const size_t m = left.size();
    size_t ear = m;
    for (size_t i = 0; i < m && ear == m; ++i) {
      const Vec2 a = flat[left[(i + m - 1) % m]], b = flat[left[i]], c = flat[left[(i + 1) % m]];
      if (!(turn(a, b, c) > 0) || budget == 0) continue;
      budget -= std::min(budget, m);
      const bool blocked = std::any_of(left.begin(), left.end(), [&](size_t k) {
        const Vec2 p = flat[k];
        return !(p == a) && !(p == b) && !(p == c) && in_triangle(p, a, b, c);
      });
      if (!blocked) ear = i;
    }
    if (ear == m) ear = 1;  // self-crossing: whatever, but every corner is used
    mesh.triangles.push_back(
        {corners[left[(ear + m - 1) % m]], corners[left[ear]], corners[left[(ear + 1) % m]]});
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(ear));
  }
  for (size_t i = 1; i + 1 < left.size(); ++i) {  // a fan of what is left
    mesh.triangles.push_back({corners[left[0]], corners[left[i]], corners[left[i + 1]]});
  }
}

}  // namespace cadrecode::mesh
