#include "evaluation/distribution/boost.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace cadrecode::distribution {
namespace {

// Ascending upper bounds of the bins of one feature: between distinct values
// where there are few, else at quantiles.
std::vector<double> bin_edges(std::vector<double> values, int bins) {
  std::sort(values.begin(), values.end());
  std::vector<double> distinct = values;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<double> edges;
  if (distinct.size() <= static_cast<size_t>(bins)) {
    for (size_t i = 0; i + 1 < distinct.size(); ++i) {
      edges.push_back(distinct[i] + (distinct[i + 1] - distinct[i]) / 2);
    }
    return edges;
  }
  for (int b = 1; b < bins; ++b) {
    const size_t at = values.size() * static_cast<size_t>(b) / static_cast<size_t>(bins);
    const double v = values[at];
    if (v < distinct.back() && (edges.empty() || v > edges.back())) edges.push_back(v);
  }
  return edges;
}

struct Sums {
  double gradient = 0, hessian = 0;
  int rows = 0;
  Sums operator-(const Sums& o) const {
    return {gradient - o.gradient, hessian - o.hessian, rows - o.rows};
  }
  void add(const Sums& o) { gradient += o.gradient, hessian += o.hessian, rows += o.rows; }
};

struct Split {
  double gain = 0;
  int feature = -1, bin = 0;
  Sums left;
};

struct Leaf {
  int node = 0, first = 0, last = 0;  // rows of the order, half-open
  Sums sums;
  Split split;
};

}  // namespace

class Grower {
 public:
  Grower(const Matrix& rows, const BoostOptions& o) : o_(o), n_(static_cast<int>(rows.size())) {
    const size_t features = rows[0].size();
    bins_.resize(features), edges_.resize(features);
    std::vector<double> column(rows.size());
    for (size_t f = 0; f < features; ++f) {
      for (size_t i = 0; i < rows.size(); ++i) column[i] = rows[i][f];
      edges_[f] = bin_edges(column, o.bins);
      bins_[f].resize(rows.size());
      for (size_t i = 0; i < rows.size(); ++i) {
        const auto at = std::lower_bound(edges_[f].begin(), edges_[f].end(), column[i]);
        bins_[f][i] = static_cast<uint8_t>(at - edges_[f].begin());
      }
    }
    order_.resize(rows.size());
  }

  // One tree against the gradients; adds its values to `scores`.
  Boost::Tree grow(const std::vector<double>& gradient, const std::vector<double>& hessian,
                   std::vector<double>& scores, std::vector<double>& gains) {
    gradient_ = &gradient, hessian_ = &hessian;
    std::iota(order_.begin(), order_.end(), 0);
    tree_.assign(1, {});
    std::vector<Leaf> leaves{make_leaf(0, 0, n_)};
    while (static_cast<int>(leaves.size()) < o_.leaves) {
      const auto best = std::max_element(
          leaves.begin(), leaves.end(),
          [](const Leaf& a, const Leaf& b) { return a.split.gain < b.split.gain; });
      if (best->split.feature < 0) break;
      gains[static_cast<size_t>(best->split.feature)] += best->split.gain;
      const Leaf right = divide(*best);
      leaves.push_back(right);
    }
    for (const Leaf& leaf : leaves) {
      Boost::Node& node = tree_[static_cast<size_t>(leaf.node)];
      node.value = -o_.learning_rate * leaf.sums.gradient / (leaf.sums.hessian + o_.l2 + 1e-12);
      for (int i = leaf.first; i < leaf.last; ++i) {
        scores[static_cast<size_t>(order_[static_cast<size_t>(i)])] += node.value;
      }
    }
    return std::move(tree_);
  }

 private:
  Leaf make_leaf(int node, int first, int last) {
    Leaf leaf{node, first, last, {}, {}};
    for (int i = first; i < last; ++i) leaf.sums.add(sums_of(order_[static_cast<size_t>(i)]));
    leaf.split = best_split(leaf);
    return leaf;
  }

  Sums sums_of(int row) const {
    return {(*gradient_)[static_cast<size_t>(row)], (*hessian_)[static_cast<size_t>(row)], 1};
  }

  double worth(const Sums& s) const {
    return s.gradient * s.gradient / (s.hessian + o_.l2 + 1e-12);
  }

