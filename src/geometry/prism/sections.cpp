#include "geometry/prism/sections.h"

#include <algorithm>
#include <cmath>

#include "geometry/prism/faces.h"
#include "geometry/prism/oblique.h"
#include "geometry/prism/quadrature.h"

namespace cadrecode::prism {
namespace {

constexpr int kDeepest = 6;  // halvings of a band

struct Workspace {
  Scene section;
  Bands outer, inner;
};

void add_edge(Scene& section, int step, double p, double q0, double q1) {
  section.pieces.push_back({{q0, q1, p, 0, {}, 0, 0, 1}, step});
}

// Values of a step's pieces at s, ascending.
void values_at(const Scene& scene, const SceneStep& st, double s, std::vector<double>& out) {
  out.clear();
  for (int k = st.first; k < st.last; ++k) {
    const part::MonotonePiece& c = scene.pieces[k].curve;
    if (c.y0 <= s && s < c.y1) out.push_back(c.x_at(s));
  }
  std::sort(out.begin(), out.end());
}

Overlap section_areas(Workspace& w, const Scene& scene, double s) {
  cross_section(scene, s, w.section);
  w.inner.reset(w.section);
  Overlap sum;
  const std::vector<double>& events = w.inner.events();
  for (size_t i = 0; i + 1 < events.size(); ++i) {
    w.inner.open(events[i], events[i + 1]);
    for (const Cell& c : w.inner.cells()) {
      const double area = w.inner.integral(c.p1) - w.inner.integral(c.p0);
      if (c.in & 1) sum.a += area;
      if (c.in & 2) sum.b += area;
      if (c.in == 3) sum.common += area;
    }
  }
  return sum;
}

// Whether the cross-section may change within the band at all.
bool changes(const Scene& scene, double s) {
  for (const SceneStep& st : scene.steps) {
    if (st.role != Role::kAlongP && st.role != Role::kAlongQ) continue;
    for (int k = st.first; k < st.last; ++k) {
      const part::MonotonePiece& c = scene.pieces[k].curve;
      if (c.y0 <= s && s < c.y1 && (c.side != 0 || c.slope != 0)) return true;
    }
  }
  return false;
}

}  // namespace

void cross_section(const Scene& scene, double s, Scene& section) {
  thread_local std::vector<double> values;
  section.steps.clear(), section.pieces.clear();
  section.s = scene.q, section.p = scene.p, section.q = scene.s;
  section.extent = scene.extent, section.has_b = scene.has_b;
  section.has_along_s = section.has_oblique = false;
  section.s_lo = std::numeric_limits<double>::infinity(), section.s_hi = -section.s_lo;
  for (const SceneStep& st : scene.steps) {
    SceneStep flat = st;
    const int index = static_cast<int>(section.steps.size());
    flat.role = Role::kAlongQ;
    flat.lo = 0, flat.hi = 1;
    flat.first = static_cast<int>(section.pieces.size());
    if (st.role == Role::kBox && st.lo < s && s < st.hi) {
      add_edge(section, index, st.p_lo, st.q_lo, st.q_hi);
      add_edge(section, index, st.p_hi, st.q_lo, st.q_hi);
    } else if (st.role == Role::kAlongS && st.lo < s && s < st.hi) {
      for (int k = st.first; k < st.last; ++k) {
        section.pieces.push_back({scene.pieces[k].curve, index});
      }
    } else if (st.role == Role::kAlongQ) {
      values_at(scene, st, s, values);
      for (const double p : values) add_edge(section, index, p, st.lo, st.hi);
    } else if (st.role == Role::kAlongP) {
      values_at(scene, st, s, values);
      for (size_t i = 0; i + 1 < values.size(); i += 2) {
        if (!(values[i] < values[i + 1])) continue;
        add_edge(section, index, st.lo, values[i], values[i + 1]);
        add_edge(section, index, st.hi, values[i], values[i + 1]);
      }
    }
    flat.last = static_cast<int>(section.pieces.size());
    section.steps.push_back(flat);
    for (int k = flat.first; k < flat.last; ++k) {
      section.s_lo = std::min(section.s_lo, section.pieces[k].curve.y0);
      section.s_hi = std::max(section.s_hi, section.pieces[k].curve.y1);
    }
  }
}

void moments_by_sections(const Scene& scene, const OnLine& on_line) {
  if (scene.has_oblique) {
    lines_of(scene, on_line);
    return;
  }
  thread_local Workspace w;
  w.outer.reset(scene);
  const std::vector<double>& events = w.outer.events();
  for (size_t i = 0; i + 1 < events.size(); ++i) {
    for_each_node(events[i], events[i + 1], true, [&](double s, double weight) {
      cross_section(scene, s, w.section);
      w.inner.reset(w.section);
      const std::vector<double>& inner = w.inner.events();
      for (size_t k = 0; k + 1 < inner.size(); ++k) {
        w.inner.open(inner[k], inner[k + 1]);
        if (w.inner.cells().empty()) continue;
        for_each_node(inner[k], inner[k + 1], w.inner.curved(), [&](double q, double q_weight) {
          for (const Cell& c : w.inner.cells()) {
            on_line(weight * q_weight, s, q, w.inner.at(c.p0, q), w.inner.at(c.p1, q));
          }
        });
      }
    });
  }
}

namespace {

Overlap operator+(const Overlap& x, const Overlap& y) {
  return {x.a + y.a, x.b + y.b, x.common + y.common};
}

double difference(const Overlap& x, const Overlap& y) {
  return std::abs(x.a - y.a) + std::abs(x.b - y.b) + std::abs(x.common - y.common);
}

Overlap over_band(Workspace& w, const Scene& scene, double lo, double hi) {
  Overlap sum;
  for_each_node(lo, hi, true, [&](double s, double weight) {
    const Overlap at = section_areas(w, scene, s);
    sum.a += weight * at.a, sum.b += weight * at.b, sum.common += weight * at.common;
  });
  return sum;
}

// Halves the band until both halves together say what the whole did.
Overlap adaptive(Workspace& w, const Scene& scene, double lo, double hi, const Overlap& whole,
                 double tolerance, int depth) {
  const double mid = (lo + hi) / 2;
  const Overlap left = over_band(w, scene, lo, mid), right = over_band(w, scene, mid, hi);
  if (depth == 0 || difference(left + right, whole) <= tolerance) return left + right;
  return adaptive(w, scene, lo, mid, left, tolerance / 2, depth - 1) +
         adaptive(w, scene, mid, hi, right, tolerance / 2, depth - 1);
}

}  // namespace

Overlap overlap_by_sections(const Scene& scene) {
  if (scene.has_oblique) return integrate_faces(scene, false).overlap;
  thread_local Workspace w;
  w.outer.reset(scene);
  Overlap sum;
  const std::vector<double>& events = w.outer.events();
  const double tolerance = kTwoLevelTolerance * scene.extent * scene.extent * scene.extent;
  for (size_t i = 0; i + 1 < events.size(); ++i) {
    const double lo = events[i], hi = events[i + 1], mid = (lo + hi) / 2;
    if (changes(scene, mid)) {
      const Overlap whole = over_band(w, scene, lo, hi);
      sum = sum + adaptive(w, scene, lo, hi, whole, tolerance, kDeepest);
    } else {
      const Overlap at = section_areas(w, scene, mid);
      sum = sum + Overlap{at.a * (hi - lo), at.b * (hi - lo), at.common * (hi - lo)};
    }
  }
  return sum;
}

}  // namespace cadrecode::prism
