// Programs wherever they lie, as rows: what training, statistics, conversion and
// inference all read a data set by.
//
//   a folder of shards          shard-00000.jsonl.zst ...; ids as they stand there
//   a split's folder            with an index or an error list (folder.h)
//   any other folder            its .py files at any depth, by path; the id is the
//                               file's name, or, where two share it, its path
//                               without extension, '/' written as '_'
//   a file of JSON Lines        rows with `code`; without an id a row is called by
//                               its number, from 0, in eight digits
#pragma once

#include <string>
#include <vector>

#include "learning/dataset/stream.h"

namespace cadrecode::dataset {

// Errors: kInput for what is not there, cannot be read or holds no program. A
// single row or file that is damaged is an error when it is asked for.
Rows open_rows(const std::string& path);

bool holds_shards(const std::string& folder);

struct FoundFile {
  std::string file, id;  // file: relative to the folder, '/' between names
};
// The files at any depth whose name matches `pattern` (of the shell), sorted by
// `file`; ids as above. Errors: kInput for a folder that cannot be read or holds
// none, and for two files of one id.
std::vector<FoundFile> find_files(const std::string& folder, const std::string& pattern);

}  // namespace cadrecode::dataset
