// What `infer` leaves in its output folder.
//
//   rows.jsonl                one row a sample, in the order of the inputs
//   settings.json             what decides the rows; another run must have the same
//   generated_code/ID.py      with --code; several samples: ID+0.py, ID+1.py, …
//   generated_stl/, generated_step/
//   results/inference_results.json, results/statistics.json
//                             with --layout opencadrecode (spec: OpenCADRecode's names)
// With --shard I/N the first two carry "-I-of-N" before the extension.
//
// Rows of one input are appended in one piece; a piece cut by a crash is taken
// off when the folder is opened again.
#pragma once

#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/folder_lock.h"
#include "learning/infer/infer.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::cli {

struct InferOutputs {
  std::string folder, suffix;  // "" or "-I-of-N"
  std::string settings;        // JSON text
  std::string model;           // for OpenCADRecode's files
  size_t samples = 1;
  bool run = true, code = false, stl = false, step = false, opencadrecode = false;
};

class InferRows {
 public:
  // Errors: kInput when the folder cannot be written or was begun with other
  // settings.
  explicit InferRows(InferOutputs outputs);
  ~InferRows();

  const std::set<std::string>& done() const { return done_; }  // ids with all their rows

  // Runs the answers' programs, writes files and rows.
  void add(const infer::Input& input, const std::vector<infer::Answer>& answers,
           execute::Executor& executor);
  // OpenCADRecode's files from all rows, if asked for.
  void finish() const;

  // Rows by what became of them: "ok", or "<stage>: <kind>"; with those found.
  const std::map<std::string, size_t>& counts() const { return counts_; }
  size_t rows() const { return rows_; }
  size_t valid() const { return valid_; }

 private:
  std::string path(const char* stem, const char* extension) const;
  void resume();
  void count(const std::string& row);

  InferOutputs outputs_;
  FolderLock lock_;
  std::FILE* file_ = nullptr;
  std::set<std::string> done_;
  std::map<std::string, size_t> counts_;
  size_t rows_ = 0, valid_ = 0;
};

}  // namespace cadrecode::cli
