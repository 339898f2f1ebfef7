#include "geometry/mesh/section.h"

#include <gtest/gtest.h>

#include <numbers>

#include "unit/mesh/shapes.h"

namespace cadrecode::mesh {
namespace {

TEST(Section, TubeHasAnOuterAndAnInnerLoop) {
  const Section s = cross_section(shapes::square_tube(4, 2, 3), {}, 1.2);
  ASSERT_EQ(s.curves.size(), 2u);
  EXPECT_TRUE(s.closed());
  EXPECT_DOUBLE_EQ(s.curves[0].signed_area(), 16);  // counter-clockwise
  EXPECT_DOUBLE_EQ(s.curves[1].signed_area(), -4);  // a hole: clockwise
  EXPECT_DOUBLE_EQ(s.area(), 12);
  EXPECT_DOUBLE_EQ(s.curves[0].length(), 16);
  for (const SectionCurve& curve : s.curves) EXPECT_EQ(curve.points.size(), curve.triangles.size());
}

TEST(Section, OnAFaceIsTheLimitFromBelow) {
  const TriangleMesh m = shapes::square_tube(4, 2, 3);
  EXPECT_DOUBLE_EQ(cross_section(m, {}, 3).area(), 12);  // the top face: just below it
  EXPECT_TRUE(cross_section(m, {}, 0).curves.empty());   // the bottom face: nothing below
  EXPECT_TRUE(cross_section(m, {}, 3.001).curves.empty());
}

TEST(Section, ThroughVerticesGivesEachPointOnce) {
  const TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 16);  // a ring of vertices at z = 0
  const Section s = cross_section(m, {}, 0);
  ASSERT_EQ(s.curves.size(), 1u);
  EXPECT_TRUE(s.curves[0].closed);
  EXPECT_EQ(s.curves[0].points.size(), 16u);
  EXPECT_NEAR(s.area(), 8 * std::sin(2 * std::numbers::pi / 16), 1e-12);
}

TEST(Section, InAFrameOfItsOwn) {
  Frame frame;
  frame.origin = {0, 0, 1};
  frame.x = {0, 1, 0};
  frame.normal = {1, 0, 0};  // y axis: z
  const TriangleMesh m = shapes::box({0, 0, 0}, {1, 2, 3});
  const Section s = cross_section(m, frame, 0.5);
  ASSERT_EQ(s.curves.size(), 1u);
  EXPECT_DOUBLE_EQ(s.area(), 6);
  for (Vec2 p : s.curves[0].points) {
    EXPECT_TRUE(p.x >= 0 && p.x <= 2 && p.y >= -1 && p.y <= 2);
  }
}

TEST(Section, ManyLevelsAtOnceEqualOneByOne) {
  const TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 30);
  const std::vector<double> offsets = {0.5, -0.25, 0, 2, 0.999, 0.5};
  const auto all = cross_sections(m, {}, offsets);
  for (size_t i = 0; i < offsets.size(); ++i) {
    const Section one = cross_section(m, {}, offsets[i]);
    EXPECT_EQ(all[i].offset, offsets[i]);
    ASSERT_EQ(all[i].curves.size(), one.curves.size());
    for (size_t c = 0; c < one.curves.size(); ++c) {
      EXPECT_EQ(all[i].curves[c].points, one.curves[c].points);
    }
  }
}

TEST(Section, IntegratesToTheVolume) {
  const TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 48);
  std::vector<double> offsets;
  for (int i = 0; i < 400; ++i) offsets.push_back(-1 + (i + 0.5) / 200);
  double sum = 0;
  for (const Section& s : cross_sections(m, {}, offsets)) {
    EXPECT_TRUE(s.closed());
    sum += s.area() / 200;
  }
  EXPECT_NEAR(sum, 4.0 / 3 * std::numbers::pi, 0.02 * 4.2);
}

TEST(Section, OpenMeshGivesOpenCurvesThatCanBeJoined) {
  TriangleMesh m = shapes::box({0, 0, 0}, {1, 1, 1});
  m.triangles.erase(m.triangles.begin() + 4);  // one triangle of the front
  const Section open = cross_section(m, {}, 0.5);
  ASSERT_EQ(open.curves.size(), 1u);
  EXPECT_FALSE(open.curves[0].closed);
  EXPECT_EQ(open.curves[0].triangles.size() + 1, open.curves[0].points.size());
  const Section joined = cross_section(m, {}, 0.5, {.join_tolerance = 0.6});
  ASSERT_EQ(joined.curves.size(), 1u);
  EXPECT_TRUE(joined.curves[0].closed);
  EXPECT_DOUBLE_EQ(joined.area(), 1);
}

TEST(Section, MisturnedTrianglesDoNotOpenCurves) {
  TriangleMesh m = shapes::sphere({0, 0, 0}, 1, 24);
  for (size_t t = 0; t < m.triangles.size(); t += 5)
    std::swap(m.triangles[t][0], m.triangles[t][1]);
  const Section s = cross_section(m, {}, 0.1);
  EXPECT_TRUE(s.closed());
  double length = 0;
  for (const auto& curve : s.curves) length += curve.length();
  EXPECT_NEAR(length, 2 * std::numbers::pi * std::sqrt(1 - 0.01), 0.1);
}

TEST(Section, BodiesTouchingAlongAnEdgeStaySeparate) {
  TriangleMesh m = shapes::box({0, 0, 0}, {1, 1, 1});
  const TriangleMesh other = shapes::box({1, 1, 0}, {2, 2, 1});
  // Shares the edge x = y = 1 by index, as after welding.
  std::vector<uint32_t> map;
  for (const Vec3& p : other.vertices) {
    uint32_t at = 0;
    while (at < m.vertices.size() && !(m.vertices[at] == p)) ++at;
    if (at == m.vertices.size()) m.vertices.push_back(p);
    map.push_back(at);
  }
  for (const auto& t : other.triangles) m.triangles.push_back({map[t[0]], map[t[1]], map[t[2]]});
  const Section s = cross_section(m, {}, 0.5);
  ASSERT_EQ(s.curves.size(), 2u);
  EXPECT_DOUBLE_EQ(s.curves[0].signed_area(), 1);
  EXPECT_DOUBLE_EQ(s.curves[1].signed_area(), 1);
}

}  // namespace
}  // namespace cadrecode::mesh
