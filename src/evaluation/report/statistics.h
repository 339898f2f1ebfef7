// How sure a figure is, and whether two systems differ.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace cadrecode::report {

struct Interval {
  double lo = 0, hi = 0;
};

// The percentile bootstrap (Efron 1979): from `resamples` draws of n parts with
// replacement the middle 95 % of each figure's values. `of` gets the numbers of
// the parts drawn and fills in the figures, NaN where one is undefined; a figure
// gets an interval if it was defined in at least half of the draws. The same seed
// gives the same draws, so that figures of one table share them.
std::vector<std::optional<Interval>> bootstrap(
    size_t n, size_t figures, size_t resamples, uint64_t seed,
    const std::function<void(const std::vector<uint32_t>& drawn, std::span<double> out)>& of);

// Wilcoxon's signed-rank test on paired differences, two-sided: zeros dropped,
// ties at mean ranks, exact for up to 25 without ties, else the normal
// approximation with correction for ties and none for continuity (as scipy.stats
// .wilcoxon decides, 50 replaced by 25). 1 where nothing differs.
double wilcoxon_p(const std::vector<double>& differences);

// McNemar's exact test: only_a parts where A alone succeeds, only_b likewise;
// two-sided binomial with p = 1/2.
double mcnemar_p(size_t only_a, size_t only_b);

// The value below which a share q of the (unsorted) values lies, linearly
// interpolated (numpy's default). Nothing for no values.
std::optional<double> quantile(std::vector<double> values, double q);

}  // namespace cadrecode::report
