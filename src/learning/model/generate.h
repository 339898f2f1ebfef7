// Sampling from a model with a key-value cache: for training by reinforcement
// and for checks. (The program's own inference is learning/decode, without
// libtorch.) Works on any device; the random numbers are drawn on the host from
// our streams, so the same seed gives the same draws everywhere.
#pragma once

#include <span>
#include <vector>

#include "learning/model/model.h"

namespace cadrecode::model {

struct SampleOptions {
  int64_t max_new_tokens = 768;
  double temperature = 0;  // 0: greedy
  double top_p = 1;        // keep the likeliest tokens that together reach this much
  std::vector<int64_t> end_tokens;
};

struct Generated {
  std::vector<int64_t> tokens;           // without the end token
  std::vector<float> log_probabilities;  // of each token and, if reached, of the end token, under
                                         // the untempered model
  bool ended = false;                    // reached an end token
};

// `draws` answers for each prompt; prompts may differ in length. Sample
// b * draws + k draws its step i from stream (seeds[b], k), number i. The prompt
// is computed once for all its draws. Errors: kValue when seeds and prompts
// differ in number.
std::vector<Generated> generate(const Model& model, std::span<const Sample> prompts,
                                std::span<const uint64_t> seeds, int64_t draws,
                                const SampleOptions& options);

// Logits [T, V] of one sample computed token by token through the cache: what
// tests hold against the full pass.
Tensor logits_through_cache(const Model& model, const Sample& sample);

}  // namespace cadrecode::model
