#include "learning/checkpoint/names.h"

#include <set>

#include "base/error.h"

namespace cadrecode::checkpoint {

std::string layer_name(int64_t layer, std::string_view rest) {
  return "model.layers." + std::to_string(layer) + "." + std::string(rest);
}

std::vector<TensorSpec> decoder_tensors(const ModelConfig& c) {
  const int64_t hidden = c.hidden_size, inner = c.intermediate_size;
  const int64_t q = c.num_attention_heads * c.head_dim, kv = c.num_key_value_heads * c.head_dim;
  std::vector<TensorSpec> out = {{std::string(kEmbedding), {c.vocab_size, hidden}}};
  for (int64_t i = 0; i < c.num_hidden_layers; ++i) {
    const auto add = [&](const char* name, Shape shape) {
      out.push_back({layer_name(i, name), std::move(shape)});
    };
    add("self_attn.q_proj.weight", {q, hidden});
    if (c.qkv_bias) add("self_attn.q_proj.bias", {q});
    add("self_attn.k_proj.weight", {kv, hidden});
    if (c.qkv_bias) add("self_attn.k_proj.bias", {kv});
    add("self_attn.v_proj.weight", {kv, hidden});
    if (c.qkv_bias) add("self_attn.v_proj.bias", {kv});
    add("self_attn.o_proj.weight", {hidden, q});
    if (c.o_bias) add("self_attn.o_proj.bias", {hidden});
    if (c.architecture == Architecture::kQwen3) {
      add("self_attn.q_norm.weight", {c.head_dim});
      add("self_attn.k_norm.weight", {c.head_dim});
    }
    add("mlp.gate_proj.weight", {inner, hidden});
    add("mlp.up_proj.weight", {inner, hidden});
    add("mlp.down_proj.weight", {hidden, inner});
    add("input_layernorm.weight", {hidden});
    add("post_attention_layernorm.weight", {hidden});
  }
  out.push_back({std::string(kFinalNorm), {hidden}});
  if (!c.tie_word_embeddings) out.push_back({std::string(kHead), {c.vocab_size, hidden}});
  return out;
}

namespace {

void add_pooled_block(std::vector<TensorSpec>& out, const std::string& name, int64_t width) {
  out.push_back({name + ".norm1.weight", {width}});
  out.push_back({name + ".norm2.weight", {width}});
  for (const char* which : {"q", "k", "v", "o"})
    out.push_back({name + "." + which + "_proj.weight", {width, width}});
  out.push_back({name + ".gate_up_proj.weight", {6 * width, width}});
  out.push_back({name + ".down_proj.weight", {width, 3 * width}});
}

std::vector<TensorSpec> pooled_tensors(const ModelConfig& c) {
  const PointEncoderConfig& e = c.point_encoder;
  const int64_t width = e.width ? e.width : c.hidden_size;
  const int64_t columns = kPointFeatures + (e.normals ? 3 : 0);
  const std::string prefix = "point_encoder.";
  std::vector<TensorSpec> out = {{prefix + "input.weight", {width, columns}},
                                 {prefix + "input.bias", {width}},
                                 {prefix + "query.weight", {width, columns}},
                                 {prefix + "query.bias", {width}},
                                 {prefix + "context_norm.weight", {width}}};
  add_pooled_block(out, prefix + "cross", width);
  for (int64_t i = 0; i < e.layers; ++i)
    add_pooled_block(out, prefix + "blocks." + std::to_string(i), width);
  out.push_back({prefix + "output_norm.weight", {width}});
  out.push_back({std::string(kPooledOutput), {c.hidden_size, width}});
  out.push_back({prefix + "output.bias", {c.hidden_size}});
  return out;
}

}  // namespace

std::vector<TensorSpec> point_tensors(const ModelConfig& c) {
  if (c.point_encoder.type == PointEncoderConfig::Type::kPooled) return pooled_tensors(c);
  return {{std::string(kPointWeight), {c.hidden_size, kPointFeatures}},
          {std::string(kPointBias), {c.hidden_size}}};
}

bool has_point_encoder(const Weights& weights) {
  return weights.find(std::string(kPointWeight)) || weights.find(std::string(kPooledOutput));
}

void check_weights(const Weights& weights, const ModelConfig& config, bool need_points) {
  const auto fail = [](const Tensor& t, const std::string& what) {
    const std::string file(t.file);
    throw Error(ErrorKind::kInput, file + ": tensor '" + t.name + "' " + what, {file, 0, 0});
  };
  std::vector<TensorSpec> wanted = decoder_tensors(config);
  if (need_points || has_point_encoder(weights)) {
    for (TensorSpec& spec : point_tensors(config)) wanted.push_back(std::move(spec));
  }
  std::set<std::string> known = {std::string(kHead)};
  for (const TensorSpec& spec : wanted) {
    const Tensor& t = weights.at(spec.name, spec.shape);
    const bool floating = t.dtype == DType::kF32 || t.dtype == DType::kF16 ||
                          t.dtype == DType::kBF16 || t.dtype == DType::kF64;
    if (!floating)
      fail(t, std::string("holds elements of type ") + name_of(t.dtype) +
                  ", floating-point weights are wanted");
    known.insert(spec.name);
  }
  for (const Tensor& t : weights.tensors()) {
    const bool decoder = t.name.rfind("model.", 0) == 0 || t.name.rfind("lm_head.", 0) == 0;
    if (decoder && !known.contains(t.name)) {
      fail(t, "has no place in this model: config.json describes another");
    }
  }
}

}  // namespace cadrecode::checkpoint
