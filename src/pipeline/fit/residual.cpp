#include "pipeline/fit/residual.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/prism/solid.h"
#include "pipeline/fit/sound.h"
#include "pipeline/fit/stack.h"

namespace cadrecode::fit {
namespace {

constexpr size_t kFewest = 18;    // points of a group
constexpr size_t kMostSteps = 6;  // of a group, along one axis

std::vector<Vec3> unexplained(const part::Part& part, const std::vector<Vec3>& points,
                              double limit) {
  std::vector<double> d(points.size());
  prism::distance(prism::Solid(part), points, d);
  std::vector<Vec3> out;
  for (size_t i = 0; i < points.size(); ++i)
    if (d[i] > limit) out.push_back(points[i]);
  return out;
}

// Points linked by steps of at most `reach`, largest group first.
std::vector<std::vector<Vec3>> groups_of(const std::vector<Vec3>& points, double reach) {
  std::vector<std::vector<Vec3>> out;
  if (points.size() < kFewest) return out;
  const cloud::PointIndex index(points);
  std::vector<uint8_t> taken(points.size(), 0);
  for (uint32_t first = 0; first < points.size(); ++first) {
    if (taken[first]) continue;
    std::vector<uint32_t> group{first};
    taken[first] = 1;
    for (size_t i = 0; i < group.size(); ++i)
      for (const auto& n : index.within(points[group[i]], reach))
        if (!taken[n.index]) taken[n.index] = 1, group.push_back(n.index);
    if (group.size() < kFewest) continue;
    auto& own = out.emplace_back();
    for (uint32_t i : group) own.push_back(points[i]);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

// The step as it is, and longer at either end and at both.
void add_with_reach(const part::Step& step, double reach, std::vector<part::Step>& out) {
  for (int ends = 0; ends < 4; ++ends) {
    part::Step longer = step;
    longer.operation = part::Operation::kJoin;
    if (ends & 1) longer.extrusion.start -= reach;
    if (ends & 2) longer.extrusion.end += reach;
    out.push_back(std::move(longer));
  }
}

}  // namespace

std::vector<part::Step> residual_steps(const part::Part& part, const std::vector<Vec3>& points,
                                       const std::vector<Vec3>& axes,
                                       const ResidualOptions& options) {
  const double noise = options.traits.noise;
  const double limit = std::max(3.2 * noise, 0.004 * options.traits.size);
  const double reach = 3 * options.spacing + 2 * noise;
  auto groups = groups_of(unexplained(part, points, limit), reach);
  if (groups.size() > options.most_groups) groups.resize(options.most_groups);
  std::vector<part::Step> out;
  for (const auto& group : groups) {
    Box3 box;
    for (Vec3 p : group) box.add(p);
    CloudTraits traits = options.traits;
    traits.size = box.longest();
    auto scale = sharp_stack_options(traits);
    if (!(noise > 0)) scale = cloud_stack_options(traits);
    scale.seed = options.seed;
    for (Vec3 axis : axes) {
      if (options.cancelled && options.cancelled()) return out;
      try {
        const auto found = cloud_stack(group, frame_along(axis), traits, scale);
        const auto own = sound(to_part(found.stack, 0.02 * traits.size), scale.wall_tolerance);
        if (own.steps.size() > kMostSteps) continue;
        for (const part::Step& s : own.steps) add_with_reach(s, reach, out);
      } catch (const Error&) {
      }
    }
  }
  return out;
}

}  // namespace cadrecode::fit
