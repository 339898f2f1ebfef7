#include "pipeline/fit/arrangement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "pipeline/fit/loop_trace.h"

namespace cadrecode::fit {
namespace {

constexpr double kPi = std::numbers::pi;

PlaneCurve line(Vec2 a, Vec2 b) {
  PlaneCurve c;
  c.line.normal = normalized(perpendicular(b - a));
  c.line.offset = dot(c.line.normal, a);
  const double s = c.parameter(a), t = c.parameter(b);
  c.stretches = {{std::min(s, t), std::max(s, t)}};
  return c;
}

PlaneCurve circle(Vec2 center, double r) {
  PlaneCurve c;
  c.is_circle = true;
  c.circle = {center, r};
  c.stretches = {{0, 2 * kPi}};
  return c;
}

double total_area(const Arrangement& a) {
  double sum = 0;
  for (const auto& f : a.faces) sum += f.area;
  return sum;
}

TEST(Arrangement, TicTacToeHasOneClosedCellAndNoDanglingEnds) {
  const auto a = arrange(
      {line({-1, 0}, {4, 0}), line({-1, 3}, {4, 3}), line({0, -1}, {0, 4}), line({3, -1}, {3, 4})},
      1e-6);
  ASSERT_EQ(a.faces.size(), 2u);
  EXPECT_EQ(a.edges.size(), 4u);
  EXPECT_NEAR(a.faces[1].area, 9, 1e-12);
  EXPECT_EQ(a.locate({1, 1}), 1u);
  EXPECT_EQ(a.locate({5, 1}), 0u);
}

TEST(Arrangement, CircleInSquareIsAHole) {
  const auto a = arrange({line({0, 0}, {10, 0}), line({0, 10}, {10, 10}), line({0, 0}, {0, 10}),
                          line({10, 0}, {10, 10}), circle({5, 5}, 2)},
                         1e-6);
  ASSERT_EQ(a.faces.size(), 3u);
  EXPECT_NEAR(total_area(a), 100, 1e-9);
  EXPECT_NE(a.locate({5, 5}), a.locate({1, 1}));
  std::vector<uint8_t> inside(3, 0);
  inside[a.locate({1, 1})] = 1;
  const auto regions = nest_loops(border_loops(a, inside));
  ASSERT_EQ(regions.size(), 1u);
  ASSERT_EQ(regions[0].inner.size(), 1u);
  EXPECT_EQ(regions[0].outer.curves.size(), 4u);
  EXPECT_EQ(regions[0].inner[0].curves[0].kind, part::Curve::Kind::kCircle);
}

TEST(Arrangement, TangentLinesMakeASlot) {
  const auto a = arrange(
      {line({0, 2}, {10, 2}), line({0, -2}, {10, -2}), circle({0, 0}, 2), circle({10, 0}, 2)},
      1e-6);
  std::vector<uint8_t> inside(a.faces.size(), 1);
  inside[0] = 0;
  const auto loops = border_loops(a, inside);
  ASSERT_EQ(loops.size(), 1u);
  EXPECT_EQ(loops[0].curves.size(), 4u);
  EXPECT_NEAR(std::abs(signed_area(flatten(loops[0], 0.001))), 40 + 4 * kPi, 1e-4);
}

TEST(Arrangement, CrossingCirclesGiveALensAndTwoMoons) {
  const auto a = arrange({circle({0, 0}, 2), circle({2, 0}, 2)}, 1e-6);
  ASSERT_EQ(a.faces.size(), 4u);
  const double lens = 2 * 4 * std::acos(0.5) - 2 * std::sqrt(3.0);
  EXPECT_NEAR(a.faces[a.locate({1, 0})].area, lens, 0.02);
}

TEST(Arrangement, LocateAgreesWithAreas) {
  // A grid of random-looking lines: every face's centroid-like point is its own.
  std::vector<PlaneCurve> curves;
  for (int i = 0; i < 9; ++i)
    curves.push_back(line({-20, 3.1 * i - 12 + 0.37 * i * i}, {20, 5 - 2.3 * i + 0.11 * i * i}));
  curves.push_back(circle({0.3, 0.2}, 5));
  const auto a = arrange(curves, 1e-6);
  for (uint32_t f = 1; f < a.faces.size(); ++f) {
    if (!a.faces[f].holes.empty() || a.faces[f].area < 1e-3) continue;
    EXPECT_EQ(a.locate(interior_point(a.faces[f].outline)), f);
  }
}

TEST(Curves, LinesAndCirclesOfAPlateAreFound) {
  std::vector<Vec2> points;
  for (int i = 0; i < 200; ++i) {
    const double s = (i * 0.6180339887) - std::floor(i * 0.6180339887);
    points.push_back({100 * s, 0}), points.push_back({100 * s, 60});
    points.push_back({0, 60 * s}), points.push_back({100, 60 * s});
    points.push_back({50 + 12 * std::cos(2 * kPi * s), 30 + 12 * std::sin(2 * kPi * s)});
  }
  const auto curves = find_curves(points, {.tolerance = 0.1});
  ASSERT_EQ(curves.size(), 5u);
  int circles = 0;
  for (const auto& c : curves)
    if (c.is_circle) {
      ++circles;
      EXPECT_NEAR(c.circle.radius, 12, 1e-6);
      EXPECT_NEAR(norm(c.circle.center - Vec2{50, 30}), 0, 1e-6);
    }
  EXPECT_EQ(circles, 1);
}

TEST(Curves, StretchOverAngleZeroIsOne) {
  const auto s = stretches_of({6.2, 0.1, 0.2, 6.0}, 0.5, true);
  ASSERT_EQ(s.size(), 1u);
  EXPECT_NEAR(s[0].first, 6.0, 1e-12);
  EXPECT_NEAR(s[0].second, 0.2 + 2 * kPi, 1e-12);
}

}  // namespace
}  // namespace cadrecode::fit
