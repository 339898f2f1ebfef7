#include "geometry/part/loop.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"
#include "geometry/part/build.h"

namespace cadrecode::part {
namespace {

TEST(Check, SoundLoops) {
  EXPECT_EQ(check(rectangle({0, 0}, 4, 2)), LoopFault::kNone);
  EXPECT_EQ(check(circle({1, 1}, 3)), LoopFault::kNone);
  EXPECT_EQ(check(reversed(rectangle({0, 0}, 4, 2))), LoopFault::kNone);
  // two arcs make a circle; a line and an arc a half disc
  EXPECT_EQ(
      check(Loop{{Curve::arc({1, 0}, {0, 1}, {-1, 0}), Curve::arc({-1, 0}, {0, -1}, {1, 0})}}),
      LoopFault::kNone);
  EXPECT_EQ(check(Loop{{Curve::arc({1, 0}, {0, 1}, {-1, 0}), Curve::line({-1, 0}, {1, 0})}}),
            LoopFault::kNone);
}

TEST(Check, NamesTheFault) {
  EXPECT_EQ(check(Loop{}), LoopFault::kEmpty);
  EXPECT_EQ(check(Loop{{Curve::line({0, 0}, {1, 0}), Curve::line({1, 0}, {1, 1})}}),
            LoopFault::kOpen);
  EXPECT_EQ(check(Loop{{Curve::line({0, 0}, {1, 0}), Curve::line({1, 0}, {0, 0})}}),
            LoopFault::kSelfCrossing);
  EXPECT_EQ(check(polygon({{0, 0}, {2, 2}, {2, 0}, {0, 2}})), LoopFault::kSelfCrossing);
  EXPECT_EQ(check(polygon({{0, 0}, {1, 0}, {1, 0}, {0, 1}})), LoopFault::kDegenerate);
  // a corner that touches the opposite side
  EXPECT_EQ(check(polygon({{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}})), LoopFault::kSelfCrossing);
  // a spike back along an edge
  EXPECT_EQ(check(polygon({{0, 0}, {4, 0}, {4, 4}, {4, 2}, {0, 4}})), LoopFault::kSelfCrossing);
  // an arc that bulges through the opposite side
  EXPECT_EQ(check(Loop{{Curve::arc({0, 0}, {2, 1.5}, {4, 0}), Curve::line({4, 0}, {4, 1}),
                        Curve::line({4, 1}, {0, 1}), Curve::line({0, 1}, {0, 0})}}),
            LoopFault::kSelfCrossing);
}

TEST(Check, SmoothTangenciesAreSound) {
  const Loop slot{{Curve::line({-2, -1}, {2, -1}), Curve::arc({2, -1}, {3, 0}, {2, 1}),
                   Curve::line({2, 1}, {-2, 1}), Curve::arc({-2, 1}, {-3, 0}, {-2, -1})}};
  EXPECT_EQ(check(slot), LoopFault::kNone);
  EXPECT_NEAR(signed_area(slot), 8 + kPi, 1e-12);
}

TEST(Check, ProfileNesting) {
  EXPECT_TRUE(check(profile(rectangle({}, 10, 10), {circle({2, 0}, 1), circle({-2, 0}, 1)})).ok());
  EXPECT_EQ(check(profile(rectangle({}, 10, 10), {circle({20, 0}, 1)})).fault,
            ProfileFault::kBadNesting);
  EXPECT_EQ(check(profile(rectangle({}, 10, 10), {circle({5, 0}, 1)})).fault,
            ProfileFault::kLoopsCross);
  EXPECT_TRUE(check(profile(rectangle({}, 10, 10), {circle({4, 0}, 1)})).ok())
      << "touches in a point";
  Profile island = profile(circle({}, 5), {circle({}, 4)});
  island.regions.push_back({circle({}, 3), {}});
  EXPECT_TRUE(check(island).ok());
  island.regions[1].outer = circle({}, 4.5);
  EXPECT_FALSE(check(island).ok());
}

TEST(ProfileFromLoops, NestsByParity) {
  const Profile p =
      profile_from_loops({circle({}, 1), circle({}, 5), circle({}, 3), circle({9, 0}, 1)});
  ASSERT_EQ(p.regions.size(), 3u);
  EXPECT_NEAR(area(p), kPi * (25 - 9 + 1 + 1), 1e-12);
}

TEST(Combine, DisjointNestedEqual) {
  const Profile big = profile(circle({}, 5)), small = profile(circle({}, 3)),
                far = profile(circle({20, 0}, 1));
  EXPECT_NEAR(area(combine(big, small, Operation::kCut)), 16 * kPi, 1e-12);
  EXPECT_NEAR(area(combine(big, small, Operation::kJoin)), 25 * kPi, 1e-12);
  EXPECT_NEAR(area(combine(big, small, Operation::kIntersect)), 9 * kPi, 1e-12);
  EXPECT_EQ(combine(big, far, Operation::kJoin).regions.size(), 2u);
  EXPECT_TRUE(combine(small, big, Operation::kCut).regions.empty());
  EXPECT_TRUE(combine(big, big, Operation::kCut).regions.empty());
  EXPECT_EQ(combine(big, big, Operation::kJoin), big);
}

TEST(Combine, SharedSidesMergeAndExactCornersStay) {
  const Profile left = profile(rectangle({-1, 0}, 2, 2)), right = profile(rectangle({1, 0}, 2, 2));
  const Profile both = combine(left, right, Operation::kJoin);
  ASSERT_EQ(both.regions.size(), 1u);
  EXPECT_EQ(both.regions[0].outer.curves.size(), 4u);
  EXPECT_DOUBLE_EQ(area(both), 8);
  EXPECT_TRUE(combine(left, right, Operation::kIntersect).regions.empty());
}

TEST(Combine, CornersThatTouchStayApart) {
  const Profile p = combine(profile(rectangle({-1, -1}, 2, 2)), profile(rectangle({1, 1}, 2, 2)),
                            Operation::kJoin);
  EXPECT_EQ(p.regions.size(), 2u);
  EXPECT_DOUBLE_EQ(area(p), 8);
}

TEST(Combine, HoleOverTheEdgeBecomesANotch) {
  const Profile p =
      combine(profile(rectangle({}, 10, 4)), profile(circle({0, 2}, 1)), Operation::kCut);
  ASSERT_EQ(p.regions.size(), 1u);
  EXPECT_TRUE(p.regions[0].inner.empty());
  EXPECT_NEAR(area(p), 40 - kPi / 2, 1e-12);
  EXPECT_TRUE(check(p).ok());
}

// Areas of a join, cut and intersection fit together, and membership agrees.
TEST(Combine, RandomProfilesObeySetAlgebra) {
  RandomStream random(7);
  for (int i = 0; i < 400; ++i) {
    const auto shape = [&]() -> Loop {
      const Vec2 c{double(random.next_int(-6, 6)), double(random.next_int(-6, 6))};
      switch (random.next_below(3)) {
        case 0:
          return circle(c, double(random.next_int(1, 6)));
        case 1:
          return rectangle(c, double(random.next_int(1, 10)), double(random.next_int(1, 10)));
        default: {
          const double r = double(random.next_int(1, 6));
          return {{Curve::arc({c.x, c.y - r}, {c.x + r, c.y}, {c.x, c.y + r}),
                   Curve::line({c.x, c.y + r}, {c.x - r, c.y}),
                   Curve::line({c.x - r, c.y}, {c.x, c.y - r})}};
        }
      }
    };
    const Profile a = profile(shape()), b = profile(shape());
    const Profile join = combine(a, b, Operation::kJoin), cut = combine(a, b, Operation::kCut),
                  both = combine(a, b, Operation::kIntersect);
    EXPECT_NEAR(area(join), area(a) + area(b) - area(both), 1e-8) << i;
    EXPECT_NEAR(area(cut), area(a) - area(both), 1e-8) << i;
    for (int k = 0; k < 50; ++k) {
      const Vec2 p{random.next_uniform(-12, 12), random.next_uniform(-12, 12)};
      const bool in_a = contains(a, p), in_b = contains(b, p);
      EXPECT_EQ(contains(join, p), in_a || in_b);
      EXPECT_EQ(contains(cut, p), in_a && !in_b);
      EXPECT_EQ(contains(both, p), in_a && in_b);
    }
  }
}

}  // namespace
}  // namespace cadrecode::part
