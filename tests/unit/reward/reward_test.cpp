#include "learning/reward/reward.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace cadrecode::reward {
namespace {

const std::string kHead = "import cadquery as cq\nw0=cq.Workplane('XY',origin=(0,0,0))\n";

std::string box(double x, double y, double z) {
  return kHead + "r=w0.box(" + std::to_string(x) + "," + std::to_string(y) + "," +
         std::to_string(z) + ")";
}

part::Part part_of(const std::string& program) { return attempt(program).part; }

TEST(Attempt, NamesWhyNot) {
  EXPECT_EQ(attempt(box(1, 2, 3)).outcome, Outcome::kValid);
  EXPECT_EQ(attempt("r=(").outcome, Outcome::kSyntax);
  EXPECT_EQ(attempt(kHead + "r=w0.box(1,2,3).fillet(0.1)").outcome, Outcome::kBeyond);
  const Attempt crossing =
      attempt(kHead +
              "r=w0.sketch().segment((0,0),(9,9)).segment((9,0)).segment((0,9)).close().assemble()"
              ".finalize().extrude(5)");
  EXPECT_EQ(crossing.outcome, Outcome::kInvalid);
  EXPECT_FALSE(crossing.reason.empty());
  EXPECT_EQ(attempt("").outcome == Outcome::kValid, false);
}

TEST(Worth, IsTheOverlapOfVolumes) {
  const Target target(part_of(box(10, 10, 10)));
  EXPECT_DOUBLE_EQ(worth(box(10, 10, 10), target).iou, 1);
  EXPECT_NEAR(worth(box(10, 10, 5), target).iou, 0.5, 1e-12);
  EXPECT_EQ(worth("nonsense(", target).iou, 0);
  EXPECT_DOUBLE_EQ(reward(worth(box(10, 10, 5), target)), 5);
  EXPECT_DOUBLE_EQ(reward(worth("nonsense(", target)), -10);
}

// A shell thinner than the target's wall has its points near the target's
// surface, and must not be worth much for it.
TEST(Worth, ThinWallsDoNotCheat) {
  const Target target(part_of(box(10, 10, 10)));
  const std::string shell = kHead + "r=w0.box(10,10,10).cut(w0.box(9.9,9.9,9.9))";
  ASSERT_EQ(attempt(shell).outcome, Outcome::kValid) << attempt(shell).reason;
  EXPECT_LT(worth(shell, target).iou, 0.04);
}

TEST(Worths, DoNotDependOnThreads) {
  const Target a(part_of(box(10, 10, 10))), b(part_of(box(3, 4, 5)));
  std::vector<std::string> programs;
  std::vector<const Target*> targets;
  for (int i = 1; i < 40; ++i) {
    programs.push_back(i % 7 ? box(i, 5, 4) : "broken(");
    targets.push_back(i % 2 ? &a : &b);
  }
  const auto one = worths(programs, targets, 1), four = worths(programs, targets, 4);
  for (size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].outcome, four[i].outcome);
    EXPECT_EQ(one[i].iou, four[i].iou);
  }
  targets.pop_back();
  EXPECT_THROW(worths(programs, targets, 1), Error);
}

TEST(Advantages, KeepTheLargest) {
  const std::vector<double> rewards = {1, 2, 3, -10};  // mean -1
  EXPECT_EQ(advantages(rewards, 4), (std::vector<double>{2, 3, 4, -9}));
  EXPECT_EQ(advantages(rewards, 2), (std::vector<double>{0, 0, 4, -9}));
  EXPECT_EQ(advantages(std::vector<double>{5, 5, 5}, 2), (std::vector<double>{0, 0, 0}));
  EXPECT_TRUE(advantages({}, 2).empty());
}

TEST(Choose, TheOneThatExplainsThePoints) {
  const prism::Solid truth(part_of(box(10, 20, 30)));
  const auto points = prism::sample_surface(truth, 256, 7).points;
  const std::vector<std::string> programs = {"broken(", box(10, 20, 29), box(10, 20, 30),
                                             box(30, 20, 10)};
  const Choice choice = choose(programs, points, 1);
  EXPECT_EQ(choice.index, 2);
  EXPECT_LT(choice.misfit, misfit(prism::Solid(part_of(box(10, 20, 29))), points, 1));
  EXPECT_EQ(choose(std::vector<std::string>{"broken("}, points, 1).index, -1);
}

// Material where no point lies must cost, though every point is on the surface.
TEST(Misfit, SeesWhatThePointsDoNotReach) {
  const prism::Solid plain(part_of(box(10, 20, 30)));
  const auto points = prism::sample_surface(plain, 256, 7).points;
  const prism::Solid more(
      part_of(kHead + "r=w0.box(10,20,30).union(w0.workplane(offset=40).box(10,20,30))"));
  EXPECT_GT(misfit(more, points, 1), 10 * misfit(plain, points, 1) + 1);
}

}  // namespace
}  // namespace cadrecode::reward
