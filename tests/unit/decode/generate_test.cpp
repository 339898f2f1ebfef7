#include "learning/decode/generate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "unit/decode/tiny_model.h"

namespace cadrecode::decode {
namespace {

using testing::formula_points;
using testing::tiny_config;
using testing::TinyFolder;

using Key = std::pair<uint64_t, size_t>;
using Results = std::map<Key, Completion>;

Results run(Engine& engine, GenerateOptions options, const std::vector<uint64_t>& order) {
  Results results;
  size_t at = 0;
  generate(
      engine, options,
      [&]() -> std::optional<Request> {
        if (at == order.size()) return std::nullopt;
        const uint64_t i = order[at++];
        return Request{i, 1000 + i, {formula_points(3 + i), {static_cast<int32_t>(i), 5}}, nullptr};
      },
      [&](Completion c) {
        const Key key{c.index, c.sample};
        EXPECT_TRUE(results.emplace(key, std::move(c)).second);
      });
  return results;
}

bool same(const Results& a, const Results& b) {
  if (a.size() != b.size()) return false;
  for (const auto& [key, c] : a) {
    const auto found = b.find(key);
    if (found == b.end() || found->second.tokens != c.tokens || found->second.finish != c.finish ||
        found->second.log_probabilities != c.log_probabilities)
      return false;
  }
  return true;
}

GenerateOptions sampled() {
  GenerateOptions o;
  o.sampling = {0.9, 0.95};
  o.samples = 3;
  o.max_new_tokens = 24;
  o.seed = 11;
  o.end_tokens = {4, 9};
  o.batch = 1;
  return o;
}

TEST(Generate, NeitherBatchNorOrderNorThreadsChangeAnything) {
  TinyFolder folder(tiny_config("qwen2_tied"));
  const auto model = load_model(folder.path(), {});
  Engine one(model, 1), two(model, 2);
  GenerateOptions options = sampled();
  const Results truth = run(one, options, {0, 1, 2, 3, 4});
  ASSERT_EQ(truth.size(), 15u);
  for (size_t batch : {2u, 5u, 64u}) {
    options.batch = batch;
    EXPECT_TRUE(same(truth, run(two, options, {3, 0, 4, 1, 2}))) << batch;
  }
  options.seed = 12;
  EXPECT_FALSE(same(truth, run(one, options, {0, 1, 2, 3, 4})));
  // Samples of one prompt differ, ends are seen, and lengths kept.
  size_t ended = 0, different = 0;
  for (const auto& [key, c] : truth) {
    ended += c.finish == Finish::kEnd;
    EXPECT_LE(c.tokens.size(), 24u);
    EXPECT_EQ(c.log_probabilities.size(), c.tokens.size() + (c.finish == Finish::kEnd));
    EXPECT_EQ(c.finish == Finish::kLength, c.tokens.size() == 24);
    different += key.second > 0 && c.tokens != truth.at({key.first, 0}).tokens;
  }
  EXPECT_GT(ended, 2u);
  EXPECT_GT(different, 5u);
}

TEST(Generate, GreedyIsTheArgmaxOfTheFullPass) {
  TinyFolder folder(tiny_config("qwen3"));
  Engine engine(load_model(folder.path(), {}), 1);
  GenerateOptions options;
  options.max_new_tokens = 12;
  const Completion c = run(engine, options, {2}).begin()->second;
  ASSERT_EQ(c.tokens.size(), 12u);
  Prompt prompt{formula_points(5), {2, 5}};
  prompt.tokens.insert(prompt.tokens.end(), c.tokens.begin(), c.tokens.end());
  const std::vector<float> logits = engine.all_logits(prompt);
  const size_t vocab = engine.vocabulary();
  double sum = 0;
  for (size_t t = 0; t < c.tokens.size(); ++t) {
    const float* row = logits.data() + (6 + t) * vocab;
    EXPECT_EQ(c.tokens[t], std::max_element(row, row + vocab) - row);
    double z = 0;
    for (size_t i = 0; i < vocab; ++i) z += std::exp(double{row[i]});
    EXPECT_NEAR(c.log_probabilities[t], row[c.tokens[t]] - std::log(z), 1e-5);
    sum += row[c.tokens[t]] - std::log(z);
  }
  EXPECT_NEAR(c.log_probability, sum, 1e-4);
  EXPECT_NEAR(c.allowed_log_probability, sum, 1e-4);
}

TEST(Generate, ARefusedPromptCostsOnlyItself) {
  TinyFolder folder(tiny_config("qwen2_tied"));
  Engine engine(load_model(folder.path(), {}), 1);
  GenerateOptions options;
  options.max_new_tokens = 2;
  int at = 0;
  std::map<uint64_t, Completion> results;
  generate(
      engine, options,
      [&]() -> std::optional<Request> {
        if (at == 3) return std::nullopt;
        const int32_t token = at == 1 ? 999 : 1;
        return Request{static_cast<uint64_t>(at++), 0, {{}, {token}}, nullptr};
      },
      [&](Completion c) { results[c.index] = c; });
  EXPECT_EQ(results[0].tokens.size(), 2u);
  EXPECT_EQ(results[2].tokens.size(), 2u);
  EXPECT_EQ(results[1].finish, Finish::kFailed);
  EXPECT_NE(results[1].error.find("999"), std::string::npos);
}

// Odd tokens only, and only after an even number of them the end.
struct OddFilter : TokenFilter {
  std::vector<uint64_t> bits;
  size_t seen = 0;
  std::unique_ptr<TokenFilter> clone() const override { return std::make_unique<OddFilter>(*this); }
  std::span<const uint64_t> allowed() override {
    bits.assign(1, 0xAAAAAAAAAAAAAAAAull);
    if (seen % 2 == 0) bits[0] |= 1ull << 4;
    return bits;
  }
  void advance(int32_t) override { ++seen; }
};

TEST(Generate, AFilterIsObeyed) {
  TinyFolder folder(tiny_config("qwen2_tied"));
  Engine engine(load_model(folder.path(), {}), 2);
  GenerateOptions options = sampled();
  options.samples = 150;
  options.max_new_tokens = 48;
  options.batch = 7;
  options.end_tokens = {4};
  bool given = false;
  size_t ended = 0;
  generate(
      engine, options,
      [&]() -> std::optional<Request> {
        if (std::exchange(given, true)) return std::nullopt;
        return Request{0, 0, {{}, {1}}, std::make_shared<OddFilter>()};
      },
      [&](Completion c) {
        for (int32_t token : c.tokens) EXPECT_EQ(token % 2, 1);
        if (c.finish == Finish::kEnd) {
          EXPECT_EQ(c.tokens.size() % 2, 0u);
          ++ended;
        }
        EXPECT_GT(c.allowed_log_probability, c.log_probability);
      });
  EXPECT_GT(ended, 3u);
}

TEST(Sampler, FollowsTheProbabilities) {
  const std::vector<float> logits = {0.1f, 2.0f, -1.0f, 1.0f, 0.5f};
  SamplerScratch scratch;
  const auto frequencies = [&](SamplingOptions options, std::vector<uint64_t> allowed) {
    std::vector<double> count(logits.size());
    for (int i = 0; i < 20000; ++i) {
      const Choice c = choose(logits, allowed, options, (i + 0.5) / 20000, kernels(), scratch);
      count[static_cast<size_t>(c.token)] += 1.0 / 20000;
    }
    return count;
  };
  const auto expected = [&](double temperature, std::vector<size_t> tokens) {
    std::vector<double> p(logits.size());
    double z = 0;
    for (size_t t : tokens) z += std::exp(logits[t] / temperature);
    for (size_t t : tokens) p[t] = std::exp(logits[t] / temperature) / z;
    return p;
  };
  const auto near = [](const std::vector<double>& a, const std::vector<double>& b) {
    for (size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 2e-4) << i;
  };
  near(frequencies({1, 1}, {}), expected(1, {0, 1, 2, 3, 4}));
  near(frequencies({0.5, 1}, {}), expected(0.5, {0, 1, 2, 3, 4}));
  // At temperature 1: 0.53, 0.19, 0.12, … : 0.7 needs two tokens, 0.5 one.
  near(frequencies({1, 0.7}, {}), expected(1, {1, 3}));
  near(frequencies({1, 0.5}, {}), expected(1, {1}));
  near(frequencies({1, 1}, {0b11101}), expected(1, {0, 2, 3, 4}));
  near(frequencies({0, 1}, {0b00101}), expected(1, {0}));
  const float bad = NAN;
  EXPECT_EQ(choose({&bad, 1}, {}, {}, 0, kernels(), scratch).token, -1);
  const std::vector<uint64_t> nothing = {0};
  EXPECT_EQ(choose(logits, nothing, {}, 0, kernels(), scratch).token, -1);
}

}  // namespace
}  // namespace cadrecode::decode
