// Which tensors a model has, under the official names.
//
//   model.embed_tokens.weight                      [vocab, hidden]
//   model.layers.N.input_layernorm.weight          [hidden]
//   model.layers.N.self_attn.{q,k,v,o}_proj.weight [out, in]   (+ .bias)
//   model.layers.N.self_attn.{q,k}_norm.weight     [head_dim]  (Qwen3)
//   model.layers.N.post_attention_layernorm.weight [hidden]
//   model.layers.N.mlp.{gate,up,down}_proj.weight  [out, in]
//   model.norm.weight                              [hidden]
//   lm_head.weight                                 [vocab, hidden]  (untied only)
//   point_encoder.projection.{weight,bias}         [hidden, 51], [hidden]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "learning/checkpoint/config.h"
#include "learning/checkpoint/safetensors.h"

namespace cadrecode::checkpoint {

inline constexpr std::string_view kEmbedding = "model.embed_tokens.weight";
inline constexpr std::string_view kFinalNorm = "model.norm.weight";
inline constexpr std::string_view kHead = "lm_head.weight";
inline constexpr std::string_view kPointWeight = "point_encoder.projection.weight";
inline constexpr std::string_view kPointBias = "point_encoder.projection.bias";
// Features of a point for the Fourier encoder: xyz, 24 sines, 24 cosines.
inline constexpr int64_t kPointFeatures = 51;

// "model.layers.3.self_attn.q_proj" + ".weight": layer_name(3, "self_attn.q_proj").
std::string layer_name(int64_t layer, std::string_view rest);

struct TensorSpec {
  std::string name;
  Shape shape;
  bool operator==(const TensorSpec&) const = default;
};

// Tensors of the decoder, in the order transformers lists them.
std::vector<TensorSpec> decoder_tensors(const ModelConfig& config);
// Tensors of the Fourier point encoder.
std::vector<TensorSpec> fourier_tensors(const ModelConfig& config);

// Checks stored weights against a config. Errors: kInput naming the tensor and
// the file when one is missing, has another shape, or holds no floating-point
// numbers; also when a tensor under "model.", "lm_head." belongs to no part of
// this architecture (a deeper or a different model). lm_head.weight in a tied
// model is tolerated, as transformers does. With `need_points`, the Fourier
// encoder must be there; without it, it may be.
void check_weights(const Weights& weights, const ModelConfig& config, bool need_points = false);

// Whether the weights carry a Fourier point encoder.
bool has_point_encoder(const Weights& weights);

}  // namespace cadrecode::checkpoint
