#include "learning/checkpoint/adapter.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/names.h"
#include "unit/checkpoint/formula.h"

namespace cadrecode::checkpoint {
namespace {

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("cadrecode-adapter-" + std::to_string(::getpid()))) {}
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string str() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TensorSource f32(const std::string& name, Shape shape) {
  size_t count = 1;
  for (const int64_t n : shape) count *= static_cast<size_t>(n);
  auto values = std::make_shared<std::vector<float>>(testing::formula_values(name, count));
  return {name, DType::kF32, std::move(shape),
          [values] { return std::as_bytes(std::span(*values)); }};
}

std::string open_with(const Folder& folder, std::vector<TensorSource> tensors) {
  AdapterConfig config;
  config.r = 2;
  config.alpha = 3;
  config.target_modules = {"q_proj"};
  write_file(folder / "adapter_config.json", adapter_config_text(config));
  write_safetensors(folder / "adapter_model.safetensors", std::move(tensors));
  try {
    open_adapter(folder.str());
    return "no error";
  } catch (const Error& error) {
    EXPECT_FALSE(error.place().file.empty());
    return error.what();
  }
}

const std::string kModule = "model.layers.0.self_attn.q_proj";

TEST(Adapter, OpensAndAddsExactly) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {f32(lora_a_name(kModule), {2, 5}), f32(lora_b_name(kModule), {4, 2}),
                               f32("base_model.model.point_encoder.projection.bias", {6})}),
            "no error");
  const Adapter adapter = open_adapter(folder.str());
  ASSERT_EQ(adapter.pairs.size(), 1u);
  EXPECT_EQ(adapter.replaced.count("point_encoder.projection.bias"), 1u);
  const LoraPair& pair = adapter.pairs.at(kModule);
  EXPECT_DOUBLE_EQ(pair.scale, 1.5);
  const std::vector<float> before = testing::formula_values("w", 20);
  std::vector<float> weight = before;
  add_lora(pair, weight);
  const auto a = floats_of(*pair.a), b = floats_of(*pair.b);
  for (size_t i = 0; i < 4; ++i) {
    for (size_t j = 0; j < 5; ++j) {
      const double sum = double{b[2 * i]} * a[j] + double{b[2 * i + 1]} * a[5 + j];
      EXPECT_FLOAT_EQ(weight[5 * i + j], static_cast<float>(before[5 * i + j] + 1.5 * sum));
    }
  }
  add_lora(pair, weight, -1);
  for (size_t i = 0; i < 20; ++i) EXPECT_NEAR(weight[i], before[i], 2e-7);
  std::vector<float> wrong(7);
  EXPECT_THROW(add_lora(pair, wrong), Error);
}

TEST(Adapter, BadFilesNameTheTensor) {
  const Folder folder;
  const auto a = f32(lora_a_name(kModule), {2, 5});
  EXPECT_NE(open_with(folder, {a}).find("lora_A.weight' has no partner lora_B"), std::string::npos);
  EXPECT_NE(open_with(folder, {a, f32(lora_b_name(kModule), {4, 3})}).find("rank 2 is wanted"),
            std::string::npos);
  EXPECT_NE(open_with(folder, {a, f32(lora_b_name(kModule), {8})}).find("a matrix is wanted"),
            std::string::npos);
  EXPECT_NE(open_with(folder, {f32("stray", {1})}).find("does not start with"), std::string::npos);
  EXPECT_NE(
      open_with(folder, {f32("base_model.model.x.lora_magnitude_vector", {1})}).find("do not know"),
      std::string::npos);
}

void names_what_does_not_fit(PointEncoderConfig::Type type, const std::string& first_missing) {
  const Folder folder;
  ModelConfig config = mini();
  config.point_encoder.type = type;
  config.point_encoder.width = 0;  // the decoder's
  config.hidden_size = 8;
  config.intermediate_size = 16;
  config.num_hidden_layers = 1;
  config.num_attention_heads = 2;
  config.num_key_value_heads = 1;
  config.head_dim = 4;
  config.vocab_size = 10;
  std::vector<TensorSource> all;
  for (const TensorSpec& spec : decoder_tensors(config)) all.push_back(f32(spec.name, spec.shape));
  const auto problem = [&](std::vector<TensorSource> tensors, bool points = false) -> std::string {
    write_weights(folder.str(), std::move(tensors));
    try {
      check_weights(Weights::open(folder.str()), config, points);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(problem(all), "");
  EXPECT_NE(problem(all, true).find("'" + first_missing + "' is missing"), std::string::npos);
  auto with_points = all;
  for (const TensorSpec& spec : point_tensors(config))
    with_points.push_back(f32(spec.name, spec.shape));
  EXPECT_EQ(problem(with_points, true), "");
  auto fewer = all;
  fewer.erase(fewer.begin() + 3);
  EXPECT_NE(problem(fewer).find("'" + all[3].name + "' is missing"), std::string::npos);
  auto wrong = all;
  wrong[0] = f32(wrong[0].name, {10, 9});
  EXPECT_NE(problem(wrong).find("[10, 9], [10, 8] is wanted"), std::string::npos);
  auto deeper = all;
  deeper.push_back(f32(layer_name(1, "input_layernorm.weight"), {8}));
  EXPECT_NE(problem(deeper).find("has no place in this model"), std::string::npos);
  auto integers = all;
  static const std::vector<int32_t> zeros(80);
  integers[0] = {
      integers[0].name, DType::kI32, {10, 8}, [] { return std::as_bytes(std::span(zeros)); }};
  EXPECT_NE(problem(integers).find("elements of type I32"), std::string::npos);
}

TEST(CheckWeights, NamesWhatDoesNotFit) {
  names_what_does_not_fit(PointEncoderConfig::Type::kFourier, "point_encoder.projection.weight");
  names_what_does_not_fit(PointEncoderConfig::Type::kPooled, "point_encoder.input.weight");
}

}  // namespace
}  // namespace cadrecode::checkpoint
