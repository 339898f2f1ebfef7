// Nearest neighbours among points (k-d tree, nanoflann).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/vec.h"

namespace cadrecode::cloud {

struct Neighbour {
  uint32_t index = 0;
  double distance2 = 0;  // squared
};

class PointIndex {
 public:
  // Keeps its own copy of the points. Errors: kValue when there is none.
  explicit PointIndex(std::span<const Vec3> points);
  ~PointIndex();
  PointIndex(PointIndex&&) noexcept;
  PointIndex& operator=(PointIndex&&) noexcept;

  size_t size() const;
  Neighbour nearest(Vec3 p) const;
  // The k nearest, nearest first; fewer when there are fewer points.
  std::vector<Neighbour> nearest(Vec3 p, size_t k) const;
  // All within `radius`, nearest first.
  std::vector<Neighbour> within(Vec3 p, double radius) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Mean squared and unsquared nearest distances between two clouds, each way.
struct Chamfer {
  double squared_ab = 0, squared_ba = 0;  // mean over a of min |a - b|^2, and back
  double mean_ab = 0, mean_ba = 0;        // mean of the distances themselves
  double max_ab = 0, max_ba = 0;          // one-sided Hausdorff
  double squared() const { return squared_ab + squared_ba; }
  double mean() const { return (mean_ab + mean_ba) / 2; }
  double hausdorff() const { return max_ab > max_ba ? max_ab : max_ba; }
};
Chamfer chamfer(std::span<const Vec3> a, std::span<const Vec3> b);

}  // namespace cadrecode::cloud
