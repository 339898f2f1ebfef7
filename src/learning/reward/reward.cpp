#include "learning/reward/reward.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "base/error.h"
#include "geometry/cloud/nearest_all.h"
#include "language/dialect/recognise.h"

namespace cadrecode::reward {
namespace {

constexpr size_t kMisfitSamples = 2048;

prism::Solid valid_solid(const part::Part& part) {
  const prism::Verdict verdict = prism::verdict(part);
  if (!verdict.valid()) throw Error(ErrorKind::kGeometry, "target: " + verdict.message());
  return prism::Solid(part);
}

double mean_square(std::span<const double> values) {
  double sum = 0;
  for (double v : values) sum += v * v;
  return sum / static_cast<double>(values.size());
}

}  // namespace

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kValid:
      return "valid";
    case Outcome::kSyntax:
      return "syntax";
    case Outcome::kBeyond:
      return "beyond";
    default:
      return "invalid";
  }
}

Attempt attempt(const std::string& program) {
  Attempt result;
  try {
    dialect::Recognition recognition = dialect::recognise(program);
    if (!recognition.part) {
      const bool beyond = recognition.refusal == dialect::Refusal::kOutside;
      result.outcome = beyond ? Outcome::kBeyond : Outcome::kInvalid;
      result.reason = recognition.reason;
      return result;
    }
    const prism::Verdict verdict = prism::verdict(*recognition.part);
    result.outcome = verdict.valid() ? Outcome::kValid : Outcome::kInvalid;
    if (verdict.valid()) result.part = std::move(*recognition.part);
    if (!verdict.valid()) result.reason = verdict.message();
  } catch (const Error& e) {
    result.outcome = e.kind() == ErrorKind::kSyntax ? Outcome::kSyntax : Outcome::kInvalid;
    result.reason = e.what();
  }
  return result;
}

Target::Target(const part::Part& part) : solid_(valid_solid(part)) {}

Worth worth(const std::string& program, const Target& target) {
  const Attempt made = attempt(program);
  return {made.outcome, made.valid() ? target.iou(prism::Solid(made.part)) : 0};
}

std::vector<Worth> worths(std::span<const std::string> programs,
                          std::span<const Target* const> targets, size_t threads) {
  if (programs.size() != targets.size()) {
    throw Error(ErrorKind::kValue, "worths: as many targets as programs are needed");
  }
  std::vector<Worth> result(programs.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i; (i = next++) < programs.size();) result[i] = worth(programs[i], *targets[i]);
  };
  std::vector<std::jthread> helpers;
  for (size_t t = 1; t < std::min(threads, programs.size()); ++t) helpers.emplace_back(work);
  work();
  return result;
}

double reward(const Worth& worth, const Scale& scale) {
  return worth.outcome == Outcome::kValid ? scale.iou * worth.iou : scale.invalid;
}

std::vector<double> advantages(std::span<const double> rewards, size_t keep) {
  const double mean = std::accumulate(rewards.begin(), rewards.end(), 0.0) /
                      static_cast<double>(std::max<size_t>(1, rewards.size()));
  std::vector<double> all(rewards.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = rewards[i] - mean;
  std::vector<size_t> order(all.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return std::abs(all[a]) > std::abs(all[b]); });
  std::vector<double> kept(all.size(), 0.0);
  for (size_t k = 0; k < std::min(keep, order.size()); ++k) kept[order[k]] = all[order[k]];
  return kept;
}

double misfit(const prism::Solid& solid, std::span<const Vec3> points, uint64_t seed) {
  if (points.empty()) throw Error(ErrorKind::kInput, "misfit: there are no points");
  std::vector<double> out(points.size());
  prism::distance(solid, points, out);
  const double outward = mean_square(out);
  const auto samples = prism::sample_surface(solid, kMisfitSamples, seed);
  const std::vector<double> back = cloud::nearest_squared(samples.points, points);
  const double inward = std::accumulate(back.begin(), back.end(), 0.0) / kMisfitSamples;
  // n points drawn evenly on a surface of area A leave a sample of it A / (pi n)
  // away in mean square; farthest points lie more evenly, about half of that.
  const double floor = prism::area(solid) / (2 * M_PI * static_cast<double>(points.size()));
  return outward + std::max(0.0, inward - floor);
}

Choice choose(std::span<const std::string> programs, std::span<const Vec3> points, uint64_t seed) {
  Choice best{-1, std::numeric_limits<double>::infinity()};
  for (size_t i = 0; i < programs.size(); ++i) {
    const Attempt made = attempt(programs[i]);
    if (!made.valid()) continue;
    const double fit = misfit(prism::Solid(made.part), points, seed);
    const bool shorter =
        best.index >= 0 && programs[i].size() < programs[static_cast<size_t>(best.index)].size();
    if (fit < best.misfit || (fit == best.misfit && shorter)) best = {static_cast<int>(i), fit};
  }
  return best;
}

}  // namespace cadrecode::reward
