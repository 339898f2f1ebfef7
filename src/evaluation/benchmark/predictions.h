// Answers that somebody else has written.
//
// A folder, at any depth:
//   <stem>+<k>.py|.step|.stl    candidate k of a part (cadrille's layout)
//   <stem>_<k>… never; <stem>.py|.step|.stl is candidate 0 where no +k is there
// of OpenCADRecode: results/<model>, with generated_code, generated_step and
// generated_stl; programs count before solids, solids before meshes.
// Rows (.jsonl): `id` and `code` (or the key given), one a candidate in order, or
// `path`; so the rows.jsonl of `cadrecode infer` can be used as they are.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "evaluation/benchmark/system.h"

namespace cadrecode::benchmark {

// By part id. Candidate numbers that are missing are filled with errors.
// Errors: kInput for a path that is not there or holds no prediction.
std::map<std::string, std::vector<Candidate>> read_predictions(const std::string& path,
                                                               const std::string& key);

}  // namespace cadrecode::benchmark
