// Volume, overlap, moments, step effects: integrals over a scene.
#include <algorithm>
#include <cmath>

#include "geometry/prism/bands.h"
#include "geometry/prism/quadrature.h"
#include "geometry/prism/sections.h"

namespace cadrecode::prism {
namespace {

struct Workspace {
  Scene scene;
  Bands bands;
};

// Memory of one thread's integrals, kept between calls.
Workspace& workspace() {
  thread_local Workspace w;
  return w;
}

double cell_volume(const Bands& bands, const Cell& c, double lo, double hi) {
  const bool q_fixed = Bands::constant(c.q0) && Bands::constant(c.q1);
  const bool p_fixed = Bands::constant(c.p0) && Bands::constant(c.p1);
  if (q_fixed) return (bands.at(c.q1, lo) - bands.at(c.q0, lo)) * (bands.integral(c.p1) - bands.integral(c.p0));
  if (p_fixed) return (bands.at(c.p1, lo) - bands.at(c.p0, lo)) * (bands.integral(c.q1) - bands.integral(c.q0));
  double sum = 0;
  for_each_node(lo, hi, bands.curved(), [&](double s, double weight) {
    sum += weight * (bands.at(c.p1, s) - bands.at(c.p0, s)) * (bands.at(c.q1, s) - bands.at(c.q0, s));
  });
  return sum;
}

template <typename OnBand>
void for_each_band(Bands& bands, const OnBand& on_band) {
  for (size_t i = 0; i + 1 < bands.events().size(); ++i) {
    const double lo = bands.events()[i], hi = bands.events()[i + 1];
    bands.open(lo, hi);
    if (!bands.cells().empty()) on_band(lo, hi);
  }
}

Overlap integrate(Workspace& w) {
  if (w.scene.has_along_s || w.scene.has_oblique) return overlap_by_sections(w.scene);
  Overlap sum;
  w.bands.reset(w.scene);
  for_each_band(w.bands, [&](double lo, double hi) {
    for (const Cell& c : w.bands.cells()) {
      const double v = cell_volume(w.bands, c, lo, hi);
      if (c.in & 1) sum.a += v;
      if (c.in & 2) sum.b += v;
      if (c.in == 3) sum.common += v;
    }
  });
  return sum;
}

double single_volume(const Prism& p) {
  return p.operation == part::Operation::kJoin ? p.profile_area * (p.end - p.start) : 0;
}

}  // namespace

double Overlap::iou() const {
  const double whole = a + b - common;
  return whole > 0 ? std::clamp(common / whole, 0.0, 1.0) : 0;
}

double volume(const Solid& solid) {
  const Prepared& s = solid.prepared();
  if (s.box.empty()) return 0;
  if (s.prisms.size() == 1) return single_volume(s.prisms[0]);
  Workspace& w = workspace();
  w.scene.build(s, nullptr);
  return integrate(w).a;
}

Overlap overlap(const Solid& a, const Solid& b) {
  if (a.prepared().box.empty() || b.prepared().box.empty()) return {volume(a), volume(b), 0};
  Workspace& w = workspace();
  w.scene.build(a.prepared(), &b.prepared());
  return integrate(w);
}

double iou(const Solid& a, const Solid& b) { return overlap(a, b).iou(); }

}  // namespace cadrecode::prism
