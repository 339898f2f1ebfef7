// Completions for a stream of prompts, decoded as one continuous batch.
//
// Whenever a sequence ends its place is taken by the next sample or prompt, so
// the batch stays full; samples of one prompt share its keys and values. Sample
// s of the prompt with key k draws from the random stream (seed, k, s) alone and
// its logits do not depend on its neighbours (engine.h): the result is a pure
// function of model, prompt, options, k and s.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "learning/decode/engine.h"
#include "learning/decode/sampler.h"

namespace cadrecode::decode {

// Says which tokens may come: state of one sequence.
class TokenFilter {
 public:
  virtual ~TokenFilter() = default;
  virtual std::unique_ptr<TokenFilter> clone() const = 0;
  // A bit a token; valid until the next call of anything.
  virtual std::span<const uint64_t> allowed() = 0;
  virtual void advance(int32_t token) = 0;
};

struct Request {
  uint64_t index = 0;  // handed back
  uint64_t key = 0;    // of the random stream
  Prompt prompt;
  std::shared_ptr<const TokenFilter> filter;  // may be null
};

struct GenerateOptions {
  SamplingOptions sampling;
  size_t samples = 1;  // completions a prompt
  size_t max_new_tokens = 768;
  uint64_t seed = 0;
  std::vector<int32_t> end_tokens;
  size_t batch = 16;  // sequences decoded together at most
};

enum class Finish {
  kEnd,     // an end token
  kLength,  // max_new_tokens, or all positions the model has
  kFailed,  // see error
};
const char* to_string(Finish finish);  // "end", "length", "failed"

struct Completion {
  uint64_t index = 0;
  size_t sample = 0;
  Finish finish = Finish::kFailed;
  std::vector<int32_t> tokens;           // without the end token
  std::vector<float> log_probabilities;  // one a token, the end token's last (Choice)
  double log_probability = 0;            // their sum
  double allowed_log_probability = 0;    // the same among allowed tokens only
  std::string error;
};

// `next` gives requests until it has none; `done` gets completions as they
// finish. Both run on the calling thread. A prompt that is refused costs its own
// samples only.
void generate(Engine& engine, const GenerateOptions& options,
              const std::function<std::optional<Request>()>& next,
              const std::function<void(Completion)>& done);

}  // namespace cadrecode::decode
