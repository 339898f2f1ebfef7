#include "learning/decode/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace cadrecode::decode {
namespace {

// transformers computes these in float from a float power.
std::vector<float> rope_frequencies(double theta, size_t head_dim) {
  std::vector<float> out(head_dim / 2);
  for (size_t i = 0; i < out.size(); ++i) {
    const float exponent = static_cast<float>(2 * i) / static_cast<float>(head_dim);
    out[i] = 1.0f / static_cast<float>(std::pow(theta, static_cast<double>(exponent)));
  }
  return out;
}

float* at_least(std::vector<float>& memory, size_t size) {
  if (memory.size() < size) memory.resize(size);
  return memory.data();
}

}  // namespace

Engine::Engine(std::shared_ptr<const Model> model, size_t threads, const Kernels& set)
    : model_(std::move(model)), kernels_(set), pool_(threads), scratch_(pool_.threads()) {
  const checkpoint::ModelConfig& c = model_->config;
  shape_ = {static_cast<size_t>(c.num_hidden_layers), static_cast<size_t>(c.num_key_value_heads),
            static_cast<size_t>(c.head_dim)};
  inverse_frequencies_ = rope_frequencies(c.rope_theta, shape_.head_dim);
}

Engine::~Engine() = default;

void Engine::prepare_rotations(size_t positions) {
  const size_t half = shape_.head_dim / 2;
  for (size_t p = cosines_.size() / half; p < positions; ++p) {
    for (size_t i = 0; i < half; ++i) {
      const float angle = static_cast<float>(p) * inverse_frequencies_[i];
      cosines_.push_back(std::cos(angle));
      sines_.push_back(std::sin(angle));
    }
  }
}

void Engine::check_token(int32_t token) const {
  if (token < 0 || token >= model_->config.vocab_size) {
    throw Error(ErrorKind::kValue, fmt::format("token {} is outside the model's vocabulary of {}",
                                               token, model_->config.vocab_size));
  }
}

void Engine::check(const Prompt& prompt) const {
  const size_t length = model_->points.tokens(prompt.points.size()) + prompt.tokens.size();
  if (length == 0) throw Error(ErrorKind::kValue, "an empty prompt: nothing to continue");
  if (length > static_cast<size_t>(model_->config.max_position_embeddings)) {
    throw Error(ErrorKind::kValue, fmt::format("a prompt of {} positions, the model knows {}",
                                               length, model_->config.max_position_embeddings));
  }
  if (!prompt.points.empty() && !model_->points.defined()) {
    throw Error(ErrorKind::kValue,
                "the model has no point encoder (point_encoder.*), so it cannot take points",
                {model_->folder});
  }
  for (const auto& point : prompt.points) {
    for (float v : point) {
      if (!(std::abs(v) <= 1e6f))
        throw Error(ErrorKind::kValue, fmt::format("a point's coordinate is {}", v));
    }
  }
  for (int32_t token : prompt.tokens) check_token(token);
}

std::vector<float> Engine::embed(const Prompt& prompt) {
  const size_t hidden = model_->final_norm.size();
  std::vector<float> x = encode_points(model_->points, prompt.points, kernels_, pool_);
  for (int32_t token : prompt.tokens) {
    x.resize(x.size() + hidden);
    model_->embed(token, x.data() + x.size() - hidden);
  }
  return x;
}

void Engine::normalise(const float* x, size_t columns, const std::vector<float>& weight,
                       float* out) {
  const size_t n = weight.size();
  const float eps = static_cast<float>(model_->config.rms_norm_eps);
  pool_.run(columns, columns * n, [&](size_t c, size_t) {
    kernels_.rms_norm(x + c * n, weight.data(), eps, n, out + c * n);
  });
}

void Engine::add(float* x, const float* y, const std::vector<float>& bias, size_t columns) {
  const size_t n = model_->final_norm.size();
  pool_.run(columns, columns * n, [&](size_t c, size_t) {
    if (!bias.empty()) kernels_.add(x + c * n, bias.data(), n);
    kernels_.add(x + c * n, y + c * n, n);
  });
}

