#include "pipeline/fit/wall_curves.h"

#include <algorithm>
#include <numbers>

namespace cadrecode::fit {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

// Ends are not seen exactly: stretches grow by what could be missing, so that
// corners close; where a wall is not, the evidence will say so.
void extend(PlaneCurve& c, double size) {
  const double unit = c.is_circle ? c.circle.radius : 1;
  double length = 0;
  for (const auto& s : c.stretches) length += (s.second - s.first) * unit;
  const double spacing = length / static_cast<double>(std::max<size_t>(c.support, 1));
  const double grow = std::clamp(8 * spacing, 0.02 * size, 0.15 * size) / unit;
  if (c.is_circle && length / unit + 2 * grow > 0.45 * kTurn) {
    c.stretches = {{0, kTurn}};
    return;
  }
  std::vector<std::pair<double, double>> merged;
  for (auto s : c.stretches) {
    s.first -= grow, s.second += grow;
    if (!merged.empty() && s.first <= merged.back().second)
      merged.back().second = std::max(merged.back().second, s.second);
    else
      merged.push_back(s);
  }
  c.stretches = std::move(merged);
}

}  // namespace

std::vector<PlaneCurve> find_wall_curves(const std::vector<Vec2>& points, double size,
                                         double tolerance, uint64_t seed) {
  auto curves = find_curves(points, {.tolerance = tolerance,
                                     .gap = 0.05 * size,
                                     .min_stretch = 6 * tolerance,
                                     .min_support = 7,
                                     .max_curves = 90,
                                     .seed = seed});
  for (PlaneCurve& c : curves) extend(c, size);
  return curves;
}

}  // namespace cadrecode::fit
