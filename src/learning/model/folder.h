// Models from and to Hugging Face and PEFT folders.
#pragma once

#include <string>

#include "learning/model/model.h"

namespace cadrecode::model {

struct LoadOptions {
  at::ScalarType weights = at::kFloat;  // type of the weights in memory
  at::ScalarType compute = at::kFloat;
  at::Device device = at::kCPU;
  // Packs the decoder's linear layers (not embedding, head, norms): QLoRA.
  bool nf4 = false, int8 = false;
  bool double_quantise = true;
  // Encoders (points; B-rep where the config asks for one) that the folder lacks
  // are made fresh from this seed, for training from a language model's base.
  // 0: they stay undefined, and a sample with their slots is an error.
  uint64_t encoder_seed = 0;
  // Not 0: the model gets a B-rep encoder, made from this seed where the folder has
  // none.
  uint64_t brep_seed = 0;
};

// Reads config.json and the weights. A PEFT folder is not a model: load its base,
// then add_adapter. Errors: as learning/checkpoint, naming tensor and file.
Model load_model(const std::string& folder, const LoadOptions& options);

// Writes config.json, generation_config.json and the weights as `type`; the
// encoders always as fp32, as CAD-Recode's own checkpoints have it. LoRA
// pairs are merged into what is written; the model itself stays as it is.
void save_model(Model& model, const std::string& folder, at::ScalarType type,
                size_t max_shard_bytes = size_t{5'000'000'000});

// Fresh LoRA pairs on the config's targets: A uniform as PEFT's default
// (Kaiming, √5), B zero. Errors: kValue when no module is a target.
void add_lora(Model& model, const checkpoint::AdapterConfig& config, uint64_t seed);

// Pairs and replaced tensors (the point encoder) of a PEFT folder. Errors:
// kInput naming the tensor that belongs to no module or does not fit it.
checkpoint::AdapterConfig add_adapter(Model& model, const std::string& folder);

// adapter_config.json and adapter_model.safetensors; the point encoder's
// tensors go beside the pairs when config.modules_to_save names it.
void save_adapter(Model& model, const checkpoint::AdapterConfig& config, const std::string& folder);

// All layers at once (linear.h).
void merge_lora(Model& model, bool keep);
void unmerge_lora(Model& model);

}  // namespace cadrecode::model
