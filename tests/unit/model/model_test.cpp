// The decoder beside transformers, and its own ways of computing beside each other.
#include "learning/model/model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "learning/model/compat.h"
#include "learning/model/generate.h"
#include "unit/model/golden.h"

namespace cadrecode::model {
namespace {

class Golden : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Cases, Golden,
                         ::testing::Values("qwen2", "qwen2-untied", "qwen3", "qwen3-bias"),
                         [](const auto& info) {
                           std::string name = info.param;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

Tensor logits_of(const Model& model, std::span<const Sample> samples,
                 const ForwardOptions& options = {}) {
  return logits(model, hidden_states(model, make_batch(samples, 3, at::kCPU), options));
}

TEST_P(Golden, LogitsAreTransformers) {
  const Model model = golden_model(GetParam());
  const Tensor ours =
      logits_of(model, golden_samples(model.config.vocab_size)).slice(1, 0, c10::nullopt, 7);
  int64_t row = 0;
  for (size_t i = 0; i < kGoldenLengths.size(); ++i) {
    const auto theirs = goldens()[GetParam()]["logits"][i].get<std::vector<float>>();
    const Tensor part = ours.slice(0, row, row + kGoldenLengths[i]);
    row += kGoldenLengths[i];
    EXPECT_LE(largest(part - tensor_of(theirs, part.sizes().vec())), 1e-5) << "sample " << i;
  }
}

TEST_P(Golden, LossAndEveryGradientAreTransformers) {
  Model model = golden_model(GetParam());
  want_gradients(model);
  const auto& golden = goldens()[GetParam()];
  const Tensor value =
      loss(model, make_batch(golden_samples(model.config.vocab_size), 3, at::kCPU));
  EXPECT_NEAR(value.item().toDouble(), golden["loss"].get<double>(), 1e-5);
  value.backward();
  const auto ours = gradients(model);
  ASSERT_EQ(ours.size(), golden["gradients"].size());
  for (const auto& [name, grad] : ours) {
    const auto& theirs = golden["gradients"][name];
    EXPECT_NEAR(grad.norm().item().toDouble(), theirs["norm"].get<double>(), 1e-5) << name;
    const auto some = theirs["some"].get<std::vector<float>>();
    const int64_t stride = std::max<int64_t>(1, grad.numel() / 12);
    const Tensor ours_some = grad.flatten().slice(0, 0, c10::nullopt, stride);
    ASSERT_EQ(ours_some.numel(), static_cast<int64_t>(some.size())) << name;
    EXPECT_LE(largest(ours_some - tensor_of(some, {ours_some.numel()})), 1e-5) << name;
  }
}

TEST_P(Golden, CacheIsTheFullPass) {
  const Model model = golden_model(GetParam());
  for (const Sample& sample : golden_samples(model.config.vocab_size)) {
    EXPECT_LE(
        largest(logits_through_cache(model, sample) - logits_of(model, std::span(&sample, 1))),
        1e-5);
  }
}

TEST_P(Golden, ABatchIsItsSamples) {
  const Model model = golden_model(GetParam());
  const auto samples = golden_samples(model.config.vocab_size);
  const Tensor together = logits_of(model, samples);
  int64_t row = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    const Tensor alone = logits_of(model, std::span(&samples[i], 1));
    EXPECT_LE(largest(together.slice(0, row, row + kGoldenLengths[i]) - alone), 1e-5);
    row += kGoldenLengths[i];
  }
  // What the neighbours hold changes no bit; only their shape moves a rounding.
  auto others = samples;
  std::reverse(others[1].tokens.begin() + kGoldenPoints, others[1].tokens.end());
  others[2].points = others[0].points;
  const Tensor changed = logits_of(model, others);
  EXPECT_TRUE(at::equal(changed.slice(0, 0, 15), together.slice(0, 0, 15)));
  EXPECT_FALSE(at::equal(changed.slice(0, 15, 35), together.slice(0, 15, 35)));
}

TEST_P(Golden, RecomputedLayersGiveTheSameGradients) {
  Model model = golden_model(GetParam());
  want_gradients(model);
  const auto samples = golden_samples(model.config.vocab_size);
  std::map<std::string, Tensor> kept, again;
  loss(model, make_batch(samples, 3, at::kCPU)).backward();
  kept = gradients(model);
  ForwardOptions options;
  options.checkpoint_layers = true;
  loss(model, make_batch(samples, 3, at::kCPU), options).backward();
  again = gradients(model);
  for (const auto& [name, grad] : kept) EXPECT_TRUE(at::equal(grad, again[name])) << name;
}

TEST(Attention, FusedAndByProductsAgree) {
  const Tensor q = golden_values("q", {2, 6, 9, 8}), k = golden_values("k", {2, 2, 9, 8}),
               v = golden_values("v", {2, 2, 9, 8});
  EXPECT_LE(largest(attention(q, k, v, {}, true) - attention_by_products(q, k, v, {}, true)), 1e-6);
  const Tensor mask = golden_values("m", {2, 1, 9, 9}).gt(0).logical_or(at::eye(9, at::kBool));
  EXPECT_LE(largest(attention(q, k, v, mask, false) - attention_by_products(q, k, v, mask, false)),
            1e-6);
}

TEST(Points, AnyNumberAndTheFeaturesByHand) {
  const Tensor p = tensor_of({0.5f, -0.25f, 1.0f}, {1, 3});
  const Tensor f = fourier_features(p).flatten();
  ASSERT_EQ(f.numel(), checkpoint::kPointFeatures);
  const double xyz[3] = {0.5, -0.25, 1.0};
  for (int c = 0; c < 3; ++c) {
    EXPECT_FLOAT_EQ(f[c].item().toFloat(), static_cast<float>(xyz[c]));
    for (int k = 0; k < 8; ++k) {
      EXPECT_NEAR(f[3 + 8 * c + k].item().toDouble(), std::sin(std::ldexp(xyz[c], k)), 1e-6);
      EXPECT_NEAR(f[27 + 8 * c + k].item().toDouble(), std::cos(std::ldexp(xyz[c], k)), 1e-6);
    }
  }
  const Model model = golden_model("qwen2");
  for (const int64_t count : {1, 128, 300}) {
    Sample sample{prompt_tokens(count, 3),
                  testing::formula_values("p", static_cast<size_t>(3 * count)), 0};
    EXPECT_EQ(logits_of(model, std::span(&sample, 1)).size(0), count + 1);
  }
}

TEST(Points, PooledEncoderTakesManyPointsToFewTokensAndLearns) {
  checkpoint::ModelConfig config = golden_model("qwen2").config;
  config.point_encoder = {checkpoint::PointEncoderConfig::Type::kPooled, 64, 4, true, 32, 2, 4};
  Model model = make_model(config, 5, at::kFloat, at::kFloat, at::kCPU);
  want_gradients(model);
  Sample sample{{kPointSlot, kPointSlot, kPointSlot, kPointSlot, 1, 7, 9, 2},
                testing::formula_values("p", 64 * 6),
                5};
  loss(model, make_batch(std::span(&sample, 1), 6, at::kCPU)).backward();
  for (const auto& [name, grad] : gradients(model)) {
    if (name.rfind("point_encoder.", 0) == 0) {
      EXPECT_GT(largest(grad), 0) << name;
    }
  }
  // The order of the points that are no queries does not matter.
  Tensor points = tensor_of(sample.points, {1, 64, 6});
  const Tensor mixed = at::cat({points.slice(1, 0, 4), points.slice(1, 4).flip(1)}, 1);
  EXPECT_LE(largest(encode_points(model.points, points) - encode_points(model.points, mixed)),
            1e-5);
  EXPECT_THROW(encode_points(model.points, points.slice(1, 0, 3)), Error);
  EXPECT_THROW(encode_points(model.points, points.slice(2, 0, 3)), Error);
}

TEST(Batches, WrongSamplesAreRefused) {
  const Model model = golden_model("qwen2");
  const auto run = [&](std::vector<Sample> samples) { return logits_of(model, samples); };
  EXPECT_THROW(run({}), Error);
  EXPECT_THROW(run({Sample{{}, {}, 0}}), Error);
  EXPECT_THROW(run({Sample{{-7}, {}, 0}}), Error);
  EXPECT_THROW(run({Sample{{kPointSlot, 1}, {}, 0}}), Error);
  EXPECT_THROW(run({Sample{{kPointSlot, kPointSlot, 1}, {0, 0, 0}, 0}}), Error);
  EXPECT_THROW(run({Sample{{kBrepSlot, 1}, {}, 0}}), Error);
  const Sample text{{1, 2}, {}, 9};
  EXPECT_THROW(loss(model, make_batch(std::span(&text, 1), 3, at::kCPU)), Error);
}

TEST(Losses, LogitsInPiecesGiveTheSameLossAndGradients) {
  Model model = golden_model("qwen2");
  want_gradients(model);
  const auto samples = golden_samples(model.config.vocab_size);
  const auto run = [&](int64_t at_once) {
    ForwardOptions options;
    options.logits_at_once = at_once;
    const Tensor value = loss(model, make_batch(samples, 3, at::kCPU), options);
    value.backward();
    return std::pair(value.item().toDouble(), gradients(model));
  };
  const auto whole = run(1 << 20), pieces = run(300), single = run(1);
  EXPECT_NEAR(whole.first, pieces.first, 1e-6);
  for (const auto& [name, grad] : whole.second) {
    EXPECT_LE(largest(grad - pieces.second.at(name)), 1e-6) << name;
    EXPECT_LE(largest(grad - single.second.at(name)), 1e-6) << name;
  }
}

TEST(MixedPrecision, Bf16ArithmeticStaysNear) {
  Model model = golden_model("qwen3");
  const auto samples = golden_samples(model.config.vocab_size);
  const Tensor exact = logits_of(model, samples);
  model.compute = at::kBFloat16;
  const Tensor rough = logits_of(model, samples);
  EXPECT_EQ(rough.scalar_type(), at::kFloat);
  EXPECT_GT(largest(rough - exact), 0);
  EXPECT_LE((rough - exact).norm().item().toDouble(), 0.03 * exact.norm().item().toDouble());
}

TEST(Fresh, WeightsArePureFunctionsOfTheSeed) {
  const auto config = golden_model("qwen3").config;
  Model a = make_model(config, 7, at::kFloat, at::kFloat, at::kCPU);
  Model b = make_model(config, 7, at::kFloat, at::kFloat, at::kCPU);
  Model c = make_model(config, 8, at::kFloat, at::kFloat, at::kCPU);
  EXPECT_TRUE(at::equal(a.embedding, b.embedding));
  EXPECT_FALSE(at::equal(a.embedding, c.embedding));
  EXPECT_NEAR(a.embedding.std().item().toDouble(), 0.02, 0.001);
  EXPECT_FLOAT_EQ(a.final_norm.sum().item().toFloat(), 48);
}

TEST(Devices, WordsAreChecked) {
  EXPECT_EQ(device_from_name("cpu"), at::Device(at::kCPU));
  EXPECT_THROW(device_from_name("gpu"), Error);
}

}  // namespace
}  // namespace cadrecode::model
