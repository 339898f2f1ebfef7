#include "learning/recipe/recipe.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "learning/recipe/keys.h"

namespace cadrecode::recipe {
namespace {

std::string failure(const std::string& yaml, const std::vector<std::string>& overrides = {}) {
  try {
    parse(yaml, "run.yaml", overrides);
  } catch (const Error& e) {
    return to_string(e.place()) + "|" + e.what();
  }
  return "";
}

TEST(Recipe, DefaultsAreThePublishedSettings) {
  const Recipe r;
  EXPECT_EQ(r.learning_rate, 2e-4);
  EXPECT_EQ(r.weight_decay, 0.01);
  EXPECT_EQ(r.max_steps, 100'000);
  EXPECT_EQ(r.warmup_steps, 1000);
  EXPECT_EQ(r.batch_size, 18);
  EXPECT_EQ(r.noise_probability, 0.5);
  EXPECT_EQ(r.noise_std, 0.01);
  EXPECT_EQ(r.mixed_precision, Precision::kBf16);
  EXPECT_EQ(r.schedule, Schedule::kCosine);
}

TEST(Recipe, WritesWhatItReads) {
  Recipe r;
  r.lora_target_modules = {"q_proj", "odd: name"};
  r.learning_rates = {{"point_encoder", 10.0}, {"model.layers.0", 0.1}};
  r.mixed_precision = Precision::kFp32;
  r.modality = Modality::kMixed;
  r.brep_path = "grids";
  r.adam_epsilon = 1e-7;
  r.freeze = {"model.embed_tokens"};
  r.train_data_path = "a folder/with: signs";
  EXPECT_EQ(parse(to_yaml(r), "").recipe, r);
}

// The keys of OpenCADRecode's QLoRA file, which holds all of the other two's.
TEST(Recipe, AcceptsEveryKeyOfThePeersFiles) {
  const Recipe r = parse(R"(
base_model_name: "Qwen/Qwen3-1.7B-Base"
model_save_path: "out"
train_data_path: "data/train"
val_data_path: "data/val"
max_seq_length: 1024
n_points: 256
max_steps: 50000
batch_size: 32
gradient_accumulation_steps: 1
learning_rate: 0.0002
weight_decay: 0.01
warmup_steps: 1000
eval_steps: 2000
save_steps: 5000
logging_steps: 50
seed: 42
device: "auto"
mixed_precision: "fp16"
num_workers: 4
noise_probability: 0.5
noise_std: 0.01
use_lora: true
lora_r: 64
lora_alpha: 128
lora_dropout: 0.05
lora_target_modules:
  - "q_proj"
  - "k_proj"
auto_merge_lora: true
auto_merge_final: true
keep_lora_only: true
keep_lora_final: true
merge_final_only: true
use_qlora: true
load_in_4bit: true
load_in_8bit: false
bnb_4bit_compute_dtype: "bfloat16"
bnb_4bit_use_double_quant: true
bnb_4bit_quant_type: "nf4"
experiment_name: "x"
use_swanlab: false
load_from_full_model: false
freeze_base_model: false
)",
                         "qlora.yaml")
                       .recipe;
  EXPECT_EQ(r.lora_r, 64);
  EXPECT_EQ(r.mixed_precision, Precision::kFp16);
  EXPECT_EQ(r.lora_target_modules.size(), 2u);
  EXPECT_TRUE(r.merge_final_only);
}

TEST(Recipe, OverridesComeAfterTheFile) {
  const Loaded l = parse("max_steps: 10\n", "",
                         {"max_steps=7", "lora_target_modules=[o_proj]",
                          "freeze=[model.embed_tokens]", "use_qlora=true"});
  EXPECT_EQ(l.recipe.max_steps, 7);
  EXPECT_EQ(l.recipe.lora_target_modules, std::vector<std::string>{"o_proj"});
  EXPECT_TRUE(l.recipe.load_in_4bit) << "use_qlora alone quantises";
  EXPECT_TRUE(l.recipe.use_lora);
}

TEST(Recipe, ErrorsNamePlaceKeyAndRemedy) {
  EXPECT_EQ(failure("seed: 1\nlearing_rate: 2\n"),
            "run.yaml:2:1|unknown key 'learing_rate'; did you mean 'learning_rate'?");
  EXPECT_EQ(failure("seed: 1\nmax_steps: many\n"),
            "run.yaml:2:1|max_steps: 'many' is not a whole number");
  EXPECT_EQ(failure("seed: [1\n").substr(0, 11), "run.yaml:2:");
  EXPECT_NE(failure("- a\n").find("a recipe is a map"), std::string::npos);
  EXPECT_NE(failure("mixed_precision: int3\n").find("one of no, fp32"), std::string::npos);
  EXPECT_NE(failure("", {"max_steps"}).find("key=value"), std::string::npos);
  EXPECT_NE(failure("max_seq_length: 100\n").find("less than 259"), std::string::npos);
  EXPECT_NE(failure("load_in_4bit: true\n").find("use_lora"), std::string::npos);
  EXPECT_NE(failure("learning_rate: .nan\n").find("finite"), std::string::npos);
  EXPECT_NE(failure("device: tpu\n").find("'tpu'"), std::string::npos);
}

TEST(Recipe, EveryPrefixIsReadOrRefused) {
  const std::string yaml = to_yaml(Recipe{});
  for (size_t n = 0; n <= yaml.size(); ++n) {
    try {
      parse(yaml.substr(0, n), "p.yaml");
    } catch (const Error&) {
    }
  }
}

TEST(Recipe, RateRisesThenFalls) {
  Recipe r;
  r.learning_rate = 1, r.warmup_steps = 10, r.max_steps = 110;
  EXPECT_EQ(learning_rate_at(r, 0), 0);
  EXPECT_DOUBLE_EQ(learning_rate_at(r, 5), 0.5);
  EXPECT_DOUBLE_EQ(learning_rate_at(r, 10), 1);
  EXPECT_NEAR(learning_rate_at(r, 60), 0.5, 1e-12);
  EXPECT_NEAR(learning_rate_at(r, 110), 0, 1e-12);
  r.schedule = Schedule::kWsd;
  r.decay_steps = 40;
  EXPECT_DOUBLE_EQ(learning_rate_at(r, 70), 1);
  EXPECT_NEAR(learning_rate_at(r, 100), 0.25, 1e-12);
  EXPECT_NEAR(learning_rate_at(r, 110), 0, 1e-12);
  r.schedule = Schedule::kLinear;
  EXPECT_NEAR(learning_rate_at(r, 35), 0.75, 1e-12);
  r.min_learning_rate_ratio = 0.1;
  EXPECT_NEAR(learning_rate_at(r, 500), 0.1, 1e-12);
}

TEST(Recipe, EveryConfigInTheTreeLoads) {
  int found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("configs/train")) {
    if (entry.path().extension() != ".yaml") continue;
    EXPECT_NO_THROW(load(entry.path().string())) << entry.path();
    ++found;
  }
  EXPECT_GE(found, 3);
}

TEST(Recipe, EveryKeyIsVisitedOnce) {
  Recipe r;
  std::vector<std::string> names;
  each_key(r, [&](const char* name, auto&) { names.emplace_back(name); });
  std::vector<std::string> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(std::adjacent_find(sorted.begin(), sorted.end()), sorted.end());
}

}  // namespace
}  // namespace cadrecode::recipe
