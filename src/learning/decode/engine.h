// The forward pass: prompts, then one token a sequence and step.
//
// A sequence is a prefix of point embeddings (point_encoder.h) followed by tokens, at positions
// 0 … L-1 (the layout of CAD-Recode: points, <|im_start|>, code). Keys and
// values are cached in f32.
//
// Guarantee: the logits of a sequence are the same bits whatever else is in the
// batch, in whatever order, on however many threads, since every sum runs in an
// order that only the model and the processor's instruction set decide
// (kernels.h). A prompt position and a decoding step use the same sums too, so
// cached and uncached passes agree.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "learning/decode/cache.h"
#include "learning/decode/model.h"

namespace cadrecode::decode {

struct Prompt {
  std::vector<Point> points;  // in the frame the model was trained in
  std::vector<int32_t> tokens;
};

class Engine {
 public:
  // `threads` 0: all cores.
  explicit Engine(std::shared_ptr<const Model> model, size_t threads = 0,
                  const Kernels& set = kernels());
  ~Engine();

  const Model& model() const { return *model_; }
  size_t vocabulary() const { return model_->head.rows; }
  Pool& pool() { return pool_; }
  const Kernels& kernel() const { return kernels_; }

  // A new sequence after `prompt`; `logits` [vocabulary] of what follows it.
  // Errors: kValue for an empty prompt, an unknown token, points without an
  // encoder, a coordinate that is no number, or more positions than the model has.
  Sequence prefill(const Prompt& prompt, std::span<float> logits);

  // Appends tokens[i] to *sequences[i], all different; logits [n][vocabulary].
  void step(std::span<Sequence* const> sequences, std::span<const int32_t> tokens,
            std::span<float> logits);

  // Logits after every position: [length][vocabulary].
  std::vector<float> all_logits(const Prompt& prompt);

 private:
  struct Column {
    Sequence* sequence;
    size_t position;
  };
  void check(const Prompt& prompt) const;
  std::vector<float> embed(const Prompt& prompt);
  void check_token(int32_t token) const;
  void prepare_rotations(size_t positions);
  // x [columns][hidden] in place through all layers.
  void run_layers(std::span<const Column> columns, float* x);
  void attention(size_t layer, std::span<const Column> columns, float* x);
  void place(size_t layer, const Column& column, float* q, float* k, const float* v);
  void attend(size_t layer, const Column& column, size_t head, const float* q, float* out,
              size_t thread);
  void feed_forward(size_t layer, size_t columns, float* x);
  void normalise(const float* x, size_t columns, const std::vector<float>& weight, float* out);
  void add(float* x, const float* y, const std::vector<float>& bias, size_t columns);
  void head(const float* x, size_t columns, float* logits);

  std::shared_ptr<const Model> model_;
  const Kernels kernels_;
  Pool pool_;
  CacheShape shape_;
  std::vector<float> inverse_frequencies_;  // [head_dim / 2]
  std::vector<float> cosines_, sines_;      // [positions][head_dim / 2]
  struct Scratch {
    std::vector<const float*> keys, values;
    std::vector<float> scores;
  };
  std::vector<Scratch> scratch_;  // one a thread
  // Results between products; they only grow.
  std::vector<float> h_, q_, k_, v_, mixed_, gate_, up_;
  Columns input_;
};

}  // namespace cadrecode::decode
