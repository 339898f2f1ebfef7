#include "geometry/prism/patches.h"

#include <algorithm>
#include <cmath>

#include "geometry/prism/boundary.h"

namespace cadrecode::prism {
namespace {

// Values at both ends of a line that is never below the curve on [y0, y1].
void upper_line(const part::MonotonePiece& c, bool negative, double y0, double y1, double& at0,
                double& at1) {
  const double sign = negative ? -1 : 1, mid = (y0 + y1) / 2, half = (y1 - y0) / 2;
  const bool bulges = c.side * sign > 0;
  if (!bulges) {  // a line, or an arc below its chord
    at0 += sign * c.x_at(y0), at1 += sign * c.x_at(y1);
    return;
  }
  const double dy = mid - c.center.y, x = sign * c.x_at(mid);
  const double slope = -dy / std::sqrt(std::max(1e-300, c.radius * c.radius - dy * dy));
  at0 += x - slope * half, at1 += x + slope * half;
}

void add_patch(const Prepared& s, const Prism& prism, Patch patch, const part::Box2& flat,
               double w0, double w1, Sampler& out) {
  patch.first_near = static_cast<int>(out.near.size());
  if (find_near(s, patch.step, box_over(prism, flat, w0, w1), out.near, patch.free)) {
    patch.last_near = static_cast<int>(out.near.size());
    out.patches.push_back(patch);
  } else {
    out.near.resize(static_cast<size_t>(patch.first_near));
  }
}

void add_caps(const Prepared& s, const Prism& prism, int step, Sampler& out) {
  thread_local std::vector<double> events;
  thread_local std::vector<std::pair<double, int>> active;
  events.clear();
  for (int i = prism.first_piece; i < prism.last_piece; ++i) {
    events.push_back(s.pieces[i].y0), events.push_back(s.pieces[i].y1);
  }
  std::sort(events.begin(), events.end());
  // corners and tops of arcs apart by rounding only: between them the bound of an
  // arc by its tangent means nothing
  const double tiny = 1e-12 * prism.profile_box.diagonal();
  size_t kept = 0;
  for (const double e : events) {
    if (kept == 0 || e - events[kept - 1] > tiny) events[kept++] = e;
  }
  events.resize(kept);
  for (size_t e = 0; e + 1 < events.size(); ++e) {
    const double y0 = events[e], y1 = events[e + 1], mid = (y0 + y1) / 2;
    active.clear();
    for (int i = prism.first_piece; i < prism.last_piece; ++i) {
      const part::MonotonePiece& p = s.pieces[i];
      if (p.y0 < mid && mid <= p.y1) active.push_back({p.x_at(mid), i});
    }
    std::sort(active.begin(), active.end());
    for (size_t k = 0; k + 1 < active.size(); k += 2) {
      const part::MonotonePiece &l = s.pieces[active[k].second],
                                &r = s.pieces[active[k + 1].second];
      Patch c{Patch::Kind::kCap, step, 0, 0, {}, prism.x, prism.y, {}, {}};
      c.y0 = y0, c.y1 = y1, c.left = &l, c.right = &r;
      upper_line(r, false, y0, y1, c.w0, c.w1);
      upper_line(l, true, y0, y1, c.w0, c.w1);
      c.w0 = std::max(c.w0, 0.0), c.w1 = std::max(c.w1, 0.0);
      c.area = (c.w0 + c.w1) / 2 * (y1 - y0);
      if (!(c.area > 0)) continue;
      const double least = std::min({l.x_at(y0), l.x_at(y1), active[k].first});
      const part::Box2 flat{{least, y0},
                            {least + std::max(c.w0, c.w1) + std::abs(l.x_at(y0) - l.x_at(y1)), y1}};
      for (int cap = 0; cap < 2; ++cap) {
        const double w = cap ? prism.end : prism.start;
        c.face = cap;
        c.base = prism.origin + prism.normal * w;
        c.normal = cap ? prism.normal : -prism.normal;
        add_patch(s, prism, c, flat, w, w, out);
      }
    }
  }
}

void add_walls(const Prepared& s, const Prism& prism, int step, Sampler& out) {
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    const WallCurve& wall = s.walls[i];
    const part::Segment& g = wall.segment;
    Patch p{g.line ? Patch::Kind::kFlat : Patch::Kind::kRound, step, 2 + wall.curve};
    const double height = prism.end - prism.start;
    p.area = part::length(g) * height;
    if (g.line) {
      const Vec2 d = g.end - g.start, n = Vec2{d.y, -d.x} * (wall.outside / norm(d));
      p.base = prism.to_world(g.start.x, g.start.y, prism.start);
      p.a = prism.x * d.x + prism.y * d.y;
      p.b = prism.normal * height;
      p.normal = prism.x * n.x + prism.y * n.y;
    } else {
      p.base = prism.to_world(g.center.x, g.center.y, prism.start);
      p.a = prism.x * g.radius, p.b = prism.y * g.radius, p.up = prism.normal * height;
      p.angle0 = g.start_angle, p.sweep = g.sweep;
      p.normal_sign = (g.sweep > 0 ? wall.outside : -wall.outside) / g.radius;
    }
    add_patch(s, prism, p, part::bounds(g), prism.start, prism.end, out);
  }
}

void make_alias(Sampler& out) {
  const size_t n = out.patches.size();
  out.share.resize(n), out.other.resize(n);
  for (const Patch& p : out.patches) out.total += p.area;
  thread_local std::vector<int> small, large;
  small.clear(), large.clear();
  for (size_t k = 0; k < n; ++k) {
    out.share[k] = out.patches[k].area * static_cast<double>(n) / out.total;
    out.other[k] = static_cast<int>(k);
    (out.share[k] < 1 ? small : large).push_back(static_cast<int>(k));
  }
  while (!small.empty() && !large.empty()) {
    const int s = small.back(), l = large.back();
    small.pop_back();
    out.other[s] = l;
    out.share[l] -= 1 - out.share[s];
    if (out.share[l] < 1) large.pop_back(), small.push_back(l);
  }
  for (const int k : small) out.share[k] = 1;
}

}  // namespace

void make_sampler(const Prepared& s, Sampler& out) {
  out.patches.clear(), out.near.clear(), out.total = 0;
  for (int i = 0; i < static_cast<int>(s.prisms.size()); ++i) {
    add_caps(s, s.prisms[i], i, out);
    add_walls(s, s.prisms[i], i, out);
  }
  make_alias(out);
}

}  // namespace cadrecode::prism
