// Gradients become their sums over all processes, in buckets, while the backward
// pass still runs.
//
// The backward pass reaches the last layers first, so buckets are filled from
// the last parameter to the first. A bucket's sum begins as soon as all its
// gradients are there and the sums of all buckets before it have begun: the order
// is the same on every process, whatever its samples are. What is used at the
// network's very beginning or at several places (encoders, embedding, head) comes
// in buckets that wait for the end.
//
// Method: Li et al. 2020, "PyTorch Distributed", section 3.2.
#pragma once

#include <memory>
#include <vector>

#include "learning/train/optimizer.h"
#include "learning/train/collective.h"

namespace cadrecode::train {

class GradientSum {
 public:
  // `bucket_bytes`: a bucket is closed when it holds so much. The parameters'
  // tensors are watched; nothing is done for one process alone.
  GradientSum(const std::vector<Parameter>& parameters, Collective& collective,
              int64_t bucket_bytes = int64_t{25} << 20);
  ~GradientSum();
  GradientSum(const GradientSum&) = delete;
  GradientSum& operator=(const GradientSum&) = delete;

  // The next backward pass is this process' last one of the step.
  void arm();
  // After it: sums the rest and waits. Parameters without a gradient count as
  // zero. May be called without arm(): then nothing overlaps.
  void finish();
  // Buckets whose sum had begun when finish() was last called.
  size_t overlapped() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace cadrecode::train
