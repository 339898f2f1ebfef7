#include "language/dialect/print.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "language/dialect/recognise.h"
#include "unit/prism/random_part.h"

namespace cadrecode::dialect {
namespace {

using namespace part;

TEST(Print, IsTheV15Dialect) {
  const Part ring{{join(
      {named_plane("YZ", {-91, 0, 0}), profile(circle({}, 61), {rectangle({4, 5}, 6, 8)}), 0, 9})}};
  EXPECT_EQ(print(ring),
            "import cadquery as cq\n"
            "w0=cq.Workplane('YZ',origin=(-91,0,0))\n"
            "r=w0.sketch().circle(61).push([(4,5)]).rect(6,8,mode='s').finalize().extrude(9)");
  const Part parts{
      {join(box({0, 0, 0}, {2, 4, 6})), cut(cylinder({{1, 2, 6}, {1, 0, 0}, {0, 0, 1}}, 0.5, -3))}};
  EXPECT_EQ(print(parts),
            "import cadquery as cq\n"
            "w0=cq.Workplane('XY',origin=(0,0,6))\n"
            "r=w0.workplane(offset=-6/2).moveTo(1,2).box(2,4,6)"
            ".cut(w0.workplane(offset=-3/2).moveTo(1,2).cylinder(3,0.5))");
}

TEST(Print, ReadableNamesDimensions) {
  const Part p{{join(box({0, 0, 0}, {2, 4, 6}))}};
  EXPECT_EQ(
      print_readable(p),
      "import cadquery as cq\n\n# dimensions\nbase_height = 6\nbase_width = 2\nbase_length = 4\n\n"
      "# planes\nw0 = cq.Workplane('XY', origin=(0, 0, 0))\n\n"
      "# 1. start with a box on XY, 6 along its normal\n"
      "body = w0.workplane(offset=base_height/2).moveTo(1, 2).box(base_width, base_length, "
      "base_height)\n\n"
      "r = body\n");
}

TEST(Print, RefusesWhatHasNoProgram) {
  EXPECT_THROW(print(Part{}), Error);
  EXPECT_THROW(print(Part{{cut(box({0, 0, 0}, {1, 1, 1}))}}), Error);
}

// Any doubles: the planes may move by a unit in the last place, once.
void expect_settled_round_trip(const Part& p) {
  const Recognition first = recognise(print(p));
  if (!first.part && prism::verdict(p).fault == prism::Fault::kVanishing) return;  // says so
  ASSERT_TRUE(first.part) << first.reason;
  const Part once = canonical(*first.part), want = canonical(p);
  ASSERT_EQ(once.steps.size(), want.steps.size());
  for (size_t i = 0; i < once.steps.size(); ++i) {
    const Extrusion &a = once.steps[i].extrusion, &b = want.steps[i].extrusion;
    EXPECT_EQ(a.profile, b.profile);
    EXPECT_NEAR(a.start, b.start, 1e-13);
    EXPECT_NEAR(a.end, b.end, 1e-13);
  }
  EXPECT_EQ(canonical(*recognise(print(once)).part), once);
}

void expect_round_trip(const Part& p) {
  const Part want = canonical(p);
  for (const std::string& text : {print(p), print_readable(p)}) {
    const Recognition back = recognise(text);
    if (!back.part && prism::verdict(p).fault == prism::Fault::kVanishing) continue;  // says so
    ASSERT_TRUE(back.part) << back.reason << "\n" << text;
    EXPECT_EQ(canonical(*back.part), want) << text;
  }
  EXPECT_EQ(print(want), print(p));
}

TEST(RoundTrip, RandomParts) {
  for (const bool integers : {true, false}) {
    for (const bool oblique : {false, true}) {
      RandomParts random(integers * 2 + oblique);
      random.integers = integers, random.oblique = oblique;
      for (int i = 0; i < 150; ++i) {
        const Part p = random.part(5);
        bool sound = true;
        for (const Step& s : p.steps) sound &= check(s.extrusion.profile).ok();
        if (!sound) continue;
        SCOPED_TRACE("part " + std::to_string(i));
        integers ? expect_round_trip(p) : expect_settled_round_trip(p);
      }
    }
  }
}

TEST(Rounded, SnapsAndDropsWhatVanishes) {
  const Part p{{join({named_plane("XY"),
                      profile(rectangle({0.2, 0}, 9.7, 4.1),
                              {circle({1.2, 0.4}, 1.6), circle({-3, 0}, 0.3)}),
                      0.4, 7.6}),
                join({named_plane("XY"), profile(rectangle({}, 0.3, 0.3)), 0, 5})}};
  const Part r = rounded(p, 1);
  ASSERT_EQ(r.steps.size(), 1u);
  EXPECT_EQ(
      r, canonical(Part{{join(
             {named_plane("XY"), profile(rectangle({0, 0}, 10, 4), {circle({1, 0}, 2)}), 0, 8})}}));
  EXPECT_EQ(rounded(p, 0), canonical(p));
  EXPECT_EQ(rounded(p, 0.1).steps[0].extrusion.end, 7.6);
}

}  // namespace
}  // namespace cadrecode::dialect
