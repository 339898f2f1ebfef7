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

// Integrals of N functions over a band: f(s) returns their values. A band with
// arcs is halved until both halves agree with the whole within `tolerance` (an
// arc that ends just outside slows the convergence near that end).
inline constexpr int kMostHalvings = 8;

template <size_t N, typename F>
std::array<double, N> over_nodes(double lo, double hi, bool curved, const F& f) {
  std::array<double, N> sum{};
  for_each_node(lo, hi, curved, [&](double s, double weight) {
    const std::array<double, N> v = f(s);
    for (size_t i = 0; i < N; ++i) sum[i] += weight * v[i];
  });
  return sum;
}

template <size_t N, typename F>
std::array<double, N> halved(double lo, double hi, const std::array<double, N>& whole, const F& f,
                             const std::array<double, N>& tolerance, int depth) {
  const double mid = (lo + hi) / 2;
  std::array<double, N> left = over_nodes<N>(lo, mid, true, f),
                        right = over_nodes<N>(mid, hi, true, f);
  bool agree = true;
  for (size_t i = 0; i < N; ++i) agree &= std::abs(left[i] + right[i] - whole[i]) <= tolerance[i];
  if (!agree && depth > 0) {
    std::array<double, N> half = tolerance;
    for (double& t : half) t /= 2;
    left = halved<N>(lo, mid, left, f, half, depth - 1);
    right = halved<N>(mid, hi, right, f, half, depth - 1);
  }
  for (size_t i = 0; i < N; ++i) left[i] += right[i];
  return left;
}

template <size_t N, typename F>
std::array<double, N> integrate_band(double lo, double hi, bool curved, const F& f,
                                     const std::array<double, N>& tolerance) {
  const std::array<double, N> whole = over_nodes<N>(lo, hi, curved, f);
  return curved ? halved<N>(lo, hi, whole, f, tolerance, kMostHalvings) : whole;
}

}  // namespace cadrecode::prism
