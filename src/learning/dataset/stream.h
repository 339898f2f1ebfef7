// Training samples in order: shuffled, endless or for some epochs, split over
// ranks, and begun anywhere.
//
// Notation
//   n rows, epoch e, place p: position g = e n + p, row Permutation(n, seed, e)(p)
//   sample g  = pure function of (seed, e, row): its cloud is drawn from the
//               stream RandomStream(seed, ...).fork(e).fork(row)
//   rank r of R takes g = r, R + r, 2 R + r, ...: its k-th sample is
//               g = k R + r, and the ranks' k-th batches of B together are the
//               single machine's batch of B R
// So nothing has to be remembered but how many samples were taken: a run goes
// on exactly where it stopped, also with another number of ranks or threads
// (if R times the samples taken stays the same).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "learning/dataset/brep.h"
#include "learning/dataset/draw.h"
#include "learning/dataset/shard_set.h"

namespace cadrecode::dataset {

// Where rows come from: a ShardSet, a folder, or a generator that makes row i
// when it is asked for. `at` is called by many threads at once.
struct Rows {
  uint64_t size = 0;
  std::function<Row(uint64_t)> at;
};
Rows rows_of(const ShardSet& set);  // which must outlive it

struct StreamOptions {
  uint64_t seed = 0;
  bool shuffle = true;  // false: rows in their order, each epoch
  uint64_t epochs = 0;  // 0: without end
  uint64_t rank = 0, ranks = 1;
  CloudOptions cloud;
  Modality modality = Modality::kPoints;
  std::string breps;  // folder of <id>.npz (brep.h), for every modality but points
};

class SampleStream {
 public:
  // Errors: kValue for no rows or a rank beyond ranks.
  SampleStream(Rows rows, StreamOptions options, Execute execute = {});

  // This rank's k-th sample; by any thread. A row that cannot be read or drawn
  // gives a sample with `error`.
  Sample at(uint64_t k) const;
  uint64_t row_at(uint64_t k) const;  // its row number
  uint64_t epoch_at(uint64_t k) const;
  // How many samples this rank has; nothing if without end.
  std::optional<uint64_t> size() const;
  // The settings on which sample k depends, as text: a saved state is refused
  // where they differ.
  std::string fingerprint() const;
  const StreamOptions& options() const { return options_; }

 private:
  Rows rows_;
  StreamOptions options_;
  Execute execute_;
};

// What a checkpoint keeps: how far a stream was read.
struct StreamState {
  uint64_t taken = 0;  // samples of all ranks together
  std::string fingerprint;
};
std::string to_text(const StreamState& state);  // one line of JSON
// This rank's k to go on with. Errors: kInput for text that is no state, kValue
// for another stream's and for a count the ranks do not divide.
uint64_t resume(const SampleStream& stream, const std::string& text);
StreamState state_after(const SampleStream& stream, uint64_t taken_by_this_rank);

}  // namespace cadrecode::dataset
