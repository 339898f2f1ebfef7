// Tiny models whose weights follow a formula: the one of
// tools/reference/decode_logits.py, so that logits can be compared without
// storing weights.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "learning/checkpoint/config.h"
#include "learning/checkpoint/names.h"
#include "learning/checkpoint/safetensors.h"
#include "learning/decode/engine.h"

namespace cadrecode::decode::testing {

inline std::vector<float> formula(const std::string& name, const checkpoint::Shape& shape) {
  uint32_t h = 2166136261u;
  for (char c : name) h = (h ^ static_cast<uint8_t>(c)) * 16777619u;
  size_t count = 1;
  for (int64_t n : shape) count *= static_cast<size_t>(n);
  std::vector<float> out(count);
  for (size_t i = 0; i < count; ++i) {
    uint32_t x = h + static_cast<uint32_t>(i) * 0x9E3779B9u;
    x ^= x >> 16, x *= 0x7FEB352Du, x ^= x >> 15, x *= 0x846CA68Bu, x ^= x >> 16;
    double u = x / 4294967296.0 - 0.5;
    if (name.find("norm") != std::string::npos) {
      u = 1 + 0.4 * u;
    } else if (shape.size() == 1) {
      u = 0.4 * u;
    } else {
      u *= 2 * std::sqrt(3.0 / static_cast<double>(shape[1]));
    }
    out[i] = static_cast<float>(u);
  }
  return out;
}

inline std::vector<std::array<float, 3>> formula_points(size_t count) {
  const std::vector<float> flat = formula("points", {static_cast<int64_t>(count), 3});
  std::vector<std::array<float, 3>> points(count);
  for (size_t i = 0; i < count; ++i) points[i] = {flat[3 * i], flat[3 * i + 1], flat[3 * i + 2]};
  return points;
}

// The five models of the reference script.
inline checkpoint::ModelConfig tiny_config(const std::string& name) {
  checkpoint::ModelConfig c;
  c.rope_theta = 10000;
  c.max_position_embeddings = 512;
  const auto sizes = [&](int64_t hidden, int64_t inner, int64_t layers, int64_t heads, int64_t kv,
                         int64_t head_dim, int64_t vocab) {
    c.hidden_size = hidden, c.intermediate_size = inner, c.num_hidden_layers = layers;
    c.num_attention_heads = heads, c.num_key_value_heads = kv, c.head_dim = head_dim;
    c.vocab_size = vocab;
  };
  if (name == "qwen2_tied") sizes(32, 56, 2, 4, 2, 8, 61);
  if (name == "qwen2_untied") sizes(48, 72, 3, 3, 1, 16, 53);
  if (name == "qwen3") sizes(40, 64, 2, 5, 5, 16, 47);
  if (name == "qwen3_tied") sizes(64, 96, 2, 8, 1, 32, 41);
  if (name == "qwen2_pooled") {
    sizes(32, 56, 1, 4, 2, 8, 43);
    c.point_encoder = {checkpoint::PointEncoderConfig::Type::kPooled, 7, 5, false, 24, 2, 3};
  }
  c.tie_word_embeddings = name == "qwen2_pooled" || name == "qwen2_tied" || name == "qwen3_tied";
  if (name.rfind("qwen3", 0) == 0) {
    c.architecture = checkpoint::Architecture::kQwen3;
    c.qkv_bias = c.o_bias = name == "qwen3";
  }
  return c;
}

// A folder of its own for every test, gone with it.
class TinyFolder {
 public:
  explicit TinyFolder(const checkpoint::ModelConfig& config,
                      checkpoint::DType dtype = checkpoint::DType::kF32, bool points = true) {
    char name[] = "/tmp/cadrecode-decode-XXXXXX";
    path_ = ::mkdtemp(name);
    checkpoint::ModelConfig stored = config;
    stored.dtype = dtype;
    std::ofstream(path_ + "/config.json") << checkpoint::config_text(stored);
    std::vector<checkpoint::TensorSpec> specs = checkpoint::decoder_tensors(config);
    if (points) {
      for (auto& spec : checkpoint::point_tensors(config)) specs.push_back(spec);
    }
    std::map<std::string, std::vector<std::byte>> bytes;
    std::vector<checkpoint::TensorSource> sources;
    for (const auto& spec : specs) {
      const std::vector<float> values = formula(spec.name, spec.shape);
      auto& out = bytes[spec.name];
      out.resize(values.size() * bytes_of(dtype));
      checkpoint::from_floats(dtype, values.data(), values.size(), out.data());
      sources.push_back(
          {spec.name, dtype, spec.shape, [&out] { return std::span(std::as_const(out)); }});
    }
    checkpoint::write_safetensors(path_ + "/model.safetensors", sources);
  }
  ~TinyFolder() { std::filesystem::remove_all(path_); }
  TinyFolder(const TinyFolder&) = delete;
  TinyFolder& operator=(const TinyFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace cadrecode::decode::testing
