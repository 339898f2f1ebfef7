// Batches made ahead by threads, handed over in order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "learning/dataset/stream.h"

namespace cadrecode::dataset {

struct Batch {
  std::vector<Sample> samples;   // those that could be drawn, in the stream's order
  std::vector<Sample> failures;  // the others, with their errors
};

struct PrefetchOptions {
  size_t batch = 32;   // samples; the last one of a stream with an end may be shorter
  size_t threads = 0;  // 0: as many as there are cores
  size_t ahead = 0;    // batches made in advance; 0: two, and enough for every thread
  uint64_t begin = 0;  // this rank's first sample, e.g. from resume()
};

// The same batches whatever the number of threads: threads take single samples
// (so that one slow program does not hold up a thread's whole batch) and put
// each into its place. Memory is bounded by `ahead` batches.
class Prefetcher {
 public:
  // `stream` must outlive it.
  Prefetcher(const SampleStream& stream, PrefetchOptions options);
  ~Prefetcher();  // ends the threads, at most one sample each later
  Prefetcher(const Prefetcher&) = delete;
  Prefetcher& operator=(const Prefetcher&) = delete;

  // The next batch; nothing at the stream's end. By one thread. An exception
  // that is no Error (memory) from a thread is thrown here.
  std::optional<Batch> next();
  // Where to go on after the batches handed over so far: what a checkpoint keeps.
  StreamState state() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cadrecode::dataset
