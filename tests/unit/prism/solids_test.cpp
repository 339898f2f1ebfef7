// Solids one can work out by hand.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "base/error.h"
#include "geometry/part/build.h"
#include "geometry/part/canonical.h"
#include "geometry/part/curve.h"
#include "geometry/prism/boundary.h"
#include "geometry/prism/solid.h"
#include "unit/simd_targets.h"

namespace cadrecode::prism {
namespace {

using namespace part;

Solid solid(std::vector<Step> steps) { return Solid(Part{std::move(steps)}); }
Extrusion rod(const char* plane, double r, double half) {
  return {named_plane(plane), profile(circle({}, r)), -half, half};
}

TEST(Volume, BoxCylinderRing) {
  EXPECT_DOUBLE_EQ(volume(solid({join(box({0, 0, 0}, {2, 3, 4}))})), 24);
  EXPECT_NEAR(volume(solid({join(rod("YZ", 3, 5))})), 90 * kPi, 1e-11);
  const Extrusion ring{named_plane("ZX"), profile(circle({}, 5), {circle({}, 3)}), 0, 2};
  EXPECT_NEAR(volume(solid({join(ring)})), 32 * kPi, 1e-11);
  EXPECT_NEAR(area(solid({join(ring)})), 2 * 16 * kPi + 2 * 2 * kPi * 8, 1e-11);
}

TEST(Volume, DrilledBoxAcrossAxes) {
  const Solid s = solid(
      {join(box({-10, -10, -10}, {10, 10, 10})), cut(rod("XY", 3, 20)), cut(rod("YZ", 3, 20))});
  // two bores of the same size cross in Steinmetz's solid, 16 r^3 / 3
  EXPECT_NEAR(volume(s), 8000 - 2 * kPi * 9 * 20 + 16 * 27 / 3.0, 1e-6);
}

TEST(Volume, SteinmetzSolids) {
  const Solid two = solid({join(rod("XY", 3, 9)), intersect(rod("YZ", 3, 9))});
  EXPECT_NEAR(volume(two), 16 * 27 / 3.0, 2e-6);
  EXPECT_NEAR(area(two), 16 * 9, 1e-4);
  const Solid three =
      solid({join(rod("XY", 3, 9)), intersect(rod("YZ", 3, 9)), intersect(rod("ZX", 3, 9))});
  EXPECT_NEAR(volume(three), 8 * (2 - std::sqrt(2.0)) * 27, 2e-3);
}

TEST(Volume, SharedAndCoincidentFacesCountOnce) {
  EXPECT_DOUBLE_EQ(
      volume(solid({join(box({0, 0, 0}, {1, 1, 1})), join(box({1, 0, 0}, {2, 1, 1}))})), 2);
  EXPECT_DOUBLE_EQ(area(solid({join(box({0, 0, 0}, {1, 1, 1})), join(box({1, 0, 0}, {2, 1, 1}))})),
                   10);
  EXPECT_DOUBLE_EQ(
      volume(solid({join(box({0, 0, 0}, {1, 1, 1})), join(box({0, 0, 0}, {1, 1, 1}))})), 1);
  EXPECT_DOUBLE_EQ(area(solid({join(box({0, 0, 0}, {1, 1, 1})), join(box({0, 0, 0}, {1, 1, 1}))})),
                   6);
  EXPECT_DOUBLE_EQ(volume(solid({join(box({0, 0, 0}, {1, 1, 1})), cut(box({0, 0, 0}, {1, 1, 1}))})),
                   0);
  // a cylinder that touches a wall from outside
  EXPECT_NEAR(volume(solid({join(box({0, 0, 0}, {10, 10, 10})),
                            join({{}, profile(circle({12, 5}, 2)), 0, 10})})),
              1000 + 40 * kPi, 1e-9);
}

TEST(Volume, OrderMatters) {
  const Extrusion a = box({0, 0, 0}, {4, 1, 1}), b = box({1, 0, 0}, {2, 1, 1});
  EXPECT_DOUBLE_EQ(volume(solid({join(a), cut(b)})), 3);
  EXPECT_DOUBLE_EQ(volume(solid({join(a), cut(b), join(b)})), 4);
  EXPECT_DOUBLE_EQ(volume(solid({join(a), intersect(b)})), 1);
  EXPECT_DOUBLE_EQ(volume(solid({join(a), intersect(b), join(a)})), 4);
}

TEST(Volume, SliverOfFourHundredthsInTwoHundred) {
  const Solid s = solid({join(box({-100, -100, -100}, {100, 100, 0})),
                         join(box({-100, -100, 0}, {100, -99.96, 100}))});
  EXPECT_NEAR(volume(s), 200.0 * 200 * 100 + 200 * 0.04 * 100, 1e-6);
  const SurfaceSamples samples = sample_surface(s, 50000, 1);
  int on_sliver = 0;
  for (const Vec3& p : samples.points) on_sliver += p.z > 1e-9;
  const double share = (2 * 200 * 100 + 2 * 0.04 * 100 + 200 * 0.04) / area(s);
  EXPECT_NEAR(on_sliver / 50000.0, share, 4 * std::sqrt(share / 50000));
}

TEST(Volume, ObliqueFrameOfTwoStepsIsExact) {
  Frame f{{1, 2, 3}, normalized(Vec3{1, 2, -1}), {}};
  f.normal = normalized(cross(f.x, Vec3{0.3, 0.1, 1}));
  Frame across{f.origin, f.y(), f.x};
  const Solid s = solid({join({f, profile(rectangle({}, 20, 20)), -10, 10}),
                         cut({across, profile(circle({}, 3)), -20, 20})});
  EXPECT_NEAR(volume(s), 8000 - kPi * 9 * 20, 1e-8);
}

TEST(Volume, TrulyObliqueStepsConverge) {
  Frame f{{}, normalized(Vec3{1, 1, 1}), {}};
  f.normal = normalized(cross(f.x, Vec3{0, 0.2, 1}));
  const Solid s = solid(
      {join(box({-20, -20, -20}, {20, 20, 20})), cut({f, profile(rectangle({}, 10, 10)), -6, 6})});
  EXPECT_NEAR(volume(s), 64000 - 1200, 1e-6);
}

TEST(Bounds, CutsShrinkTheBox) {
  const Solid s = solid({join(box({0, 0, 0}, {10, 10, 10})), cut(box({5, -1, -1}, {11, 11, 11})),
                         cut(box({-1, -1, -1}, {11, 2, 11}))});
  const Box3 b = bounds(s);
  EXPECT_EQ(b.lo, (Vec3{0, 2, 0}));
  EXPECT_EQ(b.hi, (Vec3{5, 10, 10}));
  EXPECT_TRUE(
      bounds(solid({join(box({0, 0, 0}, {1, 1, 1})), cut(box({-1, -1, -1}, {2, 2, 2}))})).empty());
}

TEST(Moments, BoxAndRod) {
  const Moments m =
      moments(solid({join(box({0, 0, 0}, {2, 4, 6})), join(box({2, 0, 0}, {4, 4, 6}))}));
  EXPECT_NEAR(m.volume, 96, 1e-12);
  EXPECT_NEAR(norm(m.centroid - Vec3{2, 2, 3}), 0, 1e-12);
  EXPECT_NEAR(m.second[0], 96 * 16 / 12.0, 1e-9);
  EXPECT_NEAR(m.second[1], 96 * 16 / 12.0, 1e-9);
  EXPECT_NEAR(m.second[2], 96 * 36 / 12.0, 1e-9);
  EXPECT_NEAR(m.second[3], 0, 1e-9);
  const Moments rod_moments = moments(solid({join(rod("YZ", 2, 5))}));
  EXPECT_NEAR(rod_moments.second[1], kPi * 16 / 4 * 10, 1e-3);
  EXPECT_NEAR(rod_moments.second[0], kPi * 4 * 10 * 100 / 12, 1e-3);
}

TEST(Overlap, IouOfShiftedBoxes) {
  const Solid a = solid({join(box({0, 0, 0}, {2, 1, 1}))}),
              b = solid({join(box({1, 0, 0}, {3, 1, 1}))});
  const Overlap o = overlap(a, b);
  EXPECT_DOUBLE_EQ(o.common, 1);
  EXPECT_DOUBLE_EQ(o.iou(), 1 / 3.0);
  EXPECT_DOUBLE_EQ(iou(a, a), 1);
  EXPECT_DOUBLE_EQ(iou(a, solid({join(box({9, 9, 9}, {10, 10, 10}))})), 0);
}

TEST(Overlap, CirclesThatTouchInTheMiddleOfABand) {
  // both pass (0, 100): the pattern read exactly there would see one side
  const Solid a = solid({join({{}, profile(circle({0, 40}, 60)), 0, 1})});
  const Solid b = solid({join({{}, profile(circle({0, 60}, 40)), 0, 1})});
  const Overlap o = overlap(a, b);
  EXPECT_NEAR(o.a, 3600 * kPi, 1e-8);
  EXPECT_NEAR(o.common, 1600 * kPi, 1e-8);
}

TEST(StepEffects, SayWhatEachStepDid) {
  const auto e =
      step_effects(solid({join(box({0, 0, 0}, {2, 1, 1})), join(box({1, 0, 0}, {3, 1, 1})),
                          cut(box({5, 5, 5}, {6, 6, 6})), intersect(box({0, 0, 0}, {1, 1, 1}))}));
  ASSERT_EQ(e.size(), 4u);
  EXPECT_DOUBLE_EQ(e[1].common, 1);
  EXPECT_DOUBLE_EQ(e[1].after, 3);
  EXPECT_DOUBLE_EQ(e[2].common, 0);
  EXPECT_DOUBLE_EQ(e[3].after, 1);
}

TEST(Distance, FacesEdgesCorners) {
  const Solid s = solid({join(box({0, 0, 0}, {10, 10, 10})), cut(box({5, 5, -1}, {11, 11, 11}))});
  const std::vector<Vec3> p{{-3, 5, 5}, {-3, -4, 5}, {-2, -3, -6}, {5, 5, 5},
                            {8, 8, 5},  {4, 4, 5},   {12, 6, 5},   {7, 7, 12}};
  const std::vector<double> want{3, 5, 7, 0, 3, std::sqrt(2.0), std::sqrt(5.0), std::sqrt(8.0)};
  std::vector<double> d(p.size());
  distance(s, p, d);
  for (size_t i = 0; i < p.size(); ++i) EXPECT_NEAR(d[i], want[i], 1e-9) << i;
  signed_distance(s, p, d);
  EXPECT_GT(d[4], 0);
  EXPECT_LT(d[5], 0);
}

TEST(Distance, HiddenFacesDoNotCount) {
  const Solid s = solid({join(box({0, 0, 0}, {5, 10, 10})), join(box({5, 0, 0}, {10, 10, 10}))});
  std::vector<double> d(1);
  distance(s, std::vector<Vec3>{{5, 5, 5}}, d);
  EXPECT_NEAR(d[0], 5, 1e-12);
}

TEST(Verdict, NamesWhatIsWrong) {
  EXPECT_TRUE(verdict({{join(box({0, 0, 0}, {1, 1, 1}))}}).valid());
  EXPECT_EQ(verdict({}).fault, Fault::kNoSteps);
  EXPECT_EQ(verdict({{cut(box({0, 0, 0}, {1, 1, 1}))}}).fault, Fault::kFirstNotJoin);
  EXPECT_EQ(verdict({{join(box({0, 0, 0}, {1, 1, 0}))}}).fault, Fault::kNoHeight);
  const Verdict crossing =
      verdict({{join({{}, profile(polygon({{0, 0}, {2, 2}, {2, 0}, {0, 2}})), 0, 1})}});
  EXPECT_EQ(crossing.fault, Fault::kProfile);
  EXPECT_EQ(crossing.message(), "step 0: a loop that is self-crossing");
  EXPECT_EQ(verdict({{join(box({0, 0, 0}, {1, 1, 1})), cut(box({-1, -1, -1}, {2, 2, 2}))}}).fault,
            Fault::kVanishing);
  const Verdict midway =
      verdict({{join(box({0, 0, 0}, {1, 1, 1})), intersect(box({5, 5, 5}, {6, 6, 6})),
                join(box({0, 0, 0}, {1, 1, 1}))}});
  EXPECT_EQ(midway.fault, Fault::kVanishing);
  EXPECT_EQ(midway.step, 1);
  Extrusion tilted = box({0, 0, 0}, {1, 1, 1});
  tilted.frame.x = {1, 0.1, 0};
  EXPECT_EQ(verdict({{join(tilted)}}).fault, Fault::kFrame);
}

TEST(Area, ThreeAxes) {
  const Solid three =
      solid({join(rod("XY", 3, 9)), intersect(rod("YZ", 3, 9)), intersect(rod("ZX", 3, 9))});
  EXPECT_NEAR(area(three), 24 * (2 - std::sqrt(2.0)) * 9, 1e-5);
  // square bores of side 2 along x, y and z through a cube of side 6
  std::vector<Step> steps{join(box({-3, -3, -3}, {3, 3, 3}))};
  for (const char* plane : {"XY", "YZ", "ZX"}) {
    steps.push_back(cut({named_plane(plane), profile(rectangle({}, 2, 2)), -9, 9}));
  }
  EXPECT_NEAR(area(solid(steps)), 6 * (36 - 4) + 6 * 4 * 2 * 2, 1e-9);
  // round ones of radius 1 along x and along y and z far from each other
  const Solid drilled = solid({join(box({-9, -9, -9}, {9, 9, 9})), cut(rod("XY", 1, 20)),
                               cut({named_plane("YZ"), profile(circle({5, 5}, 1)), -20, 20}),
                               cut({named_plane("ZX"), profile(circle({-5, -5}, 1)), -20, 20})});
  EXPECT_NEAR(area(drilled), 6 * 324 + 3 * (2 * kPi * 18 - 2 * kPi), 1e-7);
}

TEST(Area, ObliquePocket) {
  Frame f{{0, 0, 20}, normalized(Vec3{1, 1, 0}), normalized(Vec3{1, -1, 3})};
  // a box pressed in obliquely: what it takes off the top it gives back as its own walls
  const Solid s = solid(
      {join(box({-20, -20, -20}, {20, 20, 20})), cut({f, profile(rectangle({}, 6, 4)), -5, 9})});
  const double cosine = 3 / std::sqrt(11.0);  // between the pocket's axis and z
  // opposite walls lose and gain the same where the top cuts them obliquely
  const double opening = 6 * 4 / cosine, walls = 2 * (6 + 4) * 5;
  EXPECT_NEAR(area(s), 6 * 1600 - opening + 6 * 4 + walls, 1e-6);
}

TEST(Area, AnArcThatEndsAtItsTop) {
  // its top and its end are apart by one rounding, and between them it is level
  const Vec2 start{-22.737551662635475, -9.9266344794810859}, end{-27, 7};
  const Loop loop{{Curve::arc(start, {-18.005225892874108, -1.6933425986908923}, end),
                   Curve::line(end, {-87, 7}), Curve::line({-87, 7}, {-87, -93}),
                   Curve::line({-87, -93}, start)}};
  const Solid s = solid({join({{}, profile(loop), 0, 1}), join(box({40, 0, 0}, {41, 1, 1}))});
  EXPECT_NEAR(estimated_area(s, 1 << 16) / area(s), 1, 0.02);
  EXPECT_EQ(sample_surface(s, 1000, 1).points.size(), 1000u);
}

TEST(Sample, EmptySolidIsAnError) {
  EXPECT_THROW(sample_surface(solid({}), 10, 1), Error);
  EXPECT_THROW(
      sample_surface(solid({join(box({0, 0, 0}, {1, 1, 1})), cut(box({-1, -1, -1}, {2, 2, 2}))}),
                     10, 1),
      Error);
}

TEST(Sample, SameSeedSamePointsAndFacesByArea) {
  const Solid s = solid({join(box({0, 0, 0}, {1, 2, 3}))});
  const SurfaceSamples a = sample_surface(s, 60000, 5), b = sample_surface(s, 60000, 5);
  EXPECT_EQ(a.points, b.points);
  EXPECT_NE(sample_surface(s, 10, 6).points, sample_surface(s, 10, 5).points);
  std::array<int, 6> count{};
  for (const int f : a.face) ++count[f];
  const double want[6] = {2, 2, 3, 6, 3, 6};  // caps 1x2; walls along x: 1x3, along y: 2x3
  for (int f = 0; f < 6; ++f) EXPECT_NEAR(count[f] / 60000.0, want[f] / 22, 0.006) << f;
}

TEST(Sample, LongerSamplesBeginWithShorterOnes) {
  const Solid s =
      solid({join(rod("XY", 3, 9)), cut(rod("YZ", 1, 9)), join(box({0, 0, 0}, {4, 4, 4}))});
  SurfaceSamples longest = sample_surface(s, 9000, 5), reused;
  for (const size_t n : {1, 7, 100, 4095, 4096, 4097}) {
    sample_surface(s, n, 5, reused);
    ASSERT_EQ(reused.points.size(), n);
    for (size_t i = 0; i < n; ++i) ASSERT_EQ(reused.points[i], longest.points[i]);
    EXPECT_EQ(reused.face, std::vector<int>(longest.face.begin(), longest.face.begin() + n));
  }
}

TEST(Sample, RoundWallsAreRound) {
  const SurfaceSamples samples = sample_surface(solid({join(rod("XY", 5, 1))}), 20000, 1);
  int quadrants[4] = {};
  for (size_t i = 0; i < samples.points.size(); ++i) {
    if (samples.face[i] < 2) continue;
    const Vec3 p = samples.points[i], n = samples.normals[i];
    ASSERT_NEAR(std::hypot(p.x, p.y), 5, 1e-14);
    ASSERT_NEAR(norm(n - Vec3{p.x / 5, p.y / 5, 0}), 0, 1e-15);
    ++quadrants[(p.x > 0) + 2 * (p.y > 0)];
  }
  const int all = quadrants[0] + quadrants[1] + quadrants[2] + quadrants[3];
  for (const int q : quadrants) EXPECT_NEAR(q / double(all), 0.25, 0.025);
}

TEST(Sample, AFaceOfThreeStepsIsCountedOnce) {
  // steps 0 to 2 share the face z = 1; a later cut settles its outside
  const Solid s = solid({join(box({0, 0, 0}, {1, 1, 1})), join(box({0, 0, 0.2}, {1, 1, 1})),
                         join(box({0, 0, 0.4}, {1, 1, 1})), cut(box({0, 0, 1}, {1, 1, 2}))});
  EXPECT_NEAR(estimated_area(s, 1 << 16), 6, 0.1);
  for (const int step : sample_surface(s, 1000, 1).step) EXPECT_EQ(step, 0);
}

TEST(Sample, PinnedOnEveryTarget) {
  const Solid s =
      solid({join(rod("XY", 3, 9)), cut(rod("YZ", 1, 9)), join(box({0, 0, 0}, {4, 4, 4}))});
  on_each_simd_target([&] {
    const SurfaceSamples samples = sample_surface(s, 3000, 5);
    uint64_t digest = 0;
    const auto take = [&](const std::vector<Vec3>& list) {
      for (const Vec3& v : list) {
        for (int a = 0; a < 3; ++a) digest = digest * 31 + std::bit_cast<uint64_t>(v[a]);
      }
    };
    take(samples.points), take(samples.normals);
    EXPECT_EQ(digest, 12606638338111986583u);
  });
}

}  // namespace
}  // namespace cadrecode::prism
