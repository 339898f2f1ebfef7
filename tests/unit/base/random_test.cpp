#include "base/random.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace cadrecode {
namespace {

using Words = std::array<uint32_t, 4>;

// Random123's kat_vectors, philox4x32 with 10 rounds.
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, SequenceIsTheIndexedNumbers) {
  RandomStream random(42, 7);
  for (uint64_t i = 0; i < 100; ++i) EXPECT_EQ(random.next_bits(), RandomStream(42, 7).bits_at(i));
}

TEST(RandomStream, OutputsArePinned) {
  EXPECT_EQ(RandomStream(0).bits_at(0), 0xe169c58d6627e8d5u);
  EXPECT_EQ(RandomStream(0).bits_at(1), 0x9b00dbd8bc57ac4cu);
  RandomStream random(2024, 1);
  const uint64_t first = random.next_bits();
  EXPECT_NE(first, RandomStream(2024, 2).next_bits());
  EXPECT_NE(first, RandomStream(2025, 1).next_bits());
}

TEST(RandomStream, UniformIsInRangeAndEven) {
  RandomStream random(1);
  double sum = 0, sum2 = 0;
  for (int i = 0; i < 100000; ++i) {
    const double u = random.next_uniform();
    ASSERT_TRUE(u >= 0 && u < 1);
    sum += u, sum2 += u * u;
  }
  EXPECT_NEAR(sum / 1e5, 0.5, 0.005);
  EXPECT_NEAR(sum2 / 1e5, 1.0 / 3, 0.005);
}

TEST(RandomStream, BelowIsUnbiased) {
  RandomStream random(3);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70000; ++i) ++counts[random.next_below(7)];
  for (int c : counts) EXPECT_NEAR(c, 10000, 400);
  for (int i = 0; i < 1000; ++i) {
    const int64_t x = random.next_int(-3, 2);
    EXPECT_TRUE(x >= -3 && x <= 2);
  }
  random.next_int(INT64_MIN, INT64_MAX);
}

TEST(RandomStream, NormalHasItsMomentsAndTails) {
  RandomStream random(5);
  double sum = 0, sum2 = 0, sum4 = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = random.next_normal();
    sum += x, sum2 += x * x, sum4 += x * x * x * x;
  }
  EXPECT_NEAR(sum / 2e5, 0, 0.01);
  EXPECT_NEAR(sum2 / 2e5, 1, 0.02);
  EXPECT_NEAR(sum4 / 2e5, 3, 0.1);
}

TEST(NormalQuantile, KnownValues) {
  EXPECT_DOUBLE_EQ(normal_quantile(0.5), 0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-13);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-12);
}

TEST(PortableLog, AgreesWithTheLibrary) {
  RandomStream random(6);
  for (int i = 0; i < 10000; ++i) {
    const double x = std::exp(random.next_uniform(-700, 700));
    EXPECT_NEAR(portable_log(x), std::log(x), 4e-16 * std::max(1.0, std::abs(std::log(x))));
  }
}

TEST(RandomStream, ShuffleIsAPermutation) {
  std::vector<int> items(50);
  std::iota(items.begin(), items.end(), 0);
  const std::vector<int> before = items;
  RandomStream random(8);
  random.shuffle(items);
  EXPECT_NE(items, before);
  std::sort(items.begin(), items.end());
  EXPECT_EQ(items, before);
}

TEST(RandomStream, ForksAreIndependentOfWhatWasDrawn) {
  RandomStream a(9), b(9);
  b.next_bits();
  EXPECT_EQ(a.fork(3).next_bits(), b.fork(3).next_bits());
  EXPECT_NE(a.fork(3).next_bits(), a.fork(4).next_bits());
}

}  // namespace
}  // namespace cadrecode
