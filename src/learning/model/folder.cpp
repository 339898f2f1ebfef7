#include "learning/model/folder.h"

#include <ATen/ATen.h>

#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "learning/checkpoint/adapter.h"
#include "learning/checkpoint/names.h"
#include "learning/model/init.h"

namespace cadrecode::model {
namespace {

using checkpoint::DType;

at::ScalarType scalar_of(DType type) {
  switch (type) {
    case DType::kF16:
      return at::kHalf;
    case DType::kBF16:
      return at::kBFloat16;
    case DType::kF64:
      return at::kDouble;
    default:
      return at::kFloat;
  }
}

DType dtype_of(at::ScalarType type) {
  switch (type) {
    case at::kHalf:
      return DType::kF16;
    case at::kBFloat16:
      return DType::kBF16;
    case at::kFloat:
      return DType::kF32;
    default:
      throw Error(ErrorKind::kValue, "weights are stored as fp32, bf16 or fp16");
  }
}

// The stored tensor on `device`, as `type`. check_weights or the caller has
// seen to it that it holds floating-point numbers.
Tensor loaded(const checkpoint::Weights& weights, const checkpoint::Tensor& stored,
              at::ScalarType type, at::Device device) {
  const Tensor host = at::empty(stored.shape, scalar_of(stored.dtype));
  if (!stored.data.empty()) std::memcpy(host.data_ptr(), stored.data.data(), stored.data.size());
  weights.forget(stored);
  return host.to(device, type);
}

[[noreturn]] void fail(const checkpoint::Tensor& t, const std::string& what) {
  const std::string file(t.file);
  throw Error(ErrorKind::kInput, file + ": tensor '" + t.name + "' " + what, {file, 0, 0});
}

bool is_floating(DType type) {
  return type == DType::kF32 || type == DType::kF16 || type == DType::kBF16 || type == DType::kF64;
}

// The encoder as stored, or fresh from `seed` where the weights have none, or
// undefined when `seed` is 0.
template <typename Encoder, typename Make>
void load_encoder(Encoder& encoder, const Make& make, const Model& model,
                  const checkpoint::Weights& weights, uint64_t seed) {
  encoder =
      make(model.config, [&](const std::string& name, const std::vector<int64_t>& shape, double d) {
        return drawn(seed, name, shape, d).to(model.device());
      });
  size_t wanted = 0, found = 0;
  for_each_tensor(encoder, [&](const std::string& name, Tensor&) {
    ++wanted;
    if (weights.find(name)) ++found;
  });
  if (found == 0 && seed != 0) return;
  if (found == 0 && wanted != 0) {
    const auto config = encoder.config;
    encoder = {};
    encoder.config = config;
    return;
  }
  for_each_tensor(encoder, [&](const std::string& name, Tensor& tensor) {
    const auto& stored = weights.at(name, tensor.sizes().vec());
    if (!is_floating(stored.dtype)) fail(stored, "holds no floating-point weights");
    tensor = loaded(weights, stored, at::kFloat, model.device());
  });
}

std::shared_ptr<Lora> fresh_lora(const checkpoint::AdapterConfig& config, const std::string& module,
                                 const Linear& linear, uint64_t id) {
  const int64_t rank = checkpoint::rank_of(config, module);
  const int64_t out = linear.packed ? linear.packed->rows : linear.weight.size(0);
  const int64_t in = linear.packed ? linear.packed->columns : linear.weight.size(1);
  const at::Device device = linear.packed ? linear.packed->codes.device() : linear.weight.device();
  auto lora = std::make_shared<Lora>();
  lora->a = at::zeros({rank, in}, at::kFloat).to(device);
  lora->b = at::zeros({out, rank}, at::kFloat).to(device);
  lora->scale = checkpoint::scale_of(config, module);
  lora->dropout = config.dropout;
  lora->id = id;
  return lora;
}

const std::string kPointModule = "point_encoder.projection";

// OpenCADRecode makes the point encoder a LoRA target as well as a saved module;
// such a pair is added to the (saved) weight at once.
void add_to_points(Model& model, const checkpoint::Adapter& adapter,
                   const checkpoint::LoraPair& pair) {
  Linear layer{model.points.weight, {}, nullptr, std::make_shared<Lora>(), nullptr};
  const auto fits = [&](const checkpoint::Tensor& t, size_t axis) {
    return t.shape[1 - axis] == layer.weight.size(static_cast<int64_t>(axis ? 0 : 1));
  };
  if (!fits(*pair.a, 0)) fail(*pair.a, "does not fit the point encoder");
  if (!fits(*pair.b, 1)) fail(*pair.b, "does not fit the point encoder");
  layer.lora->a = loaded(adapter.weights, *pair.a, at::kFloat, model.device());
  layer.lora->b = loaded(adapter.weights, *pair.b, at::kFloat, model.device());
  layer.lora->scale = pair.scale;
  merge_lora(layer, false, at::kFloat);
  model.points.weight = layer.weight;
}

// What is written: host tensors made one after the other, each kept until the next.
class Writer {
 public:
  void add(const std::string& name, std::function<Tensor()> make, std::vector<int64_t> shape,
           at::ScalarType type) {
    sources_.push_back(
        {name, dtype_of(type), std::move(shape), [this, make = std::move(make), type] {
           kept_ = make().detach().to(at::kCPU, type).contiguous();
           return std::span(static_cast<const std::byte*>(kept_.data_ptr()), kept_.nbytes());
         }});
  }
  std::vector<checkpoint::TensorSource> take() { return std::move(sources_); }

