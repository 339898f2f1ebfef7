#include "language/cadquery/hull.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/error.h"

namespace cadrecode::cadquery {
namespace {

constexpr double kPi = std::numbers::pi;

HullArc full_circle(Vec2 center, double r) { return {center, r, 0, 2 * kPi}; }

double sweep(const HullArc& a) { return std::fmod(a.last - a.first + 2 * kPi, 2 * kPi); }

Vec2 point_on(const HullArc& a, double angle) {
  return a.center + Vec2{std::cos(angle), std::sin(angle)} * a.radius;
}

// Area and length of a counter-clockwise boundary (Green's theorem).
struct Measures {
  double area = 0, length = 0;
};

Measures measure(const std::vector<HullEdge>& boundary) {
  Measures m;
  for (const HullEdge& edge : boundary) {
    if (const auto* line = std::get_if<HullLine>(&edge)) {
      m.area += cross(line->start, line->end) / 2;
      m.length += norm(line->end - line->start);
    } else {
      const auto& arc = std::get<HullArc>(edge);
      const double swept = sweep(arc);
      const Vec2 start = point_on(arc, arc.first), end = point_on(arc, arc.last);
      m.area += (arc.radius * arc.radius * swept + cross(arc.center, end - start)) / 2;
      m.length += arc.radius * swept;
    }
  }
  return m;
}

void expect_closed(const std::vector<HullEdge>& boundary) {
  auto start = [](const HullEdge& e) {
    if (const auto* l = std::get_if<HullLine>(&e)) return l->start;
    return point_on(std::get<HullArc>(e), std::get<HullArc>(e).first);
  };
  auto end = [](const HullEdge& e) {
    if (const auto* l = std::get_if<HullLine>(&e)) return l->end;
    return point_on(std::get<HullArc>(e), std::get<HullArc>(e).last);
  };
  for (std::size_t i = 0; i < boundary.size(); ++i)
    EXPECT_NEAR(norm(end(boundary[i]) - start(boundary[(i + 1) % boundary.size()])), 0, 1e-9) << i;
}

TEST(ConvexHull, PointsInsideAreLeftOut) {
  const auto hull = convex_hull({}, {{0, 0}, {2, 0}, {1, 0.5}, {2, 2}, {0, 2}, {1, 1}, {0, 0}});
  expect_closed(hull);
  EXPECT_EQ(hull.size(), 4u);
  EXPECT_NEAR(measure(hull).area, 4, 1e-12);
}

TEST(ConvexHull, TwoEqualCirclesMakeASlot) {
  const auto hull = convex_hull({full_circle({0, 0}, 1), full_circle({3, 0}, 1)}, {});
  expect_closed(hull);
  ASSERT_EQ(hull.size(), 4u);
  EXPECT_NEAR(measure(hull).area, kPi + 6, 1e-9);
  EXPECT_NEAR(measure(hull).length, 2 * kPi + 6, 1e-9);
}

TEST(ConvexHull, TwoUnequalCircles) {
  const double d = 5, big = 2, small = 1;
  const auto hull = convex_hull({full_circle({0, 0}, big), full_circle({d, 0}, small)}, {});
  expect_closed(hull);
  const double tilt = std::asin((big - small) / d), straight = std::sqrt(d * d - 1);
  EXPECT_NEAR(measure(hull).length,
              2 * straight + big * (kPi + 2 * tilt) + small * (kPi - 2 * tilt), 1e-9);
}

TEST(ConvexHull, CircleAndPoint) {
  for (const Vec2 tip : {Vec2{0, 4}, Vec2{0, -4}, Vec2{3, -3}}) {
    const auto hull = convex_hull({full_circle({0, 0}, 1)}, {tip});
    expect_closed(hull);
    const double d = norm(tip), straight = std::sqrt(d * d - 1);
    EXPECT_NEAR(measure(hull).length, 2 * straight + 2 * (kPi - std::acos(1 / d)), 1e-9);
  }
}

TEST(ConvexHull, CirclesOneInsideTheOtherAreRefused) {
  EXPECT_THROW(convex_hull({full_circle({0, 0}, 3), full_circle({0.5, 0}, 1)}, {}), Error);
  EXPECT_THROW(convex_hull({full_circle({0, 0}, 3), full_circle({0, 0}, 1)}, {}), Error);
  EXPECT_THROW(convex_hull({full_circle({0, 0}, 3)}, {{0.5, 0}}), Error);
}

TEST(ConvexHull, NothingIsRefused) { EXPECT_THROW(convex_hull({}, {}), Error); }

// CadQuery, too, then fails to make a wire of it.
TEST(ConvexHull, OneThingHasNoFiniteBoundary) {
  const auto hull = convex_hull({full_circle({0, 0}, 3)}, {});
  EXPECT_TRUE(std::isinf(std::get<HullLine>(hull.front()).start.x));
}

}  // namespace
}  // namespace cadrecode::cadquery
