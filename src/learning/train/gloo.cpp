// Sums on a CPU, by libtorch's gloo.
#ifdef CADRECODE_C10D

#define USE_C10D_GLOO
#include <ATen/ATen.h>

#include <cstdlib>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include "learning/train/rendezvous.h"

namespace cadrecode::train {
namespace {

class Gloo : public Collective {
 public:
  Gloo(const World& world, const c10::intrusive_ptr<c10d::Store>& store) : world_(world) {
    auto options = c10d::ProcessGroupGloo::Options::create();
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
    options->devices.push_back(
        interface ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                  : c10d::ProcessGroupGloo::createDefaultDevice());
    group_ = c10::make_intrusive<c10d::ProcessGroupGloo>(store, static_cast<int>(world.rank),
                                                         static_cast<int>(world.size), options);
  }

  int64_t rank() const override { return world_.rank; }
  int64_t size() const override { return world_.size; }

  void begin_sum(const Tensor& flat) override {
    std::vector<Tensor> tensors = {flat};
    work_.push_back(group_->allreduce(tensors));
  }

  void finish() override {
    for (const auto& work : work_) work->wait();
    work_.clear();
  }

 private:
  World world_;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group_;
  std::vector<c10::intrusive_ptr<c10d::Work>> work_;
};

}  // namespace

std::unique_ptr<Collective> make_gloo(const World& world,
                                      const c10::intrusive_ptr<c10d::Store>& store) {
  return std::make_unique<Gloo>(world, store);
}

}  // namespace cadrecode::train

#endif  // CADRECODE_C10D
