// Noisy points: what they scatter about, and parts moved onto them.
#include "pipeline/fit/refine.h"

#include <gtest/gtest.h>

#include "pipeline/fit/cell_labels.h"
#include "pipeline/fit/cloud_stack.h"
#include "pipeline/fit/fit_surfaces.h"
#include "pipeline/fit/smooth.h"
#include "pipeline/fit/stack.h"
#include "pipeline/fit/surfaces.h"
#include "unit/fit/shapes.h"

namespace cadrecode::fit {
namespace {

using part::Part;

std::vector<Vec3> noisy(std::vector<Vec3> points, double sigma, uint64_t seed) {
  RandomStream random(seed);
  for (Vec3& p : points)
    p += Vec3{random.next_normal(), random.next_normal(), random.next_normal()} * sigma;
  return points;
}

Part bar(double width) { return {{part::join(part::box({0, 0, 0}, {width, width, 100}))}}; }

TEST(Scatter, IsSeenOnWideAndOnNarrowParts) {
  for (const Part& part : {test::plate(), test::bracket(), bar(4)}) {
    const auto scatter = measure_scatter(noisy(test::surface_points(part, 8000, 1), 0.5, 2));
    EXPECT_NEAR(scatter.noise, 0.5, 0.08);
  }
  EXPECT_LT(measure_scatter(test::surface_points(test::plate(), 8000, 1)).noise, 1e-3);
}

Part thin_plate(double height) {
  return {{part::join(part::box({-50, -30, 0}, {50, 30, height}))}};
}

// Neighbours lie on either face: to a plane through both that is scatter.
TEST(Scatter, TwoFacesOfAThinPlateAreNotNoise) {
  const auto scatter = measure_scatter(test::surface_points(thin_plate(0.4), 8000, 1));
  EXPECT_NEAR(scatter.layers, 0.4, 0.08);
  EXPECT_LT(scatter.noise, 0.05);
}

TEST(CloudStack, AThinPlateIsFoundCleanAndInNoise) {
  const auto clean = test::surface_points(thin_plate(0.8), 8000, 1);
  for (const auto& points : {clean, noisy(clean, 0.5, 2)}) {
    const auto traits = measure_cloud(points);
    const auto found =
        cloud_stack(points, frame_along({0, 0, 1}), traits, cloud_stack_options(traits));
    const Part part = to_part(found.stack, 0.3);
    ASSERT_FALSE(part.steps.empty());
    EXPECT_NEAR(part::area(part.steps[0].extrusion.profile), 6000, 400);
  }
}

TEST(Refine, TheThicknessOfWhatIsThinnerThanNoiseComesFromItsMoments) {
  const auto points = noisy(test::surface_points(thin_plate(1), 16000, 1), 0.5, 2);
  const Part start{{part::join(part::box({-50, -30, -0.4}, {50, 30, 1.8}))}};
  const auto found = refined(start, points, {.size = 100, .noise = 0.5});
  const auto& e = found.part.steps[0].extrusion;
  EXPECT_NEAR(e.end - e.start, 1, 0.2);
}

TEST(Smooth, PointsComeNearerToTheirFaces) {
  const auto clean = test::surface_points(test::plate(), 8000, 3);
  const auto rough = noisy(clean, 0.5, 4);
  const auto flat = smoothed(rough, measure_scatter(rough));
  ASSERT_EQ(flat.points.size(), rough.size());
  double before = 0, after = 0;
  for (size_t i = 0; i < clean.size(); ++i)
    if (std::abs(clean[i].z - 10) < 1e-6 && std::abs(clean[i].x) < 40 && std::abs(clean[i].y) < 25)
      before += std::abs(rough[i].z - 10), after += std::abs(flat.points[i].z - 10);
  EXPECT_LT(after, 0.5 * before);
}

TEST(Smooth, PointsThatStandAloneGoAndOthersStay) {
  auto points = test::surface_points(test::plate(), 6000, 5);
  const size_t own = points.size();
  for (int i = 0; i < 100; ++i) points.push_back({i * 3.0 - 150, 80.0 + i, 40.0 + i});
  EXPECT_EQ(without_outliers(points).size(), own);
}

TEST(Surfaces, WhatLooksLikeOneIsOneAndGoesBackUnchanged) {
  const Part part = test::shaft();
  const auto surfaces = surfaces_of(part, {1e-6, 1e-6});
  EXPECT_EQ(surfaces.flats.size(), 4u);  // caps are shared by neighbours
  EXPECT_EQ(surfaces.rounds.size(), 3u);
  for (const Part& p : {part, test::plate(), test::bracket(), test::crossed()}) {
    const auto same = rebuilt(p, surfaces_of(p, {1e-6, 1e-6}), 1);
    ASSERT_TRUE(same.has_value());
    const auto box = test::box_of(test::surface_points(p, 3000, 1));
    EXPECT_GT(test::overlap(p, *same, box), 0.9999);
  }
}

TEST(Refine, AWrongPlateFindsItsTrueValuesInNoise) {
  using namespace part;
  const Part truth = test::plate();
  const auto points = noisy(test::surface_points(truth, 8000, 6), 0.5, 7);
  Loop slot{{Curve::line({-34, -5.4}, {-14, -5.3}),
             Curve::arc({-14, -5.3}, {-8.5, 0.5}, {-14, 6.3}), Curve::line({-14, 6.3}, {-34, 6.4}),
             Curve::arc({-34, 6.4}, {-40, 0.5}, {-34, -5.4})}};
  const Part start{{join(extrude(
      {}, profile(rectangle({0.4, -0.3}, 99, 61), {circle({20.7, 5.6}, 11.5), slot}), 10.8))}};
  const auto found = refined(start, points, {.size = 100, .noise = 0.5});
  const auto& e = found.part.steps[0].extrusion;
  EXPECT_NEAR(e.end, 10, 0.06);
  EXPECT_NEAR(e.start, 0, 0.06);
  const Curve& bore = e.profile.regions[0].inner[0].curves[0];
  EXPECT_NEAR(norm(bore.mid - Vec2{20, 5}), 0, 0.15);
  EXPECT_NEAR(bore.radius, 12, 0.12);
  EXPECT_GT(test::overlap(truth, found.part, {{-50, -30, 0}, {50, 30, 10}}), 0.98);
}

TEST(Refine, ATurnedPartTurnsBack) {
  const Part truth = test::bracket();
  const auto points = noisy(test::surface_points(truth, 8000, 8), 0.2, 9);
  Part start = truth;
  const double a = 0.02;
  Frame& f = start.steps[0].extrusion.frame;
  f.normal = {std::sin(a), std::cos(a), 0}, f.x = {0, 0, 1};
  const auto found = refined(start, points, {.size = 80, .noise = 0.2, .turn = true});
  EXPECT_NEAR(norm(cross(found.part.steps[0].extrusion.frame.normal, Vec3{0, 1, 0})), 0, 1e-3);
}

TEST(Refine, SharedGridIsFoundOnlyWhereItIs) {
  PartSurfaces s;
  s.directions.push_back({{0, 0, 1}, {}, -1});
  for (double v : {3.02, 17.01, 24.97, 41.0, 58.03, 66.99}) s.flats.push_back({0, v, 0.03});
  ASSERT_TRUE(snap_to_grid(s, 100));
  EXPECT_EQ(s.flats[1].offset, 17);
  EXPECT_EQ(s.flats[4].offset, 58);
  PartSurfaces odd;
  odd.directions = s.directions;
  for (double v : {3.347, 17.112, 24.683, 41.871, 58.449, 66.025})
    odd.flats.push_back({0, v, 0.03});
  snap_to_grid(odd, 100);
  EXPECT_NEAR(odd.flats[3].offset, 41.871,
              0.1);  // a finer grid may fit by chance, a coarse one not
}

TEST(CellLabels, AWallThatEscapedTheScannerIsNotBelievedMissingWithoutEnd) {
  EXPECT_GT(wall_evidence(0, 5000), -13);
  EXPECT_LT(wall_evidence(0, 20), -8);
}

}  // namespace
}  // namespace cadrecode::fit
