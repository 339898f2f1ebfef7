#include "learning/procgen/sample.h"

#include <cmath>
#include <numeric>
#include <optional>

#include "base/error.h"
#include "base/random.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"
#include "learning/procgen/assemble.h"
#include "learning/procgen/unique.h"

namespace cadrecode::procgen {
namespace {

std::optional<Draft> draw_quantised(const Knobs& k, RandomStream& random) {
  try {
    const std::optional<Draft> draft = draw_draft(k, random);
    return draft ? quantised(k, *draft) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // curves that touch within the tolerance: combine refuses them
  }
}

// Volume without step `left_out`; of the whole part if negative.
double volume_without(const part::Part& part, int left_out) {
  part::Part rest = part;
  if (left_out >= 0) rest.steps.erase(rest.steps.begin() + left_out);
  // What only took away from the step left out has nothing to act on now.
  while (!rest.steps.empty() && rest.steps.front().operation != part::Operation::kJoin) {
    rest.steps.erase(rest.steps.begin());
  }
  return rest.steps.empty() ? 0 : prism::volume(prism::Solid(rest));
}

bool every_step_matters(const part::Part& part, double volume, double least) {
  if (part.steps.size() == 1) return true;
  for (int i = 0; i < static_cast<int>(part.steps.size()); ++i) {
    const double change = std::abs(volume_without(part, i) - volume);
    if (!(change > std::max(least, 1e-6) * volume)) return false;
  }
  return true;
}

// The gate that stops the draft, or nothing; fills in `sample`.
std::optional<Gate> stopped(const Knobs& k, const Draft& draft, Sample& sample) {
  sample.part = draft.part;
  sample.code = dialect::print(draft.part, draft.at_end);
  if (sample.code.size() > static_cast<size_t>(k.most_chars)) return Gate::kLength;
  const dialect::Recognition read = dialect::recognise(sample.code);
  if (!read.part || !(part::canonical(*read.part) == draft.part)) return Gate::kText;
  if (!prism::verdict(draft.part).valid()) return Gate::kVerdict;
  const prism::Solid solid(draft.part);
  sample.bbox = prism::bounds(solid);
  if (std::abs(sample.bbox.longest() - 2 * k.half_side) > k.box_error) return Gate::kBox;
  sample.volume = prism::volume(solid);
  if (!every_step_matters(draft.part, sample.volume, k.least_effect)) return Gate::kEffect;
  return std::nullopt;
}

}  // namespace

const char* to_string(Gate gate) {
  constexpr const char* kNames[] = {"sketch", "length", "text", "verdict", "box", "effect"};
  return kNames[static_cast<size_t>(gate)];
}

Sample draw_sample(const Knobs& k, uint64_t seed, uint64_t index) {
  Sample sample;
  sample.index = index;
  const RandomStream root(seed, index);
  for (int attempt = 0; attempt < k.attempts; ++attempt) {
    RandomStream random = root.fork(static_cast<uint64_t>(attempt));
    const std::optional<Draft> draft = draw_quantised(k, random);
    const std::optional<Gate> gate =
        draft ? stopped(k, *draft, sample) : std::optional(Gate::kSketch);
    if (!gate) {
      sample.hash = invariant_hash(sample.part, k.rotations);
      return sample;
    }
    ++sample.refused[static_cast<size_t>(*gate)];
  }
  const auto worst = std::max_element(sample.refused.begin(), sample.refused.end());
  throw Error(ErrorKind::kLimit, "sample " + std::to_string(index) + ": none of " +
                                     std::to_string(k.attempts) +
                                     " attempts passed the gates (most stopped at '" +
                                     to_string(static_cast<Gate>(worst - sample.refused.begin())) +
                                     "'); change the knobs or raise 'attempts'");
}

}  // namespace cadrecode::procgen
