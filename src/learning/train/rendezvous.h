// What the backends share. Private to the room.
#pragma once

#include <torch/csrc/distributed/c10d/Store.hpp>

#include "learning/train/collective.h"

namespace cadrecode::train {

std::unique_ptr<Collective> make_gloo(const World& world,
                                      const c10::intrusive_ptr<c10d::Store>& store);
std::unique_ptr<Collective> make_nccl(const World& world, at::Device device,
                                      const c10::intrusive_ptr<c10d::Store>& store);

}  // namespace cadrecode::train
