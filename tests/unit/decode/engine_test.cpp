#include "learning/decode/engine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "unit/decode/tiny_model.h"

namespace cadrecode::decode {
namespace {

using testing::formula_points;
using testing::tiny_config;
using testing::TinyFolder;

const std::vector<int32_t> kTokens = {3,  17, 8,  30, 30, 1,  22, 40, 5, 11,
                                      39, 2,  28, 19, 7,  33, 14, 0,  26};
constexpr size_t kPoints = 7;
const char* const kModels[] = {"qwen2_tied", "qwen2_untied", "qwen3", "qwen3_tied", "qwen2_pooled"};

Prompt prompt_of(size_t tokens, size_t points = kPoints) {
  return {formula_points(points), {kTokens.begin(), kTokens.begin() + static_cast<long>(tokens)}};
}

double largest_difference(std::span<const float> a, std::span<const float> b) {
  double most = 0;
  for (size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(double{a[i]} - b[i]));
  return most;
}

bool same_bits(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() && !std::memcmp(a.data(), b.data(), a.size_bytes());
}

TEST(Engine, LogitsAreThoseOfTransformers) {
  std::ifstream file("tests/unit/decode/golden/logits.json");
  const nlohmann::json golden = nlohmann::json::parse(file);
  for (const char* name : kModels) {
    TinyFolder folder(tiny_config(name));
    const auto model = load_model(folder.path(), {});
    for (const Kernels& set : all_kernels()) {
      Engine engine(model, 2, set);
      const std::vector<float> logits = engine.all_logits(prompt_of(kTokens.size()));
      const size_t vocab = engine.vocabulary();
      for (size_t t = 0; t < kTokens.size(); ++t) {
        const std::vector<float> expected = golden[name][t];
        ASSERT_EQ(expected.size(), vocab);
        EXPECT_LT(largest_difference(expected,
                                     {&logits[(model->points.tokens(kPoints) + t) * vocab], vocab}),
                  1e-4)
            << name << " " << set.name << " token " << t;
      }
    }
  }
}

TEST(Engine, CachedStepsEqualTheFullPass) {
  for (const char* name : kModels) {
    TinyFolder folder(tiny_config(name));
    for (auto format : {WeightFormat::kFloat32, WeightFormat::kBfloat16, WeightFormat::kInt8,
                        WeightFormat::kInt4}) {
      Engine engine(load_model(folder.path(), format), 2);
      const size_t vocab = engine.vocabulary();
      const size_t before = engine.model().points.tokens(kPoints);
      const std::vector<float> full = engine.all_logits(prompt_of(kTokens.size()));
      std::vector<float> logits(vocab);
      Sequence sequence = engine.prefill(prompt_of(2), logits);
      for (size_t t = 2;; ++t) {
        EXPECT_TRUE(same_bits(logits, {&full[(before + t - 1) * vocab], vocab}))
            << name << " " << to_string(format) << " token " << t;
        if (t == kTokens.size()) break;
        Sequence* one[] = {&sequence};
        engine.step(one, {&kTokens[t], 1}, logits);
      }
    }
  }
}

// Different lengths, copies that share pages, odd batch sizes, threads.
TEST(Engine, ABatchEqualsItsMembersAlone) {
  TinyFolder folder(tiny_config("qwen2_tied"));
  for (auto format : {WeightFormat::kFloat32, WeightFormat::kBfloat16, WeightFormat::kInt4}) {
    const auto model = load_model(folder.path(), format);
    Engine alone(model, 1), together(model, 2);
    const size_t vocab = alone.vocabulary();
    for (size_t batch : {2u, 7u, 13u}) {
      std::vector<float> logits(vocab), all(batch * vocab);
      const Sequence shared = together.prefill(prompt_of(3, 30), logits);
      std::vector<Sequence> many(batch, shared), single(batch, shared);
      std::vector<Sequence*> pointers;
      for (Sequence& s : many) pointers.push_back(&s);
      std::vector<int32_t> tokens(batch);
      for (int round = 0; round < 8; ++round) {
        for (size_t i = 0; i < batch; ++i)
          tokens[i] = static_cast<int32_t>((i * 7 + round * 3) % vocab);
        together.step(pointers, tokens, all);
        for (size_t i = 0; i < batch; ++i) {
          Sequence* one[] = {&single[i]};
          alone.step(one, {&tokens[i], 1}, logits);
          ASSERT_TRUE(same_bits(logits, {&all[i * vocab], vocab})) << batch << " " << i;
        }
      }
    }
  }
}

TEST(Engine, WeightsOfHalfTheBytesAreReadAsTheyAre) {
  for (auto dtype : {checkpoint::DType::kBF16, checkpoint::DType::kF16}) {
    TinyFolder folder(tiny_config("qwen2_untied"), dtype);
    const auto as_stored = load_model(folder.path(), {});
    EXPECT_EQ(as_stored->format,
              dtype == checkpoint::DType::kBF16 ? WeightFormat::kBfloat16 : WeightFormat::kFloat32);
    const auto wide = load_model(folder.path(), WeightFormat::kFloat32);
    std::vector<float> row(48), other(48);
    read_row(as_stored->layers[0].gate, 5, row.data());
    read_row(wide->layers[0].gate, 5, other.data());
    EXPECT_EQ(row, other);
  }
}

// bf16 and the quantised formats stay near fp32: relative error of all logits.
TEST(Engine, FormatsStayNearFloat) {
  TinyFolder folder(tiny_config("qwen3_tied"));
  const auto exact = Engine(load_model(folder.path(), {}), 1).all_logits(prompt_of(19));
  const std::pair<WeightFormat, double> bounds[] = {
      {WeightFormat::kBfloat16, 0.02}, {WeightFormat::kInt8, 0.04}, {WeightFormat::kInt4, 0.25}};
  for (auto [format, bound] : bounds) {
    const auto logits = Engine(load_model(folder.path(), format), 1).all_logits(prompt_of(19));
    double error = 0, size = 0;
    for (size_t i = 0; i < exact.size(); ++i) {
      error += std::pow(logits[i] - exact[i], 2);
      size += std::pow(exact[i], 2);
    }
    EXPECT_LT(std::sqrt(error / size), bound) << to_string(format);
    EXPECT_GT(error, 0) << to_string(format);
  }
}

// More points than it was trained with are welcome, fewer than its tokens are not.
TEST(Engine, APooledEncoderTakesAnyNumberOfPointsFromItsTokensOn) {
  TinyFolder folder(tiny_config("qwen2_pooled"));
  Engine engine(load_model(folder.path(), {}), 1);
  EXPECT_EQ(engine.all_logits(prompt_of(2, 100)).size(), (5 + 2) * engine.vocabulary());
  EXPECT_EQ(engine.all_logits(prompt_of(2, 0)).size(), 2 * engine.vocabulary());
  EXPECT_THROW(engine.all_logits(prompt_of(2, 4)), Error);
}

std::string message_of(const std::function<void()>& f, ErrorKind kind) {
  try {
    f();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  return "no error";
}

TEST(Engine, RefusesPromptsItCannotTake) {
  TinyFolder folder(tiny_config("qwen2_tied"));
  Engine engine(load_model(folder.path(), {}), 1);
  std::vector<float> logits(engine.vocabulary());
  const auto refused = [&](Prompt prompt) {
    return message_of([&] { engine.prefill(prompt, logits); }, ErrorKind::kValue);
  };
  EXPECT_NE(refused({}).find("empty"), std::string::npos);
  EXPECT_NE(refused({{}, {61}}).find("token 61"), std::string::npos);
  EXPECT_NE(refused({{}, {-1}}).find("token -1"), std::string::npos);
  EXPECT_NE(refused({{{0, NAN, 0}}, {1}}).find("coordinate"), std::string::npos);
  EXPECT_NE(refused({formula_points(600), {1}}).find("601 positions"), std::string::npos);
  Sequence s = engine.prefill({formula_points(511), {1}}, logits);
  Sequence* one[] = {&s};
  const int32_t token = 1;
  EXPECT_NE(message_of(
                [&] {
                  engine.step(one, {&token, 1}, logits);
                },
                ErrorKind::kLimit)
                .find("512"),
            std::string::npos);
  TinyFolder bare(tiny_config("qwen2_tied"), checkpoint::DType::kF32, false);
  Engine text(load_model(bare.path(), {}), 1);
  EXPECT_NE(message_of([&] { text.prefill(prompt_of(1), logits); }, ErrorKind::kValue)
                .find("point encoder"),
            std::string::npos);
}

}  // namespace
}  // namespace cadrecode::decode
