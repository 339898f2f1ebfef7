// What must hold of any part, shared by the fuzz targets of parts and of texts.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"

namespace cadrecode::fuzz {

inline void fail(const part::Part& part, const char* what, double a = 0, double b = 0) {
  std::fprintf(stderr, "%s (%.17g, %.17g)\n%s\n", what, a, b, dialect::print(part).c_str());
  std::abort();
}

// The text means the part again: to the last bit, but for far planes that no
// double gives exactly, which move by one unit in the last place the first time.
// A profile within rounding of touching itself may do so in another form only.
inline void check_text(const part::Part& part) {
  if (!prism::verdict(part::canonical(part)).valid()) return;
  const std::string text = dialect::print(part);
  const dialect::Recognition once = dialect::recognise(text);
  if (!once.part) {
    std::fprintf(stderr, "%s\n", once.reason.c_str());
    fail(part, "a printed part is not recognised");
  }
  part::Part expected = part::canonical(part), got = part::canonical(*once.part);
  if (got.steps.size() != expected.steps.size()) fail(part, "steps lost in print");
  for (size_t i = 0; i < got.steps.size(); ++i) {
    part::Extrusion &g = got.steps[i].extrusion, &e = expected.steps[i].extrusion;
    const double ulp = 4e-16 * std::max({1.0, std::abs(e.start), std::abs(e.end)});
    if (std::abs(g.start - e.start) <= ulp) e.start = g.start;
    if (std::abs(g.end - e.end) <= ulp) e.end = g.end;
  }
  if (!(got == expected)) fail(part, "print and recognise give another part");
  const dialect::Recognition readable = dialect::recognise(dialect::print_readable(*once.part));
  if (!readable.part || !(part::canonical(*readable.part) == got))
    fail(part, "the readable form gives another part");
}

inline void check_measures(const part::Part& part, uint64_t seed) {
  const prism::Solid solid(part);
  const Box3 outer = part::outer_bounds(part), box = prism::bounds(solid);
  const Vec3 size = outer.size();
  double reached = 0;  // rounding is relative to this, not to a sliver's own size
  for (int a = 0; a < 3; ++a)
    reached = std::max({reached, std::abs(outer.lo[a]), std::abs(outer.hi[a])});
  const double rounding = 1e-12 * reached * reached * reached;
  const double whole = size.x * size.y * size.z, tolerance = 1e-4 * whole + rounding;
  const double volume = prism::volume(solid);
  if (!(volume >= -rounding && volume <= whole * (1 + 1e-9) + rounding))
    fail(part, "volume outside 0 and the box", volume, whole);
  const prism::Moments moments = prism::moments(solid);
  if (!(std::abs(moments.volume - volume) <= tolerance))
    fail(part, "two volumes", moments.volume, volume);
  if (!(prism::area(solid) >= 0)) fail(part, "a negative area", prism::area(solid));
  const prism::Overlap self = prism::overlap(solid, solid);
  if (!(std::abs(self.common - volume) <= tolerance && std::abs(self.a - volume) <= tolerance))
    fail(part, "the part's overlap with itself", self.common, volume);
  const double reach = 1e-6 * outer.longest();
  try {
    const prism::SurfaceSamples samples = prism::sample_surface(solid, 64, seed);
    for (size_t i = 0; i < samples.points.size(); ++i) {
      for (int a = 0; a < 3; ++a) {
        const double x = samples.points[i][a];
        if (!(x >= box.lo[a] - reach && x <= box.hi[a] + reach))
          fail(part, "a sample outside the box", x, static_cast<double>(a));
      }
      if (!(std::abs(norm(samples.normals[i]) - 1) < 1e-9)) fail(part, "a normal's length");
    }
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::kGeometry) throw;  // next to no surface: said so
  }
}

// Two parts against each other.
inline void check_pair(const part::Part& first, const part::Part& second) {
  const prism::Solid a(first), b(second);
  const prism::Overlap ab = prism::overlap(a, b), ba = prism::overlap(b, a);
  Box3 box = part::outer_bounds(first);
  box.add(part::outer_bounds(second));
  const Vec3 size = box.size();
  const double tolerance = 1e-4 * size.x * size.y * size.z;
  if (!(ab.iou() >= 0 && ab.iou() <= 1)) fail(first, "IoU outside 0 and 1", ab.iou());
  if (!(ab.common <= std::min(ab.a, ab.b) + tolerance)) {
    std::fprintf(stderr, "%s\n", dialect::print(second).c_str());
    fail(first, "more in common than there is", ab.common, std::min(ab.a, ab.b));
  }
  if (!(std::abs(ab.common - ba.common) <= tolerance)) {
    std::fprintf(stderr, "%s\n", dialect::print(second).c_str());
    fail(first, "overlap depends on the order", ab.common, ba.common);
  }
}

inline void check_form(const part::Part& part) {
  const part::Part once = part::canonical(part);
  if (!(part::canonical(once) == once)) fail(part, "canonical form is not stable");
  if (part::hash(part) != part::hash(once)) fail(part, "the hash changes with the form");
}

}  // namespace cadrecode::fuzz
