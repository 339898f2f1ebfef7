#include "evaluation/metric/frame.h"

#include "geometry/mesh/measure.h"

namespace cadrecode::metric {
namespace {

Similarity by_box(const mesh::TriangleMesh& mesh, Vec3 offset) {
  Box3 box = mesh::bounding_box(mesh);
  double extent = box.longest();
  return {box.center(), extent > 1e-7 ? 1 / extent : 1, offset};
}

}  // namespace

Similarity to_official(const mesh::TriangleMesh& mesh) { return by_box(mesh, {0.5, 0.5, 0.5}); }

Similarity to_half(const mesh::TriangleMesh& mesh) { return by_box(mesh, {}); }

Similarity fixed_scale() { return {{}, 1.0 / 200, {0.5, 0.5, 0.5}}; }

mesh::TriangleMesh apply(const Similarity& s, mesh::TriangleMesh mesh) {
  for (Vec3& v : mesh.vertices) v = s.apply(v);
  return mesh;
}

}  // namespace cadrecode::metric
