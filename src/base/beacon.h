// Where a piece of work stands, readable from another process: an answer that
// never came still has a place.
#pragma once

#include <atomic>

namespace cadrecode {

// Lives in memory shared by a worker and its owner; 0 where unknown.
struct Beacon {
  std::atomic<int> line{0}, column{0};
};

}  // namespace cadrecode
