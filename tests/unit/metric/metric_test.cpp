#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "evaluation/metric/align.h"
#include "evaluation/metric/bodies.h"
#include "evaluation/metric/official.h"
#include "evaluation/metric/peer.h"
#include "evaluation/metric/summary.h"
#include "evaluation/metric/transport.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"

namespace cadrecode::metric {
namespace {

mesh::TriangleMesh box(Vec3 lo, Vec3 hi) {
  mesh::TriangleMesh m;
  for (int i = 0; i < 8; ++i)
    m.vertices.push_back({i & 1 ? hi.x : lo.x, i & 2 ? hi.y : lo.y, i & 4 ? hi.z : lo.z});
  m.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                 {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  return m;
}

mesh::TriangleMesh joined(mesh::TriangleMesh a, const mesh::TriangleMesh& b) {
  uint32_t base = static_cast<uint32_t>(a.vertices.size());
  a.vertices.insert(a.vertices.end(), b.vertices.begin(), b.vertices.end());
  for (auto t : b.triangles) a.triangles.push_back({t[0] + base, t[1] + base, t[2] + base});
  return a;
}

TEST(Official, EqualShapesHaveOnlySamplingNoise) {
  auto part = box({-100, -50, 0}, {100, 50, 30});
  OfficialScores s = official_scores(part, part);
  ASSERT_TRUE(s.cd && s.iou && s.iou_official && s.excess_cd);
  EXPECT_GT(*s.cd, 0);
  EXPECT_LT(*s.cd, 0.3);
  EXPECT_LT(std::abs(*s.excess_cd), 0.02);
  EXPECT_NEAR(*s.iou, 1, 1e-6);
  EXPECT_NEAR(*s.iou_official, 1, 1e-6);
}

TEST(Official, OwnBoxErasesScaleAndFixedScaleDoesNot) {
  auto truth = box({-100, -100, -100}, {100, 100, 100});
  auto half = box({-50, -50, -50}, {50, 50, 50});
  EXPECT_NEAR(*official_scores(truth, half).iou, 1, 1e-6);
  OfficialOptions fixed;
  fixed.fixed_scale = true;
  EXPECT_NEAR(*official_scores(truth, half, fixed).iou, 0.125, 1e-3);
}

TEST(Official, KnownOverlap) {
  // Same box outside, so the frames agree; the prediction lacks half its height
  // except for a thin wall that keeps the box.
  auto truth = box({0, 0, 0}, {1, 1, 1});
  auto prediction = joined(box({0, 0, 0}, {1, 1, 0.5}), box({0, 0, 0.5}, {0.1, 1, 1}));
  OfficialScores s = official_scores(truth, prediction);
  EXPECT_NEAR(*s.iou, 0.55, 2e-3);
}

TEST(Official, OpenMeshHasNoVolumeAndSaysWhy) {
  auto truth = box({0, 0, 0}, {1, 1, 1});
  auto open = truth;
  open.triangles.resize(8);
  OfficialScores s = official_scores(truth, open);
  EXPECT_TRUE(s.cd);
  EXPECT_FALSE(s.iou);
  EXPECT_FALSE(s.reason.empty());
  EXPECT_FALSE(official_scores(truth, {}).cd);
}

TEST(Bodies, KeepsClosedOnesAndFillsOneTriangle) {
  auto two = joined(box({0, 0, 0}, {1, 1, 1}), box({2, 0, 0}, {3, 1, 1}));
  EXPECT_EQ(watertight_bodies(two).size(), 2u);
  auto holed = two;
  holed.triangles.pop_back();  // a triangle hole is filled
  auto bodies = watertight_bodies(holed);
  ASSERT_EQ(bodies.size(), 2u);
  EXPECT_NEAR(mesh::volume(bodies[1]), 1, 1e-12);
  holed.triangles.resize(holed.triangles.size() - 5);  // three faces gone: too large a hole
  EXPECT_EQ(watertight_bodies(holed).size(), 1u);
}

TEST(Transport, MatchesByHand) {
  std::vector<Vec3> a = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}, b = {{3, 0, 0}, {1, 0, 0}, {2, 0, 0}};
  EXPECT_NEAR(earth_mover_distance(a, b), 1, 1e-9);
  EXPECT_NEAR(earth_mover_distance(a, a), 0, 1e-12);
  EXPECT_THROW(earth_mover_distance(a, {}), Error);
}

TEST(Peer, AlignmentOnlyIfItHelps) {
  auto truth = box({0, 0, 0}, {3, 2, 1});
  PeerOptions options;
  options.points = 400;
  options.align = true;
  options.earth_mover = false;
  PeerScores turned = peer_scores(truth, box({0, 0, 0}, {2, 3, 1}), options);
  EXPECT_TRUE(turned.aligned);
  EXPECT_GT(*turned.iou, 0.97);
  options.align = false;
  PeerScores still = peer_scores(truth, box({0, 0, 0}, {2, 3, 1}), options);
  EXPECT_LT(*still.iou, 0.6);
  EXPECT_GT(*still.chamfer_distance, *turned.chamfer_distance);
}

TEST(Peer, EqualShapes) {
  auto part = box({0, 0, 0}, {3, 2, 1});
  PeerOptions options;
  options.points = 500;
  PeerScores s = peer_scores(part, part, options);
  EXPECT_LT(*s.chamfer_distance, 0.05);
  EXPECT_LT(*s.earth_mover_distance, 0.1);
  EXPECT_GE(*s.hausdorff_distance, *s.rms_error);
  EXPECT_GT(*s.normal_consistency, 0.9);
  EXPECT_NEAR(*s.iou, 1, 1e-6);
}

TEST(Summary, BestOfKIsAnOracleAndMissingIsInvalid) {
  std::vector<PartScore> parts = {{"a", {{0.5, 0.8, 0.8}, {0.2, 0.7, 0.6}}},
                                  {"b", {{std::nullopt, std::nullopt, std::nullopt}}},
                                  {"c", {}},
                                  {"d", {{4.0, 0.1, 0.1}}}};
  Summary s = summarize(parts);
  EXPECT_EQ(s.parts, 4u);
  EXPECT_EQ(s.invalid, 2u);
  EXPECT_DOUBLE_EQ(s.invalid_ratio, 0.5);
  EXPECT_DOUBLE_EQ(*s.mean_cd, 2.1);
  EXPECT_DOUBLE_EQ(*s.mean_iou, 0.45);      // 0.8 and 0.1
  EXPECT_DOUBLE_EQ(*s.mean_iou_same, 0.4);  // 0.7 and 0.1
  EXPECT_DOUBLE_EQ(*s.sweep[1].mean_cd, 0.2);
  EXPECT_DOUBLE_EQ(s.sweep[1].invalid_ratio, 0.75);
  EXPECT_FALSE(s.sweep[4].mean_cd);
  EXPECT_EQ(best_of(parts[0]).candidate, 1);
}

TEST(Summary, Median) {
  EXPECT_FALSE(median({}));
  EXPECT_DOUBLE_EQ(*median({3, 1, 2}), 2);
  EXPECT_DOUBLE_EQ(*median({4, 1, 2, 3}), 2.5);
}

}  // namespace
}  // namespace cadrecode::metric