 private:
  std::vector<checkpoint::TensorSource> sources_;
  Tensor kept_;
};

}  // namespace

Model load_model(const std::string& folder, const LoadOptions& options) {
  checkpoint::ModelConfig config = checkpoint::read_config(folder);
  config.brep_encoder.present |= options.brep_seed != 0;
  const auto weights = checkpoint::Weights::open(folder);
  checkpoint::check_weights(weights, config);
  Model model = empty_model(config);
  model.compute = options.compute;
  for (const auto& spec : checkpoint::decoder_tensors(config)) {
    slot(model, spec.name) =
        loaded(weights, weights.at(spec.name, spec.shape), options.weights, options.device);
  }
  if (options.nf4 || options.int8) {
    const auto kind = options.nf4 ? PackedWeight::Kind::kNf4 : PackedWeight::Kind::kInt8;
    for_each_linear(model, [&](const std::string&, Linear& linear) {
      linear.packed =
          std::make_shared<PackedWeight>(pack(linear.weight, kind, options.double_quantise));
      linear.weight = Tensor();
    });
  }
  load_encoder(model.points, make_point_encoder, model, weights, options.encoder_seed);
  load_encoder(model.brep, make_brep_encoder, model, weights,
               options.brep_seed ? options.brep_seed : options.encoder_seed);
  return model;
}

void save_model(Model& model, const std::string& folder, at::ScalarType type,
                size_t max_shard_bytes) {
  checkpoint::ModelConfig config = model.config;
  config.dtype = dtype_of(type);
  Writer writer;
  std::map<std::string, Linear*> linears;
  for_each_linear(model, [&](const std::string& module, Linear& linear) {
    linears[module + ".weight"] = &linear;
  });
  for (const auto& spec : checkpoint::decoder_tensors(config)) {
    const auto found = linears.find(spec.name);
    Tensor* plain = found == linears.end() ? &slot(model, spec.name) : nullptr;
    Linear* linear = found == linears.end() ? nullptr : found->second;
    writer.add(
        spec.name,
        [plain, linear] {
          if (plain) return *plain;
          Linear merged = *linear;  // handles, not data
          merge_lora(merged, false, at::kFloat);
          return merged.packed ? unpack(*merged.packed, at::kFloat) : merged.weight;
        },
        spec.shape, type);
  }
  const auto whole = [&](const std::string& name, Tensor& tensor) {
    writer.add(
        name, [&tensor] { return tensor; }, tensor.sizes().vec(), at::kFloat);
  };
  for_each_tensor(model.points, whole);
  for_each_tensor(model.brep, whole);
  checkpoint::write_weights(folder, writer.take(), max_shard_bytes);
  write_file(folder + "/config.json", checkpoint::config_text(config));
  checkpoint::GenerationConfig generation;
  generation.eos_token_ids = config.eos_token_ids;
  generation.pad_token_id = config.pad_token_id;
  generation.bos_token_id = config.bos_token_id;
  write_file(folder + "/generation_config.json", checkpoint::generation_config_text(generation));
}

void add_lora(Model& model, const checkpoint::AdapterConfig& config, uint64_t seed) {
  uint64_t id = 0;
  int64_t found = 0;
  for_each_linear(model, [&](const std::string& module, Linear& linear) {
    ++id;
    if (!checkpoint::is_target(config, module)) return;
    linear.lora = fresh_lora(config, module, linear, id);
    // Kaiming's uniform with a = √5 is ±1/√in: the same deviation, as a normal.
    const double deviation = 1 / std::sqrt(3.0 * static_cast<double>(linear.lora->a.size(1)));
    linear.lora->a.copy_(drawn(seed, module, linear.lora->a.sizes().vec(), deviation));
    ++found;
  });
  if (found == 0)
    throw Error(ErrorKind::kValue, "no module of the model is a target of the adapter");
}

checkpoint::AdapterConfig add_adapter(Model& model, const std::string& folder) {
  const checkpoint::Adapter adapter = checkpoint::open_adapter(folder);
  std::set<std::string> modules;
  uint64_t id = 0;
  for_each_linear(model, [&](const std::string& module, Linear& linear) {
    ++id;
    modules.insert(module);
    const auto pair = adapter.pairs.find(module);
    if (pair == adapter.pairs.end()) return;
    linear.lora = fresh_lora(adapter.config, module, linear, id);
    const auto fill = [&](Tensor& into, const checkpoint::Tensor& stored) {
      if (stored.shape != into.sizes().vec()) {
        fail(stored, "has shape " + checkpoint::to_string(stored.shape) + ", " +
                         checkpoint::to_string(into.sizes().vec()) + " is wanted");
      }
      if (!is_floating(stored.dtype)) fail(stored, "holds no floating-point weights");
      into = loaded(adapter.weights, stored, at::kFloat, into.device());
    };
    fill(linear.lora->a, *pair->second.a);
    fill(linear.lora->b, *pair->second.b);
  });
  for (const auto& [name, stored] : adapter.replaced) {
    Tensor* target = nullptr;
    for_each_tensor(model, [&, wanted = name](const std::string& n, Tensor& t) {
      if (n == wanted) target = &t;
    });
    if (!target) fail(*stored, "belongs to no module of this model");
    if (stored->shape != target->sizes().vec()) {
      fail(*stored, "has shape " + checkpoint::to_string(stored->shape) + ", " +
                        checkpoint::to_string(target->sizes().vec()) + " is wanted");
    }
    if (!is_floating(stored->dtype)) fail(*stored, "holds no floating-point weights");
    *target = loaded(adapter.weights, *stored, target->scalar_type(), target->device());
  }
  for (const auto& [module, pair] : adapter.pairs) {
    if (modules.contains(module)) continue;
    if (module != kPointModule || !model.points.weight.defined()) {
      fail(*pair.a, "belongs to no module of this model");
    }
    add_to_points(model, adapter, pair);
  }
  return adapter.config;
}

void save_adapter(Model& model, const checkpoint::AdapterConfig& config,
                  const std::string& folder) {
  Writer writer;
  for_each_linear(model, [&](const std::string& module, Linear& linear) {
    if (!linear.lora) return;
    const auto lora = linear.lora;
    writer.add(
        checkpoint::lora_a_name(module), [lora] { return lora->a; }, lora->a.sizes().vec(),
        at::kFloat);
    writer.add(
        checkpoint::lora_b_name(module), [lora] { return lora->b; }, lora->b.sizes().vec(),
        at::kFloat);
  });
  for_each_tensor(model, [&](const std::string& name, Tensor& tensor) {
    for (const std::string& whole : config.modules_to_save) {
      if (name.rfind(whole + ".", 0) != 0) continue;
      writer.add(
          "base_model.model." + name, [&tensor] { return tensor; }, tensor.sizes().vec(),
          at::kFloat);
    }
  });
  checkpoint::write_safetensors(folder + "/adapter_model.safetensors", writer.take());
  write_file(folder + "/adapter_config.json", checkpoint::adapter_config_text(config));
}

void merge_lora(Model& model, bool keep) {
  for_each_linear(
      model, [&](const std::string&, Linear& linear) { merge_lora(linear, keep, at::kFloat); });
}

void unmerge_lora(Model& model) {
  for_each_linear(model, [](const std::string&, Linear& linear) { unmerge_lora(linear); });
}

}  // namespace cadrecode::model