// Biases, norms and rotation of one column's heads; its keys and values into
// the cache.
void Engine::place(size_t layer, const Column& column, float* q, float* k, const float* v) {
  const Layer& l = model_->layers[layer];
  const size_t d = shape_.head_dim, heads = l.q.rows / d;
  const float eps = static_cast<float>(model_->config.rms_norm_eps);
  const float* cosines = cosines_.data() + column.position * d / 2;
  const float* sines = sines_.data() + column.position * d / 2;
  if (!l.q_bias.empty()) {
    kernels_.add(q, l.q_bias.data(), l.q.rows);
    kernels_.add(k, l.k_bias.data(), l.k.rows);
  }
  const auto turn = [&](float* head, const std::vector<float>& norm) {
    if (!norm.empty()) kernels_.rms_norm(head, norm.data(), eps, d, head);
    kernels_.rope(head, cosines, sines, d);
  };
  for (size_t h = 0; h < heads; ++h) turn(q + h * d, l.q_norm);
  for (size_t h = 0; h < shape_.heads; ++h) turn(k + h * d, l.k_norm);
  const size_t page = column.position / kPagePositions, at = column.position % kPagePositions;
  for (size_t h = 0; h < shape_.heads; ++h) {
    float* keys = column.sequence->keys(page, layer, h);
    float* values = column.sequence->values(page, layer, h) + at * d;
    for (size_t i = 0; i < d; ++i) keys[i * kPagePositions + at] = k[h * d + i];
    std::copy_n(v + h * d, d, values);
    if (!l.v_bias.empty()) kernels_.add(values, l.v_bias.data() + h * d, d);
  }
}

void Engine::attend(size_t layer, const Column& column, size_t head, const float* q, float* out,
                    size_t thread) {
  Scratch& scratch = scratch_[thread];
  const size_t d = shape_.head_dim, group = model_->layers[layer].q.rows / d / shape_.heads;
  const size_t positions = column.position + 1;
  const size_t pages = (positions + kPagePositions - 1) / kPagePositions;
  scratch.keys.resize(pages);
  scratch.values.resize(pages);
  for (size_t p = 0; p < pages; ++p) {
    scratch.keys[p] = column.sequence->keys(p, layer, head);
    scratch.values[p] = column.sequence->values(p, layer, head);
  }
  scratch.scores.resize(std::max(scratch.scores.size(), group * pages * kPagePositions));
  kernels_.attend({scratch.keys.data(), scratch.values.data(), positions, d, q + head * group * d,
                   group, static_cast<float>(1 / std::sqrt(static_cast<double>(d))),
                   scratch.scores.data(), out + head * group * d});
}

void Engine::attention(size_t layer, std::span<const Column> columns, float* x) {
  const Layer& l = model_->layers[layer];
  const size_t n = columns.size(), hidden = model_->final_norm.size();
  const size_t q_size = l.q.rows, kv_size = l.k.rows;
  float* h = at_least(h_, n * hidden);
  float* q = at_least(q_, n * q_size);
  float* k = at_least(k_, n * kv_size);
  float* v = at_least(v_, n * kv_size);
  normalise(x, n, l.input_norm, h);
  input_.set(h, n, hidden);
  const Product products[] = {{&l.q, q, q_size}, {&l.k, k, kv_size}, {&l.v, v, kv_size}};
  multiply(products, input_, kernels_, pool_);
  pool_.run(n, n * q_size, [&](size_t c, size_t) {
    place(layer, columns[c], q + c * q_size, k + c * kv_size, v + c * kv_size);
  });
  float* mixed = at_least(mixed_, n * q_size);
  size_t attended = 0;
  for (const Column& c : columns) attended += (c.position + 1) * q_size;
  pool_.run(n * shape_.heads, attended, [&](size_t piece, size_t thread) {
    const size_t c = n - 1 - piece / shape_.heads;  // a prompt's longest first
    attend(layer, columns[c], piece % shape_.heads, q + c * q_size, mixed + c * q_size, thread);
  });
  input_.set(mixed, n, q_size);
  const Product out{&l.o, h, hidden};
  multiply({&out, 1}, input_, kernels_, pool_);
  add(x, h, l.o_bias, n);
}

