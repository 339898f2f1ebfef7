// Surface area by lines on the faces, for prisms along any axes.
//
// Every face is ruled: a wall by lines along its prism's normal, a cap by lines
// along x. On one line every prism is a set of intervals, known exactly
// just below and just above the face (cut_line), so the length L(t) of what is
// the solid's surface there, and belongs to this face, is exact. The area is
// the integral of L over t, along the wall's curve or the cap's y.
//
// L is smooth but where other prisms' edges and silhouettes meet the face, where
// the face's own edges meet other surfaces, and where surfaces that hold the
// line's direction cross it (there L jumps). Those are found beforehand and
// split the integral; every stretch is halved until both halves agree
// with the whole, which also finds what is left (two other steps' surfaces
// that cross on the face).
#include <algorithm>
#include <cmath>

#include "geometry/prism/boundary.h"
#include "geometry/prism/edges.h"
#include "geometry/prism/oblique.h"
#include "geometry/prism/quadrature.h"

namespace cadrecode::prism {
namespace {

// How far above and below the face the lines run, as a part of the extent: well
// above rounding, and small because a cylinder that only touches the face hides
// a strip of 2 sqrt(2 r step) of it.
constexpr double kLineStep = 1e-11;
constexpr int kDeepest = 16;         // halvings
constexpr double kTolerance = 1e-9;  // of the extent's square, a face

struct Mark {
  double t;
  int slot;  // of `near`
  unsigned side;
};

struct Workspace {
  std::vector<int> near;
  std::vector<double> cuts, own, events;
  std::vector<Mark> marks;
  std::vector<unsigned> in;  // by step
};

// A line on a face of `step` with the step's outward normal there.
struct FaceLine {
  Vec3 origin, direction, normal;
};

// Length of what is surface on the line within the intervals w.own.
double exposed_length(const Prepared& s, int step, const FaceLine& line, Workspace& w) {
  const Vec3 off = line.normal * (kLineStep * s.extent);
  w.marks.clear();
  w.in.assign(s.prisms.size(), 0);
  for (const double t : w.own) w.marks.push_back({t, step, 1});
  for (const int j : w.near) {
    if (j == step) continue;
    for (const unsigned side : {1u, 2u}) {
      w.cuts.clear();
      cut_line(s, s.prisms[j], line.origin + (side == 1 ? -off : off), line.direction, w.cuts);
      for (const double t : w.cuts) w.marks.push_back({t, j, side});
    }
  }
  std::sort(w.marks.begin(), w.marks.end(), [](const Mark& a, const Mark& b) { return a.t < b.t; });
  double sum = 0;
  for (size_t k = 0; k + 1 < w.marks.size(); ++k) {
    w.in[w.marks[k].slot] ^= w.marks[k].side;
    const double length = w.marks[k + 1].t - w.marks[k].t;
    if (!(length > 0) || !w.in[step]) continue;
    const Exposure e = decide_exposure(s, step, w.near, true, [&](int j) { return w.in[j]; });
    if (e != Exposure::kHidden) sum += length;
  }
  return sum;
}

// A face as its lines: at t in [lo, hi] of an outer curve.
struct Face {
  const Prism* prism;
  int step;
  const WallCurve* wall = nullptr;  // null: a cap
  double w = 0;                     // the cap's height
  Surface surface;
  double lo = 0, hi = 1;

