// Meshes with known facts, for the tests of mesh, cloud and render.
#pragma once

#include <cmath>
#include <numbers>

#include "geometry/mesh/mesh.h"

namespace cadrecode::shapes {

using mesh::TriangleMesh;

inline void append(TriangleMesh& mesh, const TriangleMesh& other) {
  const auto base = static_cast<uint32_t>(mesh.vertices.size());
  mesh.vertices.insert(mesh.vertices.end(), other.vertices.begin(), other.vertices.end());
  for (const auto& t : other.triangles) {
    mesh.triangles.push_back({base + t[0], base + t[1], base + t[2]});
  }
}

// Axis-parallel box, outward.
inline TriangleMesh box(Vec3 lo, Vec3 hi) {
  TriangleMesh m;
  for (int i = 0; i < 8; ++i) {
    m.vertices.push_back({i & 1 ? hi.x : lo.x, i & 2 ? hi.y : lo.y, i & 4 ? hi.z : lo.z});
  }
  m.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                 {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  return m;
}

// A polyhedron on a sphere: `n` around, n / 2 from pole to pole.
inline TriangleMesh sphere(Vec3 center, double radius, uint32_t n) {
  TriangleMesh m;
  const uint32_t rings = n / 2;
  m.vertices.push_back(center + Vec3{0, 0, radius});
  for (uint32_t i = 1; i < rings; ++i) {
    const double theta = std::numbers::pi * i / rings;
    for (uint32_t j = 0; j < n; ++j) {
      const double phi = 2 * std::numbers::pi * j / n;
      m.vertices.push_back(center + Vec3{std::sin(theta) * std::cos(phi),
                                         std::sin(theta) * std::sin(phi), std::cos(theta)} *
                                        radius);
    }
  }
  m.vertices.push_back(center - Vec3{0, 0, radius});
  const auto at = [&](uint32_t i, uint32_t j) { return 1 + (i - 1) * n + j % n; };
  const auto last = static_cast<uint32_t>(m.vertices.size() - 1);
  for (uint32_t j = 0; j < n; ++j) {
    m.triangles.push_back({0, at(1, j), at(1, j + 1)});
    m.triangles.push_back({last, at(rings - 1, j + 1), at(rings - 1, j)});
    for (uint32_t i = 1; i + 1 < rings; ++i) {
      m.triangles.push_back({at(i, j), at(i + 1, j), at(i + 1, j + 1)});
      m.triangles.push_back({at(i, j), at(i + 1, j + 1), at(i, j + 1)});
    }
  }
  return m;
}

// A square tube along z: outer side `a`, inner side `b`, closed ends.
inline TriangleMesh square_tube(double a, double b, double height) {
  TriangleMesh m;
  for (double z : {0.0, height}) {
    for (double s : {a / 2, b / 2}) {
      for (int i = 0; i < 4; ++i) {
        m.vertices.push_back({i == 0 || i == 3 ? -s : s, i < 2 ? -s : s, z});
      }
    }
  }
  const auto quad = [&](uint32_t p, uint32_t q, uint32_t r, uint32_t s) {
    m.triangles.push_back({p, q, r});
    m.triangles.push_back({p, r, s});
  };
  for (uint32_t i = 0; i < 4; ++i) {
    const uint32_t j = (i + 1) % 4;
    quad(i, j, 8 + j, 8 + i);            // outside
    quad(4 + j, 4 + i, 12 + i, 12 + j);  // inside
    quad(j, i, 4 + i, 4 + j);            // bottom
    quad(8 + i, 8 + j, 12 + j, 12 + i);  // top
  }
  return m;
}

// Every triangle its own three corners, as STL has them.
inline TriangleMesh soup(const TriangleMesh& mesh) {
  TriangleMesh m;
  for (const auto& t : mesh.triangles) {
    const auto base = static_cast<uint32_t>(m.vertices.size());
    for (uint32_t v : t) m.vertices.push_back(mesh.vertices[v]);
    m.triangles.push_back({base, base + 1, base + 2});
  }
  return m;
}

}  // namespace cadrecode::shapes
