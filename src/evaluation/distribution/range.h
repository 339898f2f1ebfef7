// Inside the features: lowest, highest, mean and sum of what was seen.
#pragma once

#include <algorithm>
#include <limits>

namespace cadrecode::distribution {

class Range {
 public:
  void add(double v) {
    lo_ = std::min(lo_, v), hi_ = std::max(hi_, v), sum_ += v;
    ++n_;
  }
  double lowest() const { return n_ ? lo_ : -1; }
  double highest() const { return n_ ? hi_ : -1; }
  double mean() const { return n_ ? sum_ / n_ : -1; }
  double sum() const { return n_ ? sum_ : -1; }

 private:
  double lo_ = std::numeric_limits<double>::infinity(), hi_ = -lo_, sum_ = 0;
  int n_ = 0;
};

}  // namespace cadrecode::distribution
