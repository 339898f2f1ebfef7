#include <cmath>

#include "geometry/part/canonical.h"
#include "geometry/part/loop.h"
#include "language/dialect/print.h"

namespace cadrecode::dialect {
namespace {

// Grids below 1 round through their reciprocal: 0.1 has no exact double, 10 has.
double snap(double v, double grid) {
  if (grid >= 1) return std::round(v / grid) * grid;
  const double inverse = std::round(1 / grid);
  return std::round(v * inverse) / inverse;
}

Vec2 snap(Vec2 p, double grid) { return {snap(p.x, grid), snap(p.y, grid)}; }

// nullopt-like: an empty loop where nothing is left.
part::Loop rounded(const part::Loop& loop, double grid) {
  part::Loop out;
  for (part::Curve c : loop.curves) {
    c.start = snap(c.start, grid), c.end = snap(c.end, grid), c.mid = snap(c.mid, grid);
    if (c.kind == part::Curve::Kind::kCircle) {
      c.radius = snap(c.radius, grid);
      if (!(c.radius > 0)) continue;
    } else if (c.start == c.end) {
      continue;
    } else if (c.kind == part::Curve::Kind::kArc && !part::segment(c)) {
      c = part::Curve::line(c.start, c.end);
    }
    out.curves.push_back(c);
  }
  return part::check(out) == part::LoopFault::kNone ? out : part::Loop{};
}

}  // namespace

part::Part rounded(const part::Part& part, double grid) {
  part::Part out;
  for (part::Step step : part::canonical(part).steps) {
    part::Extrusion& e = step.extrusion;
    if (grid > 0) {
      const bool world =
          e.frame.origin == Vec3{} &&
          std::abs(e.frame.normal.x) + std::abs(e.frame.normal.y) + std::abs(e.frame.normal.z) == 1;
      if (!world) {
        for (int a = 0; a < 3; ++a) e.frame.origin[a] = snap(e.frame.origin[a], grid);
      }
      e.start = snap(e.start, grid), e.end = snap(e.end, grid);
      part::Profile profile;
      for (const part::Region& r : e.profile.regions) {
        part::Region kept{rounded(r.outer, grid), {}};
        if (kept.outer.curves.empty()) continue;
        for (const part::Loop& l : r.inner) {
          part::Loop hole = rounded(l, grid);
          if (!hole.curves.empty()) kept.inner.push_back(std::move(hole));
        }
        profile.regions.push_back(std::move(kept));
      }
      e.profile = std::move(profile);
    }
    if (e.profile.regions.empty() || !(e.start < e.end)) continue;
    out.steps.push_back(std::move(step));
  }
  return part::canonical(out);
}

}  // namespace cadrecode::dialect
