#include "geometry/part/canonical.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "geometry/part/build.h"
#include "geometry/part/loop.h"

namespace cadrecode::part {
namespace {

TEST(Canonical, EveryNamedPlaneBecomesOneOfThree) {
  for (const char* name :
       {"XY", "YZ", "ZX", "XZ", "YX", "ZY", "front", "back", "left", "right", "top", "bottom"}) {
    const Extrusion e{named_plane(name, {1, 2, 3}), profile(rectangle({5, 6}, 2, 4)), -7, 9};
    const Extrusion c = canonical(e);
    EXPECT_EQ(c.frame.origin, Vec3{}) << name;
    EXPECT_EQ(canonical(c), c) << name;
    const Box3 before = bounds(e), after = bounds(c);
    EXPECT_EQ(before.lo, after.lo) << name;
    EXPECT_EQ(before.hi, after.hi) << name;
  }
}

TEST(Canonical, SameSolidSameData) {
  const Part a{{join({named_plane("XY", {0, 0, 4}),
                      profile(rectangle({1, 1}, 2, 2), {circle({1, 1}, 0.5)}), 0, 6})}};
  Loop turned = reversed(rectangle({0, 0}, 2, 2));
  std::rotate(turned.curves.begin(), turned.curves.begin() + 2, turned.curves.end());
  const Part b{
      {join({named_plane("XY", {1, 1, 10}), profile(turned, {circle({0, 0}, 0.5)}), -6, 0})}};
  EXPECT_EQ(canonical(a), canonical(b));
  EXPECT_EQ(hash(a), hash(b));
  const Part c{{join({named_plane("XY", {0, 0, 4}),
                      profile(rectangle({1, 1}, 2, 2), {circle({1, 1}, 0.25)}), 0, 6})}};
  EXPECT_NE(hash(a), hash(c));
}

TEST(Canonical, LoopsStartAtTheLeastCornerCounterClockwise) {
  const Extrusion c = canonical({{}, profile(polygon({{3, 3}, {1, 5}, {1, 2}})), 0, 1});
  EXPECT_EQ(c.profile.regions[0].outer.curves[0].start, (Vec2{1, 2}));
  EXPECT_GT(signed_area(c.profile.regions[0].outer), 0);
}

TEST(Canonical, ObliqueFramesKeepTheirAxes) {
  Frame f{{1, 2, 3}, normalized(Vec3{1, 1, 0}), {0, 0, 1}};
  const Extrusion c = canonical({f, profile(circle({}, 1)), 2, 5});
  EXPECT_EQ(c.start, 0);
  EXPECT_DOUBLE_EQ(c.end, 3);
  EXPECT_EQ(c.frame.origin, (Vec3{1, 2, 5}));
  EXPECT_EQ(canonical(c), c);
}

TEST(Moved, ScalesTurnsAndShifts) {
  const Part part{{join(box({0, 0, 0}, {1, 2, 3}))}};
  const Part m = moved(part, {named_plane("YZ", {10, 0, 0}), 2});
  const Box3 b = bounds(m.steps[0].extrusion);
  EXPECT_EQ(b.lo, (Vec3{10, 0, 0}));
  EXPECT_EQ(b.hi, (Vec3{16, 2, 4}));
}

TEST(Bounds, ArcsReachTheirExtremes) {
  const Loop half{{Curve::arc({0, -2}, {2, 0}, {0, 2}), Curve::line({0, 2}, {0, -2})}};
  const Box3 b = bounds(Extrusion{named_plane("ZX"), profile(half), 0, 1});
  EXPECT_NEAR(b.hi.z, 2, 1e-15);
  EXPECT_NEAR(b.hi.x, 2, 1e-15);
  EXPECT_NEAR(b.lo.x, -2, 1e-15);
  EXPECT_NEAR(b.lo.z, 0, 1e-15);
}

TEST(NamedPlane, RefusesOtherNames) { EXPECT_THROW(named_plane("XX"), Error); }

}  // namespace
}  // namespace cadrecode::part
