#include "evaluation/score/score.h"

#include <gtest/gtest.h>

#include "language/dialect/recognise.h"

namespace cadrecode::score {
namespace {

std::string box(double x, double y, double z) {
  return "import cadquery as cq\nr = cq.Workplane().box(" + std::to_string(x) + "," +
         std::to_string(y) + "," + std::to_string(z) + ")\n";
}

// The same box as triangles, somewhere else and of another size.
mesh::TriangleMesh box_mesh(double x, double y, double z) {
  mesh::TriangleMesh m;
  for (int i = 0; i < 8; ++i)
    m.vertices.push_back({7 + 3 * (i & 1 ? x : 0), 3 * (i & 2 ? y : 0), -3 * (i & 4 ? z : 0)});
  m.triangles = {{0, 1, 3}, {0, 3, 2}, {4, 7, 5}, {4, 6, 7}, {0, 5, 1}, {0, 4, 5},
                 {2, 3, 7}, {2, 7, 6}, {0, 2, 6}, {0, 6, 4}, {1, 5, 7}, {1, 7, 3}};
  return m;
}

std::shared_ptr<const std::vector<Vec3>> points_of(const std::string& code) {
  Scorer scorer({.threads = 1});
  const auto observed = scorer.observe({{{"", code}, 3}}, 256, 8192);
  EXPECT_FALSE(observed.at(0).failure);
  return observed.at(0).points;
}

TEST(Observe, FillsTheUnitBoxWithoutAKernel) {
  const auto points = points_of(box(40, 20, 10));
  ASSERT_EQ(points->size(), 256u);
  Box3 bounds;
  for (const Vec3& p : *points) bounds.add(p);
  EXPECT_NEAR(bounds.longest(), 2, 0.02);
  EXPECT_NEAR(bounds.hi.y - bounds.lo.y, 1, 0.02);
  EXPECT_NEAR(norm(bounds.center()), 0, 0.02);
  EXPECT_EQ(*points_of(box(40, 20, 10)), *points);
}

TEST(Misfit, PartsAndMeshesAgreeAndOrderAnswers) {
  const auto points = points_of(box(40, 20, 10));
  const auto part = [](double x, double y, double z) {
    return *dialect::recognise(box(x, y, z)).part;
  };
  const double right = misfit(part(80, 40, 20), *points, 1);  // size does not count
  const double off = misfit(part(40, 20, 12), *points, 1);
  const double wrong = misfit(part(40, 40, 40), *points, 1);
  EXPECT_LT(right, 0.5 * off);
  EXPECT_LT(off, 0.5 * wrong);
  EXPECT_NEAR(misfit(box_mesh(40, 20, 12), *points, 1), off, 0.15 * off);
  EXPECT_NEAR(misfit(box_mesh(40, 40, 40), *points, 1), wrong, 0.05 * wrong);
}

TEST(Score, SeveralProtocolsInOneRow) {
  Settings settings;
  settings.protocols = {"cadrecode", "fixed-scale", "opencadrecode"};
  settings.threads = 1, settings.points = 1024, settings.no_excess = true;
  Scorer scorer(settings);
  const auto rows = scorer.score(
      {{"p", {"", box(200, 100, 100)}, {"", box(100, 50, 50)}, 5, points_of(box(200, 100, 100))}});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_NEAR(rows[0]["iou"].get<double>(), 1, 1e-9);  // own boxes
  EXPECT_GT(rows[0]["fixed-scale"]["cd"].get<double>(), 10);
  EXPECT_NEAR(rows[0]["opencadrecode"]["iou"].get<double>(), 1, 1e-9);
  EXPECT_TRUE(rows[0].contains("misfit"));
}

TEST(Score, SeedsOfRowsDiffer) {
  EXPECT_NE(row_seed(0, "a"), row_seed(0, "b"));
  EXPECT_EQ(row_seed(7, "a"), row_seed(7, "a"));
}

}  // namespace
}  // namespace cadrecode::score
