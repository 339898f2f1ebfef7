// The record of a training run: JSON Lines for programs, TensorBoard events
// for eyes. Rows appear as they happen; a reader of either file sees whole
// rows only.
//
//   RUN/log.jsonl                  {"step": 50, "seconds": 12.3, "loss": 0.61, …}
//   RUN/events.out.tfevents.<time>.<host>.<pid>
//
// Values that are not finite are null in JSON and left out of the events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "learning/runlog/tensorboard.h"

namespace cadrecode::runlog {

struct Row {
  int64_t step = 0;
  double seconds = 0;  // of training, over all resumptions
  std::vector<Scalar> scalars;
};

class RunLog {
 public:
  // Continues the log in `folder` from `step`: rows of later steps are
  // dropped, since they are about to be made again. Step 0 begins anew.
  // Errors: kInput where the folder cannot be written.
  RunLog(const std::string& folder, int64_t step);
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  // Appends one row to both files. A full disk is reported once on stderr and
  // loses log rows, never the run.
  void write(const Row& row);

 private:
  void append(int file, const std::string& bytes);

  int rows_ = -1, events_ = -1;
  bool complained_ = false;
};

// The rows of a log; a last line without its end is left out. Errors: kInput
// for a missing file, kSyntax with the line for anything else that is no row.
std::vector<Row> read_log(const std::string& path);

}  // namespace cadrecode::runlog
