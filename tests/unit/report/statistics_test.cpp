#include "evaluation/report/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace cadrecode::report {
namespace {

// scipy.stats.wilcoxon(…, correction=False), exact up to 25 without ties.
TEST(Wilcoxon, AsScipy) {
  EXPECT_NEAR(wilcoxon_p({2.241, -2.356, 0.618, -0.368, -0.253, -0.016, -1.82, -0.032, -0.665,
                          3.523, 0.426, -0.153}),
              0.791015625, 1e-12);
  EXPECT_NEAR(wilcoxon_p({-0.081, -0.468, -0.855, -0.191, 0.682, -0.039, 1.158, 0.0,    0.224,
                          1.746,  0.745,  -0.305, 0.017,  0.741, 2.135,  -0.07, -0.044, 1.202,
                          -0.686, -0.092, 1.083,  0.78,   0.292, 0.87,   -2.628}),
              0.1779801845550537, 1e-12);
  EXPECT_NEAR(
      wilcoxon_p({1.221,  -0.76,  -1.469, 0.476,  0.901,  -0.245, -0.876, 0.226,  0.147,  1.606,
                  0.947,  0.394,  1.312,  -0.006, -0.726, 0.784,  0.783,  -0.015, -0.583, 0.429,
                  -2.294, 0.89,   0.691,  -1.439, 0.261,  -0.764, 0.957,  -1.834, -0.714, 0.91,
                  1.356,  -1.958, -0.298, 0.528,  -0.409, 1.791,  -0.991, 0.555,  -0.848, 1.606,
                  0.178,  -0.172, -1.518, 1.882,  0.953,  0.954,  1.338,  0.549,  -0.439, -0.6,
                  -0.6,   1.57,   -1.26,  -0.396, -0.121, 0.425,  0.775,  -1.049, -1.53,  0.196}),
      0.5266669404057631, 1e-9);
  EXPECT_NEAR(
      wilcoxon_p({1.5, 1.0,  0.5,  -0.0, 0.5, -0.0, 1.0,  -0.5, 0.5,  0.0,  0.5,  0.5, 3.0, 1.5,
                  1.5, -2.0, -0.0, -0.5, 0.5, -2.0, 1.5,  1.5,  -1.0, -1.0, -0.5, 0.0, 1.0, 2.0,
                  0.0, 1.0,  0.5,  2.0,  1.0, 1.5,  -1.0, 0.0,  -0.5, 1.5,  1.0,  -0.0}),
      0.01209630598097839, 1e-9);
  EXPECT_EQ(wilcoxon_p({}), 1);
  EXPECT_EQ(wilcoxon_p({0, 0, 0}), 1);
}

TEST(McNemar, IsTheBinomial) {
  EXPECT_EQ(mcnemar_p(0, 0), 1);
  EXPECT_NEAR(mcnemar_p(3, 0), 0.25, 1e-12);
  EXPECT_NEAR(mcnemar_p(5, 12), 0.143463134765625, 1e-12);
  EXPECT_NEAR(mcnemar_p(100, 60), 0.001953728034064355, 1e-12);
}

TEST(Quantile, AsNumpy) {
  EXPECT_FALSE(quantile({}, 0.5));
  EXPECT_EQ(*quantile({7}, 0.3), 7);
  EXPECT_NEAR(*quantile({4, 1, 3, 2}, 0.25), 1.75, 1e-12);
  EXPECT_EQ(*quantile({4, 1, 3, 2}, 1), 4);
}

TEST(Bootstrap, CoversTheMeanOfANormal) {
  std::vector<double> x;
  for (int i = 0; i < 400; ++i) x.push_back(std::sin(i * 12.9898) * 3 + 5);
  const auto of = [&](const std::vector<uint32_t>& drawn, std::span<double> out) {
    double sum = 0;
    for (const uint32_t i : drawn) sum += x[i];
    out[0] = sum / static_cast<double>(drawn.size());
    out[1] = std::numeric_limits<double>::quiet_NaN();
  };
  const auto intervals = bootstrap(x.size(), 2, 500, 7, of);
  double mean = 0, square = 0;
  for (const double v : x) mean += v / 400, square += v * v / 400;
  const double error = std::sqrt((square - mean * mean) / 400);
  ASSERT_TRUE(intervals[0]);
  EXPECT_NEAR(intervals[0]->lo, mean - 1.96 * error, 0.25 * error);
  EXPECT_NEAR(intervals[0]->hi, mean + 1.96 * error, 0.25 * error);
  EXPECT_FALSE(intervals[1]);  // never defined
  const auto again = bootstrap(x.size(), 2, 500, 7, of);
  EXPECT_EQ(again[0]->lo, intervals[0]->lo);
  EXPECT_FALSE(bootstrap(0, 1, 500, 7, of)[0]);
}

}  // namespace
}  // namespace cadrecode::report
