#include "pipeline/reconstruct/likelihood.h"

#include <algorithm>
#include <cmath>

namespace cadrecode::reconstruct {
namespace {

constexpr double kMostNoise = 1.15, kLeastNoise = 0.3;  // of the scatter measured
constexpr double kStray = 8;  // nats: the cost of a point that nothing explains
// Of what seen surface costs: little, as scanners miss a side; the more, the more is
// said to have been missed.
double cost_of_unseen(double share) { return 0.2 + share; }

size_t parameters(const part::Loop& loop) {
  size_t count = 0;
  for (const auto& c : loop.curves) switch (c.kind) {
      case part::Curve::Kind::kLine:
        count += 1;
        break;
      case part::Curve::Kind::kArc:
        count += 2;
        break;
      case part::Curve::Kind::kCircle:
        count += 3;
        break;
    }
  return count;
}

}  // namespace

size_t parameters(const part::Part& part) {
  size_t count = 0;
  for (const auto& step : part.steps) {
    count += 3;  // two extents, and that there is a step at all
    for (const auto& region : step.extrusion.profile.regions) {
      count += parameters(region.outer);
      for (const auto& loop : region.inner) count += parameters(loop);
    }
  }
  return count;
}

Misfit misfit(const Blur& blur, std::span<const double> to_part, std::span<const double> to_points,
              double area, const part::Part& part) {
  if (to_part.empty() || to_points.empty() || !(area > 0) || !(blur.area > 0))
    return {kStray, blur.noise};
  // Random points leave a disc of this radius empty once in e^12.
  const double near = 2 * blur.spacing + 2 * blur.noise;
  double seen = 0;
  for (double d : to_points) seen += d <= near;
  seen /= static_cast<double>(to_points.size());
  const double extent = area * (seen + cost_of_unseen(1 - seen) * (1 - seen)) / blur.area;
  // What is much too small to have been scanned explains nothing.
  const double spread = std::log(std::max(extent, 0.2));
  Misfit best{INFINITY, blur.noise};
  for (double share = kMostNoise; share > kLeastNoise; share *= 0.87) {
    const double sigma = share * blur.noise, per = 1 / (2 * sigma * sigma);
    const double least = std::log(share) + spread;
    double nats = 0;
    for (double d : to_part) nats += std::min(d * d * per + least, kStray);
    nats /= static_cast<double>(to_part.size());
    if (nats < best.nats) best = {nats, sigma};
  }
  const auto count = static_cast<double>(blur.points);
  best.nats += static_cast<double>(parameters(part)) * std::log(count) / count - 0.5;
  return best;
}

}  // namespace cadrecode::reconstruct
