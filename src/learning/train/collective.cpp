#include "learning/train/collective.h"

#include <ATen/ATen.h>

#include <cstdlib>
#include <string>

#include "base/error.h"

#ifdef CADRECODE_C10D
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include "learning/train/rendezvous.h"
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

std::string word(const char* name, const std::string& fallback) {
  const char* text = std::getenv(name);
  return text ? text : fallback;
}

c10::intrusive_ptr<c10d::Store> meeting_place(const World& world) {
  const std::string host = word("MASTER_ADDR", "");
  const int64_t port = number("MASTER_PORT", 0);
  if (host.empty() || port < 1 || port > 65535) {
    throw Error(ErrorKind::kInput, "WORLD_SIZE is " + std::to_string(world.size) +
                                       ", but MASTER_ADDR and MASTER_PORT do not say where the "
                                       "processes meet; start them with torchrun");
  }
  c10d::TCPStoreOptions options;
  // MASTER_PORT is taken where torchrun's agent keeps a store there, which speaks the
  // language of torchrun's own version: ours is kept by rank 0, one port further.
  const bool taken = word("TORCHELASTIC_USE_AGENT_STORE", "") == "True" && port < 65535;
  options.port = static_cast<uint16_t>(taken ? port + 1 : port);
  options.isServer = world.rank == 0;
  const auto store = c10::make_intrusive<c10d::TCPStore>(host, options);
  // Nobody may read what an earlier attempt of the job left.
  return c10::make_intrusive<c10d::PrefixStore>(
      "cadrecode/" + word("TORCHELASTIC_RESTART_COUNT", "0"), store);
}

#endif

}  // namespace

bool Collective::any(bool mine, at::Device device) {
  if (size() == 1) return mine;
  const Tensor votes = at::full({1}, mine ? 1.0f : 0.0f, at::TensorOptions().device(device));
  begin_sum(votes);
  finish();
  return votes.item<float>() > 0;
}

World world_from_environment() {
  World world;
  world.size = number("WORLD_SIZE", 1);
  if (world.size <= 1) return {};
  if (!std::getenv("RANK")) throw Error(ErrorKind::kInput, "WORLD_SIZE is set, RANK is not");
  world.rank = number("RANK", 0);
  world.local_rank = number("LOCAL_RANK", world.rank);
  if (world.rank >= world.size) {
    throw Error(ErrorKind::kInput, "RANK=" + std::to_string(world.rank) +
                                       " is not below WORLD_SIZE=" + std::to_string(world.size));
  }
  return world;
}

std::unique_ptr<Collective> make_collective(const World& world,
                                            [[maybe_unused]] at::Device device) {
  if (world.size <= 1) return std::make_unique<Collective>();
#ifdef CADRECODE_C10D
  try {
    const auto store = meeting_place(world);
    return device.is_cuda() ? make_nccl(world, device, store) : make_gloo(world, store);
  } catch (const c10::Error& e) {
    throw Error(ErrorKind::kInput, std::string("the processes do not meet at MASTER_ADDR:"
                                               "MASTER_PORT: ") +
                                       e.what_without_backtrace());
  }
#else
  throw Error(ErrorKind::kUnsupported,
              "this libtorch knows one process only (it was built without gloo); unset WORLD_SIZE, "
              "or build with another libtorch");
#endif
}

}  // namespace cadrecode::train
