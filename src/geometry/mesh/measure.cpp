#include "geometry/mesh/measure.h"

namespace cadrecode::mesh {

Box3 bounding_box(const TriangleMesh& mesh) {
  Box3 box;
  for (const auto& t : mesh.triangles) {
    for (uint32_t v : t) box.add(mesh.vertices[v]);
  }
  return box;
}

Vec3 triangle_normal_area2(const TriangleMesh& mesh, size_t triangle) {
  const auto& t = mesh.triangles[triangle];
  const Vec3 a = mesh.vertices[t[0]];
  return cross(mesh.vertices[t[1]] - a, mesh.vertices[t[2]] - a);
}

double area(const TriangleMesh& mesh) {
  double sum = 0;
  for (size_t t = 0; t < mesh.triangles.size(); ++t) sum += norm(triangle_normal_area2(mesh, t));
  return sum / 2;
}

double volume(const TriangleMesh& mesh) {
  // Seen from the box's centre, so that a part far from the origin keeps its digits.
  const Box3 box = bounding_box(mesh);
  if (box.empty()) return 0;
  const Vec3 o = box.center();
  double sum = 0;
  for (const auto& t : mesh.triangles) {
    sum += dot(mesh.vertices[t[0]] - o, cross(mesh.vertices[t[1]] - o, mesh.vertices[t[2]] - o));
  }
  return sum / 6;
}

Moments moments(const TriangleMesh& mesh) {
  Moments m;
  const Box3 box = bounding_box(mesh);
  if (box.empty()) return m;
  // Sums over tetrahedra (o, a, b, c) of volume 6V = det: first moments
  // det (a+b+c) / 24, second moments det Σ_{i<=j} … / 120 by products.
  const Vec3 o = m.center = box.center();
  double volume6 = 0;
  Vec3 first;
  double second[3][3] = {};
  for (const auto& t : mesh.triangles) {
    const Vec3 a = mesh.vertices[t[0]] - o, b = mesh.vertices[t[1]] - o,
               c = mesh.vertices[t[2]] - o, s = a + b + c;
    const double det = dot(a, cross(b, c));
    volume6 += det;
    first += s * det;
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        second[i][j] += det * (s[i] * s[j] + a[i] * a[j] + b[i] * b[j] + c[i] * c[j]);
      }
    }
  }
  m.volume = volume6 / 6;
  if (m.volume == 0) return m;
  const Vec3 shift = first / 24 / m.volume;
  m.center = o + shift;
  double central[3][3];
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      central[i][j] = second[i][j] / 120 - m.volume * shift[i] * shift[j];
    }
  }
  const double trace = central[0][0] + central[1][1] + central[2][2];
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) m.inertia[i][j] = (i == j ? trace : 0) - central[i][j];
  }
  return m;
}

}  // namespace cadrecode::mesh
