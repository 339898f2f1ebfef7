#include "learning/model/init.h"

#include <ATen/ATen.h>

#include <thread>

#include "base/error.h"
#include "base/hash.h"
#include "base/random.h"
#include "learning/checkpoint/names.h"

namespace cadrecode::model {
namespace {

// The weight of a linear layer is absent while it is packed.
void visit_linear(Linear& linear, const std::string& name,
                  const std::function<void(const std::string&, Tensor&)>& visit) {
  if (linear.weight.defined()) visit(name + ".weight", linear.weight);
  if (linear.bias.defined()) visit(name + ".bias", linear.bias);
}

struct Module {
  const char* name;
  Linear Layer::*member;
};

constexpr Module kModules[] = {{"self_attn.q_proj", &Layer::q}, {"self_attn.k_proj", &Layer::k},
                               {"self_attn.v_proj", &Layer::v}, {"self_attn.o_proj", &Layer::o},
                               {"mlp.gate_proj", &Layer::gate}, {"mlp.up_proj", &Layer::up},
                               {"mlp.down_proj", &Layer::down}};

Tensor* slot_in_layer(Layer& layer, const std::string& rest) {
  if (rest == "input_layernorm.weight") return &layer.input_norm;
  if (rest == "post_attention_layernorm.weight") return &layer.post_attention_norm;
  if (rest == "self_attn.q_norm.weight") return &layer.q_norm;
  if (rest == "self_attn.k_norm.weight") return &layer.k_norm;
  for (const Module& module : kModules) {
    if (rest == std::string(module.name) + ".weight") return &(layer.*module.member).weight;
    if (rest == std::string(module.name) + ".bias") return &(layer.*module.member).bias;
  }
  return nullptr;
}

}  // namespace

Tensor drawn(uint64_t seed, const std::string& name, const std::vector<int64_t>& shape,
             double deviation) {
  if (deviation == kOnes) return at::ones(shape, at::kFloat);
  const Tensor out = at::zeros(shape, at::kFloat);
  if (deviation == kZeros) return out;
  auto* data = static_cast<float*>(out.data_ptr());
  const RandomStream stream(seed, fnv1a(name));
  const auto count = static_cast<uint64_t>(out.numel());
  const auto fill = [&](uint64_t begin, uint64_t end) {
    for (uint64_t i = begin; i < end; ++i) {
      data[i] = static_cast<float>(deviation * normal_quantile(stream.uniform_at(i) + 0x1p-54));
    }
  };
  const uint64_t parts = count < (1u << 18) ? 1 : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (uint64_t p = 1; p < parts; ++p)
    threads.emplace_back(fill, count * p / parts, count * (p + 1) / parts);
  fill(0, count / parts);
  for (std::thread& t : threads) t.join();
  return out;
}

Model empty_model(const checkpoint::ModelConfig& config) {
  Model model;
  model.config = config;
  model.layers.resize(static_cast<size_t>(config.num_hidden_layers));
  return model;
}

Tensor& slot(Model& model, const std::string& name) {
  if (name == checkpoint::kEmbedding) return model.embedding;
  if (name == checkpoint::kFinalNorm) return model.final_norm;
  if (name == checkpoint::kHead) return model.head;
  const std::string prefix = "model.layers.";
  const size_t dot = name.find('.', prefix.size());
  if (name.rfind(prefix, 0) == 0 && dot != std::string::npos) {
    const size_t index = std::stoul(name.substr(prefix.size(), dot - prefix.size()));
    if (Tensor* found = slot_in_layer(model.layers.at(index), name.substr(dot + 1))) return *found;
  }
  throw Error(ErrorKind::kInternal, "no tensor is called '" + name + "'");
}

void for_each_linear(Model& model, const std::function<void(const std::string&, Linear&)>& visit) {
  for (size_t i = 0; i < model.layers.size(); ++i) {
    for (const Module& module : kModules) {
      visit(checkpoint::layer_name(static_cast<int64_t>(i), module.name),
            model.layers[i].*module.member);
    }
  }
}

void for_each_tensor(Model& model, const std::function<void(const std::string&, Tensor&)>& visit) {
  visit(std::string(checkpoint::kEmbedding), model.embedding);
  for (size_t i = 0; i < model.layers.size(); ++i) {
    Layer& layer = model.layers[i];
    const auto name = [&](const char* rest) {
      return checkpoint::layer_name(static_cast<int64_t>(i), rest);
    };
    for (const Module& module : kModules)
      visit_linear(layer.*module.member, name(module.name), visit);
    if (layer.q_norm.defined()) {
      visit(name("self_attn.q_norm.weight"), layer.q_norm);
      visit(name("self_attn.k_norm.weight"), layer.k_norm);
    }
    visit(name("input_layernorm.weight"), layer.input_norm);
    visit(name("post_attention_layernorm.weight"), layer.post_attention_norm);
  }
  visit(std::string(checkpoint::kFinalNorm), model.final_norm);
  if (model.head.defined()) visit(std::string(checkpoint::kHead), model.head);
  for_each_tensor(model.points, visit);
  for_each_tensor(model.brep, visit);
  for_each_linear(model, [&](const std::string& module, Linear& linear) {
    if (!linear.lora) return;
    visit(module + ".lora_A.weight", linear.lora->a);
    visit(module + ".lora_B.weight", linear.lora->b);
  });
}

}  // namespace cadrecode::model