  Vec3 line_direction() const { return wall ? prism->normal : prism->x; }
  // The outer parameter of a point on the surface.
  double parameter(const Prepared&, Vec3 p) const {
    const Vec3 q = prism->to_local(p);
    if (!wall) return q.y;
    const part::Segment& g = wall->segment;
    if (g.line) {
      const Vec2 d = g.end - g.start;
      return dot(Vec2{q.x, q.y} - g.start, d) / dot(d, d);
    }
    double turn = std::remainder(std::atan2(q.y - g.center.y, q.x - g.center.x) - g.start_angle,
                                 2 * part::kPi);
    if (turn * g.sweep < 0) turn += g.sweep > 0 ? 2 * part::kPi : -2 * part::kPi;
    return turn / g.sweep;
  }
};

// L at t; fills w.own.
double length_at(const Prepared& s, const Face& f, double t, Workspace& w) {
  const Prism& prism = *f.prism;
  w.own.clear();
  if (f.wall) {
    const part::Segment& g = f.wall->segment;
    const Vec2 p = part::point_at(g, t), along = part::tangent_at(g, t);
    const Vec2 n = Vec2{along.y, -along.x} * f.wall->outside;
    w.own = {prism.start, prism.end};
    return exposed_length(
        s, f.step, {prism.to_world(p.x, p.y, 0), prism.normal, prism.x * n.x + prism.y * n.y}, w);
  }
  for (int i = prism.first_piece; i < prism.last_piece; ++i) {
    const part::MonotonePiece& c = s.pieces[i];
    if (c.y0 <= t && t < c.y1) w.own.push_back(c.x_at(t));
  }
  std::sort(w.own.begin(), w.own.end());
  return exposed_length(
      s, f.step,
      {prism.to_world(0, t, f.w), prism.x, f.w == prism.end ? prism.normal : -prism.normal}, w);
}

// ---- events --------------------------------------------------------------------

Surface surface_of(const Prism& prism, const WallCurve* wall, double w) {
  Surface f;
  if (!wall) return {prism.to_world(0, 0, w), prism.normal};
  const part::Segment& g = wall->segment;
  if (g.line) {
    const Vec2 d = normalized(g.end - g.start);
    return {prism.to_world(g.start.x, g.start.y, prism.start), prism.x * d.y - prism.y * d.x};
  }
  f.round = true;
  f.axis_point = prism.to_world(g.center.x, g.center.y, 0);
  f.axis = prism.normal, f.radius = g.radius;
  return f;
}

// on_point where the line o + t d meets a surface.
template <typename OnPoint>
void meet_line(const Surface& f, Vec3 o, Vec3 d, const OnPoint& on_point) {
  if (!f.round) {
    const double along = dot(f.normal, d);
    if (std::abs(along) > 1e-9 * norm(d)) on_point(o + d * (dot(f.normal, f.point - o) / along));
    return;
  }
  const Vec3 w = o - f.axis_point;
  const Vec3 w2 = w - f.axis * dot(w, f.axis), d2 = d - f.axis * dot(d, f.axis);
  const double a = dot(d2, d2), b = dot(w2, d2), c = dot(w2, w2) - f.radius * f.radius;
  if (a < 1e-18 * dot(d, d)) return;
  const double root = std::sqrt(std::max(0.0, b * b - a * c));
  on_point(o + d * ((-b - root) / a)), on_point(o + d * ((-b + root) / a));
}

// The same for the circle of radius r about c in the plane of unit x, y. With a
// cylinder only if its axis is the circle's (else the halving finds them).
template <typename OnPoint>
void meet_circle(const Surface& f, Vec3 c, Vec3 x, Vec3 y, double r, const OnPoint& on_point) {
  Vec2 m{dot(f.normal, x), dot(f.normal, y)};
  double level = f.round ? 0 : dot(f.normal, f.point - c);
  if (f.round) {  // points of both circles lie on the line m . q = level
    if (norm(cross(cross(x, y), f.axis)) > 1e-9) return;
    m = {dot(f.axis_point - c, x), dot(f.axis_point - c, y)};
    level = (r * r - f.radius * f.radius + dot(m, m)) / 2;
  }
  const double size = norm(m);
  if (size < 1e-12 || std::abs(level) > r * size * (1 + 1e-9)) return;
  const double foot = level / size, half = std::sqrt(std::max(0.0, r * r - foot * foot));
  const Vec2 unit = m / size, across = perpendicular(unit);
  for (const double h : {half, -half}) {
    const Vec2 q = unit * foot + across * h;
    on_point(c + x * q.x + y * q.y);
  }
}

// A profile's curve at height w meets a surface.
template <typename OnPoint>
void meet_curve(const Surface& f, const Prism& prism, const part::Segment& g, double w,
                const OnPoint& on_point) {
  if (g.line) {
    const Vec3 from = prism.to_world(g.start.x, g.start.y, w);
    meet_line(f, from, prism.to_world(g.end.x, g.end.y, w) - from, on_point);
  } else {
    meet_circle(f, prism.to_world(g.center.x, g.center.y, w), prism.x, prism.y, g.radius, on_point);
  }
}

// Where another prism's edges and silhouettes meet the face.
template <typename OnPoint>
void meet_prism(const Prepared& s, const Face& f, const Prism& other, const OnPoint& on_point) {
  const Vec3 across = cross(other.normal, f.line_direction());
  for (int i = other.first_wall; i < other.last_wall; ++i) {
    const part::Segment& g = s.walls[i].segment;
    for (const double w : {other.start, other.end}) meet_curve(f.surface, other, g, w, on_point);
    meet_line(f.surface, other.to_world(g.start.x, g.start.y, 0), other.normal, on_point);
    if (g.line || norm(across) < 1e-9) continue;
    const Vec3 radial = normalized(across) * g.radius,
               axis = other.to_world(g.center.x, g.center.y, 0);
    meet_line(f.surface, axis + radial, other.normal, on_point);
    meet_line(f.surface, axis - radial, other.normal, on_point);
  }
}

// Where the face's own edges, and its outer curve, meet another prism's surfaces.
template <typename OnPoint>
void meet_own(const Prepared& s, const Face& f, const Surface& other, const OnPoint& on_point) {
  const Prism& prism = *f.prism;
  if (f.wall) {
    for (const double w : {prism.start, prism.end}) {
      meet_curve(other, prism, f.wall->segment, w, on_point);
    }
    return;
  }
  meet_line(other, prism.to_world(0, 0, f.w), prism.y, on_point);
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    meet_curve(other, prism, s.walls[i].segment, f.w, on_point);
  }
}

void find_events(const Prepared& s, const Face& f, Workspace& w) {
  w.events = {f.lo, f.hi};
  if (!f.wall) {
    for (int i = f.prism->first_piece; i < f.prism->last_piece; ++i) {
      w.events.push_back(s.pieces[i].y0), w.events.push_back(s.pieces[i].y1);
    }
  }
  const auto add = [&](Vec3 p) {
    const double t = f.parameter(s, p);
    if (t > f.lo && t < f.hi) w.events.push_back(t);
  };
  for (const int j : w.near) {
    if (j == f.step) continue;
    const Prism& other = s.prisms[j];
    meet_prism(s, f, other, add);
    for (const double h : {other.start, other.end})
      meet_own(s, f, surface_of(other, nullptr, h), add);
    for (int i = other.first_wall; i < other.last_wall; ++i) {
      meet_own(s, f, surface_of(other, &s.walls[i], 0), add);
    }
  }
  std::sort(w.events.begin(), w.events.end());
}

// ---- integral ------------------------------------------------------------------

struct Integral {
  double value = 0, error = 0;
};

bool has_arcs(const Prepared& s, std::span<const int> near) {
  for (const int j : near) {
    for (int i = s.prisms[j].first_wall; i < s.prisms[j].last_wall; ++i) {
      if (!s.walls[i].segment.line) return true;
    }
  }
  return false;
}

template <typename F>
Integral refine(double lo, double hi, bool curved, double whole, const F& f, double tolerance,
                int depth) {
  const double mid = (lo + hi) / 2;
  const auto once = [&](double a, double b) {
    return over_nodes<1>(a, b, curved,
                         [&](double t) -> std::array<double, 1> { return {f(t)}; })[0];
  };
  const double left = once(lo, mid), right = once(mid, hi);
  const double gap = std::abs(left + right - whole);
  if (gap <= tolerance || depth == 0) return {left + right, gap};
  const Integral a = refine(lo, mid, curved, left, f, tolerance / 2, depth - 1),
                 b = refine(mid, hi, curved, right, f, tolerance / 2, depth - 1);
  return {a.value + b.value, a.error + b.error};
}

Integral face_area(const Prepared& s, Face f, const Box3& box, Workspace& w) {
  const Prism& prism = *f.prism;
  const double scale = f.wall ? part::length(f.wall->segment) : 1;  // of dt
  w.near.clear();
  bool free = false;
  if (!find_near(s, f.step, box, w.near, free)) return {};
  if (free) return {f.wall ? scale * (prism.end - prism.start) : prism.profile_area, 0};
  f.surface = surface_of(prism, f.wall, f.w);
  find_events(s, f, w);
  const std::vector<double> events = w.events;
  const bool curved = has_arcs(s, w.near);
  const auto length = [&](double t) { return length_at(s, f, t, w); };
  const double tiny = 1e-13 * (f.hi - f.lo), tolerance = kTolerance * s.extent * s.extent / scale;
  Integral sum;
  for (size_t k = 0; k + 1 < events.size(); ++k) {
    const double lo = events[k], hi = events[k + 1];
    if (hi - lo <= tiny) continue;
    const double whole = over_nodes<1>(
        lo, hi, curved, [&](double t) -> std::array<double, 1> { return {length(t)}; })[0];
    const Integral part = refine(lo, hi, curved, whole, length, tolerance, kDeepest);
    sum.value += scale * part.value, sum.error += scale * part.error;
  }
  return sum;
}

}  // namespace

double area_by_lines(const Prepared& s, double* error) {
  thread_local Workspace w;
  Integral sum;
  const auto add = [&](const Face& f, const Box3& box) {
    const Integral part = face_area(s, f, box, w);
    sum.value += part.value, sum.error += part.error;
  };
  for (int i = 0; i < static_cast<int>(s.prisms.size()); ++i) {
    const Prism& prism = s.prisms[i];
    for (const double height : {prism.start, prism.end}) {
      Face f{&prism, i, nullptr, height, {}, prism.profile_box.lo.y, prism.profile_box.hi.y};
      add(f, box_over(prism, prism.profile_box, height, height));
    }
    for (int k = prism.first_wall; k < prism.last_wall; ++k) {
      const Face f{&prism, i, &s.walls[k]};
      add(f, box_over(prism, part::bounds(s.walls[k].segment), prism.start, prism.end));
    }
  }
  if (error) *error = sum.error;
  return sum.value;
}

}  // namespace cadrecode::prism
