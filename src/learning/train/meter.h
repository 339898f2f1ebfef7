// How fast a run is, and what share of the hardware it uses.
#pragma once

#include <chrono>
#include <cstdint>

#include "learning/model/model.h"

namespace cadrecode::train {

// Floating-point operations of one training step on samples of these sizes:
// forward and backward of the decoder's matrices on every token, of the head on
// every target, of attention on half the square of each length. Frozen weights
// (adapters) save the third of the work that is their gradient. Recomputation is
// not counted: the share of peak is of useful work.
double step_flops(const model::Model& model, const model::Batch& batch, bool weights_learn);

// What this device does in the type of the arithmetic on one large matrix
// product, operations a second: the ceiling shares are of. Takes a moment.
double measured_peak(at::Device device, at::ScalarType compute);

// Seconds since construction or the last lap.
class Stopwatch {
 public:
  double lap() {
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point last_ = Clock::now();
};

}  // namespace cadrecode::train
