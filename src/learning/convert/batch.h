// A folder of thousands of files to shards of programs, in one command that may
// be stopped and run again.
//
//   OUT/shard-00000.jsonl.zst ...   the programs, in the order of the inputs
//   OUT/failures.jsonl              a row for every input without one:
//       {"index": 7, "id": "00000007", "file": "0000/00000007.json",
//        "error": {"kind": "unsupported", "message": "...", "line": 0, "column": 0}}
//       {"index": 9, "id": "...", "file": "...", "duplicate_of": "00000003"}
//   OUT/checks.jsonl                what a check measured, where there is one
//
// Run again after having been stopped, it goes on behind the last complete
// shard and ends with the same bytes, whatever the number of threads. It refuses
// a folder begun with other inputs or settings.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "learning/dataset/row.h"

namespace cadrecode::convert {

struct Input {
  std::string file;  // relative to the folder
  std::string id;    // unique
};

// All files of the folder (at any depth) whose name matches the shell pattern
// ("*.json"), in the order of their relative paths; the id is the stem, or the
// relative path without extension and with '_' for '/' if stems are not unique. Errors: kInput if
// the folder cannot be read, holds none, or ids still are not unique.
std::vector<Input> find_inputs(const std::string& folder, const std::string& pattern);

// What a check found of one row; `refusal` keeps the row out.
struct Check {
  std::string json;  // one line for checks.jsonl, or empty
  std::optional<Error> refusal;
};

struct BatchOptions {
  std::string out;
  std::string settings;  // everything that decides a row; part of the fingerprint
  size_t threads = 0;    // 0: one a core
  uint64_t shard_rows = 16384;
  bool drop_duplicates = false;  // rows whose hash was there before
  // The row of an input, or an Error; by several threads at once.
  std::function<dataset::Row(const Input&)> convert;
  // May be empty. For some rows at once, on the calling thread, after convert;
  // may fill in what is not known of them.
  std::function<std::vector<Check>(std::vector<dataset::Row>&)> check;
  std::function<void(size_t done, size_t failed)> progress;  // may be empty
  std::function<bool()> stop;                                // may be empty
};

struct BatchSummary {
  uint64_t inputs = 0, rows = 0, failed = 0, duplicates = 0;
  uint64_t resumed_at = 0;  // inputs done before
  bool finished = false;    // false: stopped
};

BatchSummary run_batch(const std::vector<Input>& inputs, const BatchOptions& options);

}  // namespace cadrecode::convert
