// Gradient boosting of regression trees on histograms, for two classes.
//
// The method of LightGBM (Ke et al. 2017) as scikit-learn's
// HistGradientBoostingClassifier does it: values are binned once by quantiles;
// each tree grows leaf by leaf where the gain of the logistic loss is greatest;
// leaves shrink by the learning rate. Debian 12 has no library of the kind with
// a permissive licence and a C++ interface, hence our own; it is held against
// scikit-learn's in tools/reference/boost.py.
//
// Deterministic: no random number is drawn, ties go to the lower feature and
// the lower bin.
#pragma once

#include <cstdint>
#include <vector>

namespace cadrecode::distribution {

struct BoostOptions {
  int trees = 100;
  double learning_rate = 0.1;
  int leaves = 31;
  int least_rows = 20;  // of a leaf
  int bins = 255;
  double l2 = 0;
  bool balanced = true;  // the two classes weigh the same
};

using Matrix = std::vector<std::vector<double>>;  // [rows][features]

class Boost {
 public:
  // labels: 0 or 1, both present. Throws Error(kValue) otherwise.
  Boost(const Matrix& rows, const std::vector<uint8_t>& labels, const BoostOptions& options = {});

  double score(const std::vector<double>& row) const;  // log odds of class 1
  // Sum of the gains of the splits on each feature.
  const std::vector<double>& gains() const { return gains_; }

 private:
  struct Node {
    int feature = -1;      // -1: a leaf
    double threshold = 0;  // left if value <= threshold
    int left = -1, right = -1;
    double value = 0;
  };
  using Tree = std::vector<Node>;
  friend class Grower;

  double base_ = 0;
  std::vector<Tree> trees_;
  std::vector<double> gains_;
};

// Area under the ROC curve; ties count half. 0.5 if a class is missing.
double auc(const std::vector<double>& scores, const std::vector<uint8_t>& labels);

}  // namespace cadrecode::distribution
