// cadrecode train: a model learns from programs and their clouds.
#include <fmt/format.h>

#include <memory>
#include <thread>

#include "app/command_line/training.h"
#include "app/train_cli/commands.h"
#include "app/train_cli/evaluation.h"
#include "base/interrupt.h"
#include "learning/recipe/recipe.h"
#include "learning/train/trainer.h"

namespace cadrecode::train_cli {
namespace {

constexpr int kInterruptedExit = 130;

using Settings = command_line::TrainWords;

int run(const Settings& settings) {
  const recipe::Loaded loaded = recipe::load(settings.config, settings.overrides);
  for (const std::string& notice : loaded.notices) fmt::print(stderr, "train: {}\n", notice);
  if (settings.print) {
    fmt::print("{}", recipe::to_yaml(loaded.recipe));
    return 0;
  }
  watch_interrupts();
  const EvaluationOptions options{static_cast<size_t>(loaded.recipe.eval_parts),
                                  static_cast<size_t>(loaded.recipe.eval_samples),
                                  std::max(1u, std::thread::hardware_concurrency())};
  const train::Evaluate evaluate = [&](const model::Model& model, const train::Held& held,
                                       const train::Speller& speller, int64_t) {
    return evaluate_programs(model, held, speller, options);
  };
  const train::Ending ending = train::train(loaded.recipe, evaluate);
  if (ending == train::Ending::kFinished) {
    fmt::print("{}\n", loaded.recipe.model_save_path);
  } else {
    fmt::print(stderr, "train: stopped in good order; the same command goes on from here\n");
  }
  return ending == train::Ending::kInterrupted ? kInterruptedExit : 0;
}

}  // namespace

void add_train(CLI::App& app, Action& action) {
  auto settings = std::make_shared<Settings>();
  CLI::App* command = command_line::declare_train(app, *settings);
  command->callback([&action, settings] { action = [settings] { return run(*settings); }; });
}

}  // namespace cadrecode::train_cli
