// Folders, adapters and packed weights.
#include "learning/model/folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "learning/checkpoint/quant.h"
#include "unit/model/golden.h"

namespace cadrecode::model {
namespace {

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("cadrecode-model-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

Tensor logits_of(const Model& model) {
  const auto samples = golden_samples(model.config.vocab_size);
  return logits(model, hidden_states(model, make_batch(samples, 3, at::kCPU)));
}

checkpoint::AdapterConfig adapter_config() {
  checkpoint::AdapterConfig c;
  c.r = 4;
  c.alpha = 6;
  c.target_modules = {"q_proj", "v_proj", "o_proj", "gate_proj", "down_proj"};
  c.modules_to_save = {"point_encoder"};
  return c;
}

void shake_lora(Model& model) {
  for_each_linear(model, [](const std::string& module, Linear& linear) {
    if (!linear.lora) return;
    linear.lora->a.copy_(golden_values(module + "A", linear.lora->a.sizes().vec()));
    linear.lora->b.copy_(golden_values(module + "B", linear.lora->b.sizes().vec()));
  });
}

TEST(Folders, WhatIsWrittenIsReadBitForBit) {
  for (const char* name : {"qwen2", "qwen3-bias"}) {
    for (const size_t shard : {size_t{1} << 30, size_t{20000}}) {
      const Folder folder;
      Model model = golden_model(name);
      save_model(model, folder / "m", at::kFloat, shard);
      Model again = load_model(folder / "m", {});
      EXPECT_TRUE(at::equal(logits_of(model), logits_of(again)));
      EXPECT_TRUE(again.points.defined());
      std::vector<std::string> names;
      for_each_tensor(again, [&](const std::string& n, Tensor&) { names.push_back(n); });
      size_t i = 0;
      for_each_tensor(model, [&](const std::string& n, Tensor&) { EXPECT_EQ(n, names.at(i++)); });
    }
  }
}

TEST(Folders, Bf16KeepsThePointEncoderInFp32) {
  const Folder folder;
  Model model = golden_model("qwen2");
  save_model(model, folder / "m", at::kBFloat16);
  Model again = load_model(folder / "m", {});
  EXPECT_TRUE(at::equal(model.points.weight, again.points.weight));
  EXPECT_TRUE(at::equal(model.embedding.to(at::kBFloat16).to(at::kFloat), again.embedding));
  EXPECT_EQ(again.config.dtype, checkpoint::DType::kBF16);
}

TEST(Folders, ABaseWithoutPointsGetsAFreshEncoderOnRequest) {
  const Folder folder;
  Model model = golden_model("qwen2");
  model.points = PointEncoder{};
  save_model(model, folder / "m", at::kFloat);
  EXPECT_FALSE(load_model(folder / "m", {}).points.defined());
  LoadOptions options;
  options.encoder_seed = 3;
  EXPECT_TRUE(load_model(folder / "m", options).points.defined());
}

TEST(Folders, PooledEncodersRoundTrip) {
  const Folder folder;
  checkpoint::ModelConfig config = golden_model("qwen2").config;
  config.point_encoder = {checkpoint::PointEncoderConfig::Type::kPooled, 64, 4, false, 32, 1, 4};
  Model model = make_model(config, 5, at::kFloat, at::kFloat, at::kCPU);
  save_model(model, folder / "m", at::kFloat);
  Model again = load_model(folder / "m", {});
  const Tensor points = golden_values("p", {2, 20, 3});
  EXPECT_TRUE(at::equal(encode_points(model.points, points), encode_points(again.points, points)));
  model.config.point_encoder.width = 16;  // config and weights that disagree
  save_model(model, folder / "n", at::kFloat);
  EXPECT_THROW(load_model(folder / "n", {}), Error);
}

TEST(Lora, FreshPairsChangeNothingAndAdaptersRoundTrip) {
  const Folder folder;
  Model model = golden_model("qwen3");
  const Tensor plain = logits_of(model);
  add_lora(model, adapter_config(), 1);
  EXPECT_TRUE(at::equal(plain, logits_of(model)));
  shake_lora(model);
  model.points.bias.add_(0.25);
  const Tensor adapted = logits_of(model);
  EXPECT_GT(largest(adapted - plain), 0.01);
  save_adapter(model, adapter_config(), folder / "a");
  Model again = golden_model("qwen3");
  EXPECT_EQ(add_adapter(again, folder / "a"), adapter_config());
  EXPECT_TRUE(at::equal(adapted, logits_of(again)));
  Model other = golden_model("qwen2");
  EXPECT_THROW(add_adapter(other, folder / "a"), Error);
}

TEST(Lora, APairOnThePointEncoderIsAddedToItsWeight) {
  const Folder folder;
  Model model = golden_model("qwen2");
  checkpoint::AdapterConfig config = adapter_config();
  config.r = 2;
  const Tensor a = golden_values("pa", {2, 51}), b = golden_values("pb", {48, 2});
  const auto source = [](const std::string& name, const Tensor& t) {
    return checkpoint::TensorSource{
        name, checkpoint::DType::kF32, t.sizes().vec(),
        [t] { return std::span(static_cast<const std::byte*>(t.data_ptr()), t.nbytes()); }};
  };
  const auto write = [&](const Tensor& b_factor) {
    checkpoint::write_safetensors(
        folder / "a/adapter_model.safetensors",
        {source("base_model.model.point_encoder.projection.lora_A.weight", a),
         source("base_model.model.point_encoder.projection.lora_B.weight", b_factor),
         source("base_model.model.point_encoder.modules_to_save.default.projection.bias",
                at::ones({48}))});
    write_file(folder / "a/adapter_config.json", checkpoint::adapter_config_text(config));
  };
  write(b);
  const Tensor before = model.points.weight.clone();
  add_adapter(model, folder / "a");
  EXPECT_LE(largest(model.points.weight - before - at::matmul(b, a) * 3), 1e-5);
  EXPECT_TRUE(at::equal(model.points.bias, at::ones({48})));
  write(golden_values("pb", {40, 2}));
  EXPECT_THROW(add_adapter(model, folder / "a"), Error);
}

TEST(Lora, MergedIsAdaptedAndUnmergedIsExactlyBefore) {
  const Folder folder;
  Model model = golden_model("qwen2");
  add_lora(model, adapter_config(), 1);
  shake_lora(model);
  const Tensor before = model.layers[0].q.weight.clone(), adapted = logits_of(model);
  save_model(model, folder / "merged", at::kFloat);  // merges what it writes, not the model
  EXPECT_TRUE(model.layers[0].q.lora != nullptr);
  EXPECT_LE(largest(logits_of(load_model(folder / "merged", {})) - adapted), 1e-5);
  merge_lora(model, true);
  EXPECT_FALSE(at::equal(model.layers[0].q.weight, before));
  EXPECT_LE(largest(logits_of(model) - adapted), 1e-5);
  unmerge_lora(model);
  EXPECT_TRUE(at::equal(model.layers[0].q.weight, before));
  EXPECT_TRUE(at::equal(logits_of(model), adapted));
}

TEST(Lora, OnlyPairsLearnWhileTheRestIsFrozenAndDropoutIsSeeded) {
  Model model = golden_model("qwen2");
  checkpoint::AdapterConfig config = adapter_config();
  config.dropout = 0.5;
  add_lora(model, config, 1);
  shake_lora(model);
  for_each_linear(model, [](const std::string&, Linear& l) {
    if (l.lora) l.lora->a.set_requires_grad(true), l.lora->b.set_requires_grad(true);
  });
  const auto run = [&](uint64_t seed, bool recompute) {
    ForwardOptions options;
    options.dropout_seed = seed;
    options.checkpoint_layers = recompute;
    loss(model, make_batch(golden_samples(model.config.vocab_size), 3, at::kCPU), options)
        .backward();
    return gradients(model);
  };
  auto a = run(5, false), b = run(5, true), c = run(6, false);
  EXPECT_TRUE(at::equal(a["model.layers.1.mlp.down_proj.lora_A.weight"],
                        b["model.layers.1.mlp.down_proj.lora_A.weight"]));
  EXPECT_FALSE(at::equal(a["model.layers.1.mlp.down_proj.lora_A.weight"],
                         c["model.layers.1.mlp.down_proj.lora_A.weight"]));
  EXPECT_EQ(largest(a["model.embed_tokens.weight"]), 0);
}

TEST(Packed, TensorsUnpackAsThePlainCodeDoes) {
  const Tensor weight = golden_values("w", {12, 64});
  std::vector<float> values(static_cast<const float*>(weight.data_ptr()),
                            static_cast<const float*>(weight.data_ptr()) + weight.numel());
  for (const bool twice : {false, true}) {
    std::vector<float> plain(values.size());
    checkpoint::dequantise_nf4(checkpoint::quantise_nf4(values, twice), plain);
    const Tensor ours = unpack(pack(weight, PackedWeight::Kind::kNf4, twice), at::kFloat);
    EXPECT_LE(largest(ours - tensor_of(plain, {12, 64})), 1e-7);
  }
  EXPECT_LE(largest(unpack(pack(weight, PackedWeight::Kind::kInt8), at::kFloat) - weight),
            0.25 / 127 / 2 * 1.01);
  EXPECT_THROW(pack(golden_values("w", {3, 5}), PackedWeight::Kind::kNf4), Error);
}

TEST(Packed, AModelOnPackedWeightsComputesAndLearnsAsOnTheUnpackedOnes) {
  const Folder folder;
  Model model = golden_model("qwen2");
  save_model(model, folder / "m", at::kFloat);
  for (const bool nf4 : {true, false}) {
    LoadOptions options;
    options.nf4 = nf4;
    options.int8 = !nf4;
    Model packed = load_model(folder / "m", options);
    Model plain = load_model(folder / "m", {});
    for_each_linear(plain, [&](const std::string& module, Linear& linear) {
      for_each_linear(packed, [&](const std::string& other, Linear& from) {
        if (module == other) linear.weight = unpack(*from.packed, at::kFloat);
      });
    });
    EXPECT_LE(largest(logits_of(packed) - logits_of(plain)), 1e-5);
    for (Model* m : {&packed, &plain}) {
      add_lora(*m, adapter_config(), 1);
      shake_lora(*m);
      want_gradients(*m);
      loss(*m, make_batch(golden_samples(101), 3, at::kCPU)).backward();
    }
    const auto a = gradients(packed), b = gradients(plain);
    for (const auto& [name, grad] : a) EXPECT_LE(largest(grad - b.at(name)), 1e-5) << name;
    merge_lora(packed, true);
    EXPECT_LE(largest(logits_of(packed) - logits_of(plain)), 1e-5);
    unmerge_lora(packed);
    EXPECT_TRUE(packed.layers[0].q.packed != nullptr);
  }
}

}  // namespace
}  // namespace cadrecode::model
