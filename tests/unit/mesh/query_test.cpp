#include "geometry/mesh/query.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"
#include "unit/mesh/shapes.h"

namespace cadrecode::mesh {
namespace {

Vec3 random_point(RandomStream& random, double half) {
  const double x = random.next_uniform(-half, half), y = random.next_uniform(-half, half);
  return {x, y, random.next_uniform(-half, half)};
}

double box_distance(Vec3 p) {  // signed, to [-1, 1]³
  const Vec3 q{std::abs(p.x) - 1, std::abs(p.y) - 1, std::abs(p.z) - 1};
  const Vec3 out{std::max(q.x, 0.0), std::max(q.y, 0.0), std::max(q.z, 0.0)};
  return norm(out) + std::min(std::max({q.x, q.y, q.z}), 0.0);
}

TEST(MeshIndex, SignedDistanceOfABox) {
  const MeshIndex index(shapes::box({-1, -1, -1}, {1, 1, 1}));
  RandomStream random(1);
  for (int i = 0; i < 2000; ++i) {
    const Vec3 p = random_point(random, 2);
    EXPECT_NEAR(index.signed_distance(p), box_distance(p), 1e-12);
  }
}

TEST(MeshIndex, NearestAgreesWithAllTriangles) {
  const TriangleMesh m = shapes::sphere({1, 2, 3}, 2, 40);
  const MeshIndex index(m);
  RandomStream random(2);
  for (int i = 0; i < 200; ++i) {
    const Vec3 p = Vec3{1, 2, 3} + random_point(random, 3);
    double least = 1e300;
    for (const auto& t : m.triangles) {
      TriangleMesh one;
      one.vertices = {m.vertices[t[0]], m.vertices[t[1]], m.vertices[t[2]]};
      one.triangles = {{0, 1, 2}};
      least = std::min(least, MeshIndex(one).nearest(p).distance);
    }
    const Nearest nearest = index.nearest(p);
    EXPECT_DOUBLE_EQ(nearest.distance, least);
    EXPECT_NEAR(norm(nearest.point - p), least, 1e-14);
  }
}

TEST(MeshIndex, TiesGoToTheLowestTriangle) {
  TriangleMesh m = shapes::box({-1, -1, -1}, {1, 1, 1});
  m.triangles.insert(m.triangles.end(), m.triangles.begin(), m.triangles.end());
  const MeshIndex index(m);
  EXPECT_LT(index.nearest({0.3, 0.2, 5}).triangle, 12u);
  EXPECT_LT(index.first_hit({0.3, 0.2, 5}, {0, 0, -1}).triangle, 12u);
}

TEST(MeshIndex, WithinLimitsTheSearch) {
  const MeshIndex index(shapes::box({-1, -1, -1}, {1, 1, 1}));
  EXPECT_TRUE(std::isinf(index.nearest({0, 0, 3}, 1.5).distance));
  EXPECT_DOUBLE_EQ(index.nearest({0, 0, 3}, 2.5).distance, 2);
}

TEST(MeshIndex, Rays) {
  const MeshIndex index(shapes::box({-1, -1, -1}, {1, 1, 1}));
  EXPECT_DOUBLE_EQ(index.first_hit({0.1, 0.2, 5}, {0, 0, -2}).t, 2);
  EXPECT_DOUBLE_EQ(index.first_hit({0.1, 0.2, 0}, {0, 0, 1}).t, 1);  // from inside
  EXPECT_FALSE(index.first_hit({0.1, 0.2, 5}, {0, 0, 1}).hit());
  EXPECT_TRUE(index.first_hit({-5, 1, 0}, {1, 0, 0}).hit());  // along a face
}

TEST(MeshIndex, WindingNumberIsNearItsExactValue) {
  const TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 60);
  const MeshIndex index(m);
  RandomStream random(3);
  for (int i = 0; i < 2000; ++i) {
    const Vec3 p = random_point(random, 1.5);
    if (std::abs(norm(p) - 1) < 0.01) continue;
    EXPECT_NEAR(index.winding_number(p), norm(p) < 1 ? 1 : 0, 0.1);
  }
}

TEST(MeshIndex, WindingNumberCountsNestedSheets) {
  TriangleMesh m;
  for (int i = 0; i < 7; ++i) shapes::append(m, shapes::box({-1, -1, -1}, {1, 1, 1}));
  EXPECT_NEAR(MeshIndex(m).winding_number({0.3, 0.2, -0.1}), 7, 0.05);
  EXPECT_NEAR(MeshIndex(m).winding_number({1.3, 0.2, -0.1}), 0, 0.05);
  for (auto& t : m.triangles) std::swap(t[0], t[1]);
  EXPECT_NEAR(MeshIndex(m).winding_number({0, 0, 0}), -7, 0.05);
  EXPECT_NEAR(MeshIndex(m).winding_number({0, 0, 0.9}), -7, 0.05);
}

TEST(MeshIndex, InsideSurvivesCracksAndDuplicates) {
  TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 40);
  m.triangles.erase(m.triangles.begin() + 100);
  m.triangles.erase(m.triangles.begin() + 300);
  for (size_t v = 0; v < m.vertices.size(); ++v) m.vertices[v].x += v % 2 ? 1e-3 : 0;
  const MeshIndex index(m);
  RandomStream random(4);
  for (int i = 0; i < 1000; ++i) {
    const Vec3 p = random_point(random, 1.2);
    if (std::abs(norm(p) - 1) < 0.05) continue;
    EXPECT_EQ(index.inside(p), norm(p) < 1);
  }
}

TEST(MeshIndex, ThreadsDoNotChangeResults) {
  const MeshIndex index(shapes::sphere({0, 0, 0}, 1, 30));
  RandomStream random(5);
  std::vector<Vec3> points;
  for (int i = 0; i < 3000; ++i) points.push_back(random_point(random, 2));
  const auto one = index.nearest(points, 1), four = index.nearest(points, 4);
  for (size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(one[i].triangle, four[i].triangle);
    EXPECT_EQ(one[i].distance, four[i].distance);
  }
  EXPECT_EQ(index.inside(points, 1), index.inside(points, 4));
}

TEST(MeshIndex, DegenerateTrianglesAndManyEqualOnes) {
  TriangleMesh m;
  m.vertices = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}};
  for (int i = 0; i < 1000; ++i) m.triangles.push_back({0, 1, 2});
  const MeshIndex index(m);
  EXPECT_DOUBLE_EQ(index.nearest({1.5, 3, 0}).distance, 3);
  EXPECT_EQ(index.nearest({1.5, 3, 0}).triangle, 0u);
  EXPECT_FALSE(index.inside({1, 1, 1}));
}

TEST(MeshIndex, RefusesAnEmptyMesh) { EXPECT_THROW(MeshIndex(TriangleMesh{}), Error); }

}  // namespace
}  // namespace cadrecode::mesh
