#include "geometry/prism/oblique.h"

#include <algorithm>
#include <cmath>

#include "geometry/prism/bands.h"

namespace cadrecode::prism {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Parameters where the line o + t d (2-D, |d| > 0) crosses a segment; ends are
// counted half-open by the side of the line they lie on, so that parity holds.
int cross_segment(const part::Segment& g, Vec2 o, Vec2 d, double out[2]) {
  const double dd = dot(d, d);
  const double h0 = cross(d, g.start - o), h1 = cross(d, g.end - o);
  const bool odd = (h0 < 0) != (h1 < 0);
  if (g.line) {
    if (!odd) return 0;
    const Vec2 at = g.start + (g.end - g.start) * (h0 / (h0 - h1));
    out[0] = dot(at - o, d) / dd;
    return 1;
  }
  const Vec2 c = g.center - o;
  const double foot = dot(c, d) / dd, height = cross(d, c) / std::sqrt(dd);
  const double h2 = g.radius * g.radius - height * height;
  if (h2 <= 0) {
    if (odd) out[0] = foot;
    return odd ? 1 : 0;
  }
  const double half = std::sqrt(h2 / dd);
  int n = 0;
  double missed = foot - half;
  for (const double t : {foot - half, foot + half}) {
    if (part::arc_covers(g, o + d * t - g.center)) {
      out[n++] = t;
    } else {
      missed = t;
    }
  }
  if (odd == (n == 1)) return n;  // consistent with the ends' sides
  if (n == 1) return 0;           // an end touched within rounding
  if (n == 0) {
    out[0] = missed;
    return 1;
  }
  const auto end_gap = [&](double t) {
    const Vec2 p = o + d * t;
    return std::min(norm(p - g.start), norm(p - g.end));
  };
  if (end_gap(out[0]) < end_gap(out[1])) out[0] = out[1];
  return 1;
}

struct Marks {
  struct Mark {
    double t;
    int step;
  };
  std::vector<Mark> marks;
  std::vector<double> cuts;
  std::vector<uint8_t> in;
};

// on_stretch(membership, p0, p1) along the line p -> s S + q Q + p P.
template <typename OnStretch>
void walk_line(const Scene& scene, double s, double q, Marks& m, const OnStretch& on_stretch) {
  const Vec3 origin = scene.s * s + scene.q * q;
  m.marks.clear();
  m.in.assign(scene.steps.size(), 0);
  for (int i = 0; i < static_cast<int>(scene.steps.size()); ++i) {
    const SceneStep& st = scene.steps[i];
    m.cuts.clear();
    cut_line(*st.solid, *st.prism, origin, scene.p, m.cuts);
    for (const double t : m.cuts) m.marks.push_back({t, i});
  }
  std::sort(m.marks.begin(), m.marks.end(), [](const auto& a, const auto& b) { return a.t < b.t; });
  for (size_t k = 0; k + 1 < m.marks.size(); ++k) {
    m.in[m.marks[k].step] ^= 1;
    if (!(m.marks[k + 1].t > m.marks[k].t)) continue;
    const uint8_t in = scene_membership(scene, m.in.data());
    if (in) on_stretch(in, m.marks[k].t, m.marks[k + 1].t);
  }
}

// Coordinates along `axis` of a prism's corners, and of the extremes of its arcs.
void corner_events(const SceneStep& st, Vec3 axis, std::vector<double>& out) {
  const Prism& prism = *st.prism;
  const auto add = [&](Vec2 p) {
    out.push_back(dot(prism.to_world(p.x, p.y, prism.start), axis));
    out.push_back(dot(prism.to_world(p.x, p.y, prism.end), axis));
  };
  const Vec2 up{dot(prism.x, axis), dot(prism.y, axis)};
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    const part::Segment& g = st.solid->walls[i].segment;
    add(g.start);
    if (g.line || norm(up) < 1e-12) continue;
    for (const double sign : {1.0, -1.0}) {
      if (part::arc_covers(g, up * sign)) add(g.center + normalized(up) * (sign * g.radius));
    }
  }
}

