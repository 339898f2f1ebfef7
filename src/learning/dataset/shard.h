// One shard: a few ten thousand rows in one file, each at hand by its number.
//
//   shard-00000.jsonl.zst =
//     zstd frame 0    rows 0 ... B-1, one JSON line each   (B = block_rows)
//     zstd frame 1    rows B ... 2B-1
//     ...
//     skippable frame "about": JSON, see ShardAbout
//     skippable frame "seek table": the zstd seekable format's, which counts the
//                      frames and gives each one's two sizes
//
// To every ordinary decoder this is one JSON Lines text: `zstd -d` and Hugging
// Face's datasets.load_dataset("json") read it as it is. One frame a block (and
// not one a file) because a row must be had without decoding what stands before
// it: 64 rows are about 30 kB, decoded in some 40 us. The table stands in the
// file, and not beside it, because a file that lacks its table is then known to
// be cut off: every proper prefix of a shard is an error, none a shorter shard.
//
// The bytes are a pure function of the rows, the options and libzstd's version.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "learning/dataset/row.h"

namespace cadrecode::dataset {

// What a shard says of itself and its set.
struct ShardAbout {
  uint64_t rows = 0;
  uint64_t block_rows = 0;
  uint64_t first_row = 0;   // rows its writer wrote before this shard
  bool last = false;        // its writer was finished with it
  std::string fingerprint;  // of the settings that made the set: see ShardSetOptions
  std::string state;        // the maker's own, after the shard's last row
};

// Collects a shard in memory (a few megabytes).
class ShardBuilder {
 public:
  explicit ShardBuilder(uint64_t block_rows = 64, int level = 6);
  ~ShardBuilder();
  ShardBuilder(ShardBuilder&&) noexcept;
  ShardBuilder& operator=(ShardBuilder&&) noexcept;

  // `line`: one JSON object without line feeds (to_line(row)). Throws
  // Error(kValue) for a line feed and Error(kLimit) for a line above 16 MiB.
  void append(std::string_view line);
  void append(const Row& row) { append(to_line(row)); }
  uint64_t rows() const;

  // The file's bytes; `about`'s rows and block_rows are filled in. The builder
  // is empty afterwards and may be used again.
  std::string finish(ShardAbout about);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A shard opened for reading; any thread may read.
// Errors are Error(kInput) naming the file and, where one is concerned, the row
// as the place's line (counted from 1, as in the text).
class ShardReader {
 public:
  explicit ShardReader(const std::string& path);
  // A shard in memory; `name` is for messages.
  static ShardReader from_bytes(std::string bytes, const std::string& name);
  ~ShardReader();
  ShardReader(ShardReader&&) noexcept;
  ShardReader& operator=(ShardReader&&) noexcept;

  const ShardAbout& about() const;
  uint64_t size() const { return about().rows; }
  // Row `i` < size(): its text, or parsed. Decodes one block each time; in
  // sequence `lines` is cheaper.
  std::string line(uint64_t i) const;
  Row row(uint64_t i) const;

  // All rows of block `b` < blocks(), as lines.
  uint64_t blocks() const;
  std::vector<std::string> lines(uint64_t b) const;

 private:
  struct State;
  explicit ShardReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace cadrecode::dataset
