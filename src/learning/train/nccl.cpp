// Sums on CUDA, by NCCL.
//
// Both NCCL and the CUDA runtime are loaded with libtorch; their few functions
// are called by name through their C interfaces, which have not changed since
// NCCL 2.0 and CUDA 7 (nccl.h, cuda_runtime_api.h). Our program never leaves
// CUDA's default stream, so that stream (a null handle) is where gradients are
// made; sums run on a stream of their own between two events:
//
//   default   gradient ready --event--.                .--> optimiser
//   ours                               `--> allreduce --event--'
#ifdef CADRECODE_C10D

#include <ATen/ATen.h>
#include <c10/core/DeviceGuard.h>
#include <dlfcn.h>

#include <cstring>
#include <string>

#include "base/error.h"
#include "learning/train/rendezvous.h"

namespace cadrecode::train {
namespace {

struct UniqueId {  // ncclUniqueId
  char bytes[128];
};
using Handle = void*;  // ncclComm_t, cudaStream_t, cudaEvent_t

constexpr int kNcclSum = 0;
constexpr unsigned kNonBlocking = 1, kDisableTiming = 2;

template <typename F>
F* function(const char* name) {
  void* found = dlsym(RTLD_DEFAULT, name);
  if (!found) {
    throw Error(ErrorKind::kUnsupported,
                std::string("several GPUs need NCCL and the CUDA runtime as shared libraries "
                            "beside libtorch (a pip install has them): no ") +
                    name);
  }
  return reinterpret_cast<F*>(found);
}

int nccl_type(at::ScalarType type) {
  switch (type) {
    case at::kFloat:
      return 7;
    case at::kDouble:
      return 8;
    case at::kLong:
      return 4;
    default:
      throw Error(ErrorKind::kInternal, "sums are of float, double or int64");
  }
}

struct Functions {
  int (*unique_id)(UniqueId*) = function<int(UniqueId*)>("ncclGetUniqueId");
  int (*init)(Handle*, int, UniqueId,
              int) = function<int(Handle*, int, UniqueId, int)>("ncclCommInitRank");
  int (*all_reduce)(const void*, void*, size_t, int, int, Handle, Handle) =
      function<int(const void*, void*, size_t, int, int, Handle, Handle)>("ncclAllReduce");
  int (*destroy)(Handle) = function<int(Handle)>("ncclCommDestroy");
  const char* (*nccl_words)(int) = function<const char*(int)>("ncclGetErrorString");
  int (*make_stream)(Handle*,
                     unsigned) = function<int(Handle*, unsigned)>("cudaStreamCreateWithFlags");
  int (*make_event)(Handle*,
                    unsigned) = function<int(Handle*, unsigned)>("cudaEventCreateWithFlags");
  int (*record)(Handle, Handle) = function<int(Handle, Handle)>("cudaEventRecord");
  int (*wait)(Handle, Handle,
              unsigned) = function<int(Handle, Handle, unsigned)>("cudaStreamWaitEvent");
  const char* (*cuda_words)(int) = function<const char*(int)>("cudaGetErrorString");
};

class Nccl : public Collective {
 public:
  Nccl(const World& world, at::Device device, const c10::intrusive_ptr<c10d::Store>& store)
      : world_(world), device_(device) {
    const c10::DeviceGuard guard(device_);
    UniqueId id{};
    if (world.rank == 0) {
      check_nccl(call_.unique_id(&id));
      store->set("nccl", std::vector<uint8_t>(id.bytes, id.bytes + sizeof(id.bytes)));
    } else {
      const std::vector<uint8_t> bytes = store->get("nccl");
      std::memcpy(id.bytes, bytes.data(), std::min(bytes.size(), sizeof(id.bytes)));
    }
    check_cuda(call_.make_stream(&stream_, kNonBlocking));
    check_cuda(call_.make_event(&event_, kDisableTiming));
    check_nccl(call_.init(&comm_, static_cast<int>(world.size), id, static_cast<int>(world.rank)));
  }
  ~Nccl() override {
    if (comm_) call_.destroy(comm_);
  }
  Nccl(const Nccl&) = delete;
  Nccl& operator=(const Nccl&) = delete;

  int64_t rank() const override { return world_.rank; }
  int64_t size() const override { return world_.size; }

  void begin_sum(const Tensor& flat) override {
    const c10::DeviceGuard guard(device_);
    check_cuda(call_.record(event_, nullptr));
    check_cuda(call_.wait(stream_, event_, 0));
    check_nccl(call_.all_reduce(flat.data_ptr(), flat.data_ptr(), static_cast<size_t>(flat.numel()),
                                nccl_type(flat.scalar_type()), kNcclSum, comm_, stream_));
  }

  void finish() override {
    const c10::DeviceGuard guard(device_);
    check_cuda(call_.record(event_, stream_));
    check_cuda(call_.wait(nullptr, event_, 0));
  }

 private:
  void check_nccl(int result) const {
    if (result) throw Error(ErrorKind::kInput, std::string("NCCL: ") + call_.nccl_words(result));
  }
  void check_cuda(int result) const {
    if (result) throw Error(ErrorKind::kInput, std::string("CUDA: ") + call_.cuda_words(result));
  }

  World world_;
  at::Device device_;
  Functions call_;
  Handle comm_ = nullptr, stream_ = nullptr, event_ = nullptr;
};

}  // namespace

std::unique_ptr<Collective> make_nccl(const World& world, at::Device device,
                                      const c10::intrusive_ptr<c10d::Store>& store) {
  return std::make_unique<Nccl>(world, device, store);
}

}  // namespace cadrecode::train

#endif  // CADRECODE_C10D
