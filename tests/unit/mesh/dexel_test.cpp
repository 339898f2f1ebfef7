#include "geometry/mesh/dexel.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"
#include "unit/mesh/shapes.h"

namespace cadrecode::mesh {
namespace {

TriangleMesh turned(TriangleMesh m, double angle) {  // about z, then x
  for (Vec3& p : m.vertices) {
    const double c = std::cos(angle), s = std::sin(angle);
    p = {c * p.x - s * p.y, s * p.x + c * p.y, p.z};
    p = {p.x, c * p.y - s * p.z, s * p.y + c * p.z};
  }
  return m;
}

double overlap_of_boxes(Vec3 size, Vec3 shift) {
  double v = 1;
  for (int a = 0; a < 3; ++a) v *= std::max(0.0, size[a] - std::abs(shift[a]));
  return v;
}

TEST(DexelVolume, WithinItsErrorOnManyShapes) {
  int outside = 0, all = 0;
  for (double angle : {0.0, 0.1, 0.3, 0.7853981633974483, 1.1}) {
    for (const TriangleMesh& m :
         {shapes::box({0, 0, 0}, {1, 2, 3}), shapes::sphere({5, 5, 5}, 2, 40),
          shapes::square_tube(3, 2.3, 7)}) {
      const TriangleMesh t = turned(m, angle);
      const DexelVolume d = dexel_volume(t);
      EXPECT_TRUE(d.verdict.ok());
      EXPECT_EQ(d.verdict.open_a, 0);
      EXPECT_NEAR(d.volume, volume(t), 2.5e-3 * volume(t)) << angle;
      outside += std::abs(d.volume - volume(t)) > d.error + 1e-12;
      ++all;
    }
  }
  EXPECT_LE(outside, all / 5);  // two standard deviations, with room
}

TEST(DexelVolume, MoreRaysOnRequest) {
  const TriangleMesh m = turned(shapes::box({0, 0, 0}, {1, 2, 3}), 0.4);
  const DexelVolume d = dexel_volume(m, {.rays = 16, .target_error = 5e-4, .max_rays = 1024});
  EXPECT_GT(d.rays, 16);
  EXPECT_LE(d.error, 5e-4 * 6);
  EXPECT_NEAR(d.volume, 6, 3 * 5e-4 * 6);
}

TEST(DexelOverlap, ShiftedBoxesOnEveryAxis) {
  const TriangleMesh a = shapes::box({0, 0, 0}, {1, 2, 3});
  for (const Vec3 shift : {Vec3{0.123, 0, 0}, Vec3{0, 0.31, 0}, Vec3{0, 0, 0.77},
                           Vec3{0.2, -0.31, 0.4}, Vec3{0.999, 0, 0}}) {
    const TriangleMesh b = shapes::box(shift, Vec3{1, 2, 3} + shift);
    const DexelOverlap o = dexel_overlap(a, b, {.rays = 128});
    const double both = overlap_of_boxes({1, 2, 3}, shift), iou = both / (12 - both);
    EXPECT_TRUE(o.verdict.ok());
    EXPECT_NEAR(o.iou, iou, 2e-3);
    EXPECT_NEAR(o.iou, iou, 3 * o.iou_error + 1e-4);
    EXPECT_NEAR(o.volume_a, 6, 0.02);
  }
}

TEST(DexelOverlap, EqualMeshesApartMeshesAndTouchingOnes) {
  const TriangleMesh a = shapes::sphere({0, 0, 0}, 1, 30);
  EXPECT_DOUBLE_EQ(dexel_overlap(a, a).iou, 1);
  EXPECT_EQ(dexel_overlap(a, a).iou_error, 0);
  EXPECT_EQ(dexel_overlap(a, shapes::sphere({3, 0, 0}, 1, 30)).iou, 0);
  const TriangleMesh b = shapes::box({0, 0, 0}, {1, 1, 1}), c = shapes::box({1, 0, 0}, {2, 1, 1});
  EXPECT_EQ(dexel_overlap(b, c).intersection, 0);
}

TEST(DexelOverlap, BallInBox) {
  const TriangleMesh ball = shapes::sphere({0, 0, 0}, 1, 100);
  const DexelOverlap o = dexel_overlap(ball, shapes::box({-2, -2, -2}, {2, 2, 2}));
  EXPECT_NEAR(o.intersection, volume(ball), 2e-3 * volume(ball));
  EXPECT_NEAR(o.iou, volume(ball) / 64, 1e-4);
}

TEST(DexelOverlap, OverlappingBodiesOfOneMeshUnite) {
  TriangleMesh pair = shapes::box({0, 0, 0}, {2, 1, 1});
  shapes::append(pair, shapes::box({1, 0, 0}, {3, 1, 1}));
  const DexelOverlap o = dexel_overlap(pair, shapes::box({0, 0, 0}, {3, 1, 1}));
  EXPECT_TRUE(o.verdict.ok());
  EXPECT_NEAR(o.volume_a, 3, 3e-3);
  EXPECT_NEAR(o.iou, 1, 1e-12);
}

TEST(DexelVerdict, OpenAndInvertedMeshesAreToldApart) {
  TriangleMesh open = shapes::box({0, 0, 0}, {1, 1, 1});
  open.triangles.pop_back();
  EXPECT_FALSE(dexel_volume(open).verdict.ok());
  EXPECT_GT(dexel_volume(open).verdict.open_a, 0.1);
  TriangleMesh inverted = shapes::sphere({0, 0, 0}, 1, 20);
  flip(inverted);
  EXPECT_EQ(dexel_volume(inverted).verdict.open_a, 0);
  EXPECT_EQ(dexel_volume(inverted).verdict.inverted_a, 1);
  const TriangleMesh good = shapes::box({0, 0, 0}, {1, 1, 1});
  EXPECT_FALSE(dexel_overlap(good, open).verdict.ok());
  EXPECT_FALSE(dexel_overlap(open, good).verdict.ok());
  TriangleMesh flat;
  flat.vertices = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  flat.triangles = {{0, 1, 2}};
  EXPECT_FALSE(dexel_volume(flat).verdict.ok());
}

TEST(DexelVerdict, ACavityAndASmallCrackAreFine) {
  TriangleMesh hollow = shapes::box({0, 0, 0}, {3, 3, 3});
  TriangleMesh hole = shapes::box({1, 1, 1}, {2, 2, 2});
  flip(hole);
  shapes::append(hollow, hole);
  EXPECT_TRUE(dexel_volume(hollow).verdict.ok());
  EXPECT_NEAR(dexel_volume(hollow).volume, 26, 0.03);
  TriangleMesh cracked = shapes::soup(shapes::sphere({0, 0, 0}, 1, 60));
  for (size_t v = 0; v < cracked.vertices.size(); ++v) {
    cracked.vertices[v].x += 1e-7 * static_cast<double>(v % 5);
  }
  EXPECT_TRUE(dexel_volume(cracked).verdict.ok());
}

TEST(DexelVerdict, RaysThroughVerticesAndEdgesBalance) {
  // Corners on a lattice of exact halves, where rays of a plain grid would hit
  // them; and a mesh scaled so that rounding bites.
  for (double scale : {1.0, 1e-9, 1e9, 1.0 / 3}) {
    TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 12);
    for (Vec3& p : m.vertices) {
      p = {std::round(p.x * 8) / 8 * scale, std::round(p.y * 8) / 8 * scale,
           std::round(p.z * 8) / 8 * scale};
    }
    for (int rays : {4, 7, 16, 64, 100}) {
      EXPECT_EQ(dexel_volume(m, {.rays = rays}).verdict.open_a, 0);
    }
  }
}

TEST(DexelVolume, Refusals) {
  EXPECT_THROW(dexel_volume({}), Error);
  EXPECT_THROW(dexel_volume(shapes::box({0, 0, 0}, {1, 1, 1}), {.rays = 1}), Error);
}

}  // namespace
}  // namespace cadrecode::mesh
