#include "evaluation/metric/frame.h"

#include "geometry/mesh/measure.h"
#include "geometry/part/canonical.h"

namespace cadrecode::metric {
namespace {

constexpr double kNoExtent = 1e-7;  // the official script's

Similarity by_box(const mesh::TriangleMesh& mesh, Vec3 offset) {
  Box3 box = mesh::bounding_box(mesh);
  double extent = box.longest();
  return {box.center(), extent > kNoExtent ? 1 / extent : 1, offset};
}

}  // namespace

Similarity to_official(const mesh::TriangleMesh& mesh) { return by_box(mesh, {0.5, 0.5, 0.5}); }

Similarity to_half(const mesh::TriangleMesh& mesh) { return by_box(mesh, {}); }

Similarity fixed_scale() { return {{}, 1.0 / 200, {0.5, 0.5, 0.5}}; }

mesh::TriangleMesh apply(const Similarity& s, mesh::TriangleMesh mesh) {
  for (Vec3& v : mesh.vertices) v = s.apply(v);
  return mesh;
}

PlacedParts together(const part::Part& prediction, const Box3& prediction_box,
                     const Box3& truth_box, bool fixed) {
  const auto unit = [](const Box3& box) {
    return box.longest() > kNoExtent ? 1 / box.longest() : 1;
  };
  const double to_unit = unit(truth_box);
  const double scale = (fixed ? fixed_scale().scale : unit(prediction_box)) / to_unit;
  const Vec3 center = fixed ? Vec3{} : prediction_box.center();
  const Vec3 shift = truth_box.center() - center * scale;
  if (scale == 1 && shift == Vec3{}) return {prediction, to_unit};
  part::Motion motion;
  motion.scale = scale;
  motion.frame.origin = shift;
  return {part::moved(prediction, motion), to_unit};
}

}  // namespace cadrecode::metric
