#include "geometry/prism/batch.h"

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"

namespace cadrecode::prism {
namespace {

BatchAnswer measure(const part::Part& part, const BatchOptions& options, size_t number) {
  BatchAnswer answer;
  answer.verdict = verdict(part);
  if (!answer.verdict.valid()) return answer;
  try {
    const Solid solid(part);
    answer.volume = volume(solid);
    answer.box = bounds(solid);
    if (options.measure_area) answer.area = area(solid);
    if (options.samples > 0) {
      const uint64_t seed = RandomStream(options.seed).fork(number).bits_at(0);
      sample_surface(solid, options.samples, seed, answer.samples);
    }
  } catch (const Error& error) {
    answer.error = error.what();
  }
  return answer;
}

}  // namespace

std::vector<BatchAnswer> measure_all(std::span<const part::Part> parts,
                                     const BatchOptions& options) {
  std::vector<BatchAnswer> answers(parts.size());
  parallel_for(parts.size(), options.threads,
               [&](size_t i) { answers[i] = measure(parts[i], options, i); });
  return answers;
}

std::vector<std::optional<Overlap>> overlap_all(std::span<const PartPair> pairs, int threads) {
  std::vector<std::optional<Overlap>> answers(pairs.size());
  parallel_for(pairs.size(), threads, [&](size_t i) {
    try {
      answers[i] = overlap(Solid(*pairs[i].first), Solid(*pairs[i].second));
    } catch (const Error&) {
      answers[i].reset();
    }
  });
  return answers;
}

}  // namespace cadrecode::prism
