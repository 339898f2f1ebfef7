#include "learning/decode/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cadrecode::decode {
namespace {

// The token where the running sum of weights passes uniform * total.
int32_t draw_plainly(const std::vector<float>& weights, double total, double uniform) {
  const double goal = uniform * total;
  double sum = 0;
  int32_t last = -1;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) continue;
    last = static_cast<int32_t>(i);
    sum += weights[i];
    if (sum > goal) break;
  }
  return last;
}

// Among the fewest tokens whose weights reach top_p of the total. A token that
// weighs less than its share of the rest cannot be one of them, so only few are
// sorted.
int32_t draw_nucleus(SamplerScratch& scratch, double total, double top_p, double uniform) {
  auto& candidates = scratch.candidates;
  candidates.clear();
  const std::vector<float>& weights = scratch.weights;
  const double least = (1 - top_p) * total / static_cast<double>(weights.size());
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0 && weights[i] >= least)
      candidates.emplace_back(weights[i], static_cast<int32_t>(i));
  }
  std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  double kept = 0;
  size_t count = 0;
  while (count < candidates.size() && (count == 0 || kept < top_p * total))
    kept += candidates[count++].first;
  double sum = 0;
  for (size_t i = 0; i < count; ++i) {
    sum += candidates[i].first;
    if (sum > uniform * kept) return candidates[i].second;
  }
  return count ? candidates[count - 1].second : -1;
}

}  // namespace

Choice choose(std::span<const float> logits, std::span<const uint64_t> allowed,
              const SamplingOptions& options, double uniform, const Kernels& kernels,
              SamplerScratch& scratch) {
  const size_t n = logits.size();
  scratch.weights.resize(n);
  const float most = kernels.max(logits.data(), n);
  if (!std::isfinite(most)) return {};
  const double all = std::log(kernels.exp_sum(logits.data(), n, most, 1, scratch.weights.data()));
  if (!std::isfinite(all)) return {};
  std::span<const float> row = logits;
  float top = most;
  double mass = all + most;  // logarithm of the allowed tokens' weights
  if (!allowed.empty()) {
    scratch.logits.resize(n);
    for (size_t i = 0; i < n; ++i) {
      const bool may = allowed[i / 64] >> (i % 64) & 1;
      scratch.logits[i] = may ? logits[i] : -std::numeric_limits<float>::infinity();
    }
    row = scratch.logits;
    top = kernels.max(row.data(), n);
    if (!std::isfinite(top)) return {};
    mass = top + std::log(kernels.exp_sum(row.data(), n, top, 1, scratch.weights.data()));
  }
  int32_t token;
  if (options.temperature <= 0) {
    token = static_cast<int32_t>(kernels.argmax(row.data(), n));
  } else {
    const double total = kernels.exp_sum(
        row.data(), n, top, static_cast<float>(1 / options.temperature), scratch.weights.data());
    token = options.top_p < 1 ? draw_nucleus(scratch, total, options.top_p, uniform)
                              : draw_plainly(scratch.weights, total, uniform);
  }
  if (token < 0) return {};
  const double logit = row[static_cast<size_t>(token)];
  return {token, logit - most - all, logit - mass};
}

}  // namespace cadrecode::decode
