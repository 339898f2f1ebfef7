#include "geometry/cloud/neighbours.h"

#include <algorithm>
#include <cmath>
#include <nanoflann.hpp>

#include "base/error.h"
#include "geometry/cloud/nearest_all.h"

namespace cadrecode::cloud {
namespace {

// What nanoflann asks of a point set.
struct Points {
  std::vector<Vec3> at;
  size_t kdtree_get_point_count() const { return at.size(); }
  double kdtree_get_pt(size_t i, size_t axis) const { return at[i][static_cast<int>(axis)]; }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};
using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Points>,
                                                 Points, 3, uint32_t>;

}  // namespace

struct PointIndex::Impl {
  Points points;
  Tree tree;
  explicit Impl(std::span<const Vec3> at)
      : points{{at.begin(), at.end()}},
        tree(3, points, nanoflann::KDTreeSingleIndexAdaptorParams(12)) {}
};

PointIndex::PointIndex(std::span<const Vec3> points) {
  if (points.empty()) throw Error(ErrorKind::kValue, "an index needs at least one point");
  impl_ = std::make_unique<Impl>(points);
  impl_->tree.buildIndex();
}
PointIndex::~PointIndex() = default;
PointIndex::PointIndex(PointIndex&&) noexcept = default;
PointIndex& PointIndex::operator=(PointIndex&&) noexcept = default;

size_t PointIndex::size() const { return impl_->points.at.size(); }

Neighbour PointIndex::nearest(Vec3 p) const {
  const double query[3] = {p.x, p.y, p.z};
  Neighbour found;
  impl_->tree.knnSearch(query, 1, &found.index, &found.distance2);
  return found;
}

std::vector<Neighbour> PointIndex::nearest(Vec3 p, size_t k) const {
  k = std::min(k, size());
  const double query[3] = {p.x, p.y, p.z};
  std::vector<uint32_t> indices(k);
  std::vector<double> distances(k);
  const size_t n = impl_->tree.knnSearch(query, k, indices.data(), distances.data());
  std::vector<Neighbour> found(n);
  for (size_t i = 0; i < n; ++i) found[i] = {indices[i], distances[i]};
  return found;
}

std::vector<Neighbour> PointIndex::within(Vec3 p, double radius) const {
  const double query[3] = {p.x, p.y, p.z};
  std::vector<std::pair<uint32_t, double>> matches;
  impl_->tree.radiusSearch(query, radius * radius, matches, nanoflann::SearchParams());
  std::vector<Neighbour> found;
  found.reserve(matches.size());
  for (const auto& [index, distance2] : matches) found.push_back({index, distance2});
  std::sort(found.begin(), found.end(), [](const Neighbour& a, const Neighbour& b) {
    return a.distance2 != b.distance2 ? a.distance2 < b.distance2 : a.index < b.index;
  });
  return found;
}

Chamfer chamfer(std::span<const Vec3> a, std::span<const Vec3> b) {
  if (a.empty() || b.empty()) {
    throw Error(ErrorKind::kValue, "a distance between clouds needs points in both");
  }
  Chamfer result;
  const PointTree tree_a(a), tree_b(b);
  const auto one_way = [](const PointTree& from, const PointTree& to, double& squared, double& mean,
                          double& largest) {
    std::vector<double> distances(from.size());
    nearest_squared(from, to, distances);
    for (const double d2 : distances) {
      squared += d2;
      mean += std::sqrt(d2);
      largest = std::max(largest, std::sqrt(d2));
    }
    squared /= static_cast<double>(from.size());
    mean /= static_cast<double>(from.size());
  };
  one_way(tree_a, tree_b, result.squared_ab, result.mean_ab, result.max_ab);
  one_way(tree_b, tree_a, result.squared_ba, result.mean_ba, result.max_ba);
  return result;
}

}  // namespace cadrecode::cloud
