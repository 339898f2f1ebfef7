// Points to program text: a model folder, its tokenizer, and a stream of inputs.
//
// The sequence is CAD-Recode's: the points, <|im_start|> (or the model's own
// bos token), then the program up to <|endoftext|> (or any end token of
// config.json, generation_config.json). Answers come in the order of the inputs,
// samples in order, and are a pure function of model, options, the input's points
// and its id.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "learning/decode/generate.h"
#include "learning/infer/prepare.h"
#include "learning/tokenizer/tokenizer.h"

namespace cadrecode::infer {

struct Options {
  std::string model;                            // folder
  std::string tokenizer;                        // tokenizer.json; empty: the model folder's
  std::optional<decode::WeightFormat> weights;  // empty: as stored
  decode::SamplingOptions sampling;
  size_t samples = 1, max_new_tokens = 768, batch = 16, threads = 0;
  uint64_t seed = 0;
  bool constrain = false;  // to the grammar of language/acceptor
};

struct Input {
  std::string id;
  Prepared prepared;
  std::optional<Error> failure;  // the input could not be had: passed on
};

struct Answer {
  size_t sample = 0;
  decode::Finish finish = decode::Finish::kFailed;
  std::string code;
  size_t tokens = 0;
  // Sums over the tokens and the end token, at temperature 1: as the model says,
  // and among the tokens the grammar allows.
  double log_probability = 0, allowed_log_probability = 0;
  std::string error;  // not empty: no code, and why
};

class Inference {
 public:
  // Errors: those of the model folder and the tokenizer; kInput for a tokenizer
  // without a token to begin or end with; kValue for a temperature or top_p that
  // makes no sense, or several samples at temperature 0, which would be equal.
  explicit Inference(const Options& options);
  ~Inference();

  size_t points() const;  // the model was trained with
  const decode::Model& model() const;

  // `done` gets an input and its answers: one a sample, none if it failed.
  void run(const std::function<std::optional<Input>()>& next,
           const std::function<void(const Input&, const std::vector<Answer>&)>& done);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cadrecode::infer
