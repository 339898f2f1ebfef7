// Bodies that touch along a line, as the kernel answers for their union. The
// table was made with OCCT 7.6.3 and is the same with CadQuery 2.8's 7.9.3.
#include <gtest/gtest.h>

#include <cmath>

#include "geometry/part/build.h"
#include "geometry/part/curve.h"
#include "geometry/prism/solid.h"

namespace cadrecode::prism {
namespace {

using namespace part;

struct Span {
  double lo, hi;
};
struct Arrangement {
  const char* name;
  Span first, second;
  bool overhang;  // each ends within the other
};
const Arrangement kArrangements[] = {
    {"the same height", {0, 10}, {0, 10}, false},   {"the second within", {0, 30}, {10, 20}, false},
    {"the first within", {10, 20}, {0, 30}, false}, {"overhanging", {0, 20}, {10, 30}, true},
    {"overhanging below", {10, 30}, {0, 20}, true}, {"one end shared", {0, 20}, {0, 30}, false}};

Extrusion wall(Vec2 center, Span z) { return {{}, profile(rectangle(center, 20, 20)), z.lo, z.hi}; }
Extrusion disc(Vec2 center, double r, Span z) {
  return {{}, profile(circle(center, r)), z.lo, z.hi};
}
// Less than half a disc whose middle is the point of contact at the origin.
Extrusion arc(Vec2 center, Span z) {
  const auto at = [&](double turn) {
    const double a = std::atan2(-center.y, -center.x) + turn;
    return center + Vec2{std::cos(a), std::sin(a)} * norm(center);
  };
  const Loop loop{{Curve::arc(at(-1.2), {0, 0}, at(1.2)), Curve::line(at(1.2), at(-1.2))}};
  return {{}, profile(loop), z.lo, z.hi};
}

bool pinched(const Extrusion& a, const Extrusion& b) {
  const Fault one = verdict({{join(a), join(b)}}).fault,
              other = verdict({{join(b), join(a)}}).fault;
  EXPECT_EQ(one, other);
  EXPECT_TRUE(one == Fault::kNone || one == Fault::kPinched);
  return one == Fault::kPinched;
}

TEST(Pinch, CylinderAgainstAWall) {
  for (const Arrangement& t : kArrangements) {
    SCOPED_TRACE(t.name);
    EXPECT_EQ(pinched(wall({-10, 0}, t.first), disc({10, 0}, 10, t.second)), t.overhang);
    EXPECT_EQ(pinched(wall({0, -10}, t.first), disc({0, 10}, 10, t.second)), t.overhang);
    EXPECT_EQ(pinched(wall({0, 10}, t.first), disc({0, -10}, 10, t.second)), t.overhang);
    // the seam of the whole cylinder lies on the wall, an arc has none
    EXPECT_FALSE(pinched(wall({10, 0}, t.first), disc({-10, 0}, 10, t.second)));
    EXPECT_EQ(pinched(wall({10, 0}, t.first), arc({-10, 0}, t.second)), t.overhang);
    // at the wall's end an edge runs through the contact
    EXPECT_FALSE(pinched(wall({-10, 10}, t.first), disc({10, 0}, 10, t.second)));
    // a little apart, and a little into each other
    EXPECT_FALSE(pinched(wall({-10, 0}, t.first), disc({10.01, 0}, 10, t.second)));
    EXPECT_FALSE(pinched(wall({-10, 0}, t.first), disc({9.99, 0}, 10, t.second)));
    // from inside
    EXPECT_FALSE(pinched(wall({10, 0}, t.first), disc({6, 0}, 6, t.second)));
  }
}

TEST(Pinch, CylinderAgainstACylinder) {
  for (const Arrangement& t : kArrangements) {
    SCOPED_TRACE(t.name);
    const double c = std::cos(0.6), s = std::sin(0.6);
    EXPECT_EQ(pinched(disc({}, 10, t.first), disc({17 * c, 17 * s}, 7, t.second)), t.overhang);
    EXPECT_EQ(pinched(disc({}, 10, t.first), disc({0, 17}, 7, t.second)), t.overhang);
    EXPECT_FALSE(pinched(disc({}, 10, t.first), disc({17, 0}, 7, t.second)));   // its own seam
    EXPECT_FALSE(pinched(disc({}, 10, t.first), disc({-17, 0}, 7, t.second)));  // the other's
    EXPECT_FALSE(pinched(disc({}, 10, t.first), disc({0, 3}, 7, t.second)));    // inside
  }
}

TEST(Pinch, CylinderLyingOnAPlate) {
  for (const Arrangement& t : kArrangements) {
    SCOPED_TRACE(t.name);
    const Extrusion plate = box({-20, t.first.lo, -10}, {20, t.first.hi, 0});
    const Extrusion rod{named_plane("ZX"), profile(circle({10, 0}, 10)), t.second.lo, t.second.hi};
    EXPECT_EQ(pinched(plate, rod), t.overhang);
  }
}

TEST(Pinch, WhatJoinsThemOtherwiseIsNoPinch) {
  const Extrusion a = wall({-10, 0}, {0, 20}), b = disc({10, 0}, 10, {10, 30});
  ASSERT_TRUE(pinched(a, b));
  const Extrusion bridge = wall({0, 0}, {0, 30});
  EXPECT_TRUE(verdict({{join(a), join(bridge), join(b)}}).valid());
  // too late: the kernel has lost a body by then
  const Verdict late = verdict({{join(a), join(b), join(bridge)}});
  EXPECT_EQ(late.fault, Fault::kPinched);
  EXPECT_EQ(late.step, 1);
}

}  // namespace
}  // namespace cadrecode::prism
