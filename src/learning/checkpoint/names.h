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
//   point_encoder.projection.{weight,bias}         [hidden, 51], [hidden]  (Fourier)
//   point_encoder.{input,query}.{weight,bias}      [width, 51 or 54], [width]  (pooled, as all
//   below) point_encoder.context_norm.weight              [width]
//   point_encoder.{cross,blocks.N}.norm{1,2}.weight            [width]
//   point_encoder.{cross,blocks.N}.{q,k,v,o}_proj.weight       [width, width]
//   point_encoder.{cross,blocks.N}.{gate_up,down}_proj.weight  [6 width, width], [width, 3 width]
//   point_encoder.output_norm.weight               [width]
//   point_encoder.output.{weight,bias}             [hidden, width], [hidden]
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
inline constexpr std::string_view kPooledOutput = "point_encoder.output.weight";
// Features of a point: xyz, 24 sines, 24 cosines.
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
// Tensors of the point encoder, of the kind the config names.
std::vector<TensorSpec> point_tensors(const ModelConfig& config);

// Checks stored weights against a config. Errors: kInput naming the tensor and
// the file when one is missing, has another shape, or holds no floating-point
// numbers; also when a tensor under "model.", "lm_head." belongs to no part of
// this architecture (a deeper or a different model). lm_head.weight in a tied
// model is tolerated, as transformers does. With `need_points`, the point
// encoder must be there; without it, it may be.
void check_weights(const Weights& weights, const ModelConfig& config, bool need_points = false);

// Whether the weights carry a point encoder of either kind.
bool has_point_encoder(const Weights& weights);

}  // namespace cadrecode::checkpoint
