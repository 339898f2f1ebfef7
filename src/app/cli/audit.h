// The kernel's opinion on a seeded share of a data set.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "learning/dataset/shard_set.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::cli {

struct Audit {
  double share = 0;      // asked for
  uint64_t audited = 0;  // rows executed on OCCT
  uint64_t valid = 0;    // of these: built, BRepCheck's yes, and the row's volume within 1e-4
  struct Failure {
    std::string id, reason;
  };
  std::vector<Failure> failures;  // the first hundred
  bool stopped = false;           // by Ctrl-C: not all were seen
};

// Whether the row with this number is among those audited: a function of seed
// and number alone.
bool is_audited(uint64_t seed, uint64_t index, double share);

// Executes the chosen rows on the executor's workers.
Audit audit(const dataset::ShardSet& set, uint64_t seed, double share, execute::Executor& executor);

}  // namespace cadrecode::cli
