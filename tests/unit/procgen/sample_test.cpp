#include "learning/procgen/sample.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <thread>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/part/loop.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"
#include "learning/procgen/unique.h"

namespace cadrecode::procgen {
namespace {

TEST(Sample, IsAFunctionOfSeedAndIndex) {
  std::vector<std::string> forwards, backwards;
  for (uint64_t i = 0; i < 50; ++i) forwards.push_back(draw_sample({}, 7, i).code);
  std::thread([&] {
    for (uint64_t i = 50; i-- > 0;) backwards.push_back(draw_sample({}, 7, i).code);
  }).join();
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(forwards, backwards);
  EXPECT_NE(draw_sample({}, 8, 0).code, forwards[0]);
}

// A change here changes every set: raise kVersion in run.cpp with it.
TEST(Sample, IsTheSameOnEveryMachine) {
  EXPECT_EQ(draw_sample({}, 0, 3).code,
            "import cadquery as cq\nw0=cq.Workplane('ZX',origin=(0,60,0))\n"
            "r=w0.sketch().segment((62,-68),(100,-68)).arc((81,-63),(62,-68)).assemble().finalize()"
            ".extrude(-121).union(w0.sketch().segment((-100,28),(-90,-18)).segment((-61,-12))"
            ".segment((17,-12)).segment((17,68)).segment((-78,68)).segment((-78,33)).close()"
            ".assemble().finalize().extrude(-6))");
  EXPECT_EQ(draw_sample({}, 0, 3).hash, 0x9b94d4b0c4242fcbull);
  EXPECT_EQ(draw_sample({}, 0, 1).hash, 0xd4c4788b56400012ull);
}

bool whole(double v) { return v == std::round(v); }

void expect_on_grid(const part::Loop& loop) {
  for (const part::Curve& c : loop.curves) {
    for (const double v : {c.start.x, c.start.y, c.mid.x, c.mid.y, c.end.x, c.end.y, c.radius}) {
      EXPECT_TRUE(whole(v)) << v;
      EXPECT_LE(std::abs(v), 102);
    }
  }
}

TEST(Sample, EverySampleKeepsTheContract) {
  for (uint64_t i = 0; i < 400; ++i) {
    const Sample s = draw_sample({}, 1, i);
    SCOPED_TRACE(s.code);
    const dialect::Recognition read = dialect::recognise(s.code);
    ASSERT_TRUE(read.part);
    EXPECT_EQ(part::canonical(*read.part), s.part);
    EXPECT_TRUE(prism::verdict(s.part).valid());
    EXPECT_NEAR(s.bbox.longest(), 200, 1.2);
    EXPECT_GT(s.volume, 0);
    EXPECT_EQ(s.hash, invariant_hash(s.part, false));
    for (const part::Step& step : s.part.steps) {
      EXPECT_TRUE(whole(step.extrusion.start) && whole(step.extrusion.end));
      for (const part::Region& r : step.extrusion.profile.regions) {
        expect_on_grid(r.outer);
        for (const part::Loop& l : r.inner) expect_on_grid(l);
      }
    }
  }
}

TEST(Sample, NoStepIsWithoutEffect) {
  for (uint64_t i = 0; i < 150; ++i) {
    const Sample s = draw_sample({}, 2, i);
    for (size_t leave = 0; s.part.steps.size() > 1 && leave < s.part.steps.size(); ++leave) {
      part::Part rest = s.part;
      rest.steps.erase(rest.steps.begin() + static_cast<std::ptrdiff_t>(leave));
      EXPECT_LT(prism::volume(prism::Solid(rest)), s.volume * (1 - 1e-7)) << s.code;
    }
  }
}

TEST(Sample, CutsAndIntersectionsAreOptions) {
  Knobs k;
  k.steps = {0, 0, 1};
  k.cut_step = 0.5, k.intersect_step = 0.3;
  std::set<part::Operation> seen;
  for (uint64_t i = 0; i < 60; ++i) {
    const Sample s = draw_sample(k, 3, i);
    for (const part::Step& step : s.part.steps) seen.insert(step.operation);
    EXPECT_EQ(s.part.steps[0].operation, part::Operation::kJoin);
    EXPECT_TRUE(prism::verdict(s.part).valid());
    EXPECT_NEAR(s.bbox.longest(), 200, 1.2);
  }
  EXPECT_EQ(seen.size(), 3u);
}

TEST(Sample, ImpossibleKnobsAreAnError) {
  Knobs k;
  k.least_effect = 1;
  k.steps = {0, 1};
  k.attempts = 20;
  try {
    draw_sample(k, 0, 0);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kLimit);
    EXPECT_NE(std::string(e.what()).find("effect"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace cadrecode::procgen
