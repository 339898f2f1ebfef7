#include "geometry/part/curve.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace cadrecode::part {
namespace {

Segment seg(const Curve& c) { return segment(c).value(); }

TEST(Segment, RefusesWhatHasNoShape) {
  EXPECT_FALSE(segment(Curve::line({1, 1}, {1, 1})));
  EXPECT_FALSE(segment(Curve::arc({0, 0}, {1, 1}, {2, 2})));
  EXPECT_FALSE(segment(Curve::circle({0, 0}, 0)));
  EXPECT_FALSE(segment(Curve::line({0, 0}, {NAN, 1})));
  EXPECT_FALSE(segment(Curve::arc({0, 0}, {1, 0}, {0, 0})));
}

TEST(Segment, ArcThroughThreePoints) {
  const Segment s = seg(Curve::arc({1, 0}, {0, 1}, {-1, 0}));
  EXPECT_NEAR(s.radius, 1, 1e-15);
  EXPECT_NEAR(s.sweep, kPi, 1e-15);
  EXPECT_NEAR(length(s), kPi, 1e-14);
  const Segment clockwise = seg(Curve::arc({1, 0}, {0, -1}, {-1, 0}));
  EXPECT_NEAR(clockwise.sweep, -kPi, 1e-15);
  const Segment major = seg(Curve::arc({1, 0}, {-1, 0}, {0, -1}));
  EXPECT_NEAR(major.sweep, 1.5 * kPi, 1e-14);
}

TEST(Segment, BoundsReachTheCirclesExtremes) {
  const Box2 b = bounds(seg(Curve::arc({3, 4}, {0, 5}, {-3, 4})));
  EXPECT_NEAR(b.hi.y, 5, 1e-14);
  EXPECT_NEAR(b.lo.y, 4, 1e-14);
  EXPECT_NEAR(b.hi.x, 3, 1e-14);
}

TEST(Segment, NearestIsNoFartherThanAnySample) {
  RandomStream random(1);
  for (int i = 0; i < 200; ++i) {
    const auto p = [&] { return Vec2{random.next_uniform(-5, 5), random.next_uniform(-5, 5)}; };
    const auto s = segment(Curve::arc(p(), p(), p()));
    if (!s) continue;
    const Vec2 q = p();
    const Nearest n = nearest(*s, q);
    EXPECT_NEAR(norm(point_at(*s, n.t) - n.point), 0, 1e-9 * (1 + s->radius));
    for (int k = 0; k <= 100; ++k) EXPECT_LE(n.distance, norm(point_at(*s, k / 100.0) - q) + 1e-9);
  }
}

// Pieces cover the arc: their y ranges sum to the way travelled up and down.
TEST(MonotonePieces, FollowTheArc) {
  RandomStream random(2);
  for (int i = 0; i < 500; ++i) {
    Segment s;
    s.line = false, s.center = {1, 2}, s.radius = 3;
    s.start_angle = random.next_int(0, 7) * kPi / 4;  // extremes included
    s.sweep = random.next_int(-7, 7) * kPi / 4;
    if (s.sweep == 0) continue;
    s.start = s.center + Vec2{std::cos(s.start_angle), std::sin(s.start_angle)} * s.radius;
    const double end = s.start_angle + s.sweep;
    s.end = s.center + Vec2{std::cos(end), std::sin(end)} * s.radius;
    double way = 0, pieces_way = 0, up = 0;
    for (int k = 0; k < 4000; ++k) {
      const double y0 = point_at(s, k / 4000.0).y, y1 = point_at(s, (k + 1) / 4000.0).y;
      way += std::abs(y1 - y0), up += y1 - y0;
    }
    std::array<MonotonePiece, 3> pieces;
    const int n = monotone_pieces(s, pieces);
    for (int k = 0; k < n; ++k) {
      pieces_way += pieces[k].y1 - pieces[k].y0;
      up -= pieces[k].direction * (pieces[k].y1 - pieces[k].y0);
      const double y = (pieces[k].y0 + pieces[k].y1) / 2;
      if (pieces[k].y1 - pieces[k].y0 > 1e-9) {
        EXPECT_LT(nearest(s, {pieces[k].x_at(y), y}).distance, 1e-9) << i;
      }
    }
    EXPECT_NEAR(pieces_way, way, 1e-5) << s.start_angle << " " << s.sweep;
    EXPECT_NEAR(up, 0, 1e-9);
  }
}

TEST(Meet, LinesCrossTouchOverlapMiss) {
  const Segment a = seg(Curve::line({0, 0}, {4, 0}));
  EXPECT_EQ(meet(a, seg(Curve::line({2, -1}, {2, 1}))).count, 1);
  EXPECT_EQ(meet(a, seg(Curve::line({2, 0}, {2, 1}))).count, 1);
  EXPECT_EQ(meet(a, seg(Curve::line({4, 0}, {5, 3}))).count, 1);
  EXPECT_EQ(meet(a, seg(Curve::line({2, 0.001}, {2, 1}))).count, 0);
  const Meetings m = meet(a, seg(Curve::line({3, 0}, {6, 0})));
  EXPECT_TRUE(m.overlap);
  EXPECT_EQ(m.count, 2);
}

TEST(Meet, TangenciesAreOnePoint) {
  const Segment circle = seg(Curve::circle({0, 0}, 5));
  EXPECT_EQ(meet(circle, seg(Curve::line({-9, 5}, {9, 5}))).count, 1);
  EXPECT_EQ(meet(circle, seg(Curve::circle({8, 0}, 3))).count, 1);
  EXPECT_EQ(meet(circle, seg(Curve::circle({2, 0}, 3))).count, 1);
  EXPECT_EQ(meet(circle, seg(Curve::circle({0, 0}, 3))).count, 0);
  EXPECT_EQ(meet(circle, seg(Curve::circle({4, 0}, 3))).count, 2);
  EXPECT_TRUE(meet(circle, circle).overlap);
}

}  // namespace
}  // namespace cadrecode::part
