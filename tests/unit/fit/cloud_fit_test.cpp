// Clouds of known parts: what comes back is the part.
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "pipeline/fit/blurred_levels.h"
#include "pipeline/fit/cell_labels.h"
#include "pipeline/fit/cloud_stack.h"
#include "pipeline/fit/propose.h"
#include "pipeline/fit/stack.h"
#include "pipeline/fit/wall_curves.h"
#include "pipeline/fit/zones.h"
#include "unit/fit/shapes.h"

namespace cadrecode::fit {
namespace {

using part::Part;

Part stack_of(const std::vector<Vec3>& points, Vec3 axis, CloudStack* out = nullptr) {
  const auto traits = measure_cloud(points);
  auto found = cloud_stack(points, frame_along(axis), traits, cloud_stack_options(traits));
  if (out) *out = found;
  return to_part(found.stack, 0.003 * traits.size);
}

TEST(CellLabels, ParityCarriesThroughAChain) {
  // 0 | 1 = 2 | 3: walls between 0-1 and 2-3, none between 1 and 2.
  double agreement = 0;
  const auto labels = label_cells(4, {{0, 1, 5}, {1, 2, -3}, {2, 3, 4}}, &agreement);
  EXPECT_EQ(labels, (std::vector<uint8_t>{0, 1, 1, 0}));
  EXPECT_DOUBLE_EQ(agreement, 1);
}

TEST(CellLabels, StrongEvidenceOutvotesWeak) {
  const auto labels = label_cells(3, {{0, 1, 10}, {0, 2, 10}, {1, 2, 1}});
  EXPECT_EQ(labels, (std::vector<uint8_t>{0, 1, 1}));
}

TEST(CellLabels, EvidenceGrowsWithPointsAndIsNegativeWithoutAny) {
  EXPECT_LT(wall_evidence(0, 20), -8);
  EXPECT_GT(wall_evidence(20, 20), 10);
  EXPECT_LT(wall_evidence(1, 20), 0);
  EXPECT_NEAR(wall_evidence(0, 0), 0, 1e-12);
}

TEST(Levels, SpikesStandOutOfWallsEvenWhenFew) {
  RandomStream random(1);
  std::vector<double> heights;
  for (int i = 0; i < 4000; ++i) heights.push_back(random.next_uniform(0, 100));
  for (int i = 0; i < 12; ++i) heights.push_back(37.5);
  for (int i = 0; i < 500; ++i) heights.push_back(0), heights.push_back(100);
  const auto levels = spike_levels(heights, 4e-4, 100);
  ASSERT_EQ(levels.size(), 3u);
  EXPECT_NEAR(levels[1].offset, 37.5, 1e-9);
}

TEST(CloudStack, PlateWithBoreAndSlotComesBackInOneStep) {
  const Part truth = test::plate();
  const auto points = test::surface_points(truth, 8000, 1);
  CloudStack found;
  const Part part = stack_of(points, {0, 0, 1}, &found);
  ASSERT_EQ(part.steps.size(), 1u);
  const auto& regions = part.steps[0].extrusion.profile.regions;
  ASSERT_EQ(regions.size(), 1u);
  ASSERT_EQ(regions[0].inner.size(), 2u);
  EXPECT_EQ(regions[0].outer.curves.size(), 4u);
  EXPECT_GT(test::overlap(truth, part, test::box_of(points)), 0.995);
  EXPECT_GT(found.explained, 0.99);
}

TEST(CloudStack, SteppedShaftIsThreeCylinders) {
  const Part truth = test::shaft();
  const auto points = test::surface_points(truth, 8000, 2);
  const Part part = stack_of(points, {0, 0, 1});
  ASSERT_EQ(part.steps.size(), 3u);
  for (const auto& s : part.steps) {
    const auto& curve = s.extrusion.profile.regions[0].outer.curves[0];
    EXPECT_EQ(curve.kind, part::Curve::Kind::kCircle);
    EXPECT_NEAR(norm(curve.mid - Vec2{3, 4}), 0, 0.05);
  }
}

TEST(CloudStack, AWallsEndIsALevelWhereItsCapIsTooSmallToShow) {
  using namespace part;
  const Part truth{{join(box({0, 0, 0}, {60, 40, 10})), join(box({5, 5, 10}, {30, 35, 40})),
                    join(box({50, 10, 10}, {54, 12, 25}))}};
  const Part part = stack_of(test::surface_points(truth, 4500, 12), {0, 0, 1});
  EXPECT_TRUE(test::inside(part, {51, 11, 20}));
  EXPECT_FALSE(test::inside(part, {51, 11, 32}));
}

TEST(CloudStack, NoiseOfHalfAPercentIsBorne) {
  const Part truth = test::plate();
  auto points = test::surface_points(truth, 8000, 3);
  RandomStream random(9);
  for (Vec3& p : points)
    p += Vec3{random.next_normal(), random.next_normal(), random.next_normal()} * 0.25;
  const Part part = stack_of(points, {0, 0, 1});
  EXPECT_GT(test::overlap(truth, part, test::box_of(points)), 0.93);
}

TEST(Zones, TwoAxesAreFoundAtOnce) {
  const Part truth = test::crossed();
  const auto points = test::surface_points(truth, 9000, 4);
  const auto traits = measure_cloud(points);
  const auto found = zone_part(points, {}, traits, cloud_stack_options(traits));
  EXPECT_EQ(found.part.steps.size(), 2u);
  EXPECT_GT(test::overlap(truth, found.part, test::box_of(points)), 0.99);
  EXPECT_LT(found.uncovered, 0.005);
}

TEST(Zones, AnInsideTestTakesThePlaceOfEvidence) {
  const Part truth = test::crossed();
  const auto points = test::surface_points(truth, 6000, 5);
  const auto traits = measure_cloud(points);
  const auto found =
      zone_part(points, {}, traits, cloud_stack_options(traits), [&](const std::vector<Vec3>& p) {
        std::vector<uint8_t> in;
        for (Vec3 q : p) in.push_back(test::inside(truth, q));
        return in;
      });
  EXPECT_GT(test::overlap(truth, found.part, test::box_of(points)), 0.99);
}

TEST(Propose, EveryShapeIsAmongTheProposalsAndTheBoxIsLast) {
  for (const Part& truth : {test::plate(), test::bracket(), test::shaft(), test::crossed()}) {
    cloud::PointCloud cloud;
    cloud.points = test::surface_points(truth, 8000, 6);
    const auto proposals = propose(cloud);
    ASSERT_GE(proposals.size(), 2u);
    double best = 0;
    for (const auto& p : proposals)
      best = std::max(best, test::overlap(truth, p.part, test::box_of(cloud.points), 30));
    EXPECT_GT(best, 0.99);
    EXPECT_EQ(proposals.back().how, "bounding box");
  }
}

TEST(Propose, ATurnedPartIsFoundInItsOwnFrame) {
  const Part truth = test::plate();
  cloud::PointCloud cloud;
  const Frame turned{{10, -20, 30}, normalized(Vec3{2, 1, 0.3}), {}};
  Frame frame = turned;
  frame.normal = normalized(cross(frame.x, Vec3{0.2, 0.1, 1}));
  frame.normal = normalized(cross(frame.x, frame.normal));
  for (Vec3 p : test::surface_points(truth, 8000, 7)) cloud.points.push_back(frame.to_world(p));
  Part placed = truth;
  placed.steps[0].extrusion.frame = frame;
  double best = 0;
  for (const auto& p : propose(cloud))
    best = std::max(best, test::overlap(placed, p.part, test::box_of(cloud.points), 30));
  EXPECT_GT(best, 0.97);
}

TEST(Propose, SameInputAndSeedSameParts) {
  cloud::PointCloud cloud;
  cloud.points = test::surface_points(test::crossed(), 5000, 8);
  const auto a = propose(cloud), b = propose(cloud);
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].part, b[i].part);
}

