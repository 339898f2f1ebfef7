// A candidate made better by small changes of its steps, the evidence deciding.
//
// Method: greedy search. A change is a step, region or hole left out, a step of
// another candidate taken over, or a step that explains unexplained points
// (fit/residual.h), joined or cut. All are judged on a sample of the points, the
// best few in full; the best one that is worth its length stays, and so again.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/vec.h"
#include "pipeline/reconstruct/judge.h"

namespace cadrecode::reconstruct {

struct ImproveOptions {
  uint64_t seed = 0;
  int rounds = 6;
  std::function<bool()> cancelled;  // asked between changes
};

// `start` itself where nothing helps. `others`: whose steps may be taken over.
Candidate improved(const Candidate& start, const std::vector<Candidate>& others,
                   const std::vector<Vec3>& points, const Judge& judge,
                   const ImproveOptions& options);

}  // namespace cadrecode::reconstruct
