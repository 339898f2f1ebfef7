// Every point's nearest neighbour in another set, all at once.
//
// Both sets are ordered along a Hilbert curve and cut into leaves of sixteen
// points, sixteen leaves a branch, each with its box. Eight queries that lie
// together share one walk over the branches and leaves of the other set;
// boxes are compared sixteen a step and points eight a step (AVX-512, AVX2 or
// portable code chosen at run time). After eight queries the next start at the
// leaf that was nearest last: their first bound is nearly their answer.
//
// Exact: double arithmetic, the same bits on every machine. A box is passed
// over only if its distance, computed by the operations of the distance
// between points and so never rounded above any of them, is not below the
// query's best so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned.h"
#include "base/vec.h"

namespace cadrecode::cloud {

// out[i] = min_j |from[i] - to[j]|^2. Errors: kValue when `to` is empty.
// Coordinates must be finite.
std::vector<double> nearest_squared(std::span<const Vec3> from, std::span<const Vec3> to);

// The trees of two sets may be built once and used for both directions.
class PointTree {
 public:
  static constexpr size_t kLeaf = 16, kBranch = 16;  // points a leaf, leaves a branch

  explicit PointTree(std::span<const Vec3> points);

  size_t size() const { return order_.size(); }

  // Boxes by axis; padding is empty: lo = infinity, hi = -infinity.
  struct Boxes {
    AlignedVector<double> lo[3], hi[3];
  };
  // In curve order, padded by copies of the last point to whole leaves.
  const AlignedVector<double>& coordinates(int axis) const { return at_[axis]; }
  const std::vector<uint32_t>& order() const { return order_; }
  const Boxes& leaves() const { return leaves_; }      // padded to whole branches
  const Boxes& branches() const { return branches_; }  // padded to a multiple of 16
  size_t leaf_count() const { return at_[0].size() / kLeaf; }

 private:
  std::vector<uint32_t> order_;  // original index of each position
  AlignedVector<double> at_[3];
  Boxes leaves_, branches_;
};

void nearest_squared(const PointTree& from, const PointTree& to, std::span<double> out);

}  // namespace cadrecode::cloud
