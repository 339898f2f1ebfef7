// Meshes of known parts, and the pieces that take them apart.
#include <gtest/gtest.h>

#include "geometry/part/canonical.h"
#include "pipeline/fit/directions.h"
#include "pipeline/fit/levels.h"
#include "pipeline/fit/mesh_stack.h"
#include "pipeline/fit/propose.h"
#include "pipeline/fit/sound.h"
#include "pipeline/fit/ties.h"
#include "unit/fit/shapes.h"

namespace cadrecode::fit {
namespace {

using part::Curve;
using part::Part;

Frame tilted() {
  Frame f;
  f.origin = {5, -3, 8};
  f.x = normalized(Vec3{2, 1, -0.4});
  f.normal = normalized(cross(f.x, Vec3{0.3, 1, 0.2}));
  return f;
}

TEST(MeshLevels, FlatFacesAndExtremes) {
  const auto m = test::prism_mesh({{0, 0}, {10, 0}, {10, 6}, {0, 6}}, {5, 3}, 2, 9);
  const auto z = mesh_levels(m, {0, 0, 1}, 1e-3);
  ASSERT_EQ(z.size(), 2u);
  EXPECT_NEAR(z[0].offset, 2, 1e-12);
  EXPECT_NEAR(z[1].weight, 60, 1e-9);
  const Vec3 oblique = normalized(Vec3{1, 1, 1});
  for (const Level& l : mesh_levels(m, oblique, 1e-3)) EXPECT_EQ(l.weight, 0);
}

TEST(Cluster, CutsAtGapsAndAveragesByWeight) {
  const auto c = cluster({{1.0, 1}, {1.1, 3}, {5.0, 2}}, 0.5);
  ASSERT_EQ(c.size(), 2u);
  EXPECT_NEAR(c[0].offset, 1.075, 1e-12);
  EXPECT_DOUBLE_EQ(c[0].weight, 4);
}

TEST(MeshDirections, ExtrusionDirectionComesFirst) {
  auto m = test::prism_mesh(test::circle_corners(10, 40), {0, 0}, 0, 30);
  EXPECT_EQ(mesh_directions(m, 4).front().axis, (Vec3{0, 0, 1}));
  EXPECT_NEAR(mesh_directions(m, 4).front().share, 1, 1e-9);
  const Frame f = tilted();
  test::turn(m, f);
  EXPECT_LT(norm(cross(mesh_directions(m, 4).front().axis, f.normal)), 1e-6);
}

TEST(MeshStack, WasherIsTwoCirclesOfTheVertices) {
  const auto m = test::washer_mesh(4, 10, 32, 0, 3);
  const auto found = mesh_stack(m, frame_along({0, 0, 1}), {});
  EXPECT_EQ(found.varying, 0);
  ASSERT_EQ(found.stack.slabs.size(), 1u);
  const Part p = to_part(found.stack, 1e-3);
  ASSERT_EQ(p.steps.size(), 1u);
  const auto& region = p.steps[0].extrusion.profile.regions.at(0);
  ASSERT_EQ(region.inner.size(), 1u);
  EXPECT_NEAR(region.outer.curves[0].radius, 10, 1e-6);
  EXPECT_NEAR(region.inner[0].curves[0].radius, 4, 1e-6);
}

TEST(MeshStack, AConeIsHalvedAndSaidToVary) {
  mesh::TriangleMesh cone = test::prism_mesh(test::circle_corners(10, 40), {0, 0}, 0, 12);
  for (size_t i = 40; i < 80; ++i) cone.vertices[i].x *= 0.4, cone.vertices[i].y *= 0.4;
  const auto found = mesh_stack(cone, frame_along({0, 0, 1}), {});
  EXPECT_GT(found.stack.slabs.size(), 4u);
  EXPECT_GT(found.varying, 0.9);
}

TEST(ToPart, BlindHoleIsOneJoinAndOneCut) {
  Stack stack;
  const part::Loop outer = part::rectangle({0, 0}, 20, 10), hole = part::circle({3, 0}, 2);
  stack.slabs = {{0, 4, {{outer, {}}}}, {4, 10, {{outer, {hole}}}}};
  const Part p = to_part(stack, 1e-3);
  ASSERT_EQ(p.steps.size(), 2u);
  EXPECT_EQ(p.steps[0].operation, part::Operation::kJoin);
  EXPECT_EQ(p.steps[0].extrusion.end, 10);
  EXPECT_EQ(p.steps[1].operation, part::Operation::kCut);
  EXPECT_EQ(p.steps[1].extrusion.start, 4);
}

TEST(ToPart, IslandsComeAfterTheCutRoundThem) {
  Stack stack;
  const part::Loop outer = part::rectangle({0, 0}, 20, 20), hole = part::circle({0, 0}, 6),
                   island = part::circle({0, 0}, 2);
  stack.slabs = {{0, 4, {{outer, {}}}}, {4, 10, {{outer, {hole}}, {island, {}}}}};
  const Part p = to_part(stack, 1e-3);
  EXPECT_TRUE(test::inside(p, {0, 0, 8}));
  EXPECT_FALSE(test::inside(p, {4, 0, 8}));
  EXPECT_TRUE(test::inside(p, {8, 0, 8}));
  EXPECT_TRUE(test::inside(p, {4, 0, 2}));
}

TEST(Sound, AHoleThatCrossesItsOutlineBecomesACut) {
  part::Profile profile = part::profile(part::rectangle({0, 0}, 20, 20), {part::circle({6, 0}, 5)});
  ASSERT_FALSE(part::check(profile).ok());
  const Part p = sound({{part::join(part::extrude({}, profile, 5))}}, 1e-3);
  ASSERT_EQ(p.steps.size(), 2u);
  for (const auto& s : p.steps) EXPECT_TRUE(part::check(s.extrusion.profile).ok());
  EXPECT_FALSE(test::inside(p, {6, 0, 2}));
  EXPECT_TRUE(test::inside(p, {-5, 0, 2}));
}

TEST(MeshStack, LeaningWallTrianglesDoNotHideACircle) {
  // A cylinder whose upper ring is turned by half a facet against the lower.
  mesh::TriangleMesh m = test::prism_mesh(test::circle_corners(10, 24), {0, 0}, 0, 8);
  for (size_t i = 24; i < 48; ++i) {
    const double a = part::kPi * (2 * static_cast<double>(i - 24) + 1) / 24;
    m.vertices[i] = {10 * std::cos(a), 10 * std::sin(a), 8};
  }
  const Part p = to_part(mesh_stack(m, frame_along({0, 0, 1}), {.tolerance = 2e-3}).stack, 1e-2);
  ASSERT_EQ(p.steps.size(), 1u);
  const auto& outer = p.steps[0].extrusion.profile.regions[0].outer;
  ASSERT_EQ(outer.curves.size(), 1u);
  EXPECT_NEAR(outer.curves[0].radius, 10, 1e-3);
}

TEST(Tied, AnArcBesideACircleTakesItsCentreAndRadius) {
  // A key-hole outline over a boss: its arc misses the boss's circle by a hair.
  const part::Loop keyhole{{Curve::arc({-3, -4.0001}, {0.0001, 5.0002}, {3.0001, -4}),
                            Curve::line({3.0001, -4}, {3, -12}), Curve::line({3, -12}, {-3, -12}),
                            Curve::line({-3, -12}, {-3, -4.0001})}};
  Part p{{part::join({{}, part::profile(part::circle({0, 0}, 5)), 0, 4}),
          part::join({{}, part::profile(keyhole), 4, 6})}};
  p = tied(p, 1e-3);
  const auto& curves = p.steps[1].extrusion.profile.regions[0].outer.curves;
  for (Vec2 q : {curves[0].start, curves[0].mid, curves[0].end}) EXPECT_NEAR(norm(q), 5, 1e-12);
  for (size_t i = 0; i < curves.size(); ++i)
    EXPECT_EQ(curves[i].end, curves[(i + 1) % curves.size()].start);
}

TEST(ProposeMesh, TiltedBracketIsOneStepInItsOwnFrame) {
  auto m = test::prism_mesh({{0, 0}, {60, 0}, {60, 8}, {8, 8}, {8, 50}, {0, 50}}, {4, 4}, 0, 30);
  const Frame f = tilted();
  test::turn(m, f);
  const auto best = propose(m).front();
  ASSERT_EQ(best.part.steps.size(), 1u);
  const auto& e = best.part.steps[0].extrusion;
  EXPECT_LT(norm(cross(e.frame.normal, f.normal)), 1e-6);
  EXPECT_EQ(e.profile.regions[0].outer.curves.size(), 6u);
  EXPECT_NEAR(part::area(e.profile) * (e.end - e.start), (60 * 8 + 8 * 42) * 30.0, 1e-3);
}

TEST(ProposeMesh, ABoxIsTheOnlyAnswerLeftForNoise) {
  mesh::TriangleMesh soup;
  RandomStream random(2);
  for (uint32_t i = 0; i < 60; ++i) {
    for (int k = 0; k < 3; ++k)
      soup.vertices.push_back(
          {random.next_uniform(), random.next_uniform(), random.next_uniform()});
    soup.triangles.push_back({3 * i, 3 * i + 1, 3 * i + 2});
  }
  const auto proposals = propose(soup);
  ASSERT_FALSE(proposals.empty());
  EXPECT_EQ(proposals.back().how, "bounding box");
}

// A plate whose upper rim slopes: slab by slab it is many steps, as one sketch
// it is what its maker drew, holes and all.
TEST(Propose, AChamferedPlateIsOfferedAsOneSketch) {
  auto m = test::washer_mesh(8, 30, 64, 0, 10);
  // Another ring of vertices: the outer wall ends 1 below the top.
  for (Vec3& v : m.vertices)
    if (v.z > 9 && norm(Vec2{v.x, v.y}) > 29) v = {v.x * 29 / 30, v.y * 29 / 30, v.z};
  const auto list = propose(m);
  const bool one = std::any_of(list.begin(), list.end(), [](const Proposal& p) {
    return p.part.steps.size() == 1 && p.part.steps[0].extrusion.profile.regions.size() == 1 &&
           p.part.steps[0].extrusion.profile.regions[0].inner.size() == 1;
  });
  EXPECT_TRUE(one);
}

}  // namespace
}  // namespace cadrecode::fit
