// A model's programs as further candidates of reconstruct.
//
// The model is shown the scan in the frame it was trained in (infer/prepare.h: unit
// box, 256 or however many points it wants); what it writes is read by the dialect and
// brought back into the scan's own frame and unit. Sampling keeps to the grammar, so that
// a program fails by its geometry alone; those are left out, and equal parts given once.
#pragma once

#include <cstdint>
#include <string>

#include "pipeline/reconstruct/reconstruct.h"

namespace cadrecode::learned {

struct Options {
  std::string model;  // folder in Hugging Face format
  size_t samples = 10;
  double temperature = 0.7;
  size_t max_new_tokens = 400;
};

// Loads the model now (errors: those of infer::Inference) and starts no thread, so that
// workers may be forked afterwards. The proposer throws kValue for a scan with fewer
// points than the model wants.
reconstruct::Proposer proposer(const Options& options);

}  // namespace cadrecode::learned
