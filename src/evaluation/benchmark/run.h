// The benchmark's loop: data set by data set, system by system, block by block of
// parts: answers, then figures, both kept as they come.
//
// The result is a pure function of configuration and data: the same rows whatever
// the threads, the division into shards, and however often the run was killed.
#pragma once

#include <functional>
#include <string>

#include "base/share.h"
#include "evaluation/benchmark/config.h"

namespace cadrecode::benchmark {

struct RunOptions {
  std::string folder;
  Share share;
  int threads = 0;  // 0: all cores
  bool rescore = false;
  uint64_t block = 0;  // parts worked on together: what a kill may cost, never a result; 0: 64
  // What is being done, parts done and in all (of this share, over all systems).
  std::function<void(const std::string& what, uint64_t done, uint64_t total)> progress;
  std::function<bool()> stop;  // asked between blocks
};

struct RunReport {
  uint64_t parts = 0;    // part-and-system pairs of this share
  uint64_t resumed = 0;  // of these done before
  bool finished = false;
};

// Forks workers: the process must have one thread and not have used the kernel.
// Errors: those of configuration, data, models and the folder. What is wrong with
// one part or answer stands in its row.
RunReport run(const Config& config, const RunOptions& options);

}  // namespace cadrecode::benchmark
