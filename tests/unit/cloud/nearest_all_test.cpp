#include "geometry/cloud/nearest_all.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"
#include "base/random.h"
#include "unit/simd_targets.h"

namespace cadrecode::cloud {
namespace {

std::vector<Vec3> random_points(size_t count, uint64_t seed, double flatness) {
  RandomStream random(seed);
  std::vector<Vec3> points(count);
  for (Vec3& p : points) {
    p = {random.next_uniform(), random.next_uniform(), flatness * random.next_uniform()};
  }
  return points;
}

double brute_force(Vec3 p, const std::vector<Vec3>& to) {
  double best = std::numeric_limits<double>::infinity();
  for (Vec3 q : to) {
    double dx = p.x - q.x, dy = p.y - q.y, dz = p.z - q.z;
    best = std::min(best, dx * dx + dy * dy + dz * dz);
  }
  return best;
}

void expect_brute_force(const std::vector<Vec3>& from, const std::vector<Vec3>& to) {
  const auto found = nearest_squared(from, to);
  for (size_t i = 0; i < from.size(); ++i) ASSERT_EQ(found[i], brute_force(from[i], to)) << i;
}

TEST(NearestAll, EqualsBruteForceToTheBit) {
  for (size_t n : {1, 2, 7, 8, 9, 15, 16, 17, 255, 256, 257, 1000, 4096, 4097}) {
    for (double flatness : {1.0, 0.0, 1e-9}) {
      const auto from = random_points(777, n, flatness), to = random_points(n, 99 + n, flatness);
      on_each_simd_target([&] { expect_brute_force(from, to); });
    }
  }
}

TEST(NearestAll, SetsApartAndOfUnlikeSize) {
  auto from = random_points(300, 1, 1.0), to = random_points(3000, 2, 0.0);
  for (Vec3& p : from) p = p * 50 + Vec3{-25, -25, 3};
  on_each_simd_target([&] {
    expect_brute_force(from, to);
    expect_brute_force(to, from);
  });
}

TEST(NearestAll, HugeAndTinyCoordinates) {
  for (const double scale : {1e30, 1e-30, 1e200, 1e-200}) {
    auto from = random_points(200, 3, 1.0), to = random_points(100, 4, 1.0);
    for (Vec3& p : from) p = p * scale;
    for (Vec3& p : to) p = p * scale;
    expect_brute_force(from, to);
  }
}

TEST(NearestAll, ManyTies) {
  std::vector<Vec3> grid;
  for (int i = 0; i < 3000; ++i) {
    grid.push_back({double(i % 10), double(i / 10 % 10), double(i / 100 % 10)});
  }
  auto half = grid;
  for (Vec3& p : half) p = p + Vec3{0.5, 0.5, 0.5};
  on_each_simd_target([&] { expect_brute_force(half, grid); });
}

TEST(NearestAll, CoincidentAndFarSets) {
  std::vector<Vec3> same(100, Vec3{3, 3, 3}), far = random_points(50, 1, 1.0);
  for (Vec3& p : far) p = p + Vec3{1e6, 0, 0};
  EXPECT_EQ(nearest_squared(same, same), std::vector<double>(100, 0.0));
  auto found = nearest_squared(far, same);
  for (size_t i = 0; i < far.size(); ++i) EXPECT_EQ(found[i], brute_force(far[i], same));
}

TEST(NearestAll, EmptySets) {
  EXPECT_TRUE(nearest_squared({}, random_points(3, 0, 1)).empty());
  EXPECT_THROW(nearest_squared(random_points(3, 0, 1), {}), Error);
}

}  // namespace
}  // namespace cadrecode::cloud
