// Parts by the analytic engine, beside the same shapes as meshes; the
// construction sequence's accuracy.
#include <gtest/gtest.h>

#include <cmath>

#include "evaluation/metric/commands.h"
#include "evaluation/metric/frame.h"
#include "evaluation/metric/official.h"
#include "evaluation/metric/peer.h"
#include "geometry/part/build.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"

namespace cadrecode::metric {
namespace {

using namespace part;

Part plate(double height = 10, double hole = 8) {
  return {{join({{}, profile(rectangle({}, 100, 60)), 0, height}),
           cut({{}, profile(circle({20, 5}, hole)), -1, height + 1})}};
}

mesh::TriangleMesh box_mesh(Vec3 size) {
  mesh::TriangleMesh m;
  for (int i = 0; i < 8; ++i)
    m.vertices.push_back({i & 1 ? size.x : 0, i & 2 ? size.y : 0, i & 4 ? size.z : 0});
  m.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                 {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  return m;
}

TEST(OfficialOfParts, OwnBoxesAreBroughtTogether) {
  const Part a = plate();
  Motion motion;
  motion.scale = 3, motion.frame.origin = {7, -8, 9};
  const OfficialScores s = official_scores(a, moved(a, motion));
  ASSERT_TRUE(s.cd && s.iou && s.excess_cd);
  EXPECT_NEAR(*s.iou, 1, 1e-9);
  EXPECT_LT(std::abs(*s.excess_cd), 0.02);
  EXPECT_FALSE(s.iou_official);
}

TEST(OfficialOfParts, FixedScaleSeesSizeAndPlace) {
  OfficialOptions options;
  options.fixed_scale = true;
  // what fills raw100 is already where the fixed map puts it
  const Part full{{join(box({-100, -100, -100}, {100, 100, 100}))}};
  EXPECT_NEAR(*official_scores(full, full, options).iou, 1, 1e-12);
  EXPECT_NEAR(*official_scores(full, scaled(full, 0.5), options).iou, 0.125, 1e-9);
}

TEST(OfficialOfParts, KnownOverlapAndDistance) {
  const Part a{{join(box({0, 0, 0}, {2, 1, 1}))}}, b{{join(box({0, 0, 0}, {2, 1, 0.5}))}};
  const OfficialScores s = official_scores(a, b);
  // brought together by the boxes' centres: b lies within a
  EXPECT_NEAR(*s.iou, 0.5, 1e-12);
  const OfficialScores m = official_scores(box_mesh({2, 1, 1}), box_mesh({2, 1, 0.5}));
  EXPECT_NEAR(*m.iou, 0.5, 1e-3);
  EXPECT_NEAR(*s.cd / *m.cd, 1, 0.03);
}

TEST(OfficialOfParts, SeedsAndExcess) {
  OfficialOptions options;
  const Part a = plate(), b = plate(12);
  const double first = *official_scores(a, b, options).cd;
  EXPECT_EQ(first, *official_scores(a, b, options).cd);
  options.seed = 1;
  EXPECT_NE(first, *official_scores(a, b, options).cd);
  options.excess = false;
  EXPECT_FALSE(official_scores(a, b, options).excess_cd);
}

TEST(PeerOfParts, AlignmentTurnsAPartBack) {
  const Part a{{join(box({0, 0, 0}, {40, 20, 10})), join(box({0, 0, 0}, {10, 10, 30}))}};
  Motion turn;
  turn.frame.x = {0, 1, 0}, turn.frame.normal = {0, 0, 1};
  PeerOptions options;
  options.points = 1000, options.earth_mover = false;
  const PeerScores turned = peer_scores(a, moved(a, turn), options);
  options.align = true;
  const PeerScores aligned = peer_scores(a, moved(a, turn), options);
  EXPECT_FALSE(turned.aligned);
  EXPECT_TRUE(aligned.aligned);
  EXPECT_LT(*aligned.chamfer_distance, *turned.chamfer_distance);
  EXPECT_LT(*turned.iou, 0.7);
  EXPECT_GT(*aligned.iou, 0.98);
}

TEST(Commands, TheSequenceOfAPlateWithAHole) {
  const Part part{{join({{}, profile(rectangle({0, 0}, 64, 32), {circle({0, 0}, 8)}), 0, 16})}};
  const std::vector<Command> c = commands(part, 32);
  using T = Command::Type;
  std::vector<T> types;
  for (const Command& x : c) types.push_back(x.type);
  EXPECT_EQ(types, (std::vector<T>{T::kLoop, T::kLine, T::kLine, T::kLine, T::kLine, T::kLoop,
                                   T::kCircle, T::kExtrude, T::kEnd}));
  // the first corner (-32, -16) at (128, 128), reach 64 at 95 levels
  EXPECT_EQ(c[1].parameter[0], 128 + 95);
  EXPECT_EQ(c[1].parameter[1], 128);
  EXPECT_EQ(c[6].parameter[0], 128 + 48);  // 32 * 95 / 64, rounded
  EXPECT_EQ(c[6].parameter[2], 12);        // 8 * 95 / 64
  const Command& e = c[7];                 // scale 0.75 / 32
  EXPECT_EQ(e.parameter[3], 32);           // -0.75 in 256 levels of [-1, 1]
  EXPECT_EQ(e.parameter[4], 80);           // -0.375
  EXPECT_EQ(e.parameter[6], 192);          // 64 * 0.75 / 32 = 1.5 of 2
  EXPECT_EQ(e.parameter[7], 176);          // 16 -> 0.375
  EXPECT_EQ(e.parameter[9], 0);            // a new body
}

TEST(Commands, EqualPartsScoreOneHoweverWritten) {
  const Part a = plate();
  Part b = a;
  b.steps[0].extrusion =
      extrude(named_plane("XY", {0, 0, 10}), profile(reversed(rectangle({}, 100, 60))), -10);
  const CommandAccuracy same = command_accuracy(a, b);
  EXPECT_EQ(same.command, 1);
  EXPECT_EQ(*same.parameter, 1);
}

TEST(Commands, WhatDiffersCounts) {
  const Part a = plate();
  Part shorter = a;
  shorter.steps.pop_back();
  // SOL L L L L Ext | SOL C Ext EOS: the prediction ends after six, its EOS is no SOL
  EXPECT_DOUBLE_EQ(command_accuracy(a, shorter).command, 0.6);
  EXPECT_DOUBLE_EQ(*command_accuracy(a, shorter).parameter, 1);
  Part joined = a;
  joined.steps[1].operation = Operation::kJoin;
  EXPECT_EQ(command_accuracy(a, joined).command, 1);
  EXPECT_DOUBLE_EQ(*command_accuracy(a, joined).parameter, 1 - 1.0 / (8 + 11 + 3 + 11));
  // 2 levels of 256 are let pass, 8 are not
  EXPECT_EQ(*command_accuracy(a, plate(10, 8.3)).parameter, 1);
  EXPECT_LT(*command_accuracy(a, plate(14)).parameter, 1);
  Part none{{join({{}, profile(circle({}, 50)), 0, 10})}};
  const Part arcs{{join(
      {{},
       profile({{Curve::arc({-50, 0}, {0, -50}, {50, 0}), Curve::arc({50, 0}, {0, 50}, {-50, 0})}}),
       0,
       10})}};
  const CommandAccuracy nothing = command_accuracy(none, arcs);
  EXPECT_FALSE(nothing.parameter);
  EXPECT_FALSE(nothing.reason.empty());
}

}  // namespace
}  // namespace cadrecode::metric
