// config.json of a model folder: the sizes of a Qwen2 or Qwen3 decoder.
//
// Qwen2 here covers Qwen2 and Qwen2.5 (biases on q, k, v), Qwen3 has no biases
// but normalises every head of q and k. Keys are those of transformers, old
// (`rope_theta`, `torch_dtype`) and new (`rope_parameters`, `dtype`). What the
// decoder cannot do is refused by name, never ignored: a sliding window in use,
// scaled rotary embeddings, another activation, quantised weights.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "learning/checkpoint/dtype.h"

namespace cadrecode::checkpoint {

enum class Architecture { kQwen2, kQwen3 };

// "qwen2", "qwen3": config.json's model_type.
const char* to_string(Architecture architecture);

// How points become tokens (model/point_encoder.h). `kFourier` is CAD-Recode's:
// one token a point, 51 features, one linear layer; config.json says nothing
// about it, the tensors point_encoder.projection.* do. `kPooled` is ours: many
// points, attended to by few learned tokens.
struct PointEncoderConfig {
  enum class Type { kFourier, kPooled };
  Type type = Type::kFourier;
  int64_t points = 256;  // what the model was trained with; any number works with kFourier
  int64_t tokens = 256;  // positions in the sequence; equals points with kFourier
  bool normals = false;  // kPooled: normals follow the coordinates
  int64_t width = 0;     // kPooled: inner width; 0 means the decoder's hidden size
  int64_t layers = 2;    // kPooled: self-attention layers over the tokens
  int64_t heads = 8;     // kPooled
  bool operator==(const PointEncoderConfig&) const = default;
};

// The B-rep encoder of the multimodal path (model/brep_encoder.h); config.json's
// key `brep_encoder`, absent in models without.
struct BrepEncoderConfig {
  bool present = false;
  int64_t width = 128;      // of face and edge states
  int64_t rounds = 2;       // of message passing
  int64_t max_faces = 256;  // tokens at most
  double dropout = 0.3;     // on messages, while training
  bool operator==(const BrepEncoderConfig&) const = default;
};

struct ModelConfig {
  Architecture architecture = Architecture::kQwen2;
  int64_t hidden_size = 0;
  int64_t intermediate_size = 0;
  int64_t num_hidden_layers = 0;
  int64_t num_attention_heads = 0;
  int64_t num_key_value_heads = 0;  // divides num_attention_heads
  int64_t head_dim = 0;             // even; hidden_size / heads unless config.json says otherwise
  int64_t vocab_size = 0;
  int64_t max_position_embeddings = 0;
  double rms_norm_eps = 1e-6;
  double rope_theta = 1e6;
  bool tie_word_embeddings = true;  // lm_head is embed_tokens
  bool qkv_bias = true;             // biases on q, k, v
  bool o_bias = false;              // and on o (Qwen3's attention_bias)
  DType dtype = DType::kF32;        // how the weights are stored
  int64_t bos_token_id = -1;        // -1: none
  std::vector<int64_t> eos_token_ids;
  int64_t pad_token_id = -1;
  PointEncoderConfig point_encoder;
  BrepEncoderConfig brep_encoder;

  // Keys we do not interpret, as the text of one JSON object, so that reading
  // and writing a folder loses nothing.
  std::string other = "{}";

  bool operator==(const ModelConfig&) const = default;
};

// Parses config.json. Errors: kSyntax (not JSON), kInput (a key missing, of
// the wrong type or outside its sense), kUnsupported (understood, not done),
// each naming `file` and the key.
ModelConfig parse_config(const std::string& json, const std::string& file);

// config.json as transformers reads it (any version from 4.40 on).
std::string config_text(const ModelConfig& config);

// Throws kInput naming the first key whose value makes no model: called by
// parse_config, and for configs made by hand.
void check_config(const ModelConfig& config, const std::string& file);

// Reads `folder`/config.json, and the ids of generation_config.json where
// config.json has none. Errors as above.
ModelConfig read_config(const std::string& folder);

// Number of parameters of the decoder without point encoder (tied ones once).
int64_t parameter_count(const ModelConfig& config);

// generation_config.json: how transformers' generate() would sample.
struct GenerationConfig {
  bool do_sample = false;
  double temperature = 1.0;
  double top_p = 1.0;
  int64_t top_k = 0;  // 0: off
  double repetition_penalty = 1.0;
  int64_t max_new_tokens = 768;
  std::vector<int64_t> eos_token_ids;
  int64_t pad_token_id = -1;
  int64_t bos_token_id = -1;
  bool operator==(const GenerationConfig&) const = default;
};

GenerationConfig parse_generation_config(const std::string& json, const std::string& file);
std::string generation_config_text(const GenerationConfig& config);
// The defaults above where the folder has no such file.
GenerationConfig read_generation_config(const std::string& folder);

// The models by name, literal numbers.
ModelConfig qwen2_0_5b();  // also Qwen2.5-0.5B
ModelConfig qwen2_1_5b();  // also Qwen2.5-1.5B and CAD-Recode v1.5
ModelConfig qwen3_0_6b();
ModelConfig qwen3_1_7b();
// The small models that ship with the program: Qwen2 architecture, a vocabulary of
// about a thousand compact tokens, a pooled point encoder.
ModelConfig mini();  // for a GPU's half hour
ModelConfig nano();  // for a CPU's evening
// By the names "qwen2-0.5b", "qwen2-1.5b", "qwen3-0.6b", "qwen3-1.7b", "mini", "nano"
// ("qwen2.5-…" too). Errors: kValue listing them.
ModelConfig config_by_name(const std::string& name);

}  // namespace cadrecode::checkpoint