void Engine::feed_forward(size_t layer, size_t columns, float* x) {
  const Layer& l = model_->layers[layer];
  const size_t hidden = model_->final_norm.size(), inner = l.gate.rows;
  float* h = at_least(h_, columns * hidden);
  float* gate = at_least(gate_, columns * inner);
  float* up = at_least(up_, columns * inner);
  normalise(x, columns, l.post_norm, h);
  input_.set(h, columns, hidden);
  const Product products[] = {{&l.gate, gate, inner}, {&l.up, up, inner}};
  multiply(products, input_, kernels_, pool_);
  pool_.run(columns, columns * inner,
            [&](size_t c, size_t) { kernels_.silu_mul(gate + c * inner, up + c * inner, inner); });
  input_.set(gate, columns, inner);
  const Product out{&l.down, h, hidden};
  multiply({&out, 1}, input_, kernels_, pool_);
  add(x, h, {}, columns);
}

void Engine::run_layers(std::span<const Column> columns, float* x) {
  size_t positions = 0;
  for (const Column& c : columns) positions = std::max(positions, c.position + 1);
  prepare_rotations(positions);
  for (size_t layer = 0; layer < model_->layers.size(); ++layer) {
    attention(layer, columns, x);
    feed_forward(layer, columns.size(), x);
  }
}

void Engine::head(const float* x, size_t columns, float* logits) {
  const size_t hidden = model_->final_norm.size();
  float* h = at_least(h_, columns * hidden);
  normalise(x, columns, model_->final_norm, h);
  input_.set(h, columns, hidden);
  const Product out{&model_->head, logits, vocabulary()};
  multiply({&out, 1}, input_, kernels_, pool_);
}

Sequence Engine::prefill(const Prompt& prompt, std::span<float> logits) {
  check(prompt);
  std::vector<float> x = embed(prompt);
  const size_t hidden = model_->final_norm.size(), length = x.size() / hidden;
  Sequence sequence(shape_);
  sequence.grow(length);
  std::vector<Column> columns(length);
  for (size_t p = 0; p < length; ++p) columns[p] = {&sequence, p};
  run_layers(columns, x.data());
  head(x.data() + (length - 1) * hidden, 1, logits.data());
  return sequence;
}

std::vector<float> Engine::all_logits(const Prompt& prompt) {
  check(prompt);
  std::vector<float> x = embed(prompt);
  const size_t length = x.size() / model_->final_norm.size();
  Sequence sequence(shape_);
  sequence.grow(length);
  std::vector<Column> columns(length);
  for (size_t p = 0; p < length; ++p) columns[p] = {&sequence, p};
  run_layers(columns, x.data());
  std::vector<float> logits(length * vocabulary());
  head(x.data(), length, logits.data());
  return logits;
}

void Engine::step(std::span<Sequence* const> sequences, std::span<const int32_t> tokens,
                  std::span<float> logits) {
  const size_t n = sequences.size(), hidden = model_->final_norm.size();
  if (n == 0) return;
  std::vector<float> x(n * hidden);
  std::vector<Column> columns(n);
  for (size_t i = 0; i < n; ++i) {
    check_token(tokens[i]);
    if (sequences[i]->length() >= static_cast<size_t>(model_->config.max_position_embeddings)) {
      throw Error(ErrorKind::kLimit, fmt::format("the model knows {} positions, and all are taken",
                                                 model_->config.max_position_embeddings));
    }
  }
  for (size_t i = 0; i < n; ++i) {
    model_->embed(tokens[i], x.data() + i * hidden);
    columns[i] = {sequences[i], sequences[i]->length()};
    sequences[i]->grow(1);
  }
  run_layers(columns, x.data());
  head(x.data(), n, logits.data());
}

}  // namespace cadrecode::decode
