#include "learning/decode/kernels.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/random.h"
#include "learning/decode/matrix.h"
#include "learning/decode/pack.h"

namespace cadrecode::decode {
namespace {

constexpr WeightFormat kFormats[] = {WeightFormat::kFloat32, WeightFormat::kBfloat16,
                                     WeightFormat::kInt8, WeightFormat::kInt4};

std::vector<float> normal(size_t n, uint64_t stream) {
  RandomStream random(7, stream);
  std::vector<float> out(n);
  for (float& v : out) v = static_cast<float>(random.next_normal());
  return out;
}

Matrix matrix_of(WeightFormat format, const std::vector<float>& w, size_t rows, size_t k,
                 Pool& pool) {
  return make_matrix(
      format, rows, k,
      [&](size_t first, size_t count, float* out) {
        std::memcpy(out, w.data() + first * k, count * k * sizeof(float));
      },
      pool);
}

std::vector<float> product_of(const Matrix& m, const std::vector<float>& x, size_t cols,
                              const Kernels& set, Pool& pool) {
  std::vector<float> y(cols * m.rows, NAN);
  Columns columns(x.data(), cols, m.k);
  const Product product{&m, y.data(), m.rows};
  multiply({&product, 1}, columns, set, pool);
  return y;
}

// Every instruction set, sizes that fill nothing evenly; the truth in double
// from the weights as the format holds them.
TEST(Kernels, ProductsOfAllFormatsOnAllInstructionSets) {
  Pool pool(2);
  for (auto [rows, k, cols] : {std::array<size_t, 3>{37, 200, 7},
                               {16, 64, 1},
                               {5, 33, 3},
                               {130, 1100, 61},
                               {1, 1, 1},
                               {64, 96, 12}}) {
    const std::vector<float> w = normal(rows * k, 1), x = normal(cols * k, 2);
    for (WeightFormat format : kFormats) {
      const Matrix m = matrix_of(format, w, rows, k, pool);
      std::vector<float> row(k);
      std::vector<double> truth(cols * rows);
      double size = 0;
      for (size_t r = 0; r < rows; ++r) {
        read_row(m, r, row.data());
        for (size_t c = 0; c < cols; ++c) {
          for (size_t i = 0; i < k; ++i) truth[c * rows + r] += double{row[i]} * x[c * k + i];
          size += std::pow(truth[c * rows + r], 2);
        }
      }
      // What rounding the activations costs: nothing, 8 bits, 7 bits and a sign.
      const double bound = format == WeightFormat::kFloat32 ? 1e-6 : 0.03;
      for (const Kernels& set : all_kernels()) {
        const std::vector<float> y = product_of(m, x, cols, set, pool);
        double error = 0;
        for (size_t i = 0; i < y.size(); ++i) error += std::pow(y[i] - truth[i], 2);
        EXPECT_LE(std::sqrt(error), bound * std::sqrt(size) + 1e-6)
            << to_string(format) << " " << set.name << " " << rows << "x" << k << " by " << cols;
      }
    }
  }
}

TEST(Kernels, ABatchAndThreadsChangeNoBit) {
  const size_t rows = 300, k = 1090, most = 100;
  const std::vector<float> w = normal(rows * k, 3), x = normal(most * k, 4);
  Pool one(1), three(3);
  for (WeightFormat format : kFormats) {
    const Matrix m = matrix_of(format, w, rows, k, three);
    for (const Kernels& set : all_kernels()) {
      if (set.name == "SCALAR" || set.name == "SSSE3") continue;  // slow, and SSE4's sums
      std::vector<float> alone;
      for (size_t c = 0; c < most; ++c) {
        const std::vector<float> column(x.begin() + static_cast<long>(c * k),
                                        x.begin() + static_cast<long>((c + 1) * k));
        const std::vector<float> y = product_of(m, column, 1, set, one);
        alone.insert(alone.end(), y.begin(), y.end());
      }
      for (size_t cols : {2u, 5u, 10u, 13u, 37u, 100u}) {
        const std::vector<float> y = product_of(m, x, cols, set, three);
        EXPECT_EQ(0, std::memcmp(y.data(), alone.data(), y.size() * sizeof(float)))
            << to_string(format) << " " << set.name << " " << cols;
      }
    }
  }
}

TEST(Kernels, IntegerProductsAreTheSameBitsOnAllInstructionSets) {
  const size_t rows = 40, k = 300, cols = 23;
  const std::vector<float> w = normal(rows * k, 5), x = normal(cols * k, 6);
  Pool pool(1);
  for (WeightFormat format : {WeightFormat::kInt8, WeightFormat::kInt4}) {
    const Matrix m = matrix_of(format, w, rows, k, pool);
    std::vector<float> first;
    for (const Kernels& set : all_kernels()) {
      const std::vector<float> y = product_of(m, x, cols, set, pool);
      if (first.empty()) first = y;
      EXPECT_EQ(0, std::memcmp(y.data(), first.data(), y.size() * sizeof(float))) << set.name;
    }
  }
}

TEST(Kernels, PackedWeightsStayNear) {
  const size_t k = 4096;
  const std::vector<float> w = normal(kPanelRows * k, 8);
  std::vector<uint8_t> panel(k / kBlock * kInt8BlockBytes);
  std::vector<float> row(k);
  const auto error = [&](size_t r) {
    double sum = 0;
    for (size_t i = 0; i < k; ++i) sum += std::pow(row[i] - w[r * k + i], 2);
    return std::sqrt(sum / k);
  };
  for (size_t r : {0u, 15u}) {
    pack_int8(w.data(), kPanelRows, k, panel.data());
    unpack_int8(panel.data(), r, k, row.data());
    EXPECT_LT(error(r), 0.006);  // standard normal, groups of 32: 2.1 / 127 / sqrt 12
    pack_int4(w.data(), kPanelRows, k, panel.data());
    unpack_int4(panel.data(), r, k, row.data());
    EXPECT_LT(error(r), 0.085);  // plain NF4 leaves 0.092 with groups of 64
  }
  const std::vector<float> zeros(kPanelRows * kBlock, 0.0f);
  pack_int4(zeros.data(), kPanelRows, kBlock, panel.data());
  unpack_int4(panel.data(), 3, kBlock, row.data());
  for (size_t i = 0; i < kBlock; ++i) EXPECT_EQ(row[i], 0.0f);
}

TEST(Kernels, SoftmaxPieces) {
  const std::vector<float> x = normal(100'003, 9);
  double sum = 0;
  for (float v : x) sum += std::exp((double{v} - 1.5) * 0.7);
  size_t best = 0;
  for (size_t i = 0; i < x.size(); ++i) best = x[i] > x[best] ? i : best;
  for (const Kernels& set : all_kernels()) {
    std::vector<float> out(x.size());
    EXPECT_NEAR(set.exp_sum(x.data(), x.size(), 1.5f, 0.7f, out.data()) / sum, 1, 2e-6) << set.name;
    EXPECT_NEAR(out[77] / std::exp((x[77] - 1.5) * 0.7), 1, 1e-6);
    EXPECT_EQ(set.argmax(x.data(), x.size()), best) << set.name;
    EXPECT_EQ(set.max(x.data(), x.size()), x[best]) << set.name;
  }
}

TEST(Pool, RunsEveryPieceOnce) {
  for (size_t threads : {1u, 2u, 5u}) {
    Pool pool(threads);
    for (size_t pieces : {0u, 1u, 2u, 100u}) {
      std::vector<std::atomic<int>> seen(pieces);
      std::atomic<bool> known = true;
      for (int round = 0; round < 20; ++round) {
        pool.run(pieces, 1 << 20, [&](size_t piece, size_t thread) {
          ++seen[piece];
          if (thread >= threads) known = false;
        });
      }
      for (auto& count : seen) EXPECT_EQ(count, 20);
      EXPECT_TRUE(known);
    }
  }
}

}  // namespace
}  // namespace cadrecode::decode
