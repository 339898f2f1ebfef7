// The fused CPU operations against the same thing composed, values and gradients.
#include "learning/model/operations.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <functional>

#include "learning/model/compat.h"
#include "unit/model/golden.h"

namespace cadrecode::model {
namespace {

using Tensors = std::vector<Tensor>;
using Operation = std::function<Tensor(const Tensors&)>;

// Values in about ±2, another for every seed.
Tensor waves(std::vector<int64_t> shape, double seed) {
  int64_t count = 1;
  for (const int64_t n : shape) count *= n;
  return ((at::arange(count, at::kDouble) * (0.37 + seed) + seed).sin() * 2).reshape(shape);
}

struct Result {
  Tensor value;
  Tensors gradients;
};

Result run(const Operation& f, const Tensors& inputs, at::ScalarType type) {
  Tensors leaves;
  for (const Tensor& x : inputs) leaves.push_back(x.to(type).detach().set_requires_grad(true));
  const Tensor y = f(leaves);
  const Tensor weights = waves(y.sizes().vec(), 0.71).to(y.scalar_type());
  torch::autograd::backward({(y * weights).sum()}, {});
  Result result{y.detach().to(at::kDouble), {}};
  for (const Tensor& x : leaves) result.gradients.push_back(x.grad().to(at::kDouble));
  return result;
}

// `fused` in fp32 and bf16 against `composed` in fp64.
void expect_same(const Operation& fused, const Operation& composed, const Tensors& inputs) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    const double tolerance = type == at::kFloat ? 2e-5 : 0.05;
    Tensors rounded;
    for (const Tensor& x : inputs) rounded.push_back(x.to(type).to(at::kDouble));
    const Result a = run(fused, rounded, type), b = run(composed, rounded, at::kDouble);
    EXPECT_LE(largest(a.value - b.value), tolerance * (1 + largest(b.value)));
    for (size_t i = 0; i < inputs.size(); ++i) {
      EXPECT_LE(largest(a.gradients[i] - b.gradients[i]),
                tolerance * (1 + largest(b.gradients[i])))
          << "gradient of input " << i << (type == at::kFloat ? ", fp32" : ", bf16");
    }
  }
}

TEST(Operations, RmsNorm) {
  for (const int64_t width : {7, 32, 100}) {
    const Operation fused = [](const Tensors& x) { return rms_norm(x[0], x[1], 1e-6); };
    const Operation composed = [](const Tensors& x) {
      return x[1] * x[0] * at::rsqrt(x[0].square().mean(-1, true) + 1e-6);
    };
    expect_same(fused, composed, {waves({600, width}, 0.1), waves({width}, 0.2)});
  }
}

TEST(Operations, SiluProduct) {
  const Operation fused = [](const Tensors& x) { return silu_product(x[0], x[1]); };
  const Operation composed = [](const Tensors& x) { return at::silu(x[0]) * x[1]; };
  expect_same(fused, composed, {waves({300, 13}, 0.1) * 10, waves({300, 13}, 0.2)});
}

TEST(Operations, SiluOfHugeNumbersIsFinite) {
  const Tensor x = at::tensor({-1e30F, -200.0F, 200.0F, 1e30F});
  const Tensor y = silu_product(x, at::ones_like(x));
  EXPECT_EQ(y[0].item<float>(), 0);
  EXPECT_EQ(y[1].item<float>(), 0);
  EXPECT_EQ(y[2].item<float>(), 200);
  EXPECT_EQ(y[3].item<float>(), 1e30F);
}

TEST(Operations, Rope) {
  const Tensor half = waves({11, 1, 10}, 0.3), phases = at::cat({half, half}, -1);
  const Operation with = [&](const Tensors& x) {
    return with_rope(x[0], phases.cos().to(x[0].scalar_type()),
                     phases.sin().to(x[0].scalar_type()));
  };
  expect_same(with, with, {waves({11, 3, 20}, 0.1)});  // fp64 is composed
}

