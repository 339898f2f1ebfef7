// The parts of a data set, and proof that they are the ones meant.
//
// A data set is
//   a folder   of .py, .step, .stp, .brep, .stl, .ply, .obj, .off, .3mf files at any
//              depth; a part's id is its path without extension
//   a folder   of DeepCAD's or Fusion 360's .json sequences (`archive`)
//   rows       .jsonl with `id` and `code` (or another key), or `path`
//   shards     shard-*.jsonl.zst of `generate` and `convert`
// in the order of their ids (rows and shards: as they come). A part's number in that
// order is what shards of work go by.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evaluation/benchmark/config.h"
#include "evaluation/score/score.h"

namespace cadrecode::benchmark {

struct PartRef {
  uint64_t number = 0;
  std::string id;      // unique in its data set
  score::Input truth;  // measured against
  score::Input shown;  // what systems see; the truth if there is nothing else
};

struct DataSet {
  std::string name;
  std::vector<PartRef> parts;
  // SHA-256 over "<sha-256 of the bytes>  <id>\n" of every part (truth, and what
  // is shown where that is another file), in order.
  std::string fingerprint;
};

// Errors: kInput for a path that is missing or holds no part, an id that is there
// twice, a scan that is missing, a line that is no row; kValue for a count or
// fingerprint other than the named set's (catalogue.h).
// `hash`: false leaves the fingerprint empty, for a quick look.
DataSet load_data(const DataConfig& config, int threads, bool hash = true);

// The files of a folder that can be parts, by id: the path without extension,
// or with it where two would be called the same.
std::vector<std::pair<std::string, std::string>> part_files(const std::string& folder);

std::string fingerprint_of(const std::vector<PartRef>& parts, int threads);

}  // namespace cadrecode::benchmark
