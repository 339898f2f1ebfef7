// One optimiser step: gradients of pieces summed, over processes too, clipped,
// applied; fp16's loss scale looked after.
#pragma once

#include <vector>

#include "learning/model/model.h"
#include "learning/recipe/recipe.h"
#include "learning/runlog/tensorboard.h"
#include "learning/train/optimizer.h"
#include "learning/train/collective.h"
#include "learning/train/gradient_sum.h"
#include "learning/train/run_state.h"

namespace cadrecode::train {

struct StepReport {
  double loss = 0;  // Σ -log p over all processes' targets
  int64_t targets = 0;
  int64_t tokens = 0;                 // of all processes, points included
  double gradient_norm = 0;           // before clipping
  double flops = 0;                   // of this process
  bool skipped = false;               // the gradient was not finite
  std::vector<runlog::Scalar> extra;  // of the stage; averaged in the log
};

class Learner {
 public:
  Learner(const recipe::Recipe& recipe, model::Model& model, Optimizer& optimizer,
          Collective& collective)
      : recipe_(recipe),
        model_(model),
        optimizer_(optimizer),
        collective_(collective),
        gradients_(optimizer.parameters(), collective) {}

  // `progress.step` counts from 0; its loss scale is kept up to date.
  StepReport step(std::vector<model::Sample> samples, Progress& progress);

  // Mean -log p of each target, without gradients.
  double evaluation_loss(const std::vector<model::Sample>& samples) const;

 private:
  void add_gradients(const model::Batch& batch, double weight, uint64_t dropout_seed,
                     StepReport& report);
  void sum_over_processes(StepReport& report);
  void adapt_scale(bool finite, Progress& progress) const;

  const recipe::Recipe& recipe_;
  model::Model& model_;
  Optimizer& optimizer_;
  Collective& collective_;
  GradientSum gradients_;
};

}  // namespace cadrecode::train
