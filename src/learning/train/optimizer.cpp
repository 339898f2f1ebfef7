#include "learning/train/optimizer.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace cadrecode::train {

namespace {

// Keller Jordan's quintic: steepest at 0, and from there into [0.7, 1.2].
constexpr double kA = 3.4445, kB = -4.775, kC = 2.0315;
constexpr int kNewtonSchulzSteps = 5;

}  // namespace

Tensor orthogonalised(const Tensor& g, bool narrow) {
  const bool tall = g.size(0) > g.size(1);
  Tensor x = (tall ? g.t() : g).to(narrow ? at::kBFloat16 : at::kFloat);
  x = x / x.norm().clamp_min(1e-7);
  for (int i = 0; i < kNewtonSchulzSteps; ++i) {
    const Tensor square = at::mm(x, x.t());
    x = at::addmm(x, at::addmm(square, square, square, kB, kC), x, kA, 1);
  }
  return (tall ? x.t() : x).to(g.scalar_type());
}

Optimizer::Optimizer(std::vector<Parameter> parameters, OptimizerOptions options)
    : parameters_(std::move(parameters)), options_(options) {
  if (parameters_.empty()) {
    throw Error(ErrorKind::kValue, "nothing is left to learn: every parameter is frozen");
  }
  for (Parameter& p : parameters_) {
    const double decay = p.tensor.dim() > 1 ? options_.weight_decay : 0;
    Group* group = nullptr;
    for (Group& g : groups_) {
      if (g.rate_factor == p.rate_factor && g.decay == decay && g.muon == p.muon) group = &g;
    }
    if (!group) group = &groups_.emplace_back(Group{p.rate_factor, decay, p.muon, {}, {}, {}});
    group->parameters.push_back(p.tensor);
    group->m.push_back(at::zeros_like(p.tensor));
    if (!p.muon) group->v.push_back(at::zeros_like(p.tensor));
  }
}

void Optimizer::update_adamw(Group& group, const std::vector<Tensor>& gradients, double rate) {
  const double t = static_cast<double>(steps_);
  const double b1 = options_.beta1, b2 = options_.beta2;
  const double correction1 = 1 - std::pow(b1, t), correction2 = 1 - std::pow(b2, t);
  at::_foreach_mul_(group.m, b1);
  at::_foreach_add_(group.m, gradients, 1 - b1);
  at::_foreach_mul_(group.v, b2);
  at::_foreach_addcmul_(group.v, gradients, gradients, 1 - b2);
  std::vector<Tensor> denominator = at::_foreach_sqrt(group.v);
  at::_foreach_div_(denominator, std::sqrt(correction2));
  at::_foreach_add_(denominator, options_.epsilon);
  at::_foreach_addcdiv_(group.parameters, group.m, denominator, -rate / correction1);
}

void Optimizer::update_muon(Group& group, const std::vector<Tensor>& gradients, double rate) {
  const double b = options_.muon_momentum;
  at::_foreach_mul_(group.m, b);
  at::_foreach_add_(group.m, gradients, 1 - b);
  for (size_t i = 0; i < gradients.size(); ++i) {
    Tensor& p = group.parameters[i];
    const Tensor direction = gradients[i] * (1 - b) + group.m[i] * b;
    const auto longer = static_cast<double>(std::max(p.size(0), p.size(1)));
    p.add_(orthogonalised(direction, options_.narrow_muon), -rate * 0.2 * std::sqrt(longer));
  }
}

void Optimizer::step(double rate, double gradient_scale) {
  const at::NoGradGuard no_grad;
  ++steps_;
  for (Group& group : groups_) {
    std::vector<Tensor> gradients;
    for (const Tensor& p : group.parameters) {
      gradients.push_back(p.grad().defined() ? p.grad() : at::zeros_like(p));
    }
    if (gradient_scale != 1) at::_foreach_mul_(gradients, gradient_scale);
    const double own = rate * group.rate_factor;
    if (group.decay != 0) at::_foreach_mul_(group.parameters, 1 - own * group.decay);
    group.muon ? update_muon(group, gradients, own) : update_adamw(group, gradients, own);
  }
}

void Optimizer::zero_gradients() {
  for (Parameter& p : parameters_) p.tensor.mutable_grad().reset();
}

double Optimizer::gradient_norm() const {
  const at::NoGradGuard no_grad;
  Tensor sum;
  for (const Parameter& p : parameters_) {
    if (!p.tensor.grad().defined()) continue;
    const Tensor square = p.tensor.grad().square().sum();
    sum = sum.defined() ? sum + square : square;
  }
  return sum.defined() ? std::sqrt(sum.item<double>()) : 0;
}

void Optimizer::for_each_state(const std::function<void(const std::string&, Tensor&)>& visit) {
  // Groups hold the same tensors in the order of the parameters.
  std::vector<size_t> at(groups_.size(), 0);
  for (Parameter& p : parameters_) {
    visit("parameter." + p.name, p.tensor);
    for (size_t g = 0; g < groups_.size(); ++g) {
      Group& group = groups_[g];
      if (at[g] == group.parameters.size() || !group.parameters[at[g]].is_same(p.tensor)) continue;
      visit("m." + p.name, group.m[at[g]]);
      if (!group.muon) visit("v." + p.name, group.v[at[g]]);
      ++at[g];
    }
  }
}

}  // namespace cadrecode::train
