// PEFT adapter folders: adapter_config.json and adapter_model.safetensors.
//
// A LoRA adapter holds, for a linear weight W [out, in], A [r, in] and
// B [out, r]: W' = W + scale * B A with scale = alpha / r (alpha / sqrt r with
// use_rslora). Keys: "base_model.model." + module + ".lora_A.weight". Whole
// modules trained beside it (modules_to_save, here the point encoder) are
// stored under "base_model.model." + their tensor name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "learning/checkpoint/safetensors.h"

namespace cadrecode::checkpoint {

struct AdapterConfig {
  int64_t r = 16;
  double alpha = 32;
  double dropout = 0;
  bool rslora = false;
  // Modules by the last part of their names ("q_proj"); or one pattern.
  std::vector<std::string> target_modules;
  std::string target_pattern;  // a regular expression over full names, when not empty
  std::vector<std::string> modules_to_save;
  // Other ranks and alphas for modules whose names end so (PEFT's patterns).
  std::map<std::string, int64_t> rank_pattern;
  std::map<std::string, double> alpha_pattern;
  std::string base_model;  // base_model_name_or_path
  bool operator==(const AdapterConfig&) const = default;
};

// Errors: kSyntax, kInput, kUnsupported (DoRA, other PEFT methods, trained
// biases) naming the file and the key.
AdapterConfig parse_adapter_config(const std::string& json, const std::string& file);
std::string adapter_config_text(const AdapterConfig& config);

// Whether `module` ("model.layers.0.self_attn.q_proj") is a target.
bool is_target(const AdapterConfig& config, const std::string& module);
int64_t rank_of(const AdapterConfig& config, const std::string& module);
double scale_of(const AdapterConfig& config, const std::string& module);

// The factors of one module.
struct LoraPair {
  const Tensor* a = nullptr;  // [r, in]
  const Tensor* b = nullptr;  // [out, r]
  double scale = 1;
};

// An adapter folder, opened: the tensors stay mapped while this lives.
struct Adapter {
  AdapterConfig config;
  Weights weights;
  std::map<std::string, LoraPair> pairs;          // by module name
  std::map<std::string, const Tensor*> replaced;  // whole tensors by official name
};

// Errors: kInput naming tensor and file for a lone factor, shapes that do not
// fit each other or the config's rank, or a key of no known form.
Adapter open_adapter(const std::string& folder);

// "base_model.model.<module>.lora_A.weight" and its partner.
std::string lora_a_name(const std::string& module);
std::string lora_b_name(const std::string& module);

// weight [out, in] += sign * scale * B A, sums in double, rounded once to
// float. Subtracting undoes adding up to that rounding.
void add_lora(const LoraPair& pair, std::vector<float>& weight, double sign = 1);

}  // namespace cadrecode::checkpoint
