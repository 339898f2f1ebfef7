// Every point's nearest neighbour in another set, all at once.
//
// Both sets are ordered along a Morton curve with a box tree over it, and leaves of the one are
// carried through the tree of the other together (dual-tree search; Gray & Moore 2000): a leaf's
// points lie close, so they share the descent, and leaf against leaf is plain
// arithmetic the compiler vectorises (AVX-512, AVX2 or baseline chosen at run
// time). Exact: double arithmetic, the same bits on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/vec.h"

namespace cadrecode::cloud {

// out[i] = min_j |from[i] - to[j]|^2. Errors: kValue when `to` is empty.
std::vector<double> nearest_squared(std::span<const Vec3> from, std::span<const Vec3> to);

// The trees of two sets may be built once and used for both directions.
class PointTree {
 public:
  explicit PointTree(std::span<const Vec3> points);

  size_t size() const { return order_.size(); }

 private:
  friend void nearest_squared(const PointTree& from, const PointTree& to, std::span<double> out);

  struct Node {
    double lo[3], hi[3];
    uint32_t begin, end;  // positions in the leaf-ordered arrays
  };
  static Node around(const Node& a, const Node& b);
  void fit_box(Node& node) const;

  int depth_ = 0;                  // levels below the root
  std::vector<Node> nodes_;        // heap order: children of i are 2i + 1, 2i + 2
  std::vector<uint32_t> order_;    // original index of each position
  std::vector<double> x_, y_, z_;  // by position
};

void nearest_squared(const PointTree& from, const PointTree& to, std::span<double> out);

}  // namespace cadrecode::cloud
