// The first 20 steps against PyTorch and transformers (tools/reference/train_steps.py).
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "learning/recipe/recipe.h"
#include "learning/train/learner.h"
#include "unit/model/golden.h"

namespace cadrecode::train {
namespace {

constexpr int64_t kVocabulary = 101;

std::vector<model::Sample> samples_of(int step) {
  const std::string prefix = "step" + std::to_string(step) + ".";
  std::vector<model::Sample> out = model::golden_samples(kVocabulary);
  const size_t numbers = 3 * model::kGoldenPoints;
  const auto points = testing::formula_values(prefix + "points", numbers * out.size());
  for (size_t i = 0; i < out.size(); ++i) {
    const auto text = out[i].tokens.size() - model::kGoldenPoints;
    out[i].tokens.resize(model::kGoldenPoints);
    for (const float v : testing::formula_values(prefix + "tokens" + std::to_string(i), text)) {
      out[i].tokens.push_back(static_cast<int64_t>((v + 1.0) * 0.5 * kVocabulary));
    }
    const auto begin = points.begin() + static_cast<std::ptrdiff_t>(i * numbers);
    out[i].points.assign(begin, begin + static_cast<std::ptrdiff_t>(numbers));
  }
  return out;
}

class Steps : public ::testing::TestWithParam<const char*> {};

TEST_P(Steps, AreThoseOfTransformers) {
  const auto golden = nlohmann::json::parse(std::ifstream("tests/unit/train/data/steps.json"));
  const auto& settings = golden["settings"];
  std::vector<std::string> words = {"batch_size=3", "mixed_precision=fp32"};
  for (const auto& [key, value] : settings.items()) words.push_back(key + "=" + value.dump());
  const recipe::Recipe recipe = recipe::parse("", "", words).recipe;

  model::Model model = model::golden_model(GetParam());
  std::vector<Parameter> parameters;
  model::for_each_tensor(model, [&](const std::string& name, Tensor& tensor) {
    tensor.requires_grad_(true);
    parameters.push_back({name, tensor, 1});
  });
  Optimizer optimizer(parameters,
                  {recipe.adam_beta1, recipe.adam_beta2, recipe.adam_epsilon, recipe.weight_decay});
  Collective alone;
  Learner learner(recipe, model, optimizer, alone);
  Progress progress;
  const auto& expected = golden["cases"][GetParam()];
  double worst = 0;
  for (int step = 0; step < 20; ++step) {
    progress.step = step;
    const StepReport report = learner.step(samples_of(step), progress);
    const double loss = report.loss / static_cast<double>(report.targets);
    const double truth = expected["losses"][static_cast<size_t>(step)];
    const double norm = expected["gradient_norms"][static_cast<size_t>(step)];
    worst = std::max(worst, std::abs(loss - truth));
    EXPECT_NEAR(loss, truth, 1e-4) << "step " << step;
    EXPECT_NEAR(report.gradient_norm / norm, 1, 1e-3) << "step " << step;
  }
  RecordProperty("largest_difference", std::to_string(worst));
  printf("%s: largest difference of a loss %.2g\n", GetParam(), worst);
}

INSTANTIATE_TEST_SUITE_P(All, Steps, ::testing::Values("qwen2", "qwen2-untied", "qwen3"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace cadrecode::train
