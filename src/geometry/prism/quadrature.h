// Gauss-Legendre nodes on a band.
#pragma once

#include <array>
#include <cmath>

namespace cadrecode::prism {

inline constexpr double kGauss8Node[4] = {0.1834346424956498, 0.5255324099163290,
                                          0.7966664774136267, 0.9602898564975363};
inline constexpr double kGauss8Weight[4] = {0.3626837833783620, 0.3137066458778873,
                                            0.2223810344533745, 0.1012285362903763};

// on_node(s, weight) over [lo, hi]. Bands with arcs: eight nodes in u with
// s = mid + half * sin(pi/2 u), which turns a square root at either end into
// something smooth; else three, exact to degree 5. sin and cos of the nodes are
// constants: sin(pi/2 x_i), cos(pi/2 x_i).
template <typename OnNode>
void for_each_node(double lo, double hi, bool curved, const OnNode& on_node) {
  const double mid = (lo + hi) / 2, half = (hi - lo) / 2;
  if (!curved) {
    constexpr double kNode = 0.7745966692414834;
    on_node(mid - half * kNode, half * 5 / 9);
    on_node(mid, half * 8 / 9);
    on_node(mid + half * kNode, half * 5 / 9);
    return;
  }
  struct Node {
    double offset, weight;
  };
  static const auto kNodes = [] {
    std::array<Node, 4> n{};
    for (int i = 0; i < 4; ++i) {
      const double angle = 1.5707963267948966 * kGauss8Node[i];
      n[i] = {std::sin(angle), kGauss8Weight[i] * 1.5707963267948966 * std::cos(angle)};
    }
    return n;
  }();
  for (const Node& n : kNodes) {
    on_node(mid - half * n.offset, half * n.weight);
    on_node(mid + half * n.offset, half * n.weight);
  }
}

}  // namespace cadrecode::prism
