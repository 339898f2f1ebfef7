#include "learning/train/trainable.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/config.h"

namespace cadrecode::train {
namespace {

namespace fs = std::filesystem;

// Programs have coordinates to +-100, clouds to +-1. The fastest wave turns once in
// three units of the program.
constexpr double kProgramUnits = 100, kFastestWave = 200;
constexpr double kWaveSize = 0.08;  // of one element

using recipe::Precision;
using recipe::Recipe;

at::ScalarType compute_type(Precision precision) {
  if (precision == Precision::kBf16) return at::kBFloat16;
  return precision == Precision::kFp16 ? at::kHalf : at::kFloat;
}

bool has_weights(const std::string& folder) {
  return fs::exists(folder + "/model.safetensors") ||
         fs::exists(folder + "/model.safetensors.index.json");
}

// -150 for "-150" and "-150,"; nothing for other tokens.
std::optional<int> integer_of(std::string_view token) {
  if (token.ends_with(',')) token.remove_suffix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
  const bool whole = error == std::errc() && end == token.data() + token.size();
  return whole ? std::optional(value) : std::nullopt;
}

// Rows of integer tokens begin as waves of their values, slow ones and fast: near
// numbers then look alike, to the model that reads them and (the head being the same
// table) to the one that writes them, which would else be learnt number by number.
// A vocabulary that spells numbers in digits is left alone.
void order_integers(model::Model& model, const tokenizer::Tokenizer& tokenizer) {
  const int64_t pairs = model.config.hidden_size / 2;
  const Tensor frequencies =
      at::logspace(0, std::log10(kFastestWave), pairs, 10.0, at::kFloat) / kProgramUnits;
  std::map<int64_t, int> integers;  // by token
  for (size_t id = 0; id < tokenizer.size(); ++id) {
    const std::optional<int> value = integer_of(tokenizer.bytes(static_cast<int32_t>(id)));
    if (value) integers[static_cast<int64_t>(id)] = *value;
  }
  if (integers.size() < kProgramUnits) return;
  for (const auto& [token, value] : integers) {
    const Tensor phases = frequencies * value;
    const Tensor row = at::cat({phases.sin(), phases.cos()}) * kWaveSize;
    model.embedding[token].slice(0, 0, 2 * pairs).copy_(row);
  }
}

model::Model fresh_model(const Recipe& recipe, at::Device device,
                         const tokenizer::Tokenizer& tokenizer) {
  const std::string& base = recipe.base_model_name;
  checkpoint::ModelConfig config = fs::exists(base + "/config.json")
                                       ? checkpoint::read_config(base)
                                       : checkpoint::config_by_name(base);
  config.brep_encoder.present |= recipe.modality != recipe::Modality::kPoints;
  config.vocab_size = std::max(config.vocab_size, static_cast<int64_t>(tokenizer.size()));
  model::Model model =
      model::make_model(config, static_cast<uint64_t>(recipe.seed), at::kFloat,
                        compute_type(recipe.mixed_precision), device);
  if (config.tie_word_embeddings) order_integers(model, tokenizer);
  return model;
}

model::Model stored_model(const Recipe& recipe, at::Device device) {
  model::LoadOptions options;
  options.device = device;
  options.compute = compute_type(recipe.mixed_precision);
  // A base that does not learn may stay in the type of the arithmetic.
  if (recipe.use_lora) options.weights = options.compute;
  options.nf4 = recipe.load_in_4bit;
  options.int8 = recipe.load_in_8bit;
  options.double_quantise = recipe.bnb_4bit_use_double_quant;
  if (recipe.load_in_4bit) options.compute = compute_type(recipe.bnb_4bit_compute_dtype);
  if (!recipe.load_from_full_model)
    options.encoder_seed = static_cast<uint64_t>(recipe.seed) + 1;
  if (recipe.modality != recipe::Modality::kPoints)
    options.brep_seed = static_cast<uint64_t>(recipe.seed) + 3;
  return model::load_model(recipe.base_model_name, options);
}

checkpoint::AdapterConfig adapter_config(const Recipe& recipe) {
  checkpoint::AdapterConfig config;
  config.r = recipe.lora_r;
  config.alpha = static_cast<double>(recipe.lora_alpha);
  config.dropout = recipe.lora_dropout;
  config.target_modules = recipe.lora_target_modules;
  config.modules_to_save = {"point_encoder"};
  if (recipe.modality != recipe::Modality::kPoints) {
    config.modules_to_save.push_back("brep_encoder");
  }
  config.base_model = recipe.base_model_name;
  return config;
}

bool starts_with_any(const std::string& name, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return name.rfind(prefix, 0) == 0; });
}

