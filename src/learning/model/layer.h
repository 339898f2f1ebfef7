// The pieces of a decoder layer, shared by the full pass and the cached one.
// Private to the room.
#pragma once

#include <functional>

#include "learning/model/model.h"

namespace cadrecode::model {

// Cosines and sines of the rotary embedding, [T, 1, D] each, for `positions` [T].
struct Rope {
  Tensor cos, sin;
};
Rope make_rope(const checkpoint::ModelConfig& config, const Tensor& positions, at::ScalarType type);

// Rows of the embedding [T, C] with point and B-rep tokens in their slots.
// `brep_tokens` undefined: the batch's own grids are encoded.
Tensor embed(const Model& model, const Batch& batch, const Tensor& brep_tokens,
             uint64_t dropout_seed = 0);

// q [T, H, D], k and v [T, K, D] -> [T, H D].
using Attend = std::function<Tensor(const Tensor& q, const Tensor& k, const Tensor& v)>;

Tensor layer_forward(const Model& model, const Layer& layer, const Rope& rope, const Attend& attend,
                     const Tensor& x, uint64_t dropout_seed);

// [V, C]: what logits are made with.
const Tensor& head_of(const Model& model);

}  // namespace cadrecode::model
