#include "geometry/cloud/process.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "geometry/cloud/neighbours.h"

namespace cadrecode::cloud {

std::vector<uint32_t> inliers(const std::vector<Vec3>& points, size_t k, double deviations) {
  std::vector<uint32_t> kept;
  if (points.empty()) return kept;
  const PointIndex index(points);
  std::vector<double> mean(points.size());
  double sum = 0, sum2 = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    const auto around = index.nearest(points[i], k + 1);  // itself among them
    for (const Neighbour& n : around) mean[i] += std::sqrt(n.distance2);
    if (around.size() > 1) mean[i] /= static_cast<double>(around.size() - 1);
    sum += mean[i], sum2 += mean[i] * mean[i];
  }
  const auto n = static_cast<double>(points.size());
  const double average = sum / n, variance = std::max(sum2 / n - average * average, 0.0);
  const double limit = average + deviations * std::sqrt(variance);
  for (uint32_t i = 0; i < points.size(); ++i) {
    if (mean[i] <= limit) kept.push_back(i);
  }
  return kept;
}

PointCloud thin(const PointCloud& cloud, double size) {
  if (!(size > 0)) throw Error(ErrorKind::kValue, "thinning needs a cube size above 0");
  const Box3 box = bounding_box(cloud.points);
  const bool with_normals = !cloud.normals.empty();
  struct Cell {
    Vec3 point, normal;
    double count = 0;
  };
  std::map<std::array<int64_t, 3>, size_t> cell_of;
  std::vector<Cell> cells;
  const double finest = box.longest() * 1e-15;  // keeps cell numbers exact
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    const Vec3 d = (cloud.points[i] - box.lo) / std::max(size, finest);
    const auto [at, fresh] = cell_of.try_emplace(
        {static_cast<int64_t>(d.x), static_cast<int64_t>(d.y), static_cast<int64_t>(d.z)},
        cells.size());
    if (fresh) cells.emplace_back();
    Cell& cell = cells[at->second];
    cell.point += cloud.points[i];
    if (with_normals) cell.normal += cloud.normals[i];
    cell.count += 1;
  }
  PointCloud result;
  for (const Cell& cell : cells) {
    result.points.push_back(cell.point / cell.count);
    if (!with_normals) continue;
    const double length = norm(cell.normal);
    result.normals.push_back(length > 0 ? cell.normal / length : Vec3{0, 0, 1});
  }
  return result;
}

Normalisation unit_normalisation(const Box3& box) {
  if (box.empty() || !(box.longest() > 0)) {
    throw Error(ErrorKind::kValue, "cannot normalise a shape without extent");
  }
  return {box.center(), 2 / box.longest()};
}

Box3 bounding_box(const std::vector<Vec3>& points) {
  Box3 box;
  for (const Vec3& p : points) box.add(p);
  return box;
}

PointCloud apply(const Normalisation& n, const PointCloud& cloud) {
  PointCloud result = cloud;
  for (Vec3& p : result.points) p = n.apply(p);
  return result;
}

mesh::TriangleMesh apply(const Normalisation& n, const mesh::TriangleMesh& mesh) {
  mesh::TriangleMesh result = mesh;
  for (Vec3& p : result.vertices) p = n.apply(p);
  return result;
}

}  // namespace cadrecode::cloud
