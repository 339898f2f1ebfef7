#include "pipeline/reconstruct/thin.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace cadrecode::reconstruct {
namespace {

using Cube = std::array<int32_t, 3>;

std::vector<uint32_t> first_in_cubes(const std::vector<Vec3>& points, Vec3 lo, double side) {
  std::vector<std::pair<Cube, uint32_t>> keys;
  keys.reserve(points.size());
  for (uint32_t i = 0; i < points.size(); ++i) {
    const Vec3 d = (points[i] - lo) / side;
    keys.push_back(
        {{static_cast<int32_t>(d.x), static_cast<int32_t>(d.y), static_cast<int32_t>(d.z)}, i});
  }
  std::sort(keys.begin(), keys.end());
  std::vector<uint32_t> first;
  for (size_t i = 0; i < keys.size(); ++i)
    if (i == 0 || keys[i].first != keys[i - 1].first) first.push_back(keys[i].second);
  std::sort(first.begin(), first.end());
  return first;
}

}  // namespace

cloud::PointCloud thinned(const cloud::PointCloud& cloud, size_t most) {
  cloud::PointCloud out;
  out.points = cloud.points;
  if (out.points.size() <= most + most / 4) return out;
  Box3 box;
  for (Vec3 p : out.points) box.add(p);
  if (!(box.longest() > 0) || !std::isfinite(box.longest())) return out;
  const Vec3 s = box.size();
  // A surface no smaller than half its box's: then the first grid is too fine.
  const double area = s.x * s.y + s.y * s.z + s.z * s.x;
  const double first = std::sqrt(area / static_cast<double>(most)) / 1.5;
  for (double side = std::max(first, 1e-6 * box.longest());; side *= 1.2) {
    const auto kept = first_in_cubes(out.points, box.lo, side);
    std::vector<Vec3> points;
    points.reserve(kept.size());
    for (uint32_t i : kept) points.push_back(out.points[i]);
    out.points = std::move(points);  // the next, coarser grid starts from these
    if (out.points.size() <= most) return out;
  }
}

}  // namespace cadrecode::reconstruct
