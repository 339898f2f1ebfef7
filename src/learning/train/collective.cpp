#include "learning/train/collective.h"

#include <ATen/ATen.h>

#include <cstdlib>
#include <string>

#include "base/error.h"

#ifdef CADRECODE_C10D
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#endif

namespace cadrecode::train {
namespace {

int64_t number(const char* name, int64_t fallback) {
  const char* text = std::getenv(name);
  if (!text) return fallback;
  char* end = nullptr;
  const long long value = std::strtoll(text, &end, 10);
  if (end == text || *end || value < 0) {
    throw Error(ErrorKind::kInput, std::string(name) + "='" + text + "' is no count");
  }
  return value;
}

#ifdef CADRECODE_C10D

constexpr int64_t kBucketBytes = 25 << 20;  // as torch's DDP

// Gradients travel in buckets: few large messages, each under way while the
// next is packed.
class C10d : public Collective {
 public:
  C10d(int64_t rank, int64_t size, int64_t local_rank, bool cuda)
      : rank_(rank), size_(size), local_rank_(local_rank) {
    c10d::TCPStoreOptions options;
    const char* host = std::getenv("MASTER_ADDR");
    options.port = static_cast<uint16_t>(number("MASTER_PORT", 29500));
    options.isServer = rank == 0 && !std::getenv("TORCHELASTIC_USE_AGENT_STORE");
    auto store = c10::make_intrusive<c10d::TCPStore>(host ? host : "127.0.0.1", options);
    const int r = static_cast<int>(rank), n = static_cast<int>(size);
    if (cuda) {
#ifdef USE_C10D_NCCL
      nccl_ = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, r, n);
      return;
#else
      throw Error(ErrorKind::kUnsupported, "this build has no NCCL: several GPUs cannot be used");
#endif
    }
    auto gloo = c10d::ProcessGroupGloo::Options::create();
    gloo->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
    gloo_ = c10::make_intrusive<c10d::ProcessGroupGloo>(store, r, n, gloo);
  }

  int64_t rank() const override { return rank_; }
  int64_t size() const override { return size_; }
  int64_t local_rank() const override { return local_rank_; }

  void sum(std::vector<Tensor>& tensors) override {
    struct Bucket {
      size_t begin, end;
      std::vector<Tensor> flat;
      c10::intrusive_ptr<c10d::Work> work;
    };
    std::vector<Bucket> buckets;
    for (size_t i = 0; i < tensors.size();) {
      Bucket bucket{i, i, {}, nullptr};
      std::vector<Tensor> pieces;
      const auto type = tensors[i].scalar_type();
      for (int64_t bytes = 0; bucket.end < tensors.size(); ++bucket.end) {
        const Tensor& tensor = tensors[bucket.end];
        bytes += static_cast<int64_t>(tensor.nbytes());
        if (tensor.scalar_type() != type || (bytes > kBucketBytes && !pieces.empty())) break;
        pieces.push_back(tensor.reshape({-1}));
      }
      bucket.flat = {at::cat(pieces)};
      bucket.work = all_reduce(bucket.flat);
      i = bucket.end;
      buckets.push_back(std::move(bucket));
    }
    for (Bucket& bucket : buckets) {
      bucket.work->wait();
      int64_t at = 0;
      for (size_t i = bucket.begin; i < bucket.end; ++i) {
        tensors[i].copy_(bucket.flat[0].narrow(0, at, tensors[i].numel()).view_as(tensors[i]));
        at += tensors[i].numel();
      }
    }
  }

  void barrier() override {
    std::vector<Tensor> one = {at::zeros({1})};
    sum(one);
  }

 private:
  c10::intrusive_ptr<c10d::Work> all_reduce(std::vector<Tensor>& flat) {
#ifdef USE_C10D_NCCL
    if (nccl_) return nccl_->allreduce(flat);
#endif
    return gloo_->allreduce(flat);
  }

  int64_t rank_, size_, local_rank_;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo_;
#ifdef USE_C10D_NCCL
  c10::intrusive_ptr<c10d::ProcessGroupNCCL> nccl_;
#endif
};

#endif  // CADRECODE_C10D

}  // namespace

std::unique_ptr<Collective> make_collective([[maybe_unused]] bool cuda) {
  const int64_t size = number("WORLD_SIZE", 1), rank = number("RANK", 0);
  if (size <= 1) return std::make_unique<Collective>();
  if (rank >= size) throw Error(ErrorKind::kInput, "RANK is not below WORLD_SIZE");
#ifdef CADRECODE_C10D
  return std::make_unique<C10d>(rank, size, number("LOCAL_RANK", rank), cuda);
#else
  throw Error(ErrorKind::kUnsupported,
              "this build knows one process only (libtorch's c10d headers were missing); "
              "unset WORLD_SIZE, or install libgloo-dev and build again");
#endif
}

}  // namespace cadrecode::train