  Split best_split(const Leaf& leaf) const {
    Split best;
    if (leaf.sums.rows < 2 * o_.least_rows) return best;
    std::vector<Sums> histogram;
    for (size_t f = 0; f < bins_.size(); ++f) {
      histogram.assign(edges_[f].size() + 1, {});
      for (int i = leaf.first; i < leaf.last; ++i) {
        const int row = order_[static_cast<size_t>(i)];
        histogram[bins_[f][static_cast<size_t>(row)]].add(sums_of(row));
      }
      Sums left;
      for (size_t b = 0; b < edges_[f].size(); ++b) {
        left.add(histogram[b]);
        const Sums right = leaf.sums - left;
        if (left.rows < o_.least_rows) continue;
        if (right.rows < o_.least_rows) break;
        const double gain = worth(left) + worth(right) - worth(leaf.sums);
        if (gain > best.gain + 1e-12) best = {gain, static_cast<int>(f), static_cast<int>(b), left};
      }
    }
    return best;
  }

  // `leaf` becomes the left half; returns the right one.
  Leaf divide(Leaf& leaf) {
    const Split split = leaf.split;
    const auto& bins = bins_[static_cast<size_t>(split.feature)];
    const auto middle =
        std::stable_partition(order_.begin() + leaf.first, order_.begin() + leaf.last,
                              [&](int row) { return bins[static_cast<size_t>(row)] <= split.bin; });
    const int at = static_cast<int>(middle - order_.begin());
    const int left = static_cast<int>(tree_.size()), right = left + 1, last = leaf.last;
    Boost::Node& node = tree_[static_cast<size_t>(leaf.node)];
    node.feature = split.feature;
    node.threshold = edges_[static_cast<size_t>(split.feature)][static_cast<size_t>(split.bin)];
    node.left = left, node.right = right;
    tree_.resize(tree_.size() + 2);
    leaf = make_leaf(left, leaf.first, at);
    return make_leaf(right, at, last);
  }

  BoostOptions o_;
  int n_;
  std::vector<std::vector<uint8_t>> bins_;  // [features][rows]
  std::vector<std::vector<double>> edges_;
  std::vector<int> order_;  // rows, those of a leaf together
  const std::vector<double>*gradient_ = nullptr, *hessian_ = nullptr;
  Boost::Tree tree_;
};

Boost::Boost(const Matrix& rows, const std::vector<uint8_t>& labels, const BoostOptions& o) {
  const auto ones = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
  const double zeros = static_cast<double>(labels.size()) - ones;
  if (rows.size() != labels.size() || ones == 0 || zeros == 0 || o.bins > 255) {
    throw Error(ErrorKind::kValue, "a classifier needs labelled rows of both classes");
  }
  const double n = ones + zeros;
  const double weight[2] = {o.balanced ? n / (2 * zeros) : 1, o.balanced ? n / (2 * ones) : 1};
  base_ = o.balanced ? 0 : std::log(ones / zeros);
  gains_.assign(rows[0].size(), 0);
  Grower grower(rows, o);
  std::vector<double> scores(rows.size(), base_), gradient(rows.size()), hessian(rows.size());
  for (int t = 0; t < o.trees; ++t) {
    for (size_t i = 0; i < rows.size(); ++i) {
      const double p = 1 / (1 + std::exp(-scores[i])), w = weight[labels[i]];
      gradient[i] = w * (p - labels[i]);
      hessian[i] = w * p * (1 - p);
    }
    trees_.push_back(grower.grow(gradient, hessian, scores, gains_));
  }
}

double Boost::score(const std::vector<double>& row) const {
  double sum = base_;
  for (const Tree& tree : trees_) {
    size_t at = 0;
    while (tree[at].feature >= 0) {
      const bool left = row[static_cast<size_t>(tree[at].feature)] <= tree[at].threshold;
      at = static_cast<size_t>(left ? tree[at].left : tree[at].right);
    }
    sum += tree[at].value;
  }
  return sum;
}

double auc(const std::vector<double>& scores, const std::vector<uint8_t>& labels) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] < scores[b]; });
  double wins = 0, zeros = 0, ones = 0;
  for (size_t i = 0; i < order.size();) {
    double tied_zeros = 0, tied_ones = 0;
    const double value = scores[order[i]];
    for (; i < order.size() && scores[order[i]] == value; ++i) {
      (labels[order[i]] ? tied_ones : tied_zeros) += 1;
    }
    wins += tied_ones * (zeros + tied_zeros / 2);
    zeros += tied_zeros, ones += tied_ones;
  }
  return zeros > 0 && ones > 0 ? wins / (zeros * ones) : 0.5;
}

}  // namespace cadrecode::distribution
