#include "geometry/cloud/noise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"
#include "unit/mesh/shapes.h"

namespace cadrecode::cloud {
namespace {

TEST(Noise, IsNormalOfItsSigmaAndIndependent) {
  PointCloud cloud;
  cloud.points.assign(40000, Vec3{1, 2, 3});
  cloud.normals.assign(40000, Vec3{0, 0, 1});
  add_noise(cloud, 0.01, RandomStream(7));
  double mean[3] = {}, square[3] = {}, product = 0, beyond = 0;
  for (const Vec3& p : cloud.points) {
    const Vec3 d = (p - Vec3{1, 2, 3}) / 0.01;
    for (int a = 0; a < 3; ++a) mean[a] += d[a], square[a] += d[a] * d[a];
    product += d.x * d.y;
    beyond += std::abs(d.z) > 1.959964;
  }
  for (int a = 0; a < 3; ++a) {
    EXPECT_NEAR(mean[a] / 40000, 0, 0.02);
    EXPECT_NEAR(square[a] / 40000, 1, 0.03);
  }
  EXPECT_NEAR(product / 40000, 0, 0.02);
  EXPECT_NEAR(beyond / 40000, 0.05, 0.005);
  for (const Vec3& n : cloud.normals) EXPECT_EQ(n, (Vec3{0, 0, 1}));
}

TEST(Noise, BeginningsMoveAlikeAndSeedsDoNot) {
  std::vector<Vec3> few(10), many(50), other(10);
  add_noise(few, 1, RandomStream(3)), add_noise(many, 1, RandomStream(3));
  add_noise(other, 1, RandomStream(4));
  for (size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i], many[i]);
  EXPECT_NE(few, other);
  // pinned: the same on every machine
  EXPECT_EQ(few[0], (Vec3{-0.818978176604936, 0.2904688316153557, 0.7414632818699807}));
}

TEST(Noise, OnVerticesKeepsTheMeshClosedAndFacesFlat) {
  const mesh::TriangleMesh box = shapes::box({-100, -100, -100}, {100, 100, 100});
  mesh::TriangleMesh moved = box;
  add_vertex_noise(moved, 0.01, RandomStream(1));
  EXPECT_EQ(moved.triangles, box.triangles);
  EXPECT_EQ(moved.vertices.size(), 8u);
  for (size_t i = 0; i < 8; ++i) {
    EXPECT_GT(norm(moved.vertices[i] - box.vertices[i]), 0);
    EXPECT_LT(norm(moved.vertices[i] - box.vertices[i]), 0.06);
  }
  EXPECT_NEAR(mesh::volume(moved) / 8e6, 1, 1e-3);
  // sampled afterwards, points lie on the moved faces: hardly any noise is left in [-1, 1]
  const SurfaceSample s = sample_surface(moved, 1000, 1);
  for (const Vec3& p : s.cloud.points) {
    const double off = std::max({std::abs(p.x), std::abs(p.y), std::abs(p.z)}) / 100 - 1;
    EXPECT_LT(std::abs(off), 6e-4);
  }
}

TEST(Noise, HalfOfTheDrawsAndOddSigmas) {
  int noisy = 0;
  for (uint64_t i = 0; i < 2000; ++i) noisy += wants_noise({}, RandomStream(1, i));
  EXPECT_NEAR(noisy, 1000, 100);
  EXPECT_FALSE(wants_noise({.probability = 0}, RandomStream(1)));
  EXPECT_TRUE(wants_noise({.probability = 1}, RandomStream(1)));
  std::vector<Vec3> points{{1, 2, 3}};
  add_noise(points, 0, RandomStream(1));
  EXPECT_EQ(points[0], (Vec3{1, 2, 3}));
  for (const double bad : {-0.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW(add_noise(points, bad, RandomStream(1)), Error);
  }
}

}  // namespace
}  // namespace cadrecode::cloud
