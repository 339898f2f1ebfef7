#include "learning/train/meter.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace cadrecode::train {

double step_flops(const model::Model& model, const model::Batch& batch, bool weights_learn) {
  const checkpoint::ModelConfig& c = model.config;
  const auto hidden = static_cast<double>(c.hidden_size);
  const auto attention_width = static_cast<double>(c.num_attention_heads * c.head_dim);
  const auto key_width = static_cast<double>(c.num_key_value_heads * c.head_dim);
  const double layer = 2 * hidden * attention_width + 2 * hidden * key_width +
                       3 * hidden * static_cast<double>(c.intermediate_size);
  double tokens = 0, squares = 0;
  for (int64_t length : batch.lengths) {
    tokens += static_cast<double>(length);
    squares += static_cast<double>(length * length);
  }
  const auto layers = static_cast<double>(c.num_hidden_layers);
  const double targets = batch.targets.defined() ? static_cast<double>(batch.targets.numel()) : 0;
  const double matrices =
      layers * layer * tokens + hidden * static_cast<double>(c.vocab_size) * targets;
  // Two products of length x width x length, of which half lies above the diagonal.
  const double attention = layers * squares * attention_width;
  const double passes = weights_learn ? 3 : 2;
  return 2 * (passes * matrices + 3 * attention);
}

double measured_peak(at::Device device, at::ScalarType compute) {
  const at::NoGradGuard no_grad;
  const int64_t n = device.is_cuda() ? 8192 : 1024;
  const auto options = at::TensorOptions().device(device).dtype(compute);
  const at::Tensor a = at::full({n, n}, 0.5, options), b = at::full({n, n}, 0.25, options);
  const auto operations =
      2 * static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(n);
  double best = 0;
  for (int round = 0; round < 4; ++round) {  // the first warms up
    Stopwatch watch;
    const int repeats = device.is_cuda() ? 8 : 2;
    at::Tensor product;
    for (int i = 0; i < repeats; ++i) product = at::mm(a, b);
    product.select(0, 0).select(0, 0).item<float>();  // waits for the device
    best = std::max(best, repeats * operations / watch.lap());
  }
  return best;
}

}  // namespace cadrecode::train