TEST(Propose, RefusesEmptyAndFlatInput) {
  EXPECT_ANY_THROW(propose(cloud::PointCloud{}));
  cloud::PointCloud flat;
  for (int i = 0; i < 100; ++i) flat.points.push_back({i * 0.1, i * i * 0.01, 0});
  EXPECT_ANY_THROW(propose(flat));
}

TEST(Propose, WeirdCloudsStillGetAnAnswer) {
  RandomStream random(11);
  for (int kind = 0; kind < 4; ++kind) {
    cloud::PointCloud cloud;
    for (int i = 0; i < (kind == 0 ? 5 : 600); ++i) {
      Vec3 p{random.next_uniform(), random.next_uniform(), random.next_uniform()};
      if (kind == 2) p = normalized(p - Vec3{0.5, 0.5, 0.5});  // a sphere
      if (kind == 3) p = {std::round(p.x * 3), std::round(p.y * 3), std::round(p.z * 3)};
      cloud.points.push_back(p);
    }
    EXPECT_FALSE(propose(cloud).empty());
  }
}

TEST(BlurredLevels, FacesFourDeviationsApartAreTwo) {
  RandomStream random(5);
  const auto normal = [&] {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += random.next_uniform();
    return sum;
  };
  std::vector<double> heights;
  for (int i = 0; i < 1500; ++i) heights.push_back(10 + 0.5 * normal());
  for (int i = 0; i < 900; ++i) heights.push_back(12 + 0.5 * normal());
  for (int i = 0; i < 2000; ++i) heights.push_back(random.next_uniform(0, 100));
  const auto levels = blurred_levels(heights, 0.5, 100);
  ASSERT_EQ(levels.size(), 2u);
  EXPECT_NEAR(levels[0].offset, 10, 0.1);
  EXPECT_NEAR(levels[1].offset, 12, 0.1);
  EXPECT_NEAR(levels[0].weight, 1500, 150);
  EXPECT_TRUE(blurred_levels({}, 0.5, 100).empty());
}

TEST(AlignLines, NearlySquareLinesBecomeSquareAndOthersStay) {
  const auto line = [](double degrees, double length) {
    PlaneCurve c;
    const double a = degrees * 3.14159265358979 / 180;
    c.line.normal = {std::cos(a), std::sin(a)};
    c.line.offset = 5;
    c.stretches = {{-length / 2, length / 2}};
    c.support = 50;
    return c;
  };
  std::vector<PlaneCurve> curves{line(10, 100), line(100.4, 20), line(40, 50)};
  align_lines(curves, 0.5);
  EXPECT_NEAR(dot(curves[0].line.normal, curves[1].line.normal), 0, 1e-9);
  EXPECT_NEAR(std::atan2(curves[2].line.normal.y, curves[2].line.normal.x), 0.69813, 1e-4);
}

}  // namespace
}  // namespace cadrecode::fit
