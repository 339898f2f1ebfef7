// Learning from one's own samples (recipe.stage: reward): for each cloud a group
// of programs is drawn, the analytic engine says what each is worth, and the
// model moves towards what was better than its group's mean.
//
//   prompts --generate x G--> programs --reward--> advantages, the largest kept
//     --> updates x { -min(r A, clip(r, 1 - e, 1 + e) A) summed over tokens }
//
// r is a token's probability now over that when it was drawn. No division by
// deviation or by length, no reference model (Dr. GRPO, Liu et al. 2025); of G
// samples the few with the largest |advantage| learn (CPPO, Lin et al. 2025);
// scale of the reward as cadrille (arXiv 2505.22914).
#pragma once

#include "learning/train/learner.h"
#include "learning/train/speller.h"

namespace cadrecode::train {

class RewardLearner {
 public:
  RewardLearner(const recipe::Recipe& recipe, model::Model& model, Optimizer& optimizer,
                Collective& collective, const Speller& speller)
      : recipe_(recipe),
        model_(model),
        optimizer_(optimizer),
        collective_(collective),
        gradients_(optimizer.parameters(), collective),
        speller_(speller) {}

  // `samples`: clouds with the programs they are of. report.loss is minus the
  // mean reward times targets, so that the log's "loss" is minus the reward.
  StepReport step(std::vector<model::Sample> samples, Progress& progress);

 private:
  struct Drawn {  // a program the model wrote, as a training sample
    model::Sample sample;
    std::vector<float> old_log_probabilities;  // of its targets
    double advantage = 0;
  };
  std::vector<Drawn> draw(const std::vector<model::Sample>& samples, const Progress& progress,
                          StepReport& report) const;
  void update(const std::vector<Drawn>& drawn, const Progress& progress, StepReport& report);

  const recipe::Recipe& recipe_;
  model::Model& model_;
  Optimizer& optimizer_;
  Collective& collective_;
  GradientSum gradients_;
  const Speller& speller_;
};

}  // namespace cadrecode::train
