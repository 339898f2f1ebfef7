// The decoder: Qwen2 and Qwen3 as transformers computes them, with points.
//
// Letters: T tokens of a batch (batch.h), C hidden size, H query heads, K
// key-value heads, D head size, V vocabulary. One layer:
//
//   x += o(attention(rope(norm(q(h))), rope(norm(k(h))), v(h))),  h = rms(x)
//   x += down(silu(gate(h)) * up(h)),                             h = rms(x)
//
// (norm on heads of q and k only in Qwen3.) Logits are rms(x) Eᵀ with the
// embedding E or a head of its own, always fp32. Points enter as embeddings:
// where a sample has a slot, the next row of the point encoder's output stands.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "learning/checkpoint/config.h"
#include "learning/model/batch.h"
#include "learning/model/brep_encoder.h"
#include "learning/model/linear.h"
#include "learning/model/point_encoder.h"
#include "learning/model/tensor.h"

namespace cadrecode::model {

struct Layer {
  Tensor input_norm, post_attention_norm;  // [C]
  Tensor q_norm, k_norm;                   // [D], Qwen3 only
  Linear q, k, v, o;                       // [H D, C], [K D, C], [K D, C], [C, H D]
  Linear gate, up, down;                   // [I, C], [I, C], [C, I]
};

struct Model {
  checkpoint::ModelConfig config;
  Tensor embedding;  // [V, C]
  std::vector<Layer> layers;
  Tensor final_norm;  // [C]
  Tensor head;        // [V, C]; undefined when tied
  PointEncoder points;
  BrepEncoder brep;
  // Type of the activations. Weights may be of another (fp32 weights with bf16
  // arithmetic is mixed precision); norms, softmax, logits and the point
  // encoder compute in fp32 always.
  at::ScalarType compute = at::kFloat;

  at::Device device() const { return embedding.device(); }
  // Numbers of each point: 6 with normals.
  int64_t point_columns() const { return points.config.normals ? 6 : 3; }
};

// A model with fresh weights: normal with deviation 0.02 (0.02 / √(2 layers)
// where a result is added to the residual stream), norms 1, biases 0; the point
// encoder's and the B-rep encoder's weights are normal too, with the deviations
// their files say. A pure function of (config, seed).
Model make_model(const checkpoint::ModelConfig& config, uint64_t seed, at::ScalarType weights,
                 at::ScalarType compute, at::Device device);

// Every plain tensor under its official name, in transformers' order, then the
// point encoder's and the B-rep encoder's. Packed weights are skipped; LoRA factors come after,
// under PEFT's names without "base_model.model.".
void for_each_tensor(Model& model, const std::function<void(const std::string&, Tensor&)>& visit);
// Every linear layer of the decoder with its module name
// ("model.layers.0.self_attn.q_proj").
void for_each_linear(Model& model, const std::function<void(const std::string&, Linear&)>& visit);

struct ForwardOptions {
  // Recompute layers in the backward pass; the model must live until then.
  bool checkpoint_layers = false;
  uint64_t dropout_seed = 0;  // of LoRA and B-rep dropout; 0: evaluation
  Tensor brep_tokens;         // [slots, C] for kBrepSlot, in place of the batch's own grids
  // Elements of fp32 logits made at once; more targets than that are done in
  // pieces, each made again in the backward pass. 2^27 are half a gigabyte.
  int64_t logits_at_once = int64_t{1} << 27;
};

// Final hidden states [T, C], normalised.
Tensor hidden_states(const Model& model, const Batch& batch, const ForwardOptions& options = {});

// fp32 logits [n, V] of rows of hidden states [n, C].
Tensor logits(const Model& model, const Tensor& hidden);

// log p of each target given what stands before it: fp32 [S].
Tensor target_log_probabilities(const Model& model, const Batch& batch,
                                const ForwardOptions& options = {});

// Mean of -log p over all targets: the loss of transformers with labels on
// code and end token only. Errors: kValue for a batch without targets.
Tensor loss(const Model& model, const Batch& batch, const ForwardOptions& options = {});

}  // namespace cadrecode::model
