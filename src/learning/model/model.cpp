#include "learning/model/model.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "learning/checkpoint/names.h"
#include "learning/model/compat.h"
#include "learning/model/init.h"
#include "learning/model/layer.h"
#include "learning/model/operations.h"

namespace cadrecode::model {
namespace {

// Holds its own handle on the batch: a recomputed layer may run after the
// caller's is gone.
Attend packed_attention(const Batch& batch) {
  return [batch](const Tensor& q, const Tensor& k, const Tensor& v) {
    if (has_segment_attention(q)) {
      return segment_attention(q, k, v, batch.starts, batch.starts, true).flatten(1);
    }
    const auto laid_out = [&](const Tensor& x) {  // [T, heads, D] -> [B, heads, L, D]
      return to_padded(batch, x.flatten(1))
          .view({batch.samples, batch.longest, x.size(1), x.size(2)})
          .transpose(1, 2);
    };
    const Tensor y = attention(laid_out(q), laid_out(k), laid_out(v), {}, true);
    return to_packed(batch, y.transpose(1, 2).flatten(2));
  };
}

// Scores of every token, in the type of `hidden`.
Tensor scores_of(const Model& model, const Tensor& hidden) {
  return at::linear(hidden, head_of(model).to(hidden.scalar_type()));
}

// log p of targets [n] from hidden rows [n, C]. The product is of a round number of
// rows, as make_batch explains.
Tensor log_probabilities(const Model& model, const Tensor& hidden, const Tensor& targets) {
  const int64_t count = hidden.size(0), more = (kRowMultiple - count % kRowMultiple) % kRowMultiple;
  const Tensor rows = more ? at::constant_pad_nd(hidden, {0, 0, 0, more}) : hidden;
  return log_probability(scores_of(model, rows).slice(0, 0, count), targets);
}

}  // namespace

Model make_model(const checkpoint::ModelConfig& config, uint64_t seed, at::ScalarType weights,
                 at::ScalarType compute, at::Device device) {
  checkpoint::check_config(config, "model");
  Model model = empty_model(config);
  model.compute = compute;
  const double deviation = 0.02;
  const double residual =
      deviation / std::sqrt(2.0 * static_cast<double>(config.num_hidden_layers));
  for (const auto& spec : checkpoint::decoder_tensors(config)) {
    const bool norm = spec.name.find("norm.weight") != std::string::npos;
    const bool bias = spec.name.ends_with(".bias");
    const bool adds = spec.name.find("o_proj") != std::string::npos ||
                      spec.name.find("down_proj") != std::string::npos;
    const double d = norm ? kOnes : bias ? kZeros : adds ? residual : deviation;
    slot(model, spec.name) = drawn(seed, spec.name, spec.shape, d).to(device, weights);
  }
  const Draw draw = [&](const std::string& name, const std::vector<int64_t>& shape, double d) {
    return drawn(seed, name, shape, d).to(device);
  };
  model.points = make_point_encoder(config, draw);
  model.brep = make_brep_encoder(config, draw);
  return model;
}

Tensor hidden_states(const Model& model, const Batch& batch, const ForwardOptions& options) {
  const Rope rope = make_rope(model.config, batch.positions, model.compute);
  const Attend attend = packed_attention(batch);
  Tensor x = embed(model, batch, options.brep_tokens, options.dropout_seed);
  for (const Layer& layer : model.layers) {
    const auto step = [&model, &layer, rope, attend,
                       seed = options.dropout_seed](const Tensor& in) {
      return layer_forward(model, layer, rope, attend, in, seed);
    };
    x = options.checkpoint_layers && at::GradMode::is_enabled() ? checkpointed(step, x) : step(x);
  }
  return rms_norm(x, model.final_norm, model.config.rms_norm_eps);
}

Tensor logits(const Model& model, const Tensor& hidden) {
  return scores_of(model, hidden).to(at::kFloat);
}

Tensor target_log_probabilities(const Model& model, const Batch& batch,
                                const ForwardOptions& options) {
  const Tensor rows = hidden_states(model, batch, options).index_select(0, batch.sources);
  const int64_t count = rows.size(0);
  const int64_t at_once = std::max<int64_t>(1, options.logits_at_once / model.config.vocab_size);
  if (count <= at_once) return log_probabilities(model, rows, batch.targets);
  std::vector<Tensor> pieces;
  for (int64_t begin = 0; begin < count; begin += at_once) {
    const int64_t end = std::min(count, begin + at_once);
    const Tensor targets = batch.targets.slice(0, begin, end), part = rows.slice(0, begin, end);
    const auto piece = [&model, targets](const Tensor& h) {
      return log_probabilities(model, h, targets);
    };
    pieces.push_back(at::GradMode::is_enabled() ? checkpointed(piece, part) : piece(part));
  }
  return at::cat(pieces);
}

Tensor loss(const Model& model, const Batch& batch, const ForwardOptions& options) {
  if (batch.targets.numel() == 0)
    throw Error(ErrorKind::kValue, "a batch without targets has no loss");
  return target_log_probabilities(model, batch, options).mean().neg();
}

}  // namespace cadrecode::model
