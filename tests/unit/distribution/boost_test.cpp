#include "evaluation/distribution/boost.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"
#include "evaluation/distribution/compare.h"
#include "evaluation/distribution/features.h"
#include "evaluation/distribution/report.h"

namespace cadrecode::distribution {
namespace {

TEST(Auc, CountsPairs) {
  EXPECT_EQ(auc({1, 2, 3, 4}, {0, 0, 1, 1}), 1);
  EXPECT_EQ(auc({4, 3, 2, 1}, {0, 0, 1, 1}), 0);
  EXPECT_EQ(auc({1, 1, 1, 1}, {0, 1, 0, 1}), 0.5);
  EXPECT_EQ(auc({1, 2, 2, 3}, {0, 1, 0, 1}), 0.875);
}

// Rows of noise, but for the class's trace in one or two features.
Matrix noise(size_t rows, size_t features, uint64_t seed) {
  RandomStream random(seed);
  Matrix out(rows, std::vector<double>(features));
  for (auto& row : out) {
    for (double& v : row) v = random.next_normal();
  }
  return out;
}

TEST(TellApart, FindsNothingInNoise) {
  const TwoSample t = tell_apart(noise(600, 8, 1), noise(600, 8, 2));
  EXPECT_NEAR(t.auc, 0.5, 0.05);
  EXPECT_EQ(t.fold_auc.size(), 5u);
}

TEST(TellApart, NamesTheFeatureThatTells) {
  const Matrix a = noise(600, 8, 1);
  Matrix b = noise(500, 8, 2);
  for (auto& row : b) row[5] += 1.5;
  const TwoSample t = tell_apart(a, b);
  EXPECT_NEAR(t.auc, 0.856, 0.03);  // Phi(1.5 / sqrt 2)
  EXPECT_EQ(t.features[0].feature, 5u);
  EXPECT_NEAR(t.features[0].ks, 0.547, 0.07);  // 2 Phi(0.75) - 1
}

TEST(Boost, LearnsAnInteraction) {
  const Matrix rows = noise(2000, 4, 3), fresh = noise(1000, 4, 4);
  const auto labels_of = [](const Matrix& m) {
    std::vector<uint8_t> out;
    for (const auto& r : m) out.push_back((r[0] > 0) != (r[2] > 0.3));
    return out;
  };
  const Boost model(rows, labels_of(rows));
  std::vector<double> scores;
  for (const auto& r : fresh) scores.push_back(model.score(r));
  EXPECT_GT(auc(scores, labels_of(fresh)), 0.97);
  EXPECT_GT(model.gains()[0] + model.gains()[2], 5 * (model.gains()[1] + model.gains()[3]));
}

TEST(Boost, RefusesOneClass) {
  EXPECT_THROW(Boost({{1.0}, {2.0}}, {1, 1}), Error);
  EXPECT_THROW(tell_apart(noise(5, 2, 1), noise(50, 2, 1)), Error);
}

TEST(Ks, OfSmallSets) {
  EXPECT_EQ(ks_distance({1, 2, 3}, {1, 2, 3}), 0);
  EXPECT_EQ(ks_distance({1, 2}, {3, 4}), 1);
  EXPECT_EQ(ks_distance({1, 1, 2, 2}, {1, 2, 2, 2}), 0.25);
  EXPECT_EQ(quantile({1, 2, 3, 4}, 0.5), 2.5);
}

constexpr const char* kPlate =
    "import cadquery as cq\nw0=cq.Workplane('YZ',origin=(-91,0,0))\n"
    "w1=cq.Workplane('ZX',origin=(0,7,0))\n"
    "r=w0.sketch().circle(60).push([(4,5)]).rect(6,8,mode='s').finalize().extrude(-9)"
    ".union(w1.workplane(offset=20/2).moveTo(1,2).box(10,4,20))";

double value(const std::vector<double>& row, const std::string& name) {
  for (size_t f = 0; f < features().size(); ++f) {
    if (features()[f].name == name) return row[f];
  }
  ADD_FAILURE() << name;
  return 0;
}

TEST(Features, OfOneProgram) {
  EXPECT_GE(features().size(), 30u);
  const auto row = measure(kPlate);
  ASSERT_TRUE(row);
  ASSERT_EQ(row->size(), features().size());
  EXPECT_EQ(value(*row, "planes"), 2);
  EXPECT_EQ(value(*row, "plane_first"), 1);
  EXPECT_EQ(value(*row, "origin_first"), -91);
  EXPECT_EQ(value(*row, "origin_last"), 7);
  EXPECT_EQ(value(*row, "steps"), 2);
  EXPECT_EQ(value(*row, "boxes"), 1);
  EXPECT_EQ(value(*row, "backward"), 1);
  EXPECT_EQ(value(*row, "holes"), 1);
  EXPECT_EQ(value(*row, "hole_least"), 6);
  EXPECT_EQ(value(*row, "radius_most"), 60);
  EXPECT_EQ(value(*row, "arcs"), 0);
  EXPECT_EQ(value(*row, "sweep_mean"), -1);
  EXPECT_EQ(value(*row, "height_most"), 20);
}

TEST(Features, OutsideTheDialectIsNoRow) {
  EXPECT_FALSE(measure("import cadquery as cq\nr=cq.Workplane().sphere(3)"));
  EXPECT_FALSE(measure("this is no program ("));
  EXPECT_FALSE(measure(""));
}

TEST(Report, TableAndPage) {
  const Matrix rows(20, *measure(kPlate));
  const std::vector<Described> sets = {{"a<b", rows, 1}, {"c", rows, 0}};
  const TwoSample told = tell_apart(rows, rows);
  EXPECT_NE(table(sets, &told).find("AUC of a classifier"), std::string::npos);
  EXPECT_NE(table({sets[0]}, nullptr).find("chars"), std::string::npos);
  const std::string csv = features_csv(sets, told);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 41);
  EXPECT_EQ(csv.find("nan"), std::string::npos);
  const std::string html = page(sets, &told);
  EXPECT_EQ(html.find("a<b"), std::string::npos);
  EXPECT_EQ(html.find("nan"), std::string::npos);
  EXPECT_EQ(html.find("http"), std::string::npos);
}

TEST(Histogram, SharesAddUp) {
  const Histogram few = histogram({{1, 1, 2}, {5}});
  EXPECT_TRUE(few.discrete);
  EXPECT_EQ(few.shares[1], (std::vector<double>{0, 0, 1}));
  std::vector<double> many;
  for (int i = 0; i < 1000; ++i) many.push_back(i * 0.37);
  const Histogram h = histogram({many});
  double sum = 0;
  for (const double s : h.shares[0]) sum += s;
  EXPECT_NEAR(sum, 1, 1e-12);
}

}  // namespace
}  // namespace cadrecode::distribution
