#include <algorithm>
#include <array>
#include <cmath>
#include <queue>

#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/process.h"

namespace cadrecode::cloud {
namespace {

using Matrix3 = std::array<std::array<double, 3>, 3>;

Matrix3 covariance(const std::vector<Vec3>& points, const std::vector<Neighbour>& around) {
  Vec3 mean;
  for (const Neighbour& n : around) mean += points[n.index];
  mean = mean / static_cast<double>(around.size());
  Matrix3 c{};
  for (const Neighbour& n : around) {
    const Vec3 d = points[n.index] - mean;
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) c[i][j] += d[i] * d[j];
    }
  }
  return c;
}

struct Eigen3 {
  std::array<double, 3> value;
  std::array<Vec3, 3> vector;  // unit
};

// Cyclic Jacobi rotations: slower than a closed form, but right for equal and
// for tiny eigenvalues too.
Eigen3 symmetric_eigen(Matrix3 m) {
  Eigen3 e{{}, {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}};
  for (int sweep = 0; sweep < 20; ++sweep) {
    const double off = m[0][1] * m[0][1] + m[0][2] * m[0][2] + m[1][2] * m[1][2];
    const double diagonal = m[0][0] * m[0][0] + m[1][1] * m[1][1] + m[2][2] * m[2][2];
    if (off <= 1e-30 * diagonal || off == 0) break;
    for (auto [p, q] : {std::pair{0, 1}, {0, 2}, {1, 2}}) {
      if (m[p][q] == 0) continue;
      const double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
      const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
      const double c = 1 / std::sqrt(t * t + 1), s = t * c;
      for (int k = 0; k < 3; ++k) {
        const double a = m[k][p], b = m[k][q];
        m[k][p] = c * a - s * b, m[k][q] = s * a + c * b;
      }
      for (int k = 0; k < 3; ++k) {
        const double a = m[p][k], b = m[q][k];
        m[p][k] = c * a - s * b, m[q][k] = s * a + c * b;
      }
      const Vec3 a = e.vector[p], b = e.vector[q];
      e.vector[p] = a * c - b * s, e.vector[q] = a * s + b * c;
    }
  }
  for (int i = 0; i < 3; ++i) e.value[i] = m[i][i];
  return e;
}

// Turns normals alike along the spanning tree in which neighbours with the most
// parallel normals are joined first (Prim's algorithm), piece by piece.
// Returns the piece of every point.
std::vector<uint32_t> turn_alike(const std::vector<std::vector<Neighbour>>& around,
                                 std::vector<Vec3>& normals) {
  const auto n = static_cast<uint32_t>(normals.size());
  std::vector<std::vector<uint32_t>> linked(n);  // both ways: k-nearest is one-way
  for (uint32_t i = 0; i < n; ++i) {
    for (const Neighbour& other : around[i]) {
      if (other.index == i) continue;
      linked[i].push_back(other.index);
      linked[other.index].push_back(i);
    }
  }
  struct Link {
    double cost;
    uint32_t to, from;
    bool operator>(const Link& o) const {
      return cost != o.cost ? cost > o.cost : to != o.to ? to > o.to : from > o.from;
    }
  };
  const uint32_t none = ~uint32_t{0};
  std::vector<uint32_t> piece(n, none);
  uint32_t pieces = 0;
  for (uint32_t seed = 0; seed < n; ++seed) {
    if (piece[seed] != none) continue;
    std::priority_queue<Link, std::vector<Link>, std::greater<>> queue;
    queue.push({0, seed, seed});
    while (!queue.empty()) {
      const Link link = queue.top();
      queue.pop();
      if (piece[link.to] != none) continue;
      piece[link.to] = pieces;
      if (dot(normals[link.from], normals[link.to]) < 0) normals[link.to] = -normals[link.to];
      for (uint32_t next : linked[link.to]) {
        if (piece[next] != none) continue;
        queue.push({1 - std::abs(dot(normals[link.to], normals[next])), next, link.to});
      }
    }
    ++pieces;
  }
  return piece;
}

// Each piece outwards: its extreme points along the axes should look that way.
void turn_outwards(const std::vector<Vec3>& points, const std::vector<uint32_t>& piece,
                   std::vector<Vec3>& normals) {
  const uint32_t pieces = 1 + *std::max_element(piece.begin(), piece.end());
  const uint32_t none = ~uint32_t{0};
  std::vector<std::array<uint32_t, 6>> extreme(pieces);
  for (auto& e : extreme) e.fill(none);
  for (uint32_t i = 0; i < points.size(); ++i) {
    auto& e = extreme[piece[i]];
    for (int axis = 0; axis < 3; ++axis) {
      uint32_t &low = e[2 * axis], &high = e[2 * axis + 1];
      if (low == none || points[i][axis] < points[low][axis]) low = i;
      if (high == none || points[i][axis] > points[high][axis]) high = i;
    }
  }
  std::vector<bool> turn(pieces);
  for (uint32_t p = 0; p < pieces; ++p) {
    double vote = 0;
    for (int axis = 0; axis < 3; ++axis) {
      vote += normals[extreme[p][2 * axis + 1]][axis] - normals[extreme[p][2 * axis]][axis];
    }
    turn[p] = vote < 0;
  }
  for (size_t i = 0; i < points.size(); ++i) {
    if (turn[piece[i]]) normals[i] = -normals[i];
  }
}

}  // namespace

NormalEstimate estimate_normals(const std::vector<Vec3>& points, size_t k) {
  NormalEstimate result;
  if (points.empty()) return result;
  const PointIndex index(points);
  std::vector<std::vector<Neighbour>> around(points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    around[i] = index.nearest(points[i], std::max<size_t>(k, 3));
    const Eigen3 e = symmetric_eigen(covariance(points, around[i]));
    const auto least =
        static_cast<size_t>(std::min_element(e.value.begin(), e.value.end()) - e.value.begin());
    const double spread = e.value[0] + e.value[1] + e.value[2];
    result.normals.push_back(normalized(e.vector[least]));
    result.flatness.push_back(spread > 0 ? std::max(e.value[least], 0.0) / spread : 0);
  }
  turn_outwards(points, turn_alike(around, result.normals), result.normals);
  return result;
}

}  // namespace cadrecode::cloud
