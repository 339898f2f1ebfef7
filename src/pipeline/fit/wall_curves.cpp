#include "pipeline/fit/wall_curves.h"

#include <algorithm>
#include <numbers>

namespace cadrecode::fit {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

double unit_of(const PlaneCurve& c) { return c.is_circle ? c.circle.radius : 1; }

double length_of(const PlaneCurve& c) {
  double length = 0;
  for (const auto& s : c.stretches) length += (s.second - s.first) * unit_of(c);
  return length;
}

double first_growth(const PlaneCurve& c, double size) {
  const double spacing = length_of(c) / static_cast<double>(std::max<size_t>(c.support, 1));
  return std::clamp(8 * spacing, 0.02 * size, 0.15 * size);
}

PlaneCurve grown(PlaneCurve c, double by) {
  const double unit = unit_of(c), grow = by / unit;
  if (c.is_circle && length_of(c) / unit + 2 * grow > 0.45 * kTurn) {
    c.stretches = {{0, kTurn}};
    return c;
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
  return c;
}

// Length of a curve's own stretches that lies on edges of the arrangement.
double kept_length(const PlaneCurve& found, uint32_t index, const Arrangement& a) {
  double kept = 0;
  for (const auto& e : a.edges) {
    if (e.curve != index) continue;
    for (const auto& s : found.stretches)
      for (double turn : {0.0, kTurn, -kTurn}) {
        if (turn != 0 && !found.is_circle) continue;
        kept += std::max(0.0, std::min(e.to + turn, s.second) - std::max(e.from + turn, s.first));
      }
  }
  return kept * unit_of(found);
}

}  // namespace

std::vector<PlaneCurve> find_wall_curves(const std::vector<Vec2>& points, double size,
                                         double tolerance, double claim, uint64_t seed) {
  return find_curves(points, {.tolerance = tolerance,
                              .claim = std::max(claim, 2 * tolerance),
                              .gap = 0.05 * size,
                              .min_stretch = 6 * tolerance,
                              .min_support = 7,
                              .max_curves = 90,
                              .seed = seed});
}

Arrangement arrange_walls(const std::vector<PlaneCurve>& found,
                          const std::vector<PlaneCurve>& fixed, double size, double tolerance) {
  std::vector<double> growth;
  for (const PlaneCurve& c : found) growth.push_back(first_growth(c, size));
  for (int round = 0;; ++round) {
    std::vector<PlaneCurve> curves;
    for (size_t i = 0; i < found.size(); ++i) curves.push_back(grown(found[i], growth[i]));
    curves.insert(curves.end(), fixed.begin(), fixed.end());
    Arrangement out = arrange(std::move(curves), tolerance);
    bool longer = false;
    for (uint32_t i = 0; i < found.size() && round < 4; ++i) {
      const double length = length_of(found[i]);
      if (kept_length(found[i], i, out) > 0.9 * length - 2 * tolerance) continue;
      const double next = std::min(2 * growth[i], size / 3);
      longer |= next > growth[i];
      growth[i] = next;
    }
    if (!longer) return out;
  }
}

}  // namespace cadrecode::fit
