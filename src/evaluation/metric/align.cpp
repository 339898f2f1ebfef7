#include "evaluation/metric/align.h"

#include <Eigen/Dense>
#include <algorithm>
#include <utility>
#include <vector>

#include "geometry/cloud/neighbours.h"

namespace cadrecode::metric {
namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

constexpr int kIterations = 100;
constexpr double kConverged = 1e-6;  // change of the mean distance
constexpr size_t kStarts = 3;        // refined, of the 24

Matrix times(const Matrix& a, const Matrix& b) {
  Matrix c{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 3; ++k) c[i][j] += a[i][k] * b[k][j];
    }
  }
  return c;
}

// The rotations of a cube: signed permutations of determinant 1; identity first.
std::vector<Matrix> cube_rotations() {
  std::vector<Matrix> rotations;
  std::array<int, 3> p{0, 1, 2};
  do {
    for (int signs = 0; signs < 8; ++signs) {
      Matrix m{};
      for (int i = 0; i < 3; ++i) m[i][p[i]] = signs >> i & 1 ? -1 : 1;
      double det = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
                   m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
                   m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
      if (det > 0) rotations.push_back(m);
    }
  } while (std::next_permutation(p.begin(), p.end()));
  return rotations;
}

std::vector<Vec3> moved(const Rigid& motion, const std::vector<Vec3>& points) {
  std::vector<Vec3> result;
  result.reserve(points.size());
  for (Vec3 p : points) result.push_back(motion.apply(p));
  return result;
}

// The small motion that best brings the points onto the planes of their
// nearest neighbours (linearised rotation), and the mean distance before it.
std::pair<Rigid, double> step(const std::vector<Vec3>& points, const cloud::PointCloud& target,
                              const cloud::PointIndex& index) {
  Eigen::Matrix<double, 6, 6> normal = Eigen::Matrix<double, 6, 6>::Zero();
  Eigen::Matrix<double, 6, 1> right = Eigen::Matrix<double, 6, 1>::Zero();
  double sum = 0;
  for (Vec3 p : points) {
    auto near = index.nearest(p);
    Vec3 q = target.points[near.index], n = target.normals[near.index];
    Vec3 c = cross(p, n);
    Eigen::Matrix<double, 6, 1> row;
    row << c.x, c.y, c.z, n.x, n.y, n.z;
    normal += row * row.transpose();
    right += row * dot(q - p, n);
    sum += std::sqrt(near.distance2);
  }
  normal += 1e-9 * Eigen::Matrix<double, 6, 6>::Identity();
  Eigen::Matrix<double, 6, 1> x = normal.ldlt().solve(right);
  Eigen::Vector3d turn = x.head<3>();
  Rigid motion;
  double angle = turn.norm();
  if (angle > 0) {
    Eigen::Matrix3d r = Eigen::AngleAxisd(angle, turn / angle).toRotationMatrix();
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) motion.rotation[i][j] = r(i, j);
    }
  }
  motion.translation = {x[3], x[4], x[5]};
  return {motion, sum / static_cast<double>(points.size())};
}

Rigid refine(Rigid motion, const cloud::PointCloud& source, const cloud::PointCloud& target,
             const cloud::PointIndex& index) {
  double last = std::numeric_limits<double>::infinity();
  for (int i = 0; i < kIterations; ++i) {
    auto [delta, mean] = step(moved(motion, source.points), target, index);
    if (std::abs(last - mean) < kConverged) break;
    last = mean;
    motion = {times(delta.rotation, motion.rotation),
              delta.rotate(motion.translation) + delta.translation};
  }
  return motion;
}

}  // namespace

Vec3 Rigid::rotate(Vec3 p) const {
  const auto& r = rotation;
  return {r[0][0] * p.x + r[0][1] * p.y + r[0][2] * p.z,
          r[1][0] * p.x + r[1][1] * p.y + r[1][2] * p.z,
          r[2][0] * p.x + r[2][1] * p.y + r[2][2] * p.z};
}

std::optional<Rigid> align(const cloud::PointCloud& source, const cloud::PointCloud& target) {
  cloud::PointIndex index(target.points);
  auto score = [&](const Rigid& m) {
    return cloud::chamfer(moved(m, source.points), target.points).mean();
  };
  const double untouched = score({});
  std::vector<std::pair<double, Rigid>> starts;
  for (const Matrix& rotation : cube_rotations()) {
    Rigid start{rotation, {}};
    starts.emplace_back(score(start), start);
  }
  std::stable_sort(starts.begin(), starts.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  double best = untouched;
  std::optional<Rigid> result;
  for (size_t i = 0; i < kStarts; ++i) {
    Rigid motion = refine(starts[i].second, source, target, index);
    double value = score(motion);
    if (value < best) best = value, result = motion;
  }
  return result;
}

}  // namespace cadrecode::metric
