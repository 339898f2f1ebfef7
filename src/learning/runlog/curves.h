// A run's curves as one self-contained SVG.
#pragma once

#include <string>
#include <vector>

#include "learning/runlog/runlog.h"

namespace cadrecode::runlog {

struct Run {
  std::string name;
  std::vector<Row> rows;
};

struct CurveOptions {
  std::vector<std::string> names;  // which scalars; empty: all that occur
  bool log_scale = false;          // of values; a curve with values <= 0 stays linear
  double smoothing = 0;            // 0 … <1: exponential mean drawn over the pale raw curve
};

// One panel for each scalar, the runs in it side by side as colours, steps
// along x. Errors: kValue when no run has a finite value to draw, or a name
// does not occur (with the nearest that does).
std::string curves_svg(const std::vector<Run>& runs, const CurveOptions& options);

}  // namespace cadrecode::runlog
