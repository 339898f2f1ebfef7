// Published figures, to stand beside ours as quoted rows. Nothing here was
// measured by this program.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cadrecode::report {

struct Reference {
  std::string set;     // deepcad, fusion360, cc3d
  std::string method;  // "CAD-Recode v1.5 (2025)"
  std::string input;   // "256 points, best of 10 (oracle)"
  // CD x 1000; IoU and IR in percent, as published
  std::optional<double> mean_cd, median_cd, iou, ir;
  std::string source;
};

// Those of a set, oldest first; empty for a set nobody published.
std::vector<Reference> references_of(const std::string& set);

}  // namespace cadrecode::report
