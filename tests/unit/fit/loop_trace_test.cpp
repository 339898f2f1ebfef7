#include "pipeline/fit/loop_trace.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace cadrecode::fit {
namespace {

using part::Curve;
using part::Loop;
constexpr double kPi = std::numbers::pi;

// Chord vertices of an arc, both ends included.
std::vector<Vec2> arc_points(Vec2 c, double r, double from, double to, int chords) {
  std::vector<Vec2> out;
  for (int i = 0; i <= chords; ++i) {
    const double a = from + (to - from) * i / chords;
    out.push_back(c + Vec2{std::cos(a), std::sin(a)} * r);
  }
  return out;
}

void append(std::vector<Vec2>& to, const std::vector<Vec2>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

int count(const Loop& loop, Curve::Kind kind) {
  int n = 0;
  for (const Curve& c : loop.curves) n += c.kind == kind;
  return n;
}

void expect_closed(const Loop& loop) {
  for (size_t i = 0; i < loop.curves.size(); ++i)
    EXPECT_EQ(loop.curves[i].end, loop.curves[(i + 1) % loop.curves.size()].start);
}

TEST(LoopTrace, SquareWithPointsOnItsSidesIsFourLines) {
  const Loop loop = trace_loop({{0, 0}, {3, 0}, {7, 0}, {10, 0}, {10, 10}, {4, 10}, {0, 10}}, {});
  EXPECT_EQ(loop.curves.size(), 4u);
  EXPECT_EQ(count(loop, Curve::Kind::kLine), 4);
  expect_closed(loop);
  EXPECT_NEAR(std::abs(signed_area(flatten(loop))), 100, 1e-12);
}

TEST(LoopTrace, CirclesRadiusIsTheOneOfTheVertices) {
  for (int n : {12, 16, 24, 64, 200}) {
    auto points = arc_points({5, -3}, 2.5, 0.3, 0.3 + 2 * kPi, n);
    points.pop_back();
    const Loop loop = trace_loop(points, {});
    ASSERT_EQ(loop.curves.size(), 1u) << n;
    EXPECT_EQ(loop.curves[0].kind, Curve::Kind::kCircle);
    EXPECT_NEAR(loop.curves[0].radius, 2.5, 1e-9);
    EXPECT_NEAR(norm(loop.curves[0].mid - Vec2{5, -3}), 0, 1e-9);
  }
}

TEST(LoopTrace, HexagonAndOctagonStayPolygons) {
  for (int n : {5, 6, 8}) {
    auto points = arc_points({}, 1, 0, 2 * kPi, n);
    points.pop_back();
    EXPECT_EQ(count(trace_loop(points, {}), Curve::Kind::kLine), n);
  }
}

TEST(LoopTrace, SlotIsTwoLinesAndTwoHalfCircles) {
  auto points = arc_points({10, 0}, 2, -kPi / 2, kPi / 2, 12);
  append(points, arc_points({0, 0}, 2, kPi / 2, 3 * kPi / 2, 12));
  const Loop loop = trace_loop(points, {});
  EXPECT_EQ(count(loop, Curve::Kind::kLine), 2);
  EXPECT_EQ(count(loop, Curve::Kind::kArc), 2);
  expect_closed(loop);
  EXPECT_NEAR(std::abs(signed_area(flatten(loop, 0.001))), 40 + 4 * kPi, 1e-4);
}

TEST(LoopTrace, RoundedRectangleKeepsItsFillets) {
  std::vector<Vec2> points = arc_points({9, 1}, 1, -kPi / 2, 0, 6);
  append(points, arc_points({9, 4}, 1, 0, kPi / 2, 6));
  append(points, arc_points({1, 4}, 1, kPi / 2, kPi, 6));
  append(points, arc_points({1, 1}, 1, kPi, 3 * kPi / 2, 6));
  const Loop loop = trace_loop(points, {});
  EXPECT_EQ(count(loop, Curve::Kind::kLine), 4);
  EXPECT_EQ(count(loop, Curve::Kind::kArc), 4);
  for (const Curve& c : loop.curves)
    if (c.kind == Curve::Kind::kArc) {
      const double half = norm(c.end - c.start) / 2;
      EXPECT_NEAR(half, std::sqrt(0.5), 1e-9);
    }
}

TEST(LoopTrace, StartVertexAndDirectionDoNotChangeTheResult) {
  auto points = arc_points({10, 0}, 2, -kPi / 2, kPi / 2, 12);
  append(points, {{0, 2}, {0, -2}});
  const double area = std::abs(signed_area(flatten(trace_loop(points, {}))));
  for (size_t shift = 1; shift < points.size(); ++shift) {
    auto turned = points;
    std::rotate(turned.begin(), turned.begin() + static_cast<long>(shift), turned.end());
    if (shift % 2) std::reverse(turned.begin(), turned.end());
    const Loop loop = trace_loop(turned, {});
    EXPECT_EQ(loop.curves.size(), 4u);
    EXPECT_NEAR(std::abs(signed_area(flatten(loop))), area, 1e-6);
  }
}

TEST(LoopTrace, NoisyRectangleHasFourSharpCorners) {
  std::vector<Vec2> points;
  auto side = [&](Vec2 a, Vec2 b) {
    for (int i = 0; i < 40; ++i) {
      const double wobble = 0.01 * std::sin(37.0 * i + a.x);
      points.push_back(a + (b - a) * (i / 40.0) + normalized(perpendicular(b - a)) * wobble);
    }
  };
  side({0, 0}, {10, 0}), side({10, 0}, {10, 5}), side({10, 5}, {0, 5}), side({0, 5}, {0, 0});
  const Loop loop = trace_loop(points, {.tolerance = 0.03, .intersect_vertices = true});
  EXPECT_EQ(loop.curves.size(), 4u);
  EXPECT_NEAR(std::abs(signed_area(flatten(loop))), 50, 0.2);
}

TEST(LoopTrace, NothingWithoutArea) {
  EXPECT_TRUE(trace_loop({{0, 0}, {1, 0}, {2, 0}}, {}).curves.empty());
  EXPECT_TRUE(trace_loop({{0, 0}, {1, 0}}, {}).curves.empty());
  EXPECT_TRUE(trace_loop({}, {}).curves.empty());
}

TEST(NestLoops, HolesAndIslands) {
  auto square = [](double a) {
    return Loop{{Curve::line({-a, -a}, {a, -a}), Curve::line({a, -a}, {a, a}),
                 Curve::line({a, a}, {-a, a}), Curve::line({-a, a}, {-a, -a})}};
  };
  const auto regions = nest_loops({square(1), square(4), square(3), square(2)});
  ASSERT_EQ(regions.size(), 2u);
  for (const auto& r : regions) EXPECT_EQ(r.inner.size(), 1u);
}

}  // namespace
}  // namespace cadrecode::fit
