// A model folder, ready to decode on a CPU.
//
// Reads Hugging Face folders of Qwen2 and Qwen3 decoders (tied or untied
// embeddings, biases, q/k norms) with or without a point encoder (point_encoder.h):
// config.json and safetensors through learning/checkpoint. Weights that are
// already in the format asked for are used where they lie in the mapped file;
// others are converted once. Norms, biases and the point encoder are f32 always,
// embeddings are read exactly as stored.
//
// Formats: fp32; bf16 (activations of each product rounded to bf16 too, sums in
// f32); int8 (8.5 bits a weight) and int4 (4.5 bits, the output head 8.5), both
// with activations in groups of 32 int8. Everything between products is f32.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "learning/checkpoint/config.h"
#include "learning/decode/matrix.h"
#include "learning/decode/point_encoder.h"

namespace cadrecode::decode {

struct Layer {
  std::vector<float> input_norm, post_norm;           // [hidden]
  std::vector<float> q_bias, k_bias, v_bias, o_bias;  // empty: none
  std::vector<float> q_norm, k_norm;                  // [head_dim], Qwen3
  Matrix q, k, v, o, gate, up, down;
};

struct Model {
  checkpoint::ModelConfig config;
  std::string folder;
  WeightFormat format = WeightFormat::kFloat32;
  std::vector<Layer> layers;
  std::vector<float> final_norm;  // [hidden]
  Matrix head;                    // [vocab, hidden]
  // Writes row `token` of the embedding table; token < vocab_size.
  std::function<void(int32_t token, float* out)> embed;
  PointEncoder points;  // undefined in a model without
  // Bytes one decoding step reads at least.
  size_t weight_bytes() const;
};

// `format` empty: as stored (fp16 becomes fp32). Errors: those of checkpoint,
// naming file and key or tensor; kUnsupported for an encoder of normals.
std::shared_ptr<const Model> load_model(const std::string& folder,
                                        std::optional<WeightFormat> format, size_t threads = 0);

}  // namespace cadrecode::decode
