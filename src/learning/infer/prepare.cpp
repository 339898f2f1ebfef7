#include "learning/infer/prepare.h"

#include <fmt/format.h>

#include "base/error.h"
#include "geometry/cloud/sample.h"

namespace cadrecode::infer {

Frame frame_from_string(const std::string& word) {
  if (word == "unit") return Frame::kUnit;
  if (word == "raw100") return Frame::kRaw100;
  if (word == "source") return Frame::kSource;
  throw Error(ErrorKind::kValue, "no frame is called '" + word + "': use unit, raw100 or source");
}

Prepared prepare(const cloud::PointCloud& cloud, size_t count, Frame frame) {
  if (cloud.points.size() < count) {
    throw Error(ErrorKind::kValue, fmt::format("{} points, the model wants {}: scan more densely",
                                               cloud.points.size(), count));
  }
  Prepared out;
  if (frame == Frame::kUnit)
    out.frame = cloud::unit_normalisation(cloud::bounding_box(cloud.points));
  if (frame == Frame::kRaw100) out.frame = {{}, 0.01};
  // Normalised before the choice, as the demo does: distances are compared in
  // float32.
  std::vector<Vec3> points(cloud.points.size());
  for (size_t i = 0; i < points.size(); ++i) points[i] = out.frame.apply(cloud.points[i]);
  for (uint32_t index : cloud::farthest_points(points, count)) {
    const Vec3& p = points[index];
    out.points.push_back(
        {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
  }
  return out;
}

Prepared prepare(const mesh::TriangleMesh& mesh, size_t count, size_t dense, Frame frame,
                 uint64_t seed) {
  // The frame is the mesh's box, not that of the points drawn on it.
  Box3 box;
  for (const auto& vertex : mesh.vertices) box.add(vertex);
  Prepared out;
  if (frame == Frame::kUnit) out.frame = cloud::unit_normalisation(box);
  if (frame == Frame::kRaw100) out.frame = {{}, 0.01};
  const cloud::PointCloud drawn =
      cloud::sample_surface(cloud::apply(out.frame, mesh), std::max(dense, count), seed).cloud;
  out.points = prepare(drawn, count, Frame::kSource).points;
  return out;
}

}  // namespace cadrecode::infer
