// Farthest points: the same indices as the plain loop, whatever the points and
// the machine's vectors.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "base/error.h"
#include "base/random.h"
#include "geometry/cloud/sample.h"
#include "unit/simd_targets.h"

namespace cadrecode::cloud {
namespace {

using Points = std::vector<Vec3>;

// The definition, as pytorch3d writes it down.
std::vector<uint32_t> by_definition(const Points& points, size_t count) {
  std::vector<float> nearest(points.size(), std::numeric_limits<float>::max());
  std::vector<uint32_t> chosen = {0};
  while (chosen.size() < count) {
    const Vec3 last = points[chosen.back()];
    for (size_t i = 0; i < points.size(); ++i) {
      float d2 = 0;
      for (int a = 0; a < 3; ++a) {
        const float d = static_cast<float>(last[a]) - static_cast<float>(points[i][a]);
        d2 += d * d;
      }
      nearest[i] = std::min(d2, nearest[i]);
    }
    chosen.push_back(
        static_cast<uint32_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin()));
  }
  return chosen;
}

void expect_definition(const Points& points, size_t count) {
  const auto expected = by_definition(points, count);
  on_each_simd_target([&] { EXPECT_EQ(farthest_points(points, count), expected); });
}

Points random_points(size_t n, uint64_t seed, Vec3 scale = {1, 1, 1}, Vec3 offset = {}) {
  RandomStream random(seed);
  Points points(n);
  for (Vec3& p : points) {
    p = offset + Vec3{random.next_uniform() * scale.x, random.next_uniform() * scale.y,
                      random.next_uniform() * scale.z};
  }
  return points;
}

// Whole-numbered points of a block, in random order: ties everywhere.
Points grid(int nx, int ny, int nz, int copies, uint64_t seed) {
  Points points;
  for (int i = 0; i < nx * ny * nz * copies; ++i) {
    points.push_back({double(i % nx), double(i / nx % ny), double(i / nx / ny % nz)});
  }
  RandomStream(seed).shuffle(points);
  return points;
}

TEST(FarthestPoints, EqualTheDefinition) {
  for (const size_t n : {1, 2, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129, 777, 1025, 4097}) {
    SCOPED_TRACE(n);
    expect_definition(random_points(n, n), std::min<size_t>(n, 100));
  }
}

TEST(FarthestPoints, AllOfThemInOrder) {
  expect_definition(random_points(500, 1), 500);
  EXPECT_EQ(farthest_points(random_points(5, 1), 9).size(), 5u);
  EXPECT_TRUE(farthest_points(Points{}, 5).empty());
}

TEST(FarthestPoints, TiesGoToTheFirst) {
  for (uint64_t seed = 0; seed < 4; ++seed) {
    expect_definition(grid(5, 5, 5, 1, seed), 125);
    expect_definition(grid(40, 40, 1, 1, seed), 200);
    expect_definition(grid(600, 1, 1, 1, seed), 200);
    expect_definition(grid(2, 2, 2, 1, seed), 8);
  }
}

TEST(FarthestPoints, CopiesAreNeverPreferredAndTheFirstOneEndsIt) {
  for (uint64_t seed = 0; seed < 4; ++seed) {
    expect_definition(grid(4, 3, 2, 20, seed), 100);  // 24 places, then index 0 again and again
    expect_definition(Points(300, Vec3{0.1, 0.2, 0.3}), 50);
  }
}

TEST(FarthestPoints, FlatLongFarAndTiny) {
  expect_definition(random_points(900, 1, {1, 0, 0}), 90);
  expect_definition(random_points(900, 2, {1000, 1, 1e-6}), 90);
  expect_definition(random_points(900, 3, {1, 1, 1}, {1e6, -1e6, 1e6}),
                    90);                                                // rounds to few values
  expect_definition(random_points(900, 4, {1e-22, 1e-22, 1e-22}), 90);  // squares below float
  expect_definition(random_points(900, 5, {2e19, 2e19, 2e19}), 90);     // squares beyond float
  expect_definition(random_points(900, 6, {6e38, 6e38, 1}, {-3e38, -3e38, 0}), 90);  // extents too
}

TEST(FarthestPoints, WithAFewStrayPoints) {
  Points points = random_points(2000, 7);
  for (int i = 0; i < 5; ++i) points.push_back({100.0 * i, -50, 3});
  expect_definition(points, 120);
}

TEST(FarthestPoints, RefuseWhatIsNotANumber) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const double bad : {std::nan(""), inf, -inf, 1e39}) {
    Points points = random_points(70, 1);
    points[69].y = bad;
    EXPECT_THROW(farthest_points(points, 2), Error);
  }
  std::vector<uint32_t> out(3);
  EXPECT_THROW(farthest_points(std::span<const Vec3>(random_points(2, 1)), out), Error);
}

}  // namespace
}  // namespace cadrecode::cloud