TEST(Operations, LogProbability) {
  for (const int64_t width : {3, 16, 1155}) {
    const Tensor targets = at::arange(40, at::kLong).remainder(width);
    const Operation fused = [&](const Tensors& x) { return log_probability(x[0], targets); };
    const Operation composed = [&](const Tensors& x) {
      return at::log_softmax(x[0], 1).gather(1, targets.unsqueeze(1)).squeeze(1);
    };
    expect_same(fused, composed, {waves({40, width}, 0.1) * 5});
  }
}

TEST(Operations, LogProbabilityFarFromZero) {
  const Tensor targets = at::zeros({1}, at::kLong);
  for (const float shift : {-1000.0F, 0.0F, 1000.0F}) {
    const Tensor scores = at::full({1, 5}, shift);
    EXPECT_NEAR(log_probability(scores, targets)[0].item<double>(), -std::log(5.0), 1e-4);
  }
}

// Segment by segment by matrix products.
Tensor composed_attention(const Tensors& x, const std::vector<int64_t>& q_starts,
                          const std::vector<int64_t>& k_starts, bool causal) {
  Tensors out;
  for (size_t s = 0; s + 1 < q_starts.size(); ++s) {
    const auto part = [&](const Tensor& t, const std::vector<int64_t>& starts) {
      return t.slice(0, starts[s], starts[s + 1]).transpose(0, 1).unsqueeze(0);
    };
    const Tensor q = part(x[0], q_starts), k = part(x[1], k_starts), v = part(x[2], k_starts);
    const int64_t times = q.size(1) / k.size(1);
    Tensor scores = at::matmul(q, k.repeat_interleave(times, 1).transpose(2, 3)) /
                    std::sqrt(static_cast<double>(q.size(3)));
    if (causal) {
      const Tensor hidden = at::ones({q.size(2), k.size(2)}, at::kBool).triu(1);
      scores = scores.masked_fill(hidden, -1e30);
    }
    const Tensor y = at::matmul(at::softmax(scores, -1), v.repeat_interleave(times, 1));
    out.push_back(y.squeeze(0).transpose(0, 1));
  }
  return at::cat(out);
}

void expect_same_attention(int64_t heads, int64_t kv_heads, int64_t dim,
                           const std::vector<int64_t>& q_starts,
                           const std::vector<int64_t>& k_starts, bool causal) {
  const auto fused = [&](const Tensors& x) {
    return segment_attention(x[0], x[1], x[2], q_starts, k_starts, causal);
  };
  const auto composed = [&](const Tensors& x) {
    return composed_attention(x, q_starts, k_starts, causal);
  };
  expect_same(fused, composed,
              {waves({q_starts.back(), heads, dim}, 0.1), waves({k_starts.back(), kv_heads, dim}, 0.2),
               waves({k_starts.back(), kv_heads, dim}, 0.3)});
}

TEST(Operations, CausalAttentionOfRaggedSegments) {
  expect_same_attention(4, 2, 32, {0, 1, 24, 49, 180}, {0, 1, 24, 49, 180}, true);
  expect_same_attention(3, 1, 20, {0, 37, 44}, {0, 37, 44}, true);
  expect_same_attention(2, 2, 5, {0, 7}, {0, 7}, true);
}

TEST(Operations, CrossAttention) {
  expect_same_attention(4, 4, 32, {0, 32, 64}, {0, 256, 512}, false);
  expect_same_attention(4, 2, 9, {0, 5, 30}, {0, 3, 50}, false);
}

TEST(Operations, DoNotDependOnThreads) {
  const Tensor x = waves({700, 4, 32}, 0.1).to(at::kBFloat16);
  const std::vector<int64_t> starts = {0, 100, 101, 400, 700};
  const auto f = [&](const Tensors& t) {
    const Tensor y = segment_attention(t[0], t[0], t[0], starts, starts, true);
    return rms_norm(y, t[1], 1e-6);
  };
  const Tensors inputs = {x.to(at::kDouble), waves({32}, 0.4)};
  set_threads(1);
  const Result one = run(f, inputs, at::kBFloat16);
  set_threads(4);
  const Result four = run(f, inputs, at::kBFloat16);
  set_threads(1);
  EXPECT_EQ(largest(one.value - four.value), 0);
  for (size_t i = 0; i < 2; ++i) EXPECT_EQ(largest(one.gradients[i] - four.gradients[i]), 0);
}

}  // namespace
}  // namespace cadrecode::model
