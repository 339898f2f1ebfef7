// What the room's headers need of libtorch: at::Tensor, nothing heavier.
//
// torch/torch.h costs half a minute per source file; ATen/core/Tensor.h three
// seconds. Sources include <ATen/ATen.h> for the operators. We use no torch::nn:
// modules here are plain structs of tensors, and autograd follows the operators.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cadrecode::model {

using at::Tensor;

}  // namespace cadrecode::model
