// A set of shards in one folder: shard-00000.jsonl.zst, shard-00001 ...
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "learning/dataset/shard.h"

namespace cadrecode::dataset {

std::string shard_name(uint64_t number);  // 12 -> "shard-00012.jsonl.zst"

struct ShardSetOptions {
  uint64_t shard_rows = 65536;
  uint64_t block_rows = 64;
  int level = 6;
  // Whatever decides the rows (seed, configuration, version). A folder begun
  // under another fingerprint is not continued but refused.
  std::string fingerprint;
  // With --shard I/N: this writer writes the shards numbered I, I + N, I + 2N...
  uint64_t writer = 0, writers = 1;
};

// Writes rows in order and, opened again after having been killed, continues
// behind the last complete shard. Given the same rows, the files have the same
// bytes however often it was stopped: a shard appears under its name only when
// it is whole, and all of them but a writer's last have exactly shard_rows rows.
//
//   ShardSetWriter out(folder, options);
//   Maker maker(out.state());                   // empty text on a fresh start
//   for (uint64_t i = out.rows(); i < count; ++i) out.append(maker.next(), maker.state());
//   out.finish();                               // does nothing if finished()
//
// Not for several threads at once. Errors: kInput where the folder cannot be
// read or written, a shard in it is damaged, one is missing before the last, or
// the fingerprint or sizes are others.
class ShardSetWriter {
 public:
  ShardSetWriter(std::string folder, ShardSetOptions options);

  uint64_t rows() const { return rows_; }              // in files and in memory
  uint64_t rows_found() const { return found_; }       // in complete shards on opening
  bool finished() const { return finished_; }          // nothing more may be appended
  const std::string& state() const { return state_; }  // of the last complete shard on opening

  // `state`: what the maker needs to continue after this row.
  void append(const Row& row, std::string_view state = {});
  // Writes what is left and marks the set as finished.
  void finish();
  // Calls back with the rows written before (for makers that keep a set of
  // hashes), shard by shard, in order.
  void replay(const std::function<void(const Row&)>& row) const;

 private:
  std::string path(uint64_t k) const;  // of this writer's k-th shard
  void write(bool last);
  void reopen_last();

  std::string folder_;
  ShardSetOptions options_;
  ShardBuilder builder_;
  uint64_t rows_ = 0, found_ = 0, shards_ = 0;
  bool finished_ = false;
  std::string state_, pending_state_;
};

// A folder (or a list) of shards as one array of rows.
class ShardSet {
 public:
  // The folder's shard-*.jsonl.zst in order of their numbers, which must run
  // from 0 without a gap. Errors as ShardReader's; kInput if there is none.
  explicit ShardSet(const std::string& folder);
  explicit ShardSet(std::vector<ShardReader> shards);

  uint64_t size() const { return first_.back(); }
  Row row(uint64_t i) const;  // i < size(); by any thread
  std::string line(uint64_t i) const;
  const std::vector<ShardReader>& shards() const { return shards_; }

 private:
  std::vector<ShardReader> shards_;
  std::vector<uint64_t> first_;  // [shards + 1] number of each one's first row
};

}  // namespace cadrecode::dataset
