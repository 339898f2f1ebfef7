// How good a model is while it learns: it writes programs for held-out clouds,
// and the analytic engine judges them.
#pragma once

#include "learning/train/trainer.h"

namespace cadrecode::train_cli {

// Greedy programs for the first `parts` held-out samples. Values, in order:
//   iou        mean overlap with the truth; no valid solid counts 0 (what `best` goes by)
//   invalid    share without a valid solid (the field's IR)
//   exact      share that is the truth's text to the letter
//   unended    share that never reached the end token
// With `samples` > 1 also, of the greedy program and samples - 1 drawn at temperature
// 1, the one that fits the shown points best (reward::choose; the truth is not asked):
//   chosen_iou, chosen_invalid
// Left out for models that are shown no points.
struct EvaluationOptions {
  size_t parts = 256, samples = 1, threads = 1;
};
std::vector<runlog::Scalar> evaluate_programs(const model::Model& model, const train::Held& held,
                                              const train::Speller& speller,
                                              const EvaluationOptions& options);

}  // namespace cadrecode::train_cli
