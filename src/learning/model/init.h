// Making and naming a model's tensors. Private to the room.
#pragma once

#include <string>
#include <vector>

#include "learning/model/model.h"

namespace cadrecode::model {

// In place of a deviation: all ones, all zeros.
inline constexpr double kOnes = -1, kZeros = 0;

// fp32 on the host: normal numbers of the stream (seed, name) times `deviation`.
Tensor drawn(uint64_t seed, const std::string& name, const std::vector<int64_t>& shape,
             double deviation);

// A model with its layers but no tensors.
Model empty_model(const checkpoint::ModelConfig& config);

// Where the decoder's tensor of this official name lives. Errors: kInternal.
Tensor& slot(Model& model, const std::string& name);

}  // namespace cadrecode::model
