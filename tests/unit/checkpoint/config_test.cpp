#include "learning/checkpoint/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "learning/checkpoint/adapter.h"
#include "learning/checkpoint/names.h"

namespace cadrecode::checkpoint {
namespace {

using nlohmann::json;

// As transformers 4.40 writes Qwen2-1.5B.
const char* kQwen2 = R"({"architectures": ["Qwen2ForCausalLM"], "attention_dropout": 0.0,
  "bos_token_id": 151643, "eos_token_id": 151643, "hidden_act": "silu", "hidden_size": 1536,
  "initializer_range": 0.02, "intermediate_size": 8960, "max_position_embeddings": 131072,
  "max_window_layers": 28, "model_type": "qwen2", "num_attention_heads": 12, "num_hidden_layers": 28,
  "num_key_value_heads": 2, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "sliding_window": 131072,
  "tie_word_embeddings": true, "torch_dtype": "bfloat16", "use_cache": true,
  "use_sliding_window": false, "vocab_size": 151936})";
// As transformers 5 writes Qwen3-1.7B.
const char* kQwen3 = R"({"architectures": ["Qwen3ForCausalLM"], "attention_bias": false,
  "bos_token_id": 151643, "dtype": "bfloat16", "eos_token_id": [151645, 151643], "head_dim": 128,
  "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 6144, "layer_types": ["full_attention"],
  "max_position_embeddings": 32768, "model_type": "qwen3", "num_attention_heads": 16,
  "num_hidden_layers": 28, "num_key_value_heads": 8, "pad_token_id": null, "rms_norm_eps": 1e-06,
  "rope_parameters": {"rope_theta": 1000000, "rope_type": "default"}, "sliding_window": null,
  "tie_word_embeddings": true, "use_sliding_window": false, "vocab_size": 151936})";

