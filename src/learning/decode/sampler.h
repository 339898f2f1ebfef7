// One token from a row of logits.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learning/decode/kernels.h"

namespace cadrecode::decode {

struct SamplingOptions {
  double temperature = 0;  // 0: the most probable token, the first among equals
  double top_p = 1;        // the fewest tokens that hold this much probability
};

struct Choice {
  int32_t token = -1;  // -1: the logits are no numbers, or nothing is allowed
  // Natural logarithms of the token's probability at temperature 1: as the model
  // says, and among the allowed tokens only.
  double log_probability = 0, allowed_log_probability = 0;
};

// Work space, one a thread.
struct SamplerScratch {
  std::vector<float> logits, weights;
  std::vector<std::pair<float, int32_t>> candidates;
};

// `uniform` in [0, 1) decides; `allowed`, if not empty, has bit t set where
// token t may be chosen. A pure function of its arguments on one instruction
// set.
Choice choose(std::span<const float> logits, std::span<const uint64_t> allowed,
              const SamplingOptions& options, double uniform, const Kernels& kernels,
              SamplerScratch& scratch);

}  // namespace cadrecode::decode
