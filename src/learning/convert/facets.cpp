#include "learning/convert/facets.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "geometry/part/loop.h"

namespace cadrecode::convert {
namespace {

void add_chords(std::vector<part::Curve>& out, const part::Curve& c, double step) {
  const auto s = part::segment(c);
  if (!s) throw Error(ErrorKind::kGeometry, "a degenerate curve");
  const double sweep = s->full ? 2 * part::kPi : s->sweep, from = s->full ? 0 : s->start_angle;
  const int n = std::max(s->full ? 3 : 1,
                         static_cast<int>(std::floor(std::abs(sweep) / step + 1e-6)) + !s->full);
  const auto at = [&](int i) {
    if (!s->full && i == 0) return c.start;
    if (!s->full && i == n) return c.end;
    const double angle = from + sweep * (i % n == 0 && s->full ? 0 : i) / n;
    return s->center + Vec2{std::cos(angle), std::sin(angle)} * s->radius;
  };
  for (int i = 0; i < n; ++i) out.push_back(part::Curve::line(at(i), at(i + 1)));
}

void facet(part::Loop& loop, double step) {
  std::vector<part::Curve> out;
  for (const part::Curve& c : loop.curves) {
    if (c.kind == part::Curve::Kind::kLine) {
      out.push_back(c);
    } else {
      add_chords(out, c, step);
    }
  }
  loop.curves = std::move(out);
}

}  // namespace

part::Part faceted(const part::Part& part, double degrees) {
  part::Part out = part;
  for (part::Step& step : out.steps) {
    for (part::Region& r : step.extrusion.profile.regions) {
      facet(r.outer, degrees * part::kPi / 180);
      for (part::Loop& l : r.inner) facet(l, degrees * part::kPi / 180);
    }
  }
  return out;
}

}  // namespace cadrecode::convert