bool learns(const std::string& name, const Recipe& recipe) {
  if (starts_with_any(name, recipe.freeze)) return false;
  const bool beside = name.rfind("point_encoder", 0) == 0 ||
                      name.rfind("brep_encoder", 0) == 0 || name.find("lora_") != std::string::npos;
  return beside || !(recipe.use_lora || recipe.freeze_base_model);
}

double rate_factor(const std::string& name, const Recipe& recipe) {
  double factor = 1;
  size_t longest = 0;
  for (const auto& [prefix, value] : recipe.learning_rates) {
    if (name.rfind(prefix, 0) == 0 && prefix.size() >= longest)
      factor = value, longest = prefix.size();
  }
  return factor;
}

// Matrices from hidden state to hidden state, whose every direction matters alike.
bool between_layers(const std::string& name, const Tensor& tensor) {
  return tensor.dim() == 2 && (name.find("layers.") != std::string::npos ||
                               name.find("blocks.") != std::string::npos ||
                               name.find(".cross.") != std::string::npos);
}

void copy_tokenizer(const std::string& from, const std::string& to) {
  for (const char* name : {"tokenizer.json", "tokenizer_config.json"}) {
    if (fs::exists(from + "/" + name)) write_file(to + "/" + name, read_file(from + "/" + name));
  }
}

}  // namespace

std::string tokenizer_folder(const Recipe& recipe) {
  const std::string folder = recipe.tokenizer.empty() ? recipe.base_model_name : recipe.tokenizer;
  if (fs::exists(folder + "/tokenizer.json")) return folder;
  throw Error(ErrorKind::kInput, folder +
                                     "/tokenizer.json: there is no such file; name a folder with "
                                     "one by tokenizer: FOLDER");
}

Trainable make_trainable(const Recipe& recipe, at::Device device,
                         const tokenizer::Tokenizer& tokenizer) {
  const bool stored = has_weights(recipe.base_model_name);
  if (!stored && (recipe.load_from_full_model || recipe.load_in_4bit || recipe.load_in_8bit)) {
    throw Error(ErrorKind::kInput, recipe.base_model_name + ": holds no weights to start from");
  }
  Trainable trainable{
      stored ? stored_model(recipe, device) : fresh_model(recipe, device, tokenizer),
      adapter_config(recipe), tokenizer_folder(recipe)};
  // With CAD-Recode's encoder any number of points will do; the pooled one has
  // its own.
  checkpoint::PointEncoderConfig& encoder = trainable.model.config.point_encoder;
  if (encoder.type == checkpoint::PointEncoderConfig::Type::kFourier) {
    encoder.points = encoder.tokens = recipe.n_points;
  }
  if (recipe.use_lora) {
    model::add_lora(trainable.model, trainable.adapter, static_cast<uint64_t>(recipe.seed) + 2);
  }
  return trainable;
}

std::vector<Parameter> trained_parameters(Trainable& trainable, const Recipe& recipe) {
  std::vector<Parameter> parameters;
  model::for_each_tensor(trainable.model, [&](const std::string& name, Tensor& tensor) {
    const bool wanted = learns(name, recipe);
    if (wanted && tensor.scalar_type() != at::kFloat) tensor = tensor.to(at::kFloat);
    if (!tensor.is_floating_point()) return;
    tensor = tensor.detach();
    tensor.requires_grad_(wanted);
    if (!wanted) return;
    const bool muon =
        recipe.optimizer == recipe::UpdateRule::kMuon && between_layers(name, tensor);
    parameters.push_back({name, tensor, rate_factor(name, recipe), muon});
  });
  return parameters;
}

void write_model(Trainable& trainable, const Recipe& recipe, const std::string& folder,
                 bool final) {
  const at::NoGradGuard no_grad;
  const at::ScalarType type = recipe.mixed_precision == Precision::kFp32
                                  ? at::kFloat
                                  : compute_type(recipe.mixed_precision);
  const bool keep = final ? recipe.keep_lora_final : recipe.keep_lora_only;
  const bool merge =
      final ? recipe.auto_merge_final : recipe.auto_merge_lora && !recipe.merge_final_only;
  if (!recipe.use_lora) {
    model::save_model(trainable.model, folder, type);
    return copy_tokenizer(trainable.tokenizer_folder, folder);
  }
  if (keep || !merge) {
    model::save_adapter(trainable.model, trainable.adapter, folder);
    copy_tokenizer(trainable.tokenizer_folder, folder);
  }
  if (merge) {
    const std::string merged = folder + "/merged_model";
    fs::create_directories(merged);
    model::save_model(trainable.model, merged, type);
    copy_tokenizer(trainable.tokenizer_folder, merged);
  }
}

}  // namespace cadrecode::train
