// What a run leaves on disk, so that killing it at any moment loses nothing but
// the steps since the last save.
//
//   RUN/checkpoint-<step>/   state.safetensors  parameters and moments, fp32
//                            state.json         step, position in the data, …
//                            recipe.yaml        and the model or adapter itself
//   RUN/best/                the model with the best evaluation
//
// A checkpoint is written under another name and renamed when it is whole: a
// folder with the right name is complete.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "learning/train/optimizer.h"

namespace cadrecode::train {

struct Progress {
  int64_t step = 0;
  double seconds = 0;     // of training, over all resumptions
  std::string feed;       // Feed::state()
  double loss_scale = 1;  // of fp16 (trainer.h)
  int64_t scaled_well = 0;
  double best = 0;         // evaluation of RUN/best
  int64_t best_step = -1;  // none yet
  // Since the last row of the log, so that rows do not depend on where a run
  // was stopped.
  double window_loss = 0;  // Σ -log p
  int64_t window_targets = 0, window_steps = 0, window_skipped = 0;
  double window_norm = 0;                      // Σ gradient norms
  std::map<std::string, double> window_extra;  // Σ of the stage's own values
};

// Writes RUN/checkpoint-<step>; `write_model` puts what else belongs there into
// the folder it is given. Errors: kInput (a full disk, say): nothing is left
// behind, and earlier checkpoints stand.
void save_checkpoint(const std::string& run, const Progress& progress, Optimizer& optimizer,
                     const std::string& recipe_yaml,
                     const std::function<void(const std::string& folder)>& write_model);

// Removes all but the last `keep` checkpoints, and what unfinished saves left.
void prune_checkpoints(const std::string& run, int64_t keep);

// The newest whole checkpoint's folder; empty when there is none.
std::string newest_checkpoint(const std::string& run);

// Reads progress, parameters and moments back. Errors: kInput naming the file,
// and the tensor that is missing or of another shape.
Progress load_checkpoint(const std::string& folder, Optimizer& optimizer);

// Writes a folder beside and puts it in the place of `folder` when it is whole.
void replace_folder(const std::string& folder,
                    const std::function<void(const std::string& folder)>& write);

}  // namespace cadrecode::train
