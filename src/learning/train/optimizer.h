// The two rules a parameter is updated by.
//
// AdamW (Loshchilov and Hutter 2019), as torch.optim.AdamW computes it:
//
//   p *= 1 - rate * decay
//   m  = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g²
//   p -= rate * (m / (1 - b1^t)) / (√(v / (1 - b2^t)) + eps)
//
// Muon (Jordan et al. 2024) for the matrices between the layers, with the size of
// its steps matched to AdamW's so that both take the same rate and decay (Liu et
// al. 2025, arXiv 2502.16982, section 2.2), as torch.optim.Muon with
// adjust_lr_fn="match_rms_adamw" computes it:
//
//   p *= 1 - rate * decay
//   m  = b m + (1 - b) g
//   p -= rate * 0.2 √max(rows, columns) * O((1 - b) g + b m)
//
// where O brings all singular values near 1 by five Newton-Schulz steps. From
// random weights a small model then needs about half the samples; embeddings, input
// layers and vectors stay with AdamW.
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
  bool muon = false;       // updated by Muon; a matrix
};

struct OptimizerOptions {
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0.01;
  double muon_momentum = 0.95;
  bool narrow_muon = false;  // its matrix products in bf16
};

// A matrix with the singular vectors of g [r, c] and singular values near 1. `narrow`:
// worked out in bf16, whose rounding the steps forgive.
Tensor orthogonalised(const Tensor& g, bool narrow = false);

class Optimizer {
 public:
  Optimizer(std::vector<Parameter> parameters, OptimizerOptions options);

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
  // "m.<name>", and under AdamW "v.<name>".
  void for_each_state(const std::function<void(const std::string&, Tensor&)>& visit);

 private:
  struct Group {  // parameters updated alike
    double rate_factor = 1, decay = 0;
    bool muon = false;
    std::vector<Tensor> parameters, m, v;
  };
  void update_adamw(Group& group, const std::vector<Tensor>& gradients, double rate);
  void update_muon(Group& group, const std::vector<Tensor>& gradients, double rate);

  std::vector<Parameter> parameters_;
  OptimizerOptions options_;
  std::vector<Group> groups_;
  int64_t steps_ = 0;
};

}  // namespace cadrecode::train
