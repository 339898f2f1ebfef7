#include "geometry/cloud/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/random.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/process.h"
#include "geometry/mesh/query.h"
#include "unit/mesh/shapes.h"

namespace cadrecode::cloud {
namespace {

using mesh::TriangleMesh;

std::vector<Vec3> random_points(size_t n, uint64_t seed) {
  RandomStream random(seed);
  std::vector<Vec3> points(n);
  for (Vec3& p : points) p = {random.next_uniform(), random.next_uniform(), random.next_uniform()};
  return points;
}

TEST(SampleSurface, LiesOnTheMeshByArea) {
  const TriangleMesh box = shapes::box({0, 0, 0}, {1, 1, 8});  // ends: 2 of 34
  for (const auto sample : {sample_surface, sample_surface_evenly}) {
    const SurfaceSample s = sample(box, 34000, 5);
    const mesh::MeshIndex index(box);
    int ends = 0;
    for (size_t i = 0; i < s.cloud.points.size(); ++i) {
      ASSERT_NEAR(index.nearest(s.cloud.points[i]).distance, 0, 1e-12);
      ASSERT_NEAR(norm(s.cloud.normals[i]), 1, 1e-12);
      if (std::abs(s.cloud.normals[i].z) > 0.5) {
        ++ends;
        EXPECT_EQ(s.cloud.normals[i].z > 0, s.cloud.points[i].z > 4);
      }
    }
    EXPECT_NEAR(ends, 2000, 150);
  }
}

TEST(SampleSurface, IsPinnedAndPrefixClosed) {
  const TriangleMesh box = shapes::box({0, 0, 0}, {1, 1, 1});
  const SurfaceSample a = sample_surface(box, 100, 7), b = sample_surface(box, 50, 7);
  for (size_t i = 0; i < 50; ++i) EXPECT_EQ(a.cloud.points[i], b.cloud.points[i]);
  EXPECT_NE(a.cloud.points, sample_surface(box, 100, 8).cloud.points);
  EXPECT_EQ(a.cloud.points[99], (Vec3{0.75191918225064658, 0, 0.69334794171519487}));
}

TEST(SampleSurface, NeverHitsTrianglesWithoutArea) {
  TriangleMesh m;
  m.vertices = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {0, 1, 0}};
  m.triangles = {{0, 1, 2}, {0, 1, 3}, {0, 2, 1}};
  for (uint32_t t : sample_surface(m, 1000, 1).triangles) EXPECT_EQ(t, 1u);
  m.triangles = {{0, 1, 2}};
  EXPECT_THROW(sample_surface(m, 1, 1), Error);
}

TEST(PointIndex, AgreesWithBruteForce) {
  const auto points = random_points(2000, 1), queries = random_points(100, 2);
  const PointIndex index(points);
  for (const Vec3& q : queries) {
    std::vector<double> all;
    for (const Vec3& p : points) all.push_back(dot(p - q, p - q));
    std::sort(all.begin(), all.end());
    EXPECT_DOUBLE_EQ(index.nearest(q).distance2, all[0]);
    const auto ten = index.nearest(q, 10);
    ASSERT_EQ(ten.size(), 10u);
    for (size_t k = 0; k < 10; ++k) EXPECT_DOUBLE_EQ(ten[k].distance2, all[k]);
    const auto near = index.within(q, 0.1);
    EXPECT_EQ(near.size(), static_cast<size_t>(std::count_if(all.begin(), all.end(),
                                                             [](double d) { return d < 0.01; })));
  }
  EXPECT_EQ(PointIndex(std::vector<Vec3>{{1, 1, 1}}).nearest({0, 0, 0}, 5).size(), 1u);
  EXPECT_THROW(PointIndex(std::vector<Vec3>{}), Error);
}

TEST(Chamfer, HandComputable) {
  const std::vector<Vec3> a = {{0, 0, 0}, {1, 0, 0}}, b = {{0, 0, 0}, {3, 0, 0}};
  const Chamfer c = chamfer(a, b);
  EXPECT_DOUBLE_EQ(c.squared_ab, 0.5);
  EXPECT_DOUBLE_EQ(c.squared_ba, 2);
  EXPECT_DOUBLE_EQ(c.mean(), (0.5 + 1) / 2);
  EXPECT_DOUBLE_EQ(c.hausdorff(), 2);
  EXPECT_THROW(chamfer(a, {}), Error);
}

TEST(EstimateNormals, OutwardOnASphereAndABox) {
  const TriangleMesh ball = shapes::sphere({5, 0, 0}, 1, 60);
  for (const TriangleMesh& m : {ball, shapes::box({-1, -1, -1}, {1, 2, 3})}) {
    const SurfaceSample s = sample_surface_evenly(m, 4000, 3);
    const NormalEstimate e = estimate_normals(s.cloud.points);
    size_t right = 0;
    for (size_t i = 0; i < e.normals.size(); ++i) {
      right += dot(e.normals[i], s.cloud.normals[i]) > 0.7;
      EXPECT_NEAR(norm(e.normals[i]), 1, 1e-12);
      EXPECT_TRUE(e.flatness[i] >= 0 && e.flatness[i] <= 1.0 / 3 + 1e-12);
    }
    EXPECT_GT(right, e.normals.size() * 95 / 100);
  }
}

TEST(EstimateNormals, SeparatePiecesEachOutward) {
  TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 40);
  shapes::append(m, shapes::sphere({10, 0, 0}, 1, 40));
  const SurfaceSample s = sample_surface_evenly(m, 3000, 4);
  const NormalEstimate e = estimate_normals(s.cloud.points);
  for (size_t i = 0; i < e.normals.size(); ++i) EXPECT_GT(dot(e.normals[i], s.cloud.normals[i]), 0);
}

