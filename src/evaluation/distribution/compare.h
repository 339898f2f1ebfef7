// Two sets of programs side by side: how far apart each feature is, and whether
// a classifier can tell the sets apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evaluation/distribution/boost.h"

namespace cadrecode::distribution {

// Greatest distance of the two empirical distribution functions
// (Kolmogorov-Smirnov).
double ks_distance(std::vector<double> a, std::vector<double> b);

// Value below which a share q of the values lies, linear between neighbours.
double quantile(std::vector<double> values, double q);

struct Telling {
  size_t feature = 0;
  double ks = 0;
  double drop = 0;  // what the AUC loses when this feature's values are shuffled
};

struct TwoSample {
  double auc = 0.5;               // pooled over the held-out folds
  std::vector<double> fold_auc;   // [folds]
  std::vector<Telling> features;  // [features], the most telling first
  // Of every program, those of the first set first: its fold and its held-out score.
  std::vector<uint8_t> fold;
  std::vector<double> scores;
};

// Gradient boosting with k-fold cross validation, both classes spread over all
// folds by a seeded shuffle. Every score comes from a classifier that has not
// seen its row. The drops are means over the folds.
TwoSample tell_apart(const Matrix& a, const Matrix& b, uint64_t seed = 0, int folds = 5,
                     const BoostOptions& options = {});

}  // namespace cadrecode::distribution
