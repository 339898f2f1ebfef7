#include "evaluation/distribution/compare.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"

namespace cadrecode::distribution {
namespace {

struct Data {
  Matrix rows;
  std::vector<uint8_t> labels, fold;
};

Data pooled(const Matrix& a, const Matrix& b, uint64_t seed, int folds) {
  Data d;
  RandomStream random(seed, 0x666f6c64);
  for (const uint8_t label : {0, 1}) {
    const Matrix& set = label ? b : a;
    std::vector<uint8_t> fold(set.size());
    for (size_t i = 0; i < fold.size(); ++i) {
      fold[i] = static_cast<uint8_t>(i % static_cast<size_t>(folds));
    }
    random.shuffle(fold);
    d.rows.insert(d.rows.end(), set.begin(), set.end());
    d.fold.insert(d.fold.end(), fold.begin(), fold.end());
    d.labels.insert(d.labels.end(), set.size(), label);
  }
  return d;
}

std::vector<double> scores_of(const Boost& model, const Matrix& rows) {
  std::vector<double> out;
  out.reserve(rows.size());
  for (const auto& row : rows) out.push_back(model.score(row));
  return out;
}

std::vector<double> column(const Matrix& rows, size_t f) {
  std::vector<double> out;
  out.reserve(rows.size());
  for (const auto& row : rows) out.push_back(row[f]);
  return out;
}

// Adds to drops[f] what the AUC loses when feature f is shuffled among `rows`.
void add_drops(const Boost& model, Matrix rows, const std::vector<uint8_t>& labels, double whole,
               RandomStream random, std::vector<double>& drops) {
  for (size_t f = 0; f < drops.size(); ++f) {
    const std::vector<double> kept = column(rows, f);
    std::vector<double> shuffled = kept;
    random.shuffle(shuffled);
    for (size_t i = 0; i < rows.size(); ++i) rows[i][f] = shuffled[i];
    drops[f] += whole - auc(scores_of(model, rows), labels);
    for (size_t i = 0; i < rows.size(); ++i) rows[i][f] = kept[i];
  }
}

}  // namespace

double ks_distance(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
  double most = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double v = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == v) ++i;
    while (j < b.size() && b[j] == v) ++j;
    most = std::max(most, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                   static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return most;
}

double quantile(std::vector<double> values, double q) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double at = q * static_cast<double>(values.size() - 1);
  const size_t i = static_cast<size_t>(at);
  const size_t next = std::min(i + 1, values.size() - 1);
  return values[i] + (values[next] - values[i]) * (at - static_cast<double>(i));
}

TwoSample tell_apart(const Matrix& a, const Matrix& b, uint64_t seed, int folds,
                     const BoostOptions& options) {
  if (a.size() < static_cast<size_t>(2 * folds) || b.size() < static_cast<size_t>(2 * folds)) {
    throw Error(ErrorKind::kValue, "each set needs at least " + std::to_string(2 * folds) +
                                       " programs of the dialect to be told apart");
  }
  const Data d = pooled(a, b, seed, folds);
  const size_t features = a[0].size();
  std::vector<double> scores(d.rows.size()), drops(features);
  TwoSample out;
  for (int k = 0; k < folds; ++k) {
    Matrix train, held;
    std::vector<uint8_t> train_labels, held_labels;
    for (size_t i = 0; i < d.rows.size(); ++i) {
      (d.fold[i] == k ? held : train).push_back(d.rows[i]);
      (d.fold[i] == k ? held_labels : train_labels).push_back(d.labels[i]);
    }
    const Boost model(train, train_labels, options);
    const std::vector<double> fold_scores = scores_of(model, held);
    out.fold_auc.push_back(auc(fold_scores, held_labels));
    for (size_t i = 0, at = 0; i < d.rows.size(); ++i) {
      if (d.fold[i] == k) scores[i] = fold_scores[at++];
    }
    add_drops(model, held, held_labels, out.fold_auc.back(), RandomStream(seed, 1000 + k), drops);
  }
  out.auc = auc(scores, d.labels);
  for (size_t f = 0; f < features; ++f) {
    out.features.push_back({f, ks_distance(column(a, f), column(b, f)), drops[f] / folds});
  }
  out.fold = d.fold;
  out.scores = std::move(scores);
  std::stable_sort(out.features.begin(), out.features.end(),
                   [](const Telling& x, const Telling& y) { return x.drop > y.drop; });
  return out;
}

}  // namespace cadrecode::distribution