TEST(EstimateNormals, FewAndEqualPoints) {
  EXPECT_TRUE(estimate_normals({}).normals.empty());
  EXPECT_EQ(estimate_normals({{1, 1, 1}}).normals.size(), 1u);
  for (const Vec3& n : estimate_normals(std::vector<Vec3>(50, {1, 1, 1})).normals) {
    EXPECT_NEAR(norm(n), 1, 1e-12);
  }
}

TEST(Inliers, StrayPointsGo) {
  auto points = sample_surface(shapes::sphere({0, 0, 0}, 1, 40), 3000, 2).cloud.points;
  for (int i = 0; i < 20; ++i) points.push_back({3.0 + 0.5 * i, 4, -5});
  const auto kept = inliers(points);
  EXPECT_TRUE(std::all_of(kept.begin(), kept.end(), [](uint32_t i) { return i < 3000; }));
  EXPECT_GT(kept.size(), 2950u);
}

TEST(Thin, OnePointACube) {
  PointCloud c;
  c.points = {{0.1, 0.1, 0.1}, {0.3, 0.1, 0.1}, {5, 5, 5}, {0.2, 0.4, 0.1}};
  c.normals = {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}, {0, 0, 1}};
  const PointCloud t = thin(c, 1);
  ASSERT_EQ(t.points.size(), 2u);
  EXPECT_NEAR(norm(t.points[0] - Vec3{0.2, 0.2, 0.1}), 0, 1e-15);
  EXPECT_NEAR(norm(t.normals[0]), 1, 1e-15);
  EXPECT_EQ(t.points[1], (Vec3{5, 5, 5}));
  EXPECT_THROW(thin(c, 0), Error);
}

TEST(Normalisation, UnitFrameAndBack) {
  Box3 box;
  box.add(Vec3{10, 20, 30});
  box.add(Vec3{14, 21, 31});
  const Normalisation n = unit_normalisation(box);
  EXPECT_EQ(n.apply({10, 20.5, 30.5}), (Vec3{-1, 0, 0}));
  EXPECT_EQ(n.apply({14, 21, 31}), (Vec3{1, 0.25, 0.25}));
  EXPECT_EQ(n.invert(n.apply({11, 20.5, 30.25})), (Vec3{11, 20.5, 30.25}));
  EXPECT_THROW(unit_normalisation(Box3{}), Error);
}

}  // namespace
}  // namespace cadrecode::cloud
