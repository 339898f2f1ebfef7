// The processes of one run, as `torchrun` or Slurm start them, told by RANK,
// WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT.
//
// Processes meet at libtorch's TCPStore, kept by rank 0 at MASTER_ADDR:MASTER_PORT
// (under torchrun at the port behind it, so that any version of torchrun will do). On a CPU sums go
// through libtorch's gloo; on CUDA through NCCL, called by its C interface, so that neither CUDA's
// nor NCCL's headers are needed to build. All processes must make the same calls in the same order.
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

  // Begins to make `flat` (contiguous) its sum over all processes, in place,
  // beside whatever the device does next. `flat` must live until finish().
  virtual void begin_sum(const Tensor& flat) { (void)flat; }
  // Waits for all sums begun (on CUDA: makes what is enqueued next wait).
  virtual void finish() {}

  // True when any process says so; all learn it.
  bool any(bool mine, at::Device device);
};

struct World {
  int64_t rank = 0, size = 1, local_rank = 0;
};
// From the environment; one process alone without WORLD_SIZE. Errors: kInput for
// a variable that is missing or makes no sense, naming it.
World world_from_environment();

// Meets the others. `device` is what this process computes on. Errors:
// kUnsupported where this libtorch has no such backend, kInput when the others
// cannot be reached.
std::unique_ptr<Collective> make_collective(const World& world, at::Device device);

}  // namespace cadrecode::train
