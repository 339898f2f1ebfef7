#include "learning/train/gradient_sum.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <functional>

#include "base/error.h"

namespace cadrecode::train {
namespace {

using torch::autograd::variable_list;

// Called when a leaf's gradient has been added to its .grad.
struct Ready : torch::autograd::FunctionPostHook {
  explicit Ready(std::function<void()> f) : call(std::move(f)) {}
  variable_list operator()(const variable_list& outputs, const variable_list&) override {
    call();
    return outputs;
  }
  std::function<void()> call;
};

using Accumulator = decltype(torch::autograd::impl::grad_accumulator(std::declval<Tensor>()));

// Used at both ends of the network, or at its very beginning, or not by all samples.
bool comes_late(const std::string& name) {
  for (const char* word : {"embed_tokens", "lm_head", "point_encoder", "brep_encoder"}) {
    if (name.find(word) != std::string::npos) return true;
  }
  return false;
}

struct Bucket {
  std::vector<Tensor> parameters;
  size_t missing = 0;  // gradients not there yet
  Tensor flat;         // their sum, under way; undefined before
};

}  // namespace

struct GradientSum::State {
  explicit State(Collective& c) : collective(c) {}

  void add(const Tensor& parameter, int64_t limit) {
    const auto bytes = static_cast<int64_t>(parameter.nbytes());
    const bool full = buckets.empty() || (filled > 0 && filled + bytes > limit) ||
                      buckets.back().parameters[0].scalar_type() != parameter.scalar_type();
    if (full) buckets.emplace_back(), filled = 0;
    buckets.back().parameters.push_back(parameter);
    filled += bytes;
  }

  void begin_next() {
    Bucket& bucket = buckets[begun++];
    std::vector<Tensor> pieces;
    for (const Tensor& p : bucket.parameters) {
      pieces.push_back(p.grad().defined() ? p.grad().reshape({-1})
                                          : at::zeros({p.numel()}, p.options()));
    }
    bucket.flat = pieces.size() == 1 ? pieces[0].clone() : at::cat(pieces);
    collective.begin_sum(bucket.flat);
  }

  void ready(size_t index) {
    Bucket& bucket = buckets[index];
    if (!armed) return;
    if (bucket.missing == 0) {
      throw Error(ErrorKind::kInternal, "a gradient came after its bucket was complete");
    }
    --bucket.missing;
    const at::NoGradGuard no_grad;
    while (begun < watched && buckets[begun].missing == 0) begin_next();
  }

  Collective& collective;
  std::vector<Bucket> buckets;
  size_t watched = 0;  // buckets before this one begin by themselves
  int64_t filled = 0;
  bool armed = false;
  size_t begun = 0, overlapped = 0;
  std::vector<Accumulator> accumulators;  // hooks live as long as these
};

GradientSum::GradientSum(const std::vector<Parameter>& parameters, Collective& collective,
                         int64_t bucket_bytes)
    : state_(std::make_shared<State>(collective)) {
  if (collective.size() == 1) return;
  State& s = *state_;
  for (auto p = parameters.rbegin(); p != parameters.rend(); ++p) {
    if (comes_late(p->name)) continue;
    s.add(p->tensor, bucket_bytes);
    const auto accumulator = torch::autograd::impl::grad_accumulator(p->tensor);
    const std::weak_ptr<State> state = state_;
    accumulator->add_post_hook(std::make_unique<Ready>([state, index = s.buckets.size() - 1] {
      if (const auto alive = state.lock()) alive->ready(index);
    }));
    s.accumulators.push_back(accumulator);
  }
  s.watched = s.buckets.size();
  s.filled = bucket_bytes;  // the next one opens a bucket
  for (const Parameter& p : parameters) {
    if (comes_late(p.name)) s.add(p.tensor, bucket_bytes);
  }
}

GradientSum::~GradientSum() = default;

void GradientSum::arm() {
  for (Bucket& bucket : state_->buckets) bucket.missing = bucket.parameters.size();
  state_->armed = true;
}

void GradientSum::finish() {
  State& s = *state_;
  if (s.collective.size() == 1) return;
  const at::NoGradGuard no_grad;
  s.armed = false;
  s.overlapped = s.begun;
  while (s.begun < s.buckets.size()) s.begin_next();
  s.collective.finish();
  for (Bucket& bucket : s.buckets) {
    int64_t at = 0;
    for (Tensor& p : bucket.parameters) {
      // A view: the bucket's memory becomes the gradients'.
      p.mutable_grad() = bucket.flat.narrow(0, at, p.numel()).view_as(p);
      at += p.numel();
    }
    bucket.flat = Tensor();
  }
  s.begun = 0;
}

size_t GradientSum::overlapped() const { return state_->overlapped; }

}  // namespace cadrecode::train
