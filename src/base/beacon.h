// Where a piece of work stands, readable from another process: an answer that
// never came still has a place.
#pragma once

#include <atomic>
#include <cstdint>

namespace cadrecode {

// Lives in memory shared by a worker and its owner.
struct Beacon {
  std::atomic<int64_t> position{-1};  // byte of the program being evaluated; -1: unknown

  void at(int64_t byte) { position.store(byte, std::memory_order_relaxed); }
};

}  // namespace cadrecode
