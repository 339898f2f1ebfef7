#include "geometry/cloud/sample.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "geometry/mesh/measure.h"

namespace cadrecode::cloud {
namespace {

// Running sums of triangle areas (times two).
struct AreaTable {
  std::vector<double> sum;  // [T] up to and including triangle t
  double total() const { return sum.back(); }

  // The triangle in which the share `u` in [0, 1) of the area ends.
  uint32_t find(double u) const {
    const auto at = std::upper_bound(sum.begin(), sum.end(), u * total());
    if (at != sum.end()) return static_cast<uint32_t>(at - sum.begin());
    // u · total rounded up to total: the last triangle that has area.
    return static_cast<uint32_t>(std::lower_bound(sum.begin(), sum.end(), total()) - sum.begin());
  }
};

AreaTable area_table(const mesh::TriangleMesh& mesh) {
  AreaTable table;
  table.sum.reserve(mesh.triangles.size());
  double sum = 0;
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    sum += norm(mesh::triangle_normal_area2(mesh, t));
    table.sum.push_back(sum);
  }
  if (!(sum > 0) || !std::isfinite(sum)) {
    throw Error(ErrorKind::kValue, "cannot sample a mesh without area");
  }
  return table;
}

// Numbers 3 i, 3 i + 1, 3 i + 2 of the stream make point i. `pick(i, u)` turns
// the first into a share of the area.
template <typename Pick>
SurfaceSample sample(const mesh::TriangleMesh& mesh, size_t count, uint64_t seed,
                     const Pick& pick) {
  const AreaTable table = area_table(mesh);
  const RandomStream random(seed);
  SurfaceSample result;
  result.cloud.points.resize(count);
  result.cloud.normals.resize(count);
  result.triangles.resize(count);
  for (size_t i = 0; i < count; ++i) {
    const uint32_t t = table.find(pick(i, random.uniform_at(3 * i)));
    double u = random.uniform_at(3 * i + 1), v = random.uniform_at(3 * i + 2);
    if (u + v > 1) u = 1 - u, v = 1 - v;  // the other half of the parallelogram
    const auto& corners = mesh.triangles[t];
    const Vec3 a = mesh.vertices[corners[0]], ab = mesh.vertices[corners[1]] - a,
               ac = mesh.vertices[corners[2]] - a;
    result.cloud.points[i] = a + ab * u + ac * v;
    result.cloud.normals[i] = normalized(cross(ab, ac));
    result.triangles[i] = t;
  }
  return result;
}

}  // namespace

SurfaceSample sample_surface(const mesh::TriangleMesh& mesh, size_t count, uint64_t seed) {
  return sample(mesh, count, seed, [](size_t, double u) { return u; });
}

SurfaceSample sample_surface_evenly(const mesh::TriangleMesh& mesh, size_t count, uint64_t seed) {
  const auto n = static_cast<double>(count);
  return sample(mesh, count, seed, [n](size_t i, double u) {
    return std::min((static_cast<double>(i) + u) / n, 1.0);
  });
}

PointCloud take(const PointCloud& cloud, const std::vector<uint32_t>& indices) {
  PointCloud result;
  for (uint32_t i : indices) {
    result.points.push_back(cloud.points[i]);
    if (!cloud.normals.empty()) result.normals.push_back(cloud.normals[i]);
  }
  return result;
}

}  // namespace cadrecode::cloud
