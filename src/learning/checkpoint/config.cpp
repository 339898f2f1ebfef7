#include "learning/checkpoint/config.h"

#include <filesystem>
#include <initializer_list>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/json_object.h"

namespace cadrecode::checkpoint {
namespace {

using nlohmann::json;

// Everything config_text writes; the rest of a file we read goes to `other`.
constexpr std::initializer_list<const char*> kOurKeys = {"model_type",
                                                         "hidden_size",
                                                         "intermediate_size",
                                                         "num_hidden_layers",
                                                         "num_attention_heads",
                                                         "num_key_value_heads",
                                                         "head_dim",
                                                         "vocab_size",
                                                         "max_position_embeddings",
                                                         "rms_norm_eps",
                                                         "rope_theta",
                                                         "rope_parameters",
                                                         "rope_scaling",
                                                         "tie_word_embeddings",
                                                         "attention_bias",
                                                         "torch_dtype",
                                                         "dtype",
                                                         "bos_token_id",
                                                         "eos_token_id",
                                                         "pad_token_id",
                                                         "hidden_act",
                                                         "use_sliding_window",
                                                         "sliding_window",
                                                         "max_window_layers",
                                                         "layer_types",
                                                         "point_encoder",
                                                         "brep_encoder"};

Architecture architecture_of(const JsonObject& j) {
  const std::string type = j.text("model_type", "");
  if (type == "qwen2") return Architecture::kQwen2;
  if (type == "qwen3") return Architecture::kQwen3;
  j.unsupported("model_type", "is '" + type + "', qwen2 or qwen3 is wanted");
}

void refuse_what_we_lack(const JsonObject& j) {
  if (j.truth("use_sliding_window", false)) {
    j.unsupported("use_sliding_window",
                  "is on; set it to false (CAD programs are shorter than the window)");
  }
  const std::string act = j.text("hidden_act", "silu");
  if (act != "silu") j.unsupported("hidden_act", "is '" + act + "', silu is wanted");
  if (j.has("quantization_config")) {
    j.unsupported("quantization_config", "is given; save the model unquantised");
  }
  for (const std::string& type : j.texts("layer_types")) {
    if (type != "full_attention") j.unsupported("layer_types", "holds '" + type + "'");
  }
}

// Where old and new transformers keep the base of the rotary embedding.
double rope_theta_of(const JsonObject& j) {
  double theta = j.number("rope_theta", 10000);
  for (const char* key : {"rope_scaling", "rope_parameters"}) {
    const JsonObject rope = j.object(key);
    const std::string type = rope.text("rope_type", rope.text("type", "default"));
    if (type != "default") j.unsupported(key, "asks for '" + type + "', only default is done");
    theta = rope.number("rope_theta", theta);
  }
  return theta;
}

PointEncoderConfig point_encoder_of(const JsonObject& parent) {
  PointEncoderConfig out;
  const JsonObject j = parent.object("point_encoder");
  const std::string type = j.text("type", "fourier");
  if (type != "fourier" && type != "pooled") {
    j.unsupported("type", "is '" + type + "', fourier or pooled is wanted");
  }
  const bool pooled = type == "pooled";
  out.type = pooled ? PointEncoderConfig::Type::kPooled : PointEncoderConfig::Type::kFourier;
  out.points = j.integer("points", 256);
  out.tokens = pooled ? j.need_integer("tokens") : out.points;
  out.normals = j.truth("normals", false);
  out.width = j.integer("width", out.width);
  out.layers = j.integer("layers", out.layers);
  out.heads = j.integer("heads", out.heads);
  return out;
}

BrepEncoderConfig brep_encoder_of(const JsonObject& parent) {
  BrepEncoderConfig out;
  out.present = parent.has("brep_encoder");
  const JsonObject j = parent.object("brep_encoder");
  out.width = j.integer("width", out.width);
  out.rounds = j.integer("rounds", out.rounds);
  out.max_faces = j.integer("max_faces", out.max_faces);
  out.dropout = j.number("dropout", out.dropout);
  return out;
}

DType dtype_of(const JsonObject& j) {
  const char* key = j.has("dtype") ? "dtype" : "torch_dtype";
  const std::string name = j.text(key, "float32");
  const auto type = dtype_from_torch_name(name);
  const bool floating = type && (*type == DType::kF32 || *type == DType::kF16 ||
                                 *type == DType::kBF16 || *type == DType::kF64);
  if (!floating) j.unsupported(key, "is '" + name + "', float32, float16 or bfloat16 is wanted");
  return *type;
}

std::string rest_of(json object) {
  for (const char* key : kOurKeys) object.erase(key);
  return object.dump();
}

json point_encoder_json(const PointEncoderConfig& c) {
  if (c.type == PointEncoderConfig::Type::kFourier) {
    return {{"type", "fourier"}, {"points", c.points}};
  }
  return {{"type", "pooled"}, {"points", c.points}, {"tokens", c.tokens}, {"normals", c.normals},
          {"width", c.width}, {"layers", c.layers}, {"heads", c.heads}};
}

json ids_json(const std::vector<int64_t>& ids) {
  if (ids.empty()) return nullptr;
  return ids.size() == 1 ? json(ids[0]) : json(ids);
}

json id_json(int64_t id) { return id < 0 ? json(nullptr) : json(id); }

}  // namespace

const char* to_string(Architecture architecture) {
  return architecture == Architecture::kQwen3 ? "qwen3" : "qwen2";
}

ModelConfig parse_config(const std::string& text, const std::string& file) {
  const JsonObject j(text, file);
  ModelConfig c;
  c.architecture = architecture_of(j);
  const bool qwen3 = c.architecture == Architecture::kQwen3;
  refuse_what_we_lack(j);
  c.hidden_size = j.need_integer("hidden_size");
  c.intermediate_size = j.need_integer("intermediate_size");
  c.num_hidden_layers = j.need_integer("num_hidden_layers");
  c.num_attention_heads = j.need_integer("num_attention_heads");
  c.num_key_value_heads = j.integer("num_key_value_heads", c.num_attention_heads);
  const int64_t even_share = c.num_attention_heads > 0 ? c.hidden_size / c.num_attention_heads : 0;
  c.head_dim = j.integer("head_dim", qwen3 ? 128 : even_share);
  c.vocab_size = j.need_integer("vocab_size");
  c.max_position_embeddings = j.integer("max_position_embeddings", 32768);
  c.rms_norm_eps = j.number("rms_norm_eps", 1e-6);
  c.rope_theta = rope_theta_of(j);
  c.tie_word_embeddings = j.truth("tie_word_embeddings", false);  // transformers' default
  const bool bias = j.truth("attention_bias", false);
  c.qkv_bias = qwen3 ? bias : true;
  c.o_bias = qwen3 && bias;
  c.dtype = dtype_of(j);
  c.bos_token_id = j.integer("bos_token_id", -1);
  c.eos_token_ids = j.integers("eos_token_id");
  c.pad_token_id = j.integer("pad_token_id", -1);
  c.point_encoder = point_encoder_of(j);
  c.brep_encoder = brep_encoder_of(j);
  c.other = rest_of(j.json());
  check_config(c, file);
  return c;
}

std::string config_text(const ModelConfig& c) {
  json j = json::parse(c.other);
  const bool qwen3 = c.architecture == Architecture::kQwen3;
  if (!j.contains("architectures")) {
    j["architectures"] = {qwen3 ? "Qwen3ForCausalLM" : "Qwen2ForCausalLM"};
  }
  j["model_type"] = to_string(c.architecture);
  j["hidden_size"] = c.hidden_size;
  j["intermediate_size"] = c.intermediate_size;
  j["num_hidden_layers"] = c.num_hidden_layers;
  j["num_attention_heads"] = c.num_attention_heads;
  j["num_key_value_heads"] = c.num_key_value_heads;
  j["head_dim"] = c.head_dim;
  j["vocab_size"] = c.vocab_size;
  j["max_position_embeddings"] = c.max_position_embeddings;
  j["rms_norm_eps"] = c.rms_norm_eps;
  j["rope_theta"] = c.rope_theta;
  j["rope_parameters"] = {{"rope_theta", c.rope_theta}, {"rope_type", "default"}};
  j["tie_word_embeddings"] = c.tie_word_embeddings;
  if (qwen3) j["attention_bias"] = c.qkv_bias;
  j["torch_dtype"] = j["dtype"] = torch_name_of(c.dtype);
  j["bos_token_id"] = id_json(c.bos_token_id);
  j["eos_token_id"] = ids_json(c.eos_token_ids);
  j["pad_token_id"] = id_json(c.pad_token_id);
  j["hidden_act"] = "silu";
  j["use_sliding_window"] = false;
  j["sliding_window"] = nullptr;
  j["max_window_layers"] = c.num_hidden_layers;
  if (c.point_encoder != PointEncoderConfig{}) {
    j["point_encoder"] = point_encoder_json(c.point_encoder);
  }
  if (c.brep_encoder.present) {
    j["brep_encoder"] = {{"width", c.brep_encoder.width},
                         {"rounds", c.brep_encoder.rounds},
                         {"max_faces", c.brep_encoder.max_faces},
                         {"dropout", c.brep_encoder.dropout}};
  }
  return j.dump(2) + "\n";
}

ModelConfig read_config(const std::string& folder) {
  const std::string path = folder + "/config.json";
  ModelConfig c = parse_config(read_file(path, size_t{10'000'000}), path);
  const GenerationConfig g = read_generation_config(folder);
  if (c.eos_token_ids.empty()) c.eos_token_ids = g.eos_token_ids;
  if (c.pad_token_id < 0) c.pad_token_id = g.pad_token_id;
  if (c.bos_token_id < 0) c.bos_token_id = g.bos_token_id;
  return c;
}

GenerationConfig parse_generation_config(const std::string& text, const std::string& file) {
  const JsonObject j(text, file);
  GenerationConfig g;
  g.do_sample = j.truth("do_sample", g.do_sample);
  g.temperature = j.number("temperature", g.temperature);
  g.top_p = j.number("top_p", g.top_p);
  g.top_k = j.integer("top_k", g.top_k);
  g.repetition_penalty = j.number("repetition_penalty", g.repetition_penalty);
  g.max_new_tokens = j.integer("max_new_tokens", g.max_new_tokens);
  g.eos_token_ids = j.integers("eos_token_id");
  g.pad_token_id = j.integer("pad_token_id", -1);
  g.bos_token_id = j.integer("bos_token_id", -1);
  if (!(g.temperature >= 0)) j.fail("temperature", "is negative");
  if (!(g.top_p > 0 && g.top_p <= 1)) j.fail("top_p", "is outside (0, 1]");
  if (g.top_k < 0) j.fail("top_k", "is negative");
  if (g.max_new_tokens < 0) j.fail("max_new_tokens", "is negative");
  return g;
}

std::string generation_config_text(const GenerationConfig& g) {
  json j = {{"do_sample", g.do_sample},
            {"max_new_tokens", g.max_new_tokens},
            {"eos_token_id", ids_json(g.eos_token_ids)},
            {"pad_token_id", id_json(g.pad_token_id)},
            {"bos_token_id", id_json(g.bos_token_id)},
            {"repetition_penalty", g.repetition_penalty}};
  if (g.do_sample) {  // transformers warns about sampling keys in a greedy config
    j["temperature"] = g.temperature;
    j["top_p"] = g.top_p;
    if (g.top_k > 0) j["top_k"] = g.top_k;
  }
  return j.dump(2) + "\n";
}

GenerationConfig read_generation_config(const std::string& folder) {
  const std::string path = folder + "/generation_config.json";
  std::error_code code;
  if (!std::filesystem::exists(path, code)) return {};
  return parse_generation_config(read_file(path, size_t{10'000'000}), path);
}

}  // namespace cadrecode::checkpoint
