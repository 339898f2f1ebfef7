#include "geometry/prism/batch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>

#include "base/parallel.h"
#include "unit/prism/random_part.h"

namespace cadrecode::prism {
namespace {

std::vector<part::Part> random_parts(int count) {
  part::RandomParts random(5);
  std::vector<part::Part> parts;
  for (int i = 0; i < count; ++i) parts.push_back(random.part(3));
  parts[3].steps.clear();
  parts[4].steps[0].extrusion.profile.regions[0].outer.curves.clear();
  return parts;
}

TEST(ParallelFor, EveryItemOnceAndTheFirstFailure) {
  for (const int threads : {0, 1, 2, 7}) {
    std::vector<std::atomic<int>> seen(100);
    parallel_for(seen.size(), threads, [&](size_t i) { ++seen[i]; });
    for (const auto& n : seen) EXPECT_EQ(n, 1);
    std::atomic<int> ran{0};
    try {
      parallel_for(50, threads, [&](size_t i) {
        ++ran;
        if (i % 10 == 7) throw std::runtime_error(std::to_string(i));
      });
      ADD_FAILURE();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "7");
    }
    EXPECT_EQ(ran, 50);
  }
  parallel_for(0, 4, [](size_t) { ADD_FAILURE(); });
}

TEST(Batch, TheSameOnAnyNumberOfThreads) {
  const auto parts = random_parts(60);
  BatchOptions options{.threads = 1, .samples = 300, .seed = 9};
  const auto one = measure_all(parts, options);
  int valid = 0;
  for (const int threads : {2, 5, 0}) {
    options.threads = threads;
    const auto many = measure_all(parts, options);
    ASSERT_EQ(many.size(), parts.size());
    for (size_t i = 0; i < parts.size(); ++i) {
      EXPECT_EQ(many[i].verdict.fault, one[i].verdict.fault);
      EXPECT_EQ(many[i].volume, one[i].volume);
      EXPECT_EQ(many[i].area, one[i].area);
      EXPECT_EQ(many[i].box.lo, one[i].box.lo);
      EXPECT_EQ(many[i].samples.points, one[i].samples.points);
      valid += many[i].verdict.valid();
    }
  }
  EXPECT_GT(valid, 90);
  EXPECT_EQ(one[3].verdict.fault, Fault::kNoSteps);
  EXPECT_EQ(one[4].verdict.fault, Fault::kProfile);
  EXPECT_TRUE(one[4].samples.points.empty());
}

TEST(Batch, EqualPartsInOtherPlacesAreSampledApart) {
  auto parts = random_parts(6);
  parts[1] = parts[0];
  const auto answers = measure_all(parts, {.samples = 100});
  ASSERT_TRUE(answers[0].verdict.valid());
  EXPECT_EQ(answers[0].volume, answers[1].volume);
  EXPECT_NE(answers[0].samples.points, answers[1].samples.points);
}

TEST(Batch, OverlapsOfPairs) {
  const auto parts = random_parts(12);
  std::vector<PartPair> pairs;
  for (size_t i = 0; i + 1 < parts.size(); ++i) pairs.push_back({&parts[i], &parts[i + 1]});
  const auto one = overlap_all(pairs, 1), three = overlap_all(pairs, 3);
  for (size_t i = 0; i < pairs.size(); ++i) {
    ASSERT_EQ(one[i].has_value(), three[i].has_value());
    if (one[i]) {
      EXPECT_EQ(one[i]->common, three[i]->common);
    }
  }
  EXPECT_EQ(one[0]->common, overlap(Solid(parts[0]), Solid(parts[1])).common);
}

}  // namespace
}  // namespace cadrecode::prism
