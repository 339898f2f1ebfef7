// The models by name, and what makes a config a model.
#include "base/error.h"
#include "learning/checkpoint/config.h"

namespace cadrecode::checkpoint {
namespace {

struct Bound {
  const char* key;
  int64_t value, least, most;
};

}  // namespace

void check_config(const ModelConfig& c, const std::string& file) {
  const auto fail = [&](const std::string& key, const std::string& what) {
    throw Error(ErrorKind::kInput, file + ": key '" + key + "' " + what, {file, 0, 0});
  };
  const int64_t million = 1'000'000;
  // Far above any model, low enough that no product of them overflows.
  for (const Bound& b : {Bound{"hidden_size", c.hidden_size, 1, million},
                         {"intermediate_size", c.intermediate_size, 1, 10 * million},
                         {"num_hidden_layers", c.num_hidden_layers, 1, 10'000},
                         {"num_attention_heads", c.num_attention_heads, 1, 10'000},
                         {"num_key_value_heads", c.num_key_value_heads, 1, 10'000},
                         {"head_dim", c.head_dim, 2, 10'000},
                         {"vocab_size", c.vocab_size, 1, 100 * million},
                         {"max_position_embeddings", c.max_position_embeddings, 1, 1000 * million},
                         {"point_encoder.points", c.point_encoder.points, 1, 100 * million},
                         {"point_encoder.tokens", c.point_encoder.tokens, 1, million},
                         {"point_encoder.width", c.point_encoder.width, 0, million},
                         {"point_encoder.layers", c.point_encoder.layers, 0, 1000},
                         {"point_encoder.heads", c.point_encoder.heads, 1, 10'000},
                         {"brep_encoder.width", c.brep_encoder.width, 1, 100'000},
                         {"brep_encoder.rounds", c.brep_encoder.rounds, 0, 1000},
                         {"brep_encoder.max_faces", c.brep_encoder.max_faces, 1, million}}) {
    if (b.value < b.least || b.value > b.most) {
      fail(b.key, "is " + std::to_string(b.value) + ", " + std::to_string(b.least) + " to " +
                      std::to_string(b.most) + " is wanted");
    }
  }
  if (c.head_dim % 2 != 0) fail("head_dim", "is odd; rotary embeddings need pairs");
  if (c.num_attention_heads % c.num_key_value_heads != 0) {
    fail("num_key_value_heads", "does not divide num_attention_heads");
  }
  if (!(c.rms_norm_eps >= 0 && c.rms_norm_eps < 1)) fail("rms_norm_eps", "is outside [0, 1)");
  if (!(c.brep_encoder.dropout >= 0 && c.brep_encoder.dropout < 1)) {
    fail("brep_encoder.dropout", "is outside [0, 1)");
  }
  if (!(c.rope_theta > 0 && c.rope_theta < 1e30)) fail("rope_theta", "is not positive");
}

int64_t parameter_count(const ModelConfig& c) {
  const int64_t q = c.num_attention_heads * c.head_dim, kv = c.num_key_value_heads * c.head_dim;
  const int64_t attention = c.hidden_size * (2 * q + 2 * kv) + (c.qkv_bias ? q + 2 * kv : 0) +
                            (c.o_bias ? c.hidden_size : 0) +
                            (c.architecture == Architecture::kQwen3 ? 2 * c.head_dim : 0);
  const int64_t layer = attention + 3 * c.hidden_size * c.intermediate_size + 2 * c.hidden_size;
  const int64_t table = c.vocab_size * c.hidden_size;
  return table * (c.tie_word_embeddings ? 1 : 2) + c.num_hidden_layers * layer + c.hidden_size;
}

ModelConfig qwen2_0_5b() {
  ModelConfig c;
  c.hidden_size = 896;
  c.intermediate_size = 4864;
  c.num_hidden_layers = 24;
  c.num_attention_heads = 14;
  c.num_key_value_heads = 2;
  c.head_dim = 64;
  c.vocab_size = 151936;
  c.max_position_embeddings = 131072;
  c.dtype = DType::kBF16;
  c.bos_token_id = 151643;
  c.eos_token_ids = {151643};
  return c;
}

ModelConfig qwen2_1_5b() {
  ModelConfig c;
  c.hidden_size = 1536;
  c.intermediate_size = 8960;
  c.num_hidden_layers = 28;
  c.num_attention_heads = 12;
  c.num_key_value_heads = 2;
  c.head_dim = 128;
  c.vocab_size = 151936;
  c.max_position_embeddings = 131072;
  c.dtype = DType::kBF16;
  c.bos_token_id = 151643;
  c.eos_token_ids = {151643};
  return c;
}

ModelConfig qwen3_0_6b() {
  ModelConfig c;
  c.architecture = Architecture::kQwen3;
  c.hidden_size = 1024;
  c.intermediate_size = 3072;
  c.num_hidden_layers = 28;
  c.num_attention_heads = 16;
  c.num_key_value_heads = 8;
  c.head_dim = 128;
  c.vocab_size = 151936;
  c.max_position_embeddings = 32768;
  c.qkv_bias = false;
  c.dtype = DType::kBF16;
  c.bos_token_id = 151643;
  c.eos_token_ids = {151643};
  return c;
}

ModelConfig qwen3_1_7b() {
  ModelConfig c;
  c.architecture = Architecture::kQwen3;
  c.hidden_size = 2048;
  c.intermediate_size = 6144;
  c.num_hidden_layers = 28;
  c.num_attention_heads = 16;
  c.num_key_value_heads = 8;
  c.head_dim = 128;
  c.vocab_size = 151936;
  c.max_position_embeddings = 32768;
  c.qkv_bias = false;
  c.dtype = DType::kBF16;
  c.bos_token_id = 151643;
  c.eos_token_ids = {151643};
  return c;
}

// 8.9 million parameters, of which the point encoder has 3.5; 512 points become 64
// tokens.
ModelConfig mini() {
  ModelConfig c;
  c.hidden_size = 256;
  c.intermediate_size = 768;
  c.num_hidden_layers = 6;
  c.num_attention_heads = 4;
  c.num_key_value_heads = 2;
  c.head_dim = 64;
  c.vocab_size = 1155;
  c.max_position_embeddings = 1024;
  c.rope_theta = 10000;
  c.dtype = DType::kBF16;
  c.eos_token_ids = {0};
  c.point_encoder.type = PointEncoderConfig::Type::kPooled;
  c.point_encoder.points = 512;
  c.point_encoder.tokens = 64;
  c.point_encoder.width = 256;
  c.point_encoder.layers = 3;
  c.point_encoder.heads = 4;
  return c;
}

ModelConfig nano() {  // 1.6 million parameters, of which the point encoder has 0.7
  ModelConfig c = mini();
  c.hidden_size = 128;
  c.intermediate_size = 384;
  c.num_hidden_layers = 4;
  c.num_attention_heads = 4;
  c.num_key_value_heads = 2;
  c.head_dim = 32;
  c.point_encoder.points = 256;
  c.point_encoder.tokens = 32;
  c.point_encoder.width = 128;
  c.point_encoder.layers = 2;
  c.point_encoder.heads = 4;
  return c;
}

ModelConfig config_by_name(const std::string& name) {
  if (name == "qwen2-0.5b" || name == "qwen2.5-0.5b") return qwen2_0_5b();
  if (name == "qwen2-1.5b" || name == "qwen2.5-1.5b") return qwen2_1_5b();
  if (name == "qwen3-0.6b") return qwen3_0_6b();
  if (name == "qwen3-1.7b") return qwen3_1_7b();
  if (name == "mini") return mini();
  if (name == "nano") return nano();
  throw Error(ErrorKind::kValue, "no model is called '" + name +
                                     "'; there are mini, nano, qwen2-0.5b, qwen2-1.5b, qwen2.5-0.5b, "
                                     "qwen2.5-1.5b, qwen3-0.6b, qwen3-1.7b");
}

}  // namespace cadrecode::checkpoint
