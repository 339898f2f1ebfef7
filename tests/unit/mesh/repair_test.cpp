#include "geometry/mesh/repair.h"

#include <gtest/gtest.h>

#include "geometry/mesh/measure.h"
#include "unit/mesh/shapes.h"

namespace cadrecode::mesh {
namespace {

TEST(Measure, BoxFacts) {
  const TriangleMesh m = shapes::box({1, 2, 3}, {3, 5, 7});
  EXPECT_DOUBLE_EQ(volume(m), 24);
  EXPECT_DOUBLE_EQ(area(m), 2 * (6 + 12 + 8));
  EXPECT_EQ(bounding_box(m).lo, (Vec3{1, 2, 3}));
  const Moments mo = moments(m);
  EXPECT_DOUBLE_EQ(mo.volume, 24);
  EXPECT_NEAR(norm(mo.center - Vec3{2, 3.5, 5}), 0, 1e-12);
  EXPECT_NEAR(mo.inertia[0][0], 24 * (9 + 16) / 12.0, 1e-9);
  EXPECT_NEAR(mo.inertia[1][1], 24 * (4 + 16) / 12.0, 1e-9);
  EXPECT_NEAR(mo.inertia[2][2], 24 * (4 + 9) / 12.0, 1e-9);
  EXPECT_NEAR(mo.inertia[0][1], 0, 1e-9);
}

TEST(Measure, FarFromTheOriginKeepsItsDigits) {
  const Vec3 far{1e7, -3e7, 2e7};
  EXPECT_NEAR(volume(shapes::box(far, far + Vec3{1, 1, 1})), 1, 1e-7);
}

TEST(Measure, OffDiagonalInertiaOfATiltedPair) {
  TriangleMesh m = shapes::box({0, 0, 0}, {1, 1, 1});
  shapes::append(m, shapes::box({1, 1, 0}, {2, 2, 1}));
  // Two unit cubes at (±.5, ±.5) about the common centre: Ixy = -Σ m x y.
  EXPECT_NEAR(moments(m).inertia[0][1], -2 * 0.25, 1e-12);
}

TEST(Weld, SoupBecomesABox) {
  TriangleMesh m = shapes::soup(shapes::box({0, 0, 0}, {1, 1, 1}));
  m.vertices[0].x = -0.0;
  const WeldReport report = weld(m);
  EXPECT_EQ(m.vertices.size(), 8u);
  EXPECT_EQ(report.vertices_merged, 28u);
  EXPECT_TRUE(closedness(m).manifold());
}

TEST(Weld, ToleranceJoinsAcrossCellsAndKeepsTheFirst) {
  TriangleMesh m = shapes::soup(shapes::box({0, 0, 0}, {1, 1, 1}));
  for (size_t v = 0; v < m.vertices.size(); ++v) {
    m.vertices[v].x += 1e-4 * static_cast<double>(v % 3);
  }
  TriangleMesh exact = m;
  weld(exact);
  EXPECT_GT(exact.vertices.size(), 8u);
  const Vec3 first = m.vertices[0];
  weld(m, 1e-3);
  EXPECT_EQ(m.vertices.size(), 8u);
  EXPECT_EQ(m.vertices[0], first);
  EXPECT_TRUE(closedness(m).watertight());
}

TEST(Weld, DropsCollapsedTrianglesAndUnusedVertices) {
  TriangleMesh m = shapes::box({0, 0, 0}, {1, 1, 1});
  m.vertices.push_back({9, 9, 9});
  m.vertices.push_back(m.vertices[0]);
  m.triangles.push_back({0, 9, 1});
  const WeldReport report = weld(m);
  EXPECT_EQ(report.triangles_dropped, 1u);
  EXPECT_EQ(report.vertices_unused, 1u);
  EXPECT_EQ(m.vertices.size(), 8u);
}

TEST(DropDegenerate, SliversAndRepeats) {
  TriangleMesh m = shapes::box({0, 0, 0}, {1, 1, 1});
  const auto t = m.triangles[3];
  m.triangles.push_back({t[1], t[2], t[0]});  // a repeat, turned
  m.vertices.push_back({0.5, 0, 0});
  m.triangles.push_back({0, 8, 1});  // flat
  EXPECT_EQ(drop_degenerate(m), 2u);
  EXPECT_EQ(m.triangles.size(), 12u);
}

TEST(Components, TwoBoxes) {
  TriangleMesh m = shapes::box({0, 0, 0}, {1, 1, 1});
  shapes::append(m, shapes::box({2, 0, 0}, {3, 1, 2}));
  EXPECT_EQ(components(m).count, 2u);
  const auto parts = split(m);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_DOUBLE_EQ(volume(parts[0]), 1);
  EXPECT_DOUBLE_EQ(volume(parts[1]), 2);
}

TEST(Closedness, HoleAndMisturnedTriangle) {
  TriangleMesh m = shapes::box({0, 0, 0}, {1, 1, 1});
  EXPECT_TRUE(closedness(m).manifold());
  EXPECT_EQ(closedness(m).edges, 18u);
  TriangleMesh open = m;
  open.triangles.pop_back();
  EXPECT_FALSE(closedness(open).watertight());
  EXPECT_EQ(closedness(open).boundary_edges, 3u);
  EXPECT_NEAR(closedness(open).boundary_length, 2 + std::sqrt(2.0), 1e-12);
  std::swap(m.triangles[4][0], m.triangles[4][1]);
  EXPECT_EQ(closedness(m).misturned_edges, 3u);
  EXPECT_FALSE(closedness(m).watertight());
}

TEST(Orient, TurnsStraysComponentsAndCavities) {
  TriangleMesh m = shapes::box({0, 0, 0}, {4, 4, 4});
  shapes::append(m, shapes::box({1, 1, 1}, {2, 2, 2}));  // a cavity, wrongly outward
  shapes::append(m, shapes::box({6, 0, 0}, {7, 1, 1}));
  for (size_t t = 24; t < 36; ++t) std::swap(m.triangles[t][0], m.triangles[t][1]);
  std::swap(m.triangles[3][0], m.triangles[3][1]);
  EXPECT_GT(orient(m), 0u);
  EXPECT_TRUE(closedness(m).manifold());
  EXPECT_DOUBLE_EQ(volume(m), 64 - 1 + 1);
  EXPECT_EQ(orient(m), 0u);
}

TEST(Refined, StaysClosedAndKeepsItsShape) {
  const TriangleMesh m = shapes::box({0, 0, 0}, {1, 2, 9});
  const TriangleMesh fine = refined(m, 0.4);
  EXPECT_TRUE(closedness(fine).manifold());
  EXPECT_NEAR(volume(fine), 18, 1e-12);
  EXPECT_NEAR(area(fine), area(m), 1e-12);
  for (const auto& t : fine.triangles) {
    for (int s = 0; s < 3; ++s) {
      EXPECT_LE(norm(fine.vertices[t[s]] - fine.vertices[t[(s + 1) % 3]]), 0.4);
    }
  }
  EXPECT_LE(refined(m, 0.01, 1000).triangles.size(), 1000u);
  EXPECT_TRUE(closedness(refined(m, 0.01, 1000)).manifold());
}

}  // namespace
}  // namespace cadrecode::mesh
