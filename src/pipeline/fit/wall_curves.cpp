#include "pipeline/fit/wall_curves.h"

#include <algorithm>
#include <cmath>
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

void align_lines(std::vector<PlaneCurve>& curves, double tolerance) {
  constexpr double kLeast = 0.004, kMost = 0.08;  // radians that a line may be off
  struct Own {
    PlaneCurve* curve;
    double angle, length, middle, off;
  };
  std::vector<Own> left;
  for (PlaneCurve& c : curves) {
    if (c.is_circle || c.stretches.empty()) continue;
    const double lo = c.stretches.front().first, hi = c.stretches.back().second;
    left.push_back({&c, std::atan2(c.line.normal.y, c.line.normal.x), length_of(c), (lo + hi) / 2,
                    std::clamp(1.2 * tolerance / std::max(hi - lo, 1e-9), kLeast, kMost)});
  }
  // From one angle to another, by less than an eighth of a turn: square is parallel.
  const auto apart = [](double from, double to) {
    return std::remainder(to - from, std::numbers::pi / 2);
  };
  while (!left.empty()) {
    const Own* lead = nullptr;
    double most = 0;
    for (const Own& a : left) {
      double agreed = 0;
      for (const Own& b : left)
        if (std::abs(apart(a.angle, b.angle)) <= std::max(a.off, b.off)) agreed += b.length;
      if (agreed > most) most = agreed, lead = &a;
    }
    if (!lead) return;
    // The mean by how well each is known: length to the third power, as in least squares.
    const Own leader = *lead;
    double sum = 0, weight = 0;
    const auto agrees = [&](const Own& o) {
      return std::abs(apart(leader.angle, o.angle)) <= std::max(leader.off, o.off);
    };
    for (const Own& o : left)
      if (agrees(o)) {
        const double w = o.length * o.length * o.length;
        sum += w * apart(leader.angle, o.angle), weight += w;
      }
    const double angle = leader.angle + sum / weight;
    for (const Own& o : left) {
      if (!agrees(o)) continue;
      Line& line = o.curve->line;
      const Vec2 middle = line.normal * line.offset + line.direction() * o.middle;
      const double to = o.angle + apart(o.angle, angle), before = o.middle;
      line.normal = {std::cos(to), std::sin(to)};
      line.offset = dot(line.normal, middle);
      const double shift = dot(line.direction(), middle) - before;
      for (auto& s : o.curve->stretches) s.first += shift, s.second += shift;
    }
    std::erase_if(left, agrees);
  }
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
