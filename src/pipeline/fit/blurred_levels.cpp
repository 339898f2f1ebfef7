#include "pipeline/fit/blurred_levels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace cadrecode::fit {
namespace {

constexpr double kBinsPerNoise = 3;
constexpr size_t kMostBins = 20000;
constexpr double kReach = 4;       // of a peak, in standard deviations
constexpr double kNearest = 1.75;  // peaks nearer than that are one
constexpr double kBeyondChance = 5;
constexpr double kFewest = 6;  // points
constexpr int kPasses = 25;

struct Peak {
  double at;      // in bins
  double weight;  // points
};

class Mixture {
 public:
  Mixture(const std::vector<double>& heights, double noise, double size)
      : width_(noise / kBinsPerNoise), sigma_(kBinsPerNoise) {
    const auto [lo, hi] = std::minmax_element(heights.begin(), heights.end());
    low_ = *lo - 2 * kReach * noise;
    const double bins = (*hi - low_) / width_ + 2 * kReach * kBinsPerNoise + 1;
    if (!(bins < kMostBins)) return;
    counts_.assign(static_cast<size_t>(bins), 0);
    for (double h : heights) ++counts_[static_cast<size_t>((h - low_) / width_)];
    floor_ = 0.1 * static_cast<double>(heights.size()) * width_ / size;
    find_background(size);
  }

  std::vector<Level> run() {
    if (counts_.empty()) return {};
    start();
    for (;;) {
      fit();
      if (!drop_weakest()) break;
    }
    std::sort(peaks_.begin(), peaks_.end(),
              [](const Peak& a, const Peak& b) { return a.at < b.at; });
    std::vector<Level> out;
    for (const Peak& p : peaks_) out.push_back({low_ + (p.at + 0.5) * width_, p.weight});
    return out;
  }

 private:
  // What walls put into a bin: a low quantile of the bins around.
  void find_background(double size) {
    const auto reach = static_cast<size_t>(std::max(15 * sigma_, 0.03 * size / width_));
    const size_t n = counts_.size(), step = static_cast<size_t>(kBinsPerNoise);
    std::vector<double> coarse;
    for (size_t i = 0; i < n; i += step) {
      double sum = 0;
      for (size_t j = i; j < std::min(n, i + step); ++j) sum += counts_[j];
      coarse.push_back(sum / static_cast<double>(step));
    }
    background_.resize(n);
    std::vector<double> around;
    for (size_t c = 0; c < coarse.size(); ++c) {
      const size_t r = reach / step, first = c > r ? c - r : 0;
      around.assign(coarse.begin() + static_cast<long>(first),
                    coarse.begin() + static_cast<long>(std::min(coarse.size(), c + r + 1)));
      const auto k = static_cast<long>(0.4 * static_cast<double>(around.size() - 1));
      std::nth_element(around.begin(), around.begin() + k, around.end());
      for (size_t j = c * step; j < std::min(n, (c + 1) * step); ++j)
        background_[j] = std::max(around[static_cast<size_t>(k)], floor_);
    }
  }

  double bell(double from) const {
    const double t = from / sigma_;
    return std::exp(-0.5 * t * t) / (sigma_ * std::sqrt(2 * std::numbers::pi));
  }

  size_t first_bin(double at) const {
    return static_cast<size_t>(std::max(0.0, at - kReach * sigma_));
  }
  size_t last_bin(double at) const {
    return std::min(counts_.size() - 1, static_cast<size_t>(at + kReach * sigma_));
  }

  void start() {
    const auto n = static_cast<long>(counts_.size());
    const long half = static_cast<long>(kReach * sigma_);
    std::vector<double> smooth(counts_.size());
    for (long i = 0; i < n; ++i) {
      double sum = 0;
      for (long j = std::max(0L, i - half); j <= std::min(n - 1, i + half); ++j) {
        const double t = static_cast<double>(i - j) / (0.6 * sigma_);
        sum += counts_[static_cast<size_t>(j)] * std::exp(-0.5 * t * t);
      }
      smooth[static_cast<size_t>(i)] = sum;
    }
    for (size_t i = 1; i + 1 < counts_.size(); ++i) {
      if (smooth[i] <= smooth[i - 1] || smooth[i] < smooth[i + 1]) continue;
      const double at = static_cast<double>(i);
      double near = 0;
      for (size_t j = first_bin(at); j <= last_bin(at); ++j) near += counts_[j] - background_[j];
      if (near > kFewest) peaks_.push_back({at, near / 2});
    }
  }

  // Expected counts of all peaks and the background, by bin.
  std::vector<double> expected() const {
    std::vector<double> out = background_;
    for (const Peak& p : peaks_)
      for (size_t j = first_bin(p.at); j <= last_bin(p.at); ++j)
        out[j] += p.weight * bell(static_cast<double>(j) - p.at);
    return out;
  }

  void fit() {
    const double narrow = 0.75 * kBinsPerNoise, wide = 2 * kBinsPerNoise;
    for (int pass = 0; pass < kPasses; ++pass) {
      const auto all = expected();
      double variance = 0, total = 0;
      for (Peak& p : peaks_) {
        double weight = 0, moment = 0, spread = 0;
        for (size_t j = first_bin(p.at); j <= last_bin(p.at); ++j) {
          const double d = static_cast<double>(j) - p.at;
          const double own = counts_[j] * p.weight * bell(d) / all[j];
          weight += own, moment += own * d, spread += own * d * d;
        }
        p.weight = weight;
        if (weight > 0) p.at += moment / weight;
        variance += spread, total += weight;
      }
      if (total > 0) sigma_ = std::clamp(std::sqrt(variance / total), narrow, wide);
    }
  }

  // Takes out one peak that is not needed; false if all are.
  bool drop_weakest() {
    const auto all = expected();
    size_t worst = peaks_.size();
    double least = 1;
    for (size_t k = 0; k < peaks_.size(); ++k) {
      const Peak& p = peaks_[k];
      double others = 0;
      for (size_t j = first_bin(p.at); j <= last_bin(p.at); ++j) {
        const double d = static_cast<double>(j) - p.at;
        if (std::abs(d) <= 1.5 * sigma_) others += all[j] - p.weight * bell(d);
      }
      double needed = kBeyondChance * std::sqrt(std::max(0.0, others)) + kFewest;
      for (size_t o = 0; o < peaks_.size(); ++o)
        if (o != k && std::abs(peaks_[o].at - p.at) < kNearest * sigma_ &&
            peaks_[o].weight >= p.weight)
          needed = INFINITY;
      const double strength = needed < INFINITY ? 0.87 * p.weight / needed : -1 / (1 + p.weight);
      if (strength < least) least = strength, worst = k;
    }
    if (worst == peaks_.size()) return false;
    peaks_.erase(peaks_.begin() + static_cast<long>(worst));
    return true;
  }

  double width_, sigma_, low_ = 0, floor_ = 0;
  std::vector<double> counts_, background_;
  std::vector<Peak> peaks_;
};

}  // namespace

std::vector<Level> blurred_levels(const std::vector<double>& heights, double noise, double size) {
  if (heights.empty() || !(noise > 0) || !(size > 0)) return {};
  return Mixture(heights, noise, size).run();
}

}  // namespace cadrecode::fit
