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
std::vector<runlog::Scalar> evaluate_programs(const model::Model& model, const train::Held& held,
                                              const train::Speller& speller, size_t parts,
                                              size_t threads);

}  // namespace cadrecode::train_cli
