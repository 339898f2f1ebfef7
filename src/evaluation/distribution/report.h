// One or two sets of programs as a text table and as a page to look at.
#pragma once

#include <string>
#include <vector>

#include "evaluation/distribution/compare.h"

namespace cadrecode::distribution {

struct Described {
  std::string name;
  Matrix rows;           // [programs of the dialect][features]
  uint64_t outside = 0;  // programs that are no valid part of the dialect
};

// A line a feature: mean and quantiles of each set, and where there are two,
// their distance. `told` may be null.
std::string table(const std::vector<Described>& sets, const TwoSample* told);

// Comma-separated values: label (0 first set, 1 second), fold, held-out score,
// then the features; for other programs' classifiers.
std::string features_csv(const std::vector<Described>& sets, const TwoSample& told);

// HTML with one drawing (SVG) a feature, the most telling first; no file beside
// it, no script.
std::string page(const std::vector<Described>& sets, const TwoSample* told);

// Counts of values in the same bins for every set: a bin a value where few
// distinct ones occur, else 24 equal ones between the 0.5 % and 99.5 %
// quantiles of all sets together, the last ones open.
struct Histogram {
  std::vector<double> edges;                // [bins + 1]
  std::vector<std::vector<double>> shares;  // [sets][bins], each adds up to 1
  bool discrete = false;                    // bins are values
};
Histogram histogram(const std::vector<std::vector<double>>& values);

}  // namespace cadrecode::distribution
