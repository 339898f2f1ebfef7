// The generator beside the real v1.5 programs: a classifier that has not seen a
// program must hardly be able to say where it is from.
#include <gtest/gtest.h>

#include <iostream>

#include "evaluation/distribution/compare.h"
#include "evaluation/distribution/features.h"
#include "learning/procgen/sample.h"
#include "parts/v15_corpus.h"

namespace cadrecode {
namespace {

distribution::Matrix drawn(const procgen::Knobs& knobs, size_t count) {
  distribution::Matrix out;
  for (uint64_t i = 0; i < count; ++i) {
    out.push_back(distribution::measure(procgen::draw_sample(knobs, 2024, i).code).value());
  }
  return out;
}

TEST(Procgen, IsHardToTellFromV15) {
  const auto rows = v15_corpus();
  if (rows.empty()) GTEST_SKIP() << no_corpus();
  distribution::Matrix real;
  for (const auto& row : rows) {
    real.push_back(distribution::measure(row["code"].get<std::string>()).value());
  }
  const double ours = distribution::tell_apart(real, drawn({}, 2 * real.size())).auc;
  const procgen::Knobs naive = procgen::load_knobs("configs/generate/naive.yaml");
  const double plain = distribution::tell_apart(real, drawn(naive, 2 * real.size())).auc;
  std::cout << "AUC " << ours << ", a naive reading " << plain << "\n";
  EXPECT_LE(ours, 0.65);
  EXPECT_GE(plain, 0.85);
}

}  // namespace
}  // namespace cadrecode
