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

double cell_volume(const Bands& bands, const Cell& c, double lo, double hi, double tolerance) {
  const bool q_fixed = Bands::constant(c.q0) && Bands::constant(c.q1);
  const bool p_fixed = Bands::constant(c.p0) && Bands::constant(c.p1);
  if (q_fixed)
    return (bands.at(c.q1, lo) - bands.at(c.q0, lo)) *
           (bands.integral(c.p1) - bands.integral(c.p0));
  if (p_fixed)
    return (bands.at(c.p1, lo) - bands.at(c.p0, lo)) *
           (bands.integral(c.q1) - bands.integral(c.q0));
  return integrate_band<1>(
      lo, hi, bands.curved(),
      [&](double s) -> std::array<double, 1> {
        return {(bands.at(c.p1, s) - bands.at(c.p0, s)) * (bands.at(c.q1, s) - bands.at(c.q0, s))};
      },
      {tolerance})[0];
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
  const double extent = w.scene.extent, tolerance = 1e-12 * extent * extent * extent;
  for_each_band(w.bands, [&](double lo, double hi) {
    for (const Cell& c : w.bands.cells()) {
      const double v = cell_volume(w.bands, c, lo, hi, tolerance);
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

namespace {

// Integrals of 1; s, p, q; their squares; sp, pq, qs.
using RawMoments = std::array<double, 10>;

// A set of mass at (s, p, q) with spreads pp and qq about it.
void add(RawMoments& raw, double mass, double s, double p, double q, double pp, double qq) {
  const double terms[10] = {1, s, p, q, s * s, p * p + pp, q * q + qq, s * p, p * q, q * s};
  for (int i = 0; i < 10; ++i) raw[i] += mass * terms[i];
}

Moments in_world(const RawMoments& raw, const Scene& scene) {
  Moments m;
  m.volume = raw[0];
  if (!(raw[0] > 0)) return m;
  const Vec3 axes[3] = {scene.s, scene.p, scene.q};
  double c[3], t[3][3];
  for (int a = 0; a < 3; ++a) {
    c[a] = raw[1 + a] / raw[0];
    m.centroid += axes[a] * c[a];
  }
  for (int a = 0; a < 3; ++a) {
    const int b = (a + 1) % 3;
    t[a][a] = raw[4 + a] - raw[0] * c[a] * c[a];
    t[a][b] = t[b][a] = raw[7 + a] - raw[0] * c[a] * c[b];
  }
  const auto entry = [&](int i, int j) {
    double sum = 0;
    for (int a = 0; a < 3; ++a) {
      for (int b = 0; b < 3; ++b) sum += axes[a][i] * t[a][b] * axes[b][j];
    }
    return sum;
  };
  m.second = {entry(0, 0), entry(1, 1), entry(2, 2), entry(0, 1), entry(1, 2), entry(2, 0)};
  return m;
}

}  // namespace

Moments moments(const Solid& solid) {
  const Prepared& s = solid.prepared();
  if (s.box.empty()) return {};
  Workspace& w = workspace();
  w.scene.build(s, nullptr);
  RawMoments raw{};
  if (w.scene.has_along_s || w.scene.has_oblique) {
    moments_by_sections(w.scene, [&raw](double weight, double at, double q, double p0, double p1) {
      add(raw, weight * (p1 - p0), at, (p0 + p1) / 2, q, (p1 - p0) * (p1 - p0) / 12, 0);
    });
    return in_world(raw, w.scene);
  }
  w.bands.reset(w.scene);
  const double e = w.scene.extent, e3 = 1e-12 * e * e * e, e4 = e3 * e, e5 = e4 * e;
  for_each_band(w.bands, [&](double lo, double hi) {
    const RawMoments band = integrate_band<10>(
        lo, hi, w.bands.curved(),
        [&](double at) {
          RawMoments sum{};
          for (const Cell& c : w.bands.cells()) {
            const double p0 = w.bands.at(c.p0, at), p1 = w.bands.at(c.p1, at), p = p1 - p0;
            const double q0 = w.bands.at(c.q0, at), q1 = w.bands.at(c.q1, at), q = q1 - q0;
            add(sum, p * q, at, (p0 + p1) / 2, (q0 + q1) / 2, p * p / 12, q * q / 12);
          }
          return sum;
        },
        {e3, e4, e4, e4, e5, e5, e5, e5, e5, e5});
    for (int i = 0; i < 10; ++i) raw[i] += band[i];
  });
  return in_world(raw, w.scene);
}

std::vector<StepEffect> step_effects(const Solid& solid) {
  const Prepared& s = solid.prepared();
  std::vector<StepEffect> out;
  Prepared so_far, alone;
  Workspace& w = workspace();
  for (const Prism& prism : s.prisms) {
    StepEffect e;
    e.volume = prism.profile_area * (prism.end - prism.start);
    e.before = out.empty() ? 0 : out.back().after;
    if (e.before > 0) {
      alone = s;
      alone.prisms = {prism};
      alone.prisms[0].operation = part::Operation::kJoin;
      alone.box = prism.box;
      w.scene.build(so_far, &alone);
      e.common = integrate(w).common;
    }
    switch (prism.operation) {
      case part::Operation::kJoin:
        e.after = e.before + e.volume - e.common;
        break;
      case part::Operation::kCut:
        e.after = e.before - e.common;
        break;
      case part::Operation::kIntersect:
        e.after = e.common;
        break;
    }
    out.push_back(e);
    if (so_far.prisms.empty()) so_far = s, so_far.prisms.clear(), so_far.box = {};
    so_far.prisms.push_back(prism);
    if (prism.operation == part::Operation::kJoin) so_far.box.add(prism.box);
  }
  return out;
}

}  // namespace cadrecode::prism
