#include "evaluation/report/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"

namespace cadrecode::report {
namespace {

constexpr size_t kExactRanks = 25;

struct Ranks {
  double plus = 0;        // sum of the positive differences' ranks
  double ties = 0;        // sum of t^3 - t over groups of equal magnitude
  std::vector<double> d;  // without zeros
};

Ranks ranks_of(const std::vector<double>& differences) {
  Ranks r;
  for (const double d : differences)
    if (d != 0 && std::isfinite(d)) r.d.push_back(d);
  std::sort(r.d.begin(), r.d.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  for (size_t i = 0; i < r.d.size();) {
    size_t j = i;
    while (j < r.d.size() && std::abs(r.d[j]) == std::abs(r.d[i])) ++j;
    const auto group = static_cast<double>(j - i);
    const double rank = static_cast<double>(i) + (group + 1) / 2;
    r.ties += group * group * group - group;
    for (size_t k = i; k < j; ++k)
      if (r.d[k] > 0) r.plus += rank;
    i = j;
  }
  return r;
}

// P(W <= w) for the sum of a random subset of the ranks 1 … n.
double exact_tail(size_t n, double w) {
  const size_t most = n * (n + 1) / 2;
  std::vector<double> ways(most + 1, 0.0);
  ways[0] = 1;
  for (size_t rank = 1; rank <= n; ++rank)
    for (size_t s = most; s >= rank; --s) ways[s] += ways[s - rank];
  double tail = 0;
  for (size_t s = 0; s <= static_cast<size_t>(w); ++s) tail += ways[s];
  return tail / std::pow(2.0, static_cast<double>(n));
}

}  // namespace

std::vector<std::optional<Interval>> bootstrap(
    size_t n, size_t figures, size_t resamples, uint64_t seed,
    const std::function<void(const std::vector<uint32_t>& drawn, std::span<double> out)>& of) {
  std::vector<std::optional<Interval>> intervals(figures);
  if (n == 0 || resamples == 0) return intervals;
  std::vector<std::vector<double>> values(figures);
  std::vector<uint32_t> drawn(n);
  std::vector<double> out(figures);
  for (size_t r = 0; r < resamples; ++r) {
    RandomStream random(seed, r);
    for (uint32_t& d : drawn) d = static_cast<uint32_t>(random.next_below(n));
    of(drawn, out);
    for (size_t f = 0; f < figures; ++f)
      if (!std::isnan(out[f])) values[f].push_back(out[f]);
  }
  for (size_t f = 0; f < figures; ++f) {
    if (values[f].size() * 2 < resamples) continue;
    intervals[f] = Interval{*quantile(values[f], 0.025), *quantile(values[f], 0.975)};
  }
  return intervals;
}

double wilcoxon_p(const std::vector<double>& differences) {
  const Ranks r = ranks_of(differences);
  const auto n = static_cast<double>(r.d.size());
  if (r.d.empty()) return 1;
  const double total = n * (n + 1) / 2, least = std::min(r.plus, total - r.plus);
  if (r.d.size() <= kExactRanks && r.ties == 0)
    return std::min(1.0, 2 * exact_tail(r.d.size(), least));
  const double variance = n * (n + 1) * (2 * n + 1) / 24 - r.ties / 48;
  if (!(variance > 0)) return 1;
  const double z = (least - total / 2) / std::sqrt(variance);
  return std::min(1.0, std::erfc(-z / std::sqrt(2.0)));
}

double mcnemar_p(size_t only_a, size_t only_b) {
  const size_t n = only_a + only_b, least = std::min(only_a, only_b);
  if (n == 0) return 1;
  double tail = 0;
  const auto size = static_cast<double>(n);
  for (size_t k = 0; k <= least; ++k) {
    const auto at = static_cast<double>(k);
    tail += std::exp(std::lgamma(size + 1) - std::lgamma(at + 1) - std::lgamma(size - at + 1) -
                     size * std::log(2.0));
  }
  return std::min(1.0, 2 * tail);
}

std::optional<double> quantile(std::vector<double> values, double q) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const double at = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<size_t>(at);
  const size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

}  // namespace cadrecode::report
