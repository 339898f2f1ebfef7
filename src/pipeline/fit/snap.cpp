#include "pipeline/fit/snap.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "geometry/part/loop.h"
#include "pipeline/fit/circle.h"

namespace cadrecode::fit {
namespace {

using part::Curve;

template <typename Visit>
void for_each_loop(part::Part& part, Visit visit) {
  for (auto& step : part.steps)
    for (auto& region : step.extrusion.profile.regions) {
      visit(region.outer);
      for (auto& loop : region.inner) visit(loop);
    }
}

std::vector<double> dimensions(part::Part part) {
  std::vector<double> out;
  for (const auto& step : part.steps)
    out.push_back(step.extrusion.start), out.push_back(step.extrusion.end);
  for_each_loop(part, [&](part::Loop& loop) {
    for (const Curve& c : loop.curves) {
      const bool circle = c.kind == Curve::Kind::kCircle;
      const Vec2 p = circle ? c.mid : c.start;
      out.push_back(p.x), out.push_back(p.y);
      if (circle) out.push_back(c.radius);
    }
  });
  return out;
}

double off_grid(double x, double step) { return std::abs(x - step * std::round(x / step)); }

// As x / (1 / step) where that is exact: 0.1 * 3 is not 0.3.
double on_grid(double x, double step) {
  const double n = std::round(x / step);
  const double inverse = std::round(1 / step);
  const bool fraction = step < 1 && std::abs(inverse * step - 1) < 1e-12;
  const double v = fraction ? n / inverse : n * step;
  return v == 0 ? 0 : v;  // no -0
}

struct Rounding {
  double grid = 0, tolerance = 0, resolution = 0;

  double operator()(double x) const {
    if (grid > 0 && off_grid(x, grid) <= std::min(tolerance, grid / 4)) return on_grid(x, grid);
    return resolution > 0 ? on_grid(x, resolution) : x;
  }
  Vec2 operator()(Vec2 p) const { return {(*this)(p.x), (*this)(p.y)}; }
};

// The arc's middle for moved ends: same bulge, across the new chord.
Vec2 moved_middle(const Curve& c, Vec2 a, Vec2 b) {
  const Vec2 d = c.end - c.start, e = b - a;
  const double dd = dot(d, d);
  if (dd <= 0) return c.mid + (a - c.start);
  const Vec2 m = c.mid - c.start;
  const double along = dot(m, d) / dd, across = cross(d, m) / dd;
  return a + e * along + perpendicular(e) * across;
}

}  // namespace

double common_grid(const part::Part& part, double tolerance) {
  const auto values = dimensions(part);
  if (values.size() < 6 || tolerance <= 0) return 0;
  double largest = 0;
  for (double v : values) largest = std::max(largest, std::abs(v));
  if (largest <= 0) return 0;
  // Coarse to fine; a grid as fine as the tolerance says nothing, and a finer
  // one must hold clearly more than the coarsest that will do.
  double best = 0, best_share = 0.72;
  const auto count = static_cast<double>(values.size());
  for (double decade = std::pow(10, std::ceil(std::log10(largest))); decade > tolerance;
       decade /= 10)
    for (double factor : {1.0, 0.5, 0.25, 0.2}) {
      const double step = on_grid(decade * factor, 1e-12);
      if (step < 3 * tolerance) continue;
      const double limit = std::min(tolerance, step / 12);
      const auto near = [&](double v) { return off_grid(v, step) <= limit; };
      const double share = std::count_if(values.begin(), values.end(), near) / count;
      // Few values on a coarse grid are a coincidence: zeros lie on every one.
      const auto nonzero = std::count_if(values.begin(), values.end(), [&](double v) {
        return std::abs(v) > step / 2 && near(v);
      });
      if (share >= best_share + 0.08 && nonzero >= 4) best = step, best_share = share;
    }
  return best;
}

double smallest_extent(const part::Part& part) {
  double least = INFINITY;
  part::Part copy = part;
  for (const auto& step : part.steps)
    least = std::min(least, step.extrusion.end - step.extrusion.start);
  for_each_loop(copy, [&](part::Loop& loop) {
    const auto box = part::bounds(loop);
    least = std::min({least, box.hi.x - box.lo.x, box.hi.y - box.lo.y});
  });
  return least;
}

part::Part snapped(const part::Part& part, double tolerance, double resolution) {
  const Rounding round{common_grid(part, tolerance), tolerance, resolution};
  part::Part out = part;
  for (auto& step : out.steps) {
    const double start = round(step.extrusion.start), end = round(step.extrusion.end);
    if (start < end) step.extrusion.start = start, step.extrusion.end = end;
  }
  for_each_loop(out, [&](part::Loop& loop) {
    for (Curve& c : loop.curves) {
      if (c.kind == Curve::Kind::kCircle) {
        c.mid = round(c.mid);
        if (const double r = round(c.radius); r > 0) c.radius = r;
        continue;
      }
      const Vec2 a = round(c.start), b = round(c.end);
      if (c.kind == Curve::Kind::kArc) c.mid = moved_middle(c, a, b);
      c.start = a, c.end = b;
    }
    std::erase_if(loop.curves, [](const Curve& c) {
      return c.kind != Curve::Kind::kCircle && c.start == c.end;
    });
  });
  return out;
}

}  // namespace cadrecode::fit
