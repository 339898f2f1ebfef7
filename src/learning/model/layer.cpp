#include "learning/model/layer.h"

#include <ATen/ATen.h>

#include "base/error.h"
#include "learning/model/operations.h"

namespace cadrecode::model {
namespace {

// `rows` written over x at `slots`, in x's type.
Tensor placed(const Tensor& x, const Tensor& slots, const Tensor& rows, const char* what) {
  if (!rows.defined() || rows.numel() / x.size(1) != slots.size(0)) {
    throw Error(ErrorKind::kValue, std::to_string(rows.defined() ? rows.numel() / x.size(1) : 0) +
                                       " " + what + " for " + std::to_string(slots.size(0)) +
                                       " slots");
  }
  return x.index_copy(0, slots, rows.reshape({-1, x.size(1)}).to(x.scalar_type()));
}

// Tokens for the batch's B-rep slots.
Tensor brep_tokens_of(const Model& model, const Batch& batch, const Tensor& given,
                      uint64_t dropout_seed) {
  if (given.defined() || batch.brep.face_counts.empty()) return given;
  if (!model.brep.defined()) throw Error(ErrorKind::kValue, "the model has no B-rep encoder");
  return encode_brep(model.brep, batch.brep, dropout_seed);
}

}  // namespace

Rope make_rope(const checkpoint::ModelConfig& config, const Tensor& positions,
               at::ScalarType type) {
  const auto options = positions.options().dtype(at::kFloat);
  const Tensor exponents =
      at::arange(0, config.head_dim, 2, options) / static_cast<double>(config.head_dim);
  const Tensor frequencies = at::pow(config.rope_theta, exponents).reciprocal();
  const Tensor half = positions.to(at::kFloat).unsqueeze(1) * frequencies;
  const Tensor phases = at::cat({half, half}, 1).unsqueeze(1);
  return {phases.cos().to(type), phases.sin().to(type)};
}

Tensor embed(const Model& model, const Batch& batch, const Tensor& brep_tokens,
             uint64_t dropout_seed) {
  Tensor x = at::embedding(model.embedding, batch.tokens).to(model.compute);
  if (batch.point_slots.numel() > 0) {
    if (!batch.points.defined() || !model.points.defined()) {
      throw Error(ErrorKind::kValue, batch.points.defined() ? "the model has no point encoder"
                                                            : "slots for points, but no points");
    }
    const Tensor points = encode_points(model.points, batch.points, model.compute);
    x = placed(x, batch.point_slots, points, "point tokens");
  }
  if (batch.brep_slots.numel() > 0) {
    const Tensor tokens = brep_tokens_of(model, batch, brep_tokens, dropout_seed);
    x = placed(x, batch.brep_slots, tokens, "B-rep tokens");
  }
  return x;
}

Tensor layer_forward(const Model& model, const Layer& layer, const Rope& rope, const Attend& attend,
                     const Tensor& x, uint64_t dropout_seed) {
  const auto& c = model.config;
  const auto heads = [&](const Linear& linear, const Tensor& h, int64_t count) {
    return apply(linear, h, dropout_seed).view({h.size(0), count, c.head_dim});
  };
  const Tensor h = rms_norm(x, layer.input_norm, c.rms_norm_eps);
  Tensor q = heads(layer.q, h, c.num_attention_heads);
  Tensor k = heads(layer.k, h, c.num_key_value_heads);
  const Tensor v = heads(layer.v, h, c.num_key_value_heads);
  if (layer.q_norm.defined()) {
    q = rms_norm(q, layer.q_norm, c.rms_norm_eps);
    k = rms_norm(k, layer.k_norm, c.rms_norm_eps);
  }
  const Tensor mixed = attend(with_rope(q, rope.cos, rope.sin), with_rope(k, rope.cos, rope.sin), v);
  const Tensor y = x + apply(layer.o, mixed, dropout_seed);
  const Tensor g = rms_norm(y, layer.post_attention_norm, c.rms_norm_eps);
  const Tensor inner =
      silu_product(apply(layer.gate, g, dropout_seed), apply(layer.up, g, dropout_seed));
  return y + apply(layer.down, inner, dropout_seed);
}

const Tensor& head_of(const Model& model) {
  return model.head.defined() ? model.head : model.embedding;
}

}  // namespace cadrecode::model
