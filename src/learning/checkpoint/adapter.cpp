#include "learning/checkpoint/adapter.h"

#include <cmath>
#include <regex>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/json_object.h"

namespace cadrecode::checkpoint {
namespace {

using nlohmann::json;

constexpr std::string_view kPrefix = "base_model.model.";
constexpr std::string_view kA = ".lora_A.weight", kB = ".lora_B.weight";

bool ends_with_part(const std::string& module, const std::string& part) {
  return module == part || (module.size() > part.size() && module.ends_with(part) &&
                            module[module.size() - part.size() - 1] == '.');
}

// PEFT matches pattern keys against the end of the name, as regular expressions.
template <typename T>
T pattern_value(const std::map<std::string, T>& patterns, const std::string& module, T fallback) {
  for (const auto& [key, value] : patterns) {
    if (ends_with_part(module, key)) return value;
  }
  return fallback;
}

void read_targets(const JsonObject& j, AdapterConfig& c) {
  if (!j.has("target_modules")) return;
  if (j.json()["target_modules"].is_string()) {
    c.target_pattern = j.text("target_modules", "");
  } else {
    c.target_modules = j.texts("target_modules");
  }
}

[[noreturn]] void fail(const Tensor& t, const std::string& what) {
  const std::string file(t.file);
  throw Error(ErrorKind::kInput, file + ": tensor '" + t.name + "' " + what, {file, 0, 0});
}

// PEFT's wrappers around a module stand in some versions' keys.
std::string without_wrappers(std::string name) {
  for (const std::string_view wrapper :
       {".base_layer", ".modules_to_save.default", ".modules_to_save"}) {
    const size_t at = name.find(std::string(wrapper) + ".");
    if (at != name.npos) name.erase(at, wrapper.size());
  }
  return name;
}

// Checks the two factors of a module against each other and the config.
void check_pair(const std::string& module, const LoraPair& pair, const AdapterConfig& config) {
  if (!pair.a || !pair.b) {
    fail(pair.a ? *pair.a : *pair.b,
         std::string("has no partner ") + (pair.a ? "lora_B" : "lora_A"));
  }
  for (const Tensor* t : {pair.a, pair.b}) {
    if (t->shape.size() != 2) fail(*t, "has shape " + to_string(t->shape) + ", a matrix is wanted");
  }
  const int64_t rank = rank_of(config, module);
  if (pair.a->shape[0] != rank) {
    fail(*pair.a,
         "has shape " + to_string(pair.a->shape) + ", rank " + std::to_string(rank) + " is wanted");
  }
  if (pair.b->shape[1] != rank) {
    fail(*pair.b,
         "has shape " + to_string(pair.b->shape) + ", rank " + std::to_string(rank) + " is wanted");
  }
}

}  // namespace

std::string lora_a_name(const std::string& module) {
  return std::string(kPrefix) + module + std::string(kA);
}
std::string lora_b_name(const std::string& module) {
  return std::string(kPrefix) + module + std::string(kB);
}

AdapterConfig parse_adapter_config(const std::string& text, const std::string& file) {
  const JsonObject j(text, file);
  AdapterConfig c;
  const std::string type = j.text("peft_type", "LORA");
  if (type != "LORA") j.unsupported("peft_type", "is '" + type + "', LORA is wanted");
  if (j.truth("use_dora", false)) j.unsupported("use_dora", "is on");
  if (j.truth("fan_in_fan_out", false)) j.unsupported("fan_in_fan_out", "is on");
  if (j.text("bias", "none") != "none") j.unsupported("bias", "is not none");
  c.r = j.integer("r", 8);
  c.alpha = j.number("lora_alpha", 8);
  c.dropout = j.number("lora_dropout", 0);
  c.rslora = j.truth("use_rslora", false);
  read_targets(j, c);
  c.modules_to_save = j.texts("modules_to_save");
  const JsonObject ranks = j.object("rank_pattern"), alphas = j.object("alpha_pattern");
  for (const auto& [key, value] : ranks.json().items()) {
    c.rank_pattern[key] = ranks.need_integer(key.c_str());
    if (c.rank_pattern[key] < 1) ranks.fail(key.c_str(), "is no rank");
  }
  for (const auto& [key, value] : alphas.json().items()) {
    c.alpha_pattern[key] = alphas.number(key.c_str(), c.alpha);
  }
  c.base_model = j.text("base_model_name_or_path", "");
  if (c.r < 1 || c.r > 1'000'000) j.fail("r", "is " + std::to_string(c.r) + ", a rank is wanted");
  if (!(c.dropout >= 0 && c.dropout < 1)) j.fail("lora_dropout", "is outside [0, 1)");
  return c;
}

std::string adapter_config_text(const AdapterConfig& c) {
  json j = {{"peft_type", "LORA"},
            {"task_type", "CAUSAL_LM"},
            {"inference_mode", true},
            {"bias", "none"},
            {"fan_in_fan_out", false},
            {"init_lora_weights", true},
            {"r", c.r},
            {"lora_alpha", c.alpha},
            {"lora_dropout", c.dropout},
            {"use_rslora", c.rslora},
            {"use_dora", false},
            {"rank_pattern", json::object()},
            {"alpha_pattern", json::object()},
            {"base_model_name_or_path", c.base_model.empty() ? json(nullptr) : json(c.base_model)}};
  // PEFT reads alpha as an integer wherever it is one.
  const auto plain = [](double x) {
    return x == std::floor(x) && std::abs(x) < 1e15 ? json(static_cast<int64_t>(x)) : json(x);
  };
  j["lora_alpha"] = plain(c.alpha);
  for (const auto& [key, rank] : c.rank_pattern) j["rank_pattern"][key] = rank;
  for (const auto& [key, alpha] : c.alpha_pattern) j["alpha_pattern"][key] = plain(alpha);
  j["target_modules"] = c.target_pattern.empty() ? json(c.target_modules) : json(c.target_pattern);
  j["modules_to_save"] = c.modules_to_save.empty() ? json(nullptr) : json(c.modules_to_save);
  return j.dump(2) + "\n";
}

bool is_target(const AdapterConfig& config, const std::string& module) {
  if (config.target_pattern == "all-linear") return ends_with_part(module, "lm_head") == false;
  if (!config.target_pattern.empty()) {
    try {
      return std::regex_match(module, std::regex(config.target_pattern));
    } catch (const std::regex_error&) {
      throw Error(ErrorKind::kUnsupported,
                  "target_modules '" + config.target_pattern +
                      "' is no regular expression we know; list the names");
    }
  }
  for (const std::string& part : config.target_modules) {
    if (ends_with_part(module, part)) return true;
  }
  return false;
}

int64_t rank_of(const AdapterConfig& config, const std::string& module) {
  return pattern_value(config.rank_pattern, module, config.r);
}

double scale_of(const AdapterConfig& config, const std::string& module) {
  const double rank = static_cast<double>(rank_of(config, module));
  const double alpha = pattern_value(config.alpha_pattern, module, config.alpha);
  return alpha / (config.rslora ? std::sqrt(rank) : rank);
}

Adapter open_adapter(const std::string& folder) {
  const std::string path = folder + "/adapter_config.json";
  Adapter out{parse_adapter_config(read_file(path, size_t{10'000'000}), path),
              Weights::open(folder + "/adapter_model.safetensors"),
              {},
              {}};
  for (const Tensor& t : out.weights.tensors()) {
    if (t.name.rfind(kPrefix, 0) != 0) fail(t, "does not start with 'base_model.model.'");
    const std::string rest = without_wrappers(t.name.substr(kPrefix.size()));
    if (rest.ends_with(kA)) {
      out.pairs[rest.substr(0, rest.size() - kA.size())].a = &t;
    } else if (rest.ends_with(kB)) {
      out.pairs[rest.substr(0, rest.size() - kB.size())].b = &t;
    } else if (rest.find(".lora_") != std::string::npos) {
      fail(t, "is a kind of adapter we do not know");
    } else {
      out.replaced[rest] = &t;
    }
  }
  for (auto& [module, pair] : out.pairs) {
    check_pair(module, pair, out.config);
    pair.scale = scale_of(out.config, module);
  }
  return out;
}

void add_lora(const LoraPair& pair, std::vector<float>& weight, double sign) {
  const std::vector<float> a = floats_of(*pair.a), b = floats_of(*pair.b);
  const size_t rank = static_cast<size_t>(pair.a->shape[0]);
  const size_t columns = static_cast<size_t>(pair.a->shape[1]);
  const size_t rows = static_cast<size_t>(pair.b->shape[0]);
  if (weight.size() != rows * columns) {
    fail(*pair.b, "and its partner make a " + to_string(Shape{pair.b->shape[0], pair.a->shape[1]}) +
                      " matrix, the weight has " + std::to_string(weight.size()) + " elements");
  }
  std::vector<double> row(columns);
  for (size_t i = 0; i < rows; ++i) {
    row.assign(columns, 0.0);
    for (size_t k = 0; k < rank; ++k) {
      const double factor = b[i * rank + k];
      for (size_t j = 0; j < columns; ++j) row[j] += factor * a[k * columns + j];
    }
    for (size_t j = 0; j < columns; ++j) {
      float& w = weight[i * columns + j];
      w = static_cast<float>(w + sign * pair.scale * row[j]);
    }
  }
}

}  // namespace cadrecode::checkpoint