// q of the points where the plane at s cuts a prism's cap curves and its
// corners' lines, and the extremes of q on its round walls: there the wall's
// normal has no part along p.
void section_events(const Scene& scene, const SceneStep& st, double s, std::vector<double>& out) {
  const Prism& prism = *st.prism;
  const Vec2 d2{dot(prism.x, scene.s), dot(prism.y, scene.s)};
  const double dn = dot(prism.normal, scene.s), d_origin = dot(prism.origin, scene.s);
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    const part::Segment& g = st.solid->walls[i].segment;
    if (std::abs(dn) > 1e-12) {
      const double w = (s - d_origin - dot(d2, g.start)) / dn;
      if (w > prism.start && w < prism.end) {
        out.push_back(dot(prism.to_world(g.start.x, g.start.y, w), scene.q));
      }
    }
    const Vec2 level{dot(prism.x, scene.p), dot(prism.y, scene.p)};
    if (!g.line && std::abs(dn) > 1e-12 && norm(level) > 1e-12) {
      for (const double sign : {1.0, -1.0}) {
        const Vec2 radial = normalized(perpendicular(level)) * sign;
        if (!part::arc_covers(g, radial)) continue;
        const Vec2 at = g.center + radial * g.radius;
        const double w = (s - d_origin - dot(d2, at)) / dn;
        if (w > prism.start && w < prism.end) {
          out.push_back(dot(prism.to_world(at.x, at.y, w), scene.q));
        }
      }
    }
    if (dot(d2, d2) < 1e-24) continue;
    for (const double w : {prism.start, prism.end}) {
      // the line of the plane in the cap: dot(d2, x) = trace
      const double trace = s - d_origin - dn * w;
      double t[2];
      const Vec2 on = d2 * (trace / dot(d2, d2)), along = perpendicular(d2);
      const int n = cross_segment(g, on, along, t);
      for (int k = 0; k < n; ++k) {
        const Vec2 at = on + along * t[k];
        out.push_back(dot(prism.to_world(at.x, at.y, w), scene.q));
      }
    }
  }
}

// Sorted, and no gap wider than the whole divided by `least`.
void refine(std::vector<double>& events, int least) {
  std::sort(events.begin(), events.end());
  if (events.size() < 2) return;
  const double step = (events.back() - events.front()) / least;
  std::vector<double> out;
  for (size_t i = 0; i + 1 < events.size(); ++i) {
    const double gap = events[i + 1] - events[i];
    if (!(gap > 1e-12 * step)) continue;
    const int n = static_cast<int>(std::ceil(gap / step));
    for (int k = 0; k < n; ++k) out.push_back(events[i] + gap * k / n);
  }
  out.push_back(events.back());
  events = std::move(out);
}

template <typename OnNode>
void gauss4(double lo, double hi, const OnNode& on_node) {
  constexpr double kNode[2] = {0.3399810435848563, 0.8611363115940526};
  constexpr double kWeight[2] = {0.6521451548625461, 0.3478548451374538};
  const double mid = (lo + hi) / 2, half = (hi - lo) / 2;
  for (int i = 0; i < 2; ++i) {
    on_node(mid - half * kNode[i], half * kWeight[i]);
    on_node(mid + half * kNode[i], half * kWeight[i]);
  }
}

}  // namespace

void cut_line(const Prepared& solid, const Prism& prism, Vec3 origin, Vec3 direction,
              std::vector<double>& out) {
  const Vec3 o = prism.to_local(origin);
  const Vec3 d{dot(direction, prism.x), dot(direction, prism.y), dot(direction, prism.normal)};
  double lo = -kInfinity, hi = kInfinity;
  if (std::abs(d.z) > 1e-14) {
    lo = (prism.start - o.z) / d.z, hi = (prism.end - o.z) / d.z;
    if (lo > hi) std::swap(lo, hi);
  } else if (o.z < prism.start || o.z > prism.end) {
    return;
  }
  const size_t first = out.size();
  if (d.x * d.x + d.y * d.y < 1e-20) {
    if (profile_contains(solid, prism, o.x, o.y)) out.insert(out.end(), {lo, hi});
    return;
  }
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    double t[2];
    const int n = cross_segment(solid.walls[i].segment, {o.x, o.y}, {d.x, d.y}, t);
    out.insert(out.end(), t, t + n);
  }
  std::sort(out.begin() + first, out.end());
  size_t kept = first;
  for (size_t k = first; k + 1 < out.size(); k += 2) {
    const double a = std::max(out[k], lo), b = std::min(out[k + 1], hi);
    if (a < b) out[kept] = a, out[kept + 1] = b, kept += 2;
  }
  out.resize(kept);
}

namespace {

template <typename OnGridNode>
void for_each_line(const Scene& scene, const OnGridNode& on_node) {
  std::vector<double> s_events, q_events;
  for (const SceneStep& st : scene.steps) corner_events(st, scene.s, s_events);
  refine(s_events, 24);
  for (size_t i = 0; i + 1 < s_events.size(); ++i) {
    gauss4(s_events[i], s_events[i + 1], [&](double s, double s_weight) {
      q_events.clear();
      for (const SceneStep& st : scene.steps) section_events(scene, st, s, q_events);
      refine(q_events, 16);
      for (size_t k = 0; k + 1 < q_events.size(); ++k) {
        gauss4(q_events[k], q_events[k + 1],
               [&](double q, double q_weight) { on_node(s_weight * q_weight, s, q); });
      }
    });
  }
}

}  // namespace

void lines_of(const Scene& scene,
              const std::function<void(double, double, double, double, double)>& on_line) {
  Marks marks;
  for_each_line(scene, [&](double weight, double s, double q) {
    walk_line(scene, s, q, marks, [&](uint8_t in, double p0, double p1) {
      if (in & 1) on_line(weight, s, q, p0, p1);
    });
  });
}

}  // namespace cadrecode::prism
