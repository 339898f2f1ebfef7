// A data set of any size, written as shards.
//
// The set is defined without reference to threads, shards or restarts:
//   candidate i   draw_sample(knobs, seed, i), i = 0, 1, 2 …
//   duplicate     a candidate whose hash an earlier one has
//   row r         the r-th candidate that is no duplicate
// so a set of n rows is the beginning of every larger one. Candidates are drawn
// in blocks by any number of threads and committed in order by one, which keeps
// the set of hashes (unique.h). The writer (dataset/shard_set.h) continues
// behind the last complete shard; the hashes are read back from the rows.
//
// Several machines: each runs `draw_candidates` for its share of the blocks into
// the same folder; `write_set` then takes the blocks it finds there instead of
// drawing them, and gives the same bytes.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "learning/procgen/knobs.h"
#include "learning/procgen/sample.h"

namespace cadrecode::procgen {

struct RunOptions {
  std::string folder;
  uint64_t count = 0;  // rows
  uint64_t seed = 0;
  Knobs knobs;
  size_t threads = 1;
  uint64_t shard_rows = 65536;
  // Called now and then; returning false stops the run after what is in flight.
  std::function<bool(uint64_t rows, uint64_t duplicates)> progress;
};

struct RunReport {
  uint64_t rows = 0;        // in the set so far
  uint64_t candidates = 0;  // drawn for them
  uint64_t duplicates = 0;
  std::array<uint64_t, kGates> refused{};  // attempts, by gate
  bool finished = false;
};

RunReport write_set(const RunOptions& options);

// The blocks of candidates number part, part + parts … that a set of `count`
// rows may need (a tenth more than rows; what is missing then, write_set draws).
// Blocks that are there already are kept. Returns how many rows were drawn.
uint64_t draw_candidates(const RunOptions& options, uint64_t part, uint64_t parts);

// "12" of the row id "0-00000012": the candidate's number.
uint64_t index_of_id(const std::string& id);

}  // namespace cadrecode::procgen
