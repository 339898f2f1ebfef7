// AdamW (Loshchilov and Hutter 2019), as torch.optim.AdamW computes it:
//
//   p *= 1 - rate * decay
//   m  = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g²
//   p -= rate * (m / (1 - b1^t)) / (√(v / (1 - b2^t)) + eps)
//
// Weight decay falls on matrices only: biases and norms (tensors of one
// dimension) are left alone, as Hugging Face's Trainer has it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "learning/model/tensor.h"

namespace cadrecode::train {

using at::Tensor;

struct Parameter {
  std::string name;
  Tensor tensor;           // fp32, a leaf that requires a gradient
  double rate_factor = 1;  // on the learning rate
};

struct AdamWOptions {
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0.01;
};

class AdamW {
 public:
  AdamW(std::vector<Parameter> parameters, AdamWOptions options);

  // One step with the gradients the parameters hold (none counts as zero),
  // each times `gradient_scale`.
  void step(double rate, double gradient_scale = 1);
  void zero_gradients();

  // √Σ|g|² over all parameters.
  double gradient_norm() const;

  int64_t steps() const { return steps_; }
  void set_steps(int64_t steps) { steps_ = steps; }
  const std::vector<Parameter>& parameters() const { return parameters_; }
  // Everything a resumed run needs besides steps(): "parameter.<name>",
  // "m.<name>", "v.<name>".
  void for_each_state(const std::function<void(const std::string&, Tensor&)>& visit);

 private:
  struct Group {  // parameters updated alike
    double rate_factor = 1, decay = 0;
    std::vector<Tensor> parameters, m, v;
  };
  void update(Group& group, double rate, double gradient_scale);

  std::vector<Parameter> parameters_;
  AdamWOptions options_;
  std::vector<Group> groups_;
  int64_t steps_ = 0;
};

}  // namespace cadrecode::train
