#include "learning/train/adamw.h"

#include <ATen/ATen.h>

#include <cmath>

#include "base/error.h"

namespace cadrecode::train {

AdamW::AdamW(std::vector<Parameter> parameters, AdamWOptions options)
    : parameters_(std::move(parameters)), options_(options) {
  if (parameters_.empty()) {
    throw Error(ErrorKind::kValue, "nothing is left to learn: every parameter is frozen");
  }
  for (Parameter& p : parameters_) {
    const double decay = p.tensor.dim() > 1 ? options_.weight_decay : 0;
    Group* group = nullptr;
    for (Group& g : groups_) {
      if (g.rate_factor == p.rate_factor && g.decay == decay) group = &g;
    }
    if (!group) group = &groups_.emplace_back(Group{p.rate_factor, decay, {}, {}, {}});
    group->parameters.push_back(p.tensor);
    group->m.push_back(at::zeros_like(p.tensor));
    group->v.push_back(at::zeros_like(p.tensor));
  }
}

void AdamW::update(Group& group, double rate, double gradient_scale) {
  std::vector<Tensor> gradients;
  for (const Tensor& p : group.parameters) {
    gradients.push_back(p.grad().defined() ? p.grad() : at::zeros_like(p));
  }
  const double t = static_cast<double>(steps_);
  const double b1 = options_.beta1, b2 = options_.beta2;
  const double correction1 = 1 - std::pow(b1, t), correction2 = 1 - std::pow(b2, t);
  if (gradient_scale != 1) at::_foreach_mul_(gradients, gradient_scale);
  at::_foreach_mul_(group.m, b1);
  at::_foreach_add_(group.m, gradients, 1 - b1);
  at::_foreach_mul_(group.v, b2);
  at::_foreach_addcmul_(group.v, gradients, gradients, 1 - b2);
  std::vector<Tensor> denominator = at::_foreach_sqrt(group.v);
  at::_foreach_div_(denominator, std::sqrt(correction2));
  at::_foreach_add_(denominator, options_.epsilon);
  if (group.decay != 0) at::_foreach_mul_(group.parameters, 1 - rate * group.decay);
  at::_foreach_addcdiv_(group.parameters, group.m, denominator, -rate / correction1);
}

void AdamW::step(double rate, double gradient_scale) {
  const at::NoGradGuard no_grad;
  ++steps_;
  for (Group& group : groups_) update(group, rate * group.rate_factor, gradient_scale);
}

void AdamW::zero_gradients() {
  for (Parameter& p : parameters_) p.tensor.mutable_grad().reset();
}

double AdamW::gradient_norm() const {
  const at::NoGradGuard no_grad;
  Tensor sum;
  for (const Parameter& p : parameters_) {
    if (!p.tensor.grad().defined()) continue;
    const Tensor square = p.tensor.grad().square().sum();
    sum = sum.defined() ? sum + square : square;
  }
  return sum.defined() ? std::sqrt(sum.item<double>()) : 0;
}

void AdamW::for_each_state(const std::function<void(const std::string&, Tensor&)>& visit) {
  // Groups hold the same tensors in the order of the parameters.
  std::vector<size_t> at(groups_.size(), 0);
  for (Parameter& p : parameters_) {
    visit("parameter." + p.name, p.tensor);
    for (size_t g = 0; g < groups_.size(); ++g) {
      Group& group = groups_[g];
      if (at[g] == group.parameters.size() || !group.parameters[at[g]].is_same(p.tensor)) continue;
      visit("m." + p.name, group.m[at[g]]);
      visit("v." + p.name, group.v[at[g]]);
      ++at[g];
    }
  }
}

}  // namespace cadrecode::train