std::string refusal(const json& config) {
  try {
    parse_config(config.dump(), "d/config.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.place().file, "d/config.json");
    return std::string(to_string(error.kind())) + ": " + error.what();
  }
  return "no error";
}

TEST(Config, OldAndNewFilesGiveTheBuildersNumbers) {
  ModelConfig a = parse_config(kQwen2, "f"), b = parse_config(kQwen3, "f");
  EXPECT_NE(a.other.find("initializer_range"), std::string::npos);
  a.other = b.other = "{}";
  EXPECT_EQ(a, qwen2_1_5b());
  EXPECT_EQ(b.eos_token_ids, (std::vector<int64_t>{151645, 151643}));
  b.eos_token_ids = {151643};
  EXPECT_EQ(b, qwen3_1_7b());
}

TEST(Config, TextRoundTripsAndKeepsUnknownKeys) {
  for (const char* text : {kQwen2, kQwen3}) {
    const ModelConfig config = parse_config(text, "f");
    EXPECT_EQ(parse_config(config_text(config), "f"), config);
    EXPECT_EQ(json::parse(config_text(config))["architectures"],
              json::parse(text)["architectures"]);
  }
  ModelConfig pooled = mini();
  pooled.point_encoder = {PointEncoderConfig::Type::kPooled, 2048, 64, true, 384, 3, 6};
  pooled.other = R"({"architectures":["CADRecode"]})";
  EXPECT_EQ(parse_config(config_text(pooled), "f"), pooled);
}

TEST(Config, ParameterCountsAreThePublishedOnes) {
  EXPECT_EQ(parameter_count(qwen2_0_5b()), 494032768);
  EXPECT_EQ(parameter_count(qwen2_1_5b()), 1543714304);
  EXPECT_EQ(parameter_count(qwen3_0_6b()), 596049920);
  EXPECT_EQ(parameter_count(qwen3_1_7b()), 1720574976);
  EXPECT_LE(parameter_count(mini()), 30'000'000);
  for (const char* name :
       {"mini", "nano", "qwen2-0.5b", "qwen2.5-1.5b", "qwen3-0.6b", "qwen3-1.7b"}) {
    const ModelConfig config = config_by_name(name);
    check_config(config, name);
    int64_t sum = 0;
    for (const TensorSpec& spec : decoder_tensors(config)) {
      int64_t product = 1;
      for (const int64_t n : spec.shape) product *= n;
      sum += product;
    }
    EXPECT_EQ(sum, parameter_count(config)) << name;
  }
  EXPECT_THROW(config_by_name("gpt"), Error);
}

TEST(Config, WhatTheDecoderCannotDoIsRefusedByName) {
  const json good = json::parse(kQwen2);
  const auto with = [&](const char* key, json value) {
    json bad = good;
    bad[key] = std::move(value);
    return refusal(bad);
  };
  EXPECT_NE(
      with("use_sliding_window", true).find("unsupported: d/config.json: key 'use_sliding_window'"),
      std::string::npos);
  EXPECT_NE(with("hidden_act", "gelu").find("unsupported"), std::string::npos);
  EXPECT_NE(with("model_type", "llama").find("'llama'"), std::string::npos);
  EXPECT_NE(with("rope_scaling", {{"type", "yarn"}}).find("'yarn'"), std::string::npos);
  EXPECT_NE(with("rope_parameters", {{"rope_type", "linear"}}).find("'linear'"), std::string::npos);
  EXPECT_NE(with("quantization_config", json::object()).find("unsupported"), std::string::npos);
  EXPECT_NE(with("layer_types", {"sliding_attention"}).find("sliding_attention"),
            std::string::npos);
  EXPECT_NE(with("torch_dtype", "int8").find("unsupported"), std::string::npos);
  EXPECT_NE(with("hidden_size", "big").find("input: d/config.json: key 'hidden_size' is \"big\""),
            std::string::npos);
  EXPECT_NE(with("hidden_size", 18446744073709551615u).find("an integer is wanted"),
            std::string::npos);
  EXPECT_NE(with("hidden_size", 0).find("1 to 1000000"), std::string::npos);
  EXPECT_NE(with("hidden_size", nullptr).find("'hidden_size' is missing"), std::string::npos);
  EXPECT_NE(with("num_hidden_layers", 1'000'000'000).find("num_hidden_layers"), std::string::npos);
  EXPECT_NE(with("num_key_value_heads", 5).find("does not divide"), std::string::npos);
  EXPECT_NE(with("head_dim", 7).find("odd"), std::string::npos);
  EXPECT_NE(with("rms_norm_eps", -1).find("rms_norm_eps"), std::string::npos);
  EXPECT_NE(with("rope_theta", 0).find("rope_theta"), std::string::npos);
  EXPECT_NE(with("point_encoder", {{"type", "magic"}}).find("'point_encoder.type' is 'magic'"),
            std::string::npos);
  EXPECT_NE(with("point_encoder", 5).find("an object is wanted"), std::string::npos);
}

TEST(Config, EveryPrefixAndManyDamagesAreErrorsOnly) {
  const std::string text = kQwen3;
  for (size_t n = 0; n < text.size(); ++n) {
    EXPECT_THROW(parse_config(text.substr(0, n), "f"), Error) << n;
  }
  RandomStream random(3);
  for (int round = 0; round < 5000; ++round) {
    std::string bad = text;
    for (int k = 0; k < 3; ++k)
      bad[random.next_below(bad.size())] = static_cast<char>(random.next_int(32, 126));
    try {
      const ModelConfig config = parse_config(bad, "f");
      EXPECT_EQ(config_text(parse_config(config_text(config), "f")), config_text(config));
    } catch (const Error&) {
    }
  }
}

TEST(Config, GenerationConfigRoundTripsAndFillsIn) {
  GenerationConfig g;
  g.do_sample = true;
  g.temperature = 0.7;
  g.top_p = 0.8;
  g.top_k = 20;
  g.eos_token_ids = {1, 2};
  EXPECT_EQ(parse_generation_config(generation_config_text(g), "f"), g);
  EXPECT_THROW(parse_generation_config(R"({"top_p": 0})", "f"), Error);
  EXPECT_THROW(parse_generation_config(R"({"temperature": "hot"})", "f"), Error);
  const auto folder =
      std::filesystem::temp_directory_path() / ("cadrecode-config-" + std::to_string(::getpid()));
  json config = json::parse(kQwen2);
  config.erase("eos_token_id");
  write_file((folder / "config.json").string(), config.dump());
  write_file((folder / "generation_config.json").string(), generation_config_text(g));
  EXPECT_EQ(read_config(folder.string()).eos_token_ids, g.eos_token_ids);
  std::filesystem::remove_all(folder);
}

TEST(Adapter, ConfigRoundTripsAndPatternsApply) {
  AdapterConfig c;
  c.r = 8;
  c.alpha = 12;
  c.target_modules = {"q_proj", "mlp.up_proj"};
  c.modules_to_save = {"point_encoder"};
  c.rank_pattern = {{"layers.1.self_attn.q_proj", 4}};
  c.alpha_pattern = {{"up_proj", 1.5}};
  EXPECT_EQ(parse_adapter_config(adapter_config_text(c), "f"), c);
  EXPECT_TRUE(is_target(c, "model.layers.0.self_attn.q_proj"));
  EXPECT_FALSE(is_target(c, "model.layers.0.self_attn.k_proj"));
  EXPECT_FALSE(is_target(c, "model.layers.0.self_attn.aq_proj"));
  EXPECT_EQ(rank_of(c, "model.layers.1.self_attn.q_proj"), 4);
  EXPECT_EQ(rank_of(c, "model.layers.11.self_attn.q_proj"), 8);
  EXPECT_DOUBLE_EQ(scale_of(c, "model.layers.1.self_attn.q_proj"), 3);
  EXPECT_DOUBLE_EQ(scale_of(c, "model.layers.0.mlp.up_proj"), 1.5 / 8);
  c.rslora = true;
  EXPECT_DOUBLE_EQ(scale_of(c, "model.layers.0.self_attn.q_proj"), 12 / std::sqrt(8.0));
  c.target_modules.clear();
  c.target_pattern = R"(model\.layers\.[0-3]\..*q_proj)";
  EXPECT_EQ(parse_adapter_config(adapter_config_text(c), "f"), c);
  EXPECT_TRUE(is_target(c, "model.layers.3.self_attn.q_proj"));
  EXPECT_FALSE(is_target(c, "model.layers.4.self_attn.q_proj"));
}

TEST(Adapter, WhatWeLackIsRefused) {
  for (const char* text :
       {R"({"peft_type":"PREFIX_TUNING"})", R"({"use_dora":true})", R"({"bias":"all"})",
        R"({"r":0})", R"({"lora_dropout":1.0})", R"({"rank_pattern":{"a":0}})", "[]", ""}) {
    EXPECT_THROW(parse_adapter_config(text, "f"), Error) << text;
  }
}

}  // namespace
}  // namespace cadrecode::checkpoint
