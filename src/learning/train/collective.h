// The processes of one run, as `torchrun` starts them (RANK, WORLD_SIZE,
// LOCAL_RANK, MASTER_ADDR, MASTER_PORT): gradients are summed over all.
#pragma once

#include <memory>
#include <vector>

#include "learning/model/tensor.h"

namespace cadrecode::train {

using at::Tensor;

class Collective {
 public:
  virtual ~Collective() = default;
  virtual int64_t rank() const { return 0; }
  virtual int64_t size() const { return 1; }
  virtual int64_t local_rank() const { return 0; }  // which device of this machine
  // Each tensor becomes its sum over all processes. All must call with tensors
  // of the same shapes in the same order.
  virtual void sum(std::vector<Tensor>&) {}
  virtual void barrier() {}
};

// From the environment: one process alone without WORLD_SIZE. Gloo on a CPU,
// NCCL on CUDA. Errors: kUnsupported where this libtorch has no such backend,
// kInput for variables that make no sense.
std::unique_ptr<Collective> make_collective(bool cuda);

}  // namespace cadrecode::train
