// The training loop: one for full fine-tuning, LoRA and QLoRA, from a laptop to
// many processes.
//
//   rows --feed--> samples of a step --pieces--> batches --loss--> gradients
//        --sum over processes, clip--> AdamW --> log, evaluate, save
//
// The step's loss is the mean of -log p over all its targets, whatever pieces
// and processes it is cut into. A step whose gradient is not finite is skipped
// and counted. Everything random comes from the seed and the step number, so a
// run that was stopped, at whatever moment, goes on to the same bits on a CPU
// with the same number of threads.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "learning/model/model.h"
#include "learning/recipe/recipe.h"
#include "learning/runlog/runlog.h"
#include "learning/train/feed.h"

namespace cadrecode::train {

enum class Ending { kFinished, kInterrupted, kTimeUp };

// What an evaluation beyond the loss adds to the log, on rank 0. The first value
// decides which model is the best: higher is better.
using Evaluate = std::function<std::vector<runlog::Scalar>(
    const model::Model& model, const Held& held, const Speller& speller, int64_t step)>;

// Runs (or resumes) what the recipe says in recipe.model_save_path. Progress
// goes to stderr. Errors: as the parts'; kValue when the folder holds a run of
// another recipe.
Ending train(const recipe::Recipe& recipe, const Evaluate& evaluate);

}  // namespace cadrecode::train
