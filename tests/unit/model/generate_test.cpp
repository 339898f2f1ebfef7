#include "learning/model/generate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "unit/model/golden.h"

namespace cadrecode::model {
namespace {

std::vector<Sample> prompts(const Model& model) {
  auto samples = golden_samples(model.config.vocab_size);
  samples[1].tokens.resize(12);  // prompts of 15, 12 and 10 tokens
  return samples;
}

// One token after the other by full passes: what the cache must reproduce.
std::vector<int64_t> greedy_by_full_passes(const Model& model, Sample sample, int64_t count) {
  std::vector<int64_t> out;
  for (int64_t i = 0; i < count; ++i) {
    const Tensor hidden = hidden_states(model, make_batch(std::span(&sample, 1), 3, at::kCPU));
    out.push_back(logits(model, hidden.slice(0, -1)).argmax(1).item().toLong());
    sample.tokens.push_back(out.back());
  }
  return out;
}

TEST(Generate, GreedyIsTheFullPassesForPromptsOfAnyLength) {
  const Model model = golden_model("qwen3");
  SampleOptions options;
  options.max_new_tokens = 20;
  const auto all = prompts(model);
  const std::vector<uint64_t> seeds(all.size());
  const auto out = generate(model, all, seeds, 1, options);
  for (size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(out[i].tokens, greedy_by_full_passes(model, all[i], 20)) << i;
    EXPECT_FALSE(out[i].ended);
  }
}

TEST(Generate, DrawsDoNotDependOnTheirNeighbours) {
  const Model model = golden_model("qwen2");
  SampleOptions options;
  options.max_new_tokens = 12;
  options.temperature = 1.0;
  options.top_p = 0.9;
  options.end_tokens = {3, 5, 8, 13, 21, 34};
  const auto all = prompts(model);
  const std::vector<uint64_t> seeds = {11, 12, 13};
  const auto together = generate(model, all, seeds, 4, options);
  ASSERT_EQ(together.size(), 12u);
  bool some_ended = false, some_differ = false;
  for (size_t i = 0; i < all.size(); ++i) {
    const auto alone = generate(model, std::span(&all[i], 1), std::span(&seeds[i], 1), 4, options);
    for (size_t k = 0; k < 4; ++k) {
      const Generated& g = together[4 * i + k];
      EXPECT_EQ(g.tokens, alone[k].tokens);
      some_ended |= g.ended;
      some_differ |= k > 0 && g.tokens != together[4 * i].tokens;
      EXPECT_EQ(g.log_probabilities.size(), g.tokens.size() + (g.ended ? 1 : 0));
    }
  }
  EXPECT_TRUE(some_ended);
  EXPECT_TRUE(some_differ);
}

TEST(Generate, LogProbabilitiesAreTheModels) {
  const Model model = golden_model("qwen2-untied");
  SampleOptions options;
  options.max_new_tokens = 8;
  options.temperature = 0.7;
  const auto all = prompts(model);
  const std::vector<uint64_t> seeds = {1, 2, 3};
  const auto out = generate(model, all, seeds, 1, options);
  for (size_t i = 0; i < all.size(); ++i) {
    Sample full = all[i];
    full.first_target = static_cast<int64_t>(full.tokens.size());
    full.tokens.insert(full.tokens.end(), out[i].tokens.begin(), out[i].tokens.end());
    const Tensor log_p =
        target_log_probabilities(model, make_batch(std::span(&full, 1), 3, at::kCPU));
    for (size_t k = 0; k < out[i].tokens.size(); ++k) {
      EXPECT_NEAR(out[i].log_probabilities[k], log_p[static_cast<int64_t>(k)].item().toFloat(),
                  1e-5);
    }
  }
}

TEST(Generate, TokensComeAsOftenAsTheirProbabilitySays) {
  const Model model = golden_model("qwen2");
  SampleOptions options;
  options.max_new_tokens = 1;
  options.temperature = 1;
  const Sample prompt = golden_samples(model.config.vocab_size)[0];
  const uint64_t seed = 99;
  const int64_t draws = 20000;
  std::vector<double> seen(101);
  for (const Generated& g :
       generate(model, std::span(&prompt, 1), std::span(&seed, 1), draws, options)) {
    seen[static_cast<size_t>(g.tokens[0])] += 1.0 / static_cast<double>(draws);
  }
  const Tensor hidden = hidden_states(model, make_batch(std::span(&prompt, 1), 3, at::kCPU));
  const Tensor p = at::softmax(logits(model, hidden.slice(0, -1)), 1).flatten();
  for (int64_t t = 0; t < 101; ++t) {
    const double expected = p[t].item().toDouble();
    EXPECT_NEAR(seen[static_cast<size_t>(t)], expected,
                5 * std::sqrt(expected / static_cast<double>(draws)) + 1e-4);
  }
}

TEST(Generate, TopPKeepsTheLikeliestOnly) {
  const Model model = golden_model("qwen2");
  SampleOptions options;
  options.max_new_tokens = 1;
  options.temperature = 1;
  options.top_p = 1e-6;
  const Sample prompt = golden_samples(model.config.vocab_size)[2];
  const uint64_t seed = 4;
  const int64_t best = greedy_by_full_passes(model, prompt, 1)[0];
  for (const Generated& g :
       generate(model, std::span(&prompt, 1), std::span(&seed, 1), 50, options)) {
    EXPECT_EQ(g.tokens[0], best);
  }
}

TEST(Generate, WrongCallsAreRefused) {
  const Model model = golden_model("qwen2");
  const auto all = prompts(model);
  const std::vector<uint64_t> seeds = {1};
  EXPECT_THROW(generate(model, all, seeds, 1, {}), Error);
  EXPECT_TRUE(generate(model, {}, {}, 1, {}).empty());
}

}  // namespace
}  // namespace cadrecode::model
