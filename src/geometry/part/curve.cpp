#include "geometry/part/curve.h"

#include <algorithm>
#include <cmath>

namespace cadrecode::part {
namespace {

bool finite(Vec2 p) { return std::isfinite(p.x) && std::isfinite(p.y); }

// Angle into [0, 2 pi).
double wrapped(double angle) {
  angle = std::fmod(angle, 2 * kPi);
  return angle < 0 ? angle + 2 * kPi : angle;
}

std::optional<Segment> full_circle(const Curve& c) {
  if (!finite(c.mid) || !std::isfinite(c.radius) || c.radius <= kTolerance) return std::nullopt;
  const Vec2 left{c.mid.x - c.radius, c.mid.y};
  return Segment{false, true, left, left, c.mid, c.radius, kPi, 2 * kPi};
}

// Circle through three points: the perpendicular bisectors' meeting point.
std::optional<Segment> three_point_arc(const Curve& c) {
  const Vec2 u = c.mid - c.start, v = c.end - c.start;
  const double twice_area = cross(u, v);
  const double longest = std::max({norm(u), norm(v), norm(c.end - c.mid)});
  const double shortest = std::min({norm(u), norm(v), norm(c.end - c.mid)});
  if (!(shortest > kTolerance) || std::abs(twice_area) <= kTolerance * longest) return std::nullopt;
  const double uu = dot(u, u), vv = dot(v, v);
  const Vec2 offset = Vec2{v.y * uu - u.y * vv, u.x * vv - v.x * uu} / (2 * twice_area);
  Segment s{false, false, c.start, c.end, c.start + offset, norm(offset), 0, 0};
  const double a0 = std::atan2(-offset.y, -offset.x);
  const Vec2 to_end = c.end - s.center;
  const double turn = wrapped(std::atan2(to_end.y, to_end.x) - a0);
  s.start_angle = a0;
  s.sweep = twice_area > 0 ? turn : turn - 2 * kPi;
  if (!std::isfinite(s.radius) || !std::isfinite(s.sweep) || s.sweep == 0) return std::nullopt;
  return s;
}

double angle_at(const Segment& s, double t) { return s.start_angle + s.sweep * t; }

// Parameter of the direction `d` from the centre; outside [0, 1] if off the arc
// (the nearer end decides the sign).
double arc_parameter(const Segment& s, Vec2 d) {
  double turn = wrapped(std::atan2(d.y, d.x) - s.start_angle);
  if (s.sweep < 0) turn = turn == 0 ? 0 : turn - 2 * kPi;
  const double extent = std::abs(s.sweep), t = turn / s.sweep;
  if (t <= 1) return t;
  // beyond the end: measure back from the start if that is closer
  const double past_end = std::abs(turn) - extent, before_start = 2 * kPi - std::abs(turn);
  return before_start < past_end ? -before_start / extent : t;
}

}  // namespace

std::optional<Segment> segment(const Curve& c) {
  if (c.kind == Curve::Kind::kCircle) return full_circle(c);
  if (!finite(c.start) || !finite(c.end)) return std::nullopt;
  if (c.kind == Curve::Kind::kArc) return finite(c.mid) ? three_point_arc(c) : std::nullopt;
  if (!(norm(c.end - c.start) > kTolerance)) return std::nullopt;
  return Segment{true, false, c.start, c.end};
}

double length(const Segment& s) {
  return s.line ? norm(s.end - s.start) : s.radius * std::abs(s.sweep);
}

Vec2 point_at(const Segment& s, double t) {
  if (t == 0) return s.start;
  if (t == 1) return s.end;
  if (s.line) return s.start + (s.end - s.start) * t;
  const double a = angle_at(s, t);
  return s.center + Vec2{std::cos(a), std::sin(a)} * s.radius;
}

Vec2 tangent_at(const Segment& s, double t) {
  if (s.line) return normalized(s.end - s.start);
  const double a = angle_at(s, t), sign = s.sweep > 0 ? 1 : -1;
  return Vec2{-std::sin(a), std::cos(a)} * sign;
}

double curvature(const Segment& s) { return s.line ? 0 : (s.sweep > 0 ? 1 : -1) / s.radius; }

bool arc_covers(const Segment& s, Vec2 d) {
  if (s.full) return true;
  Vec2 from = s.start - s.center, to = s.end - s.center;
  if (s.sweep < 0) std::swap(from, to);
  if (std::abs(s.sweep) <= kPi) return cross(from, d) >= 0 && cross(d, to) >= 0;
  return cross(from, d) >= 0 || cross(d, to) >= 0;
}

int monotone_pieces(const Segment& s, std::array<MonotonePiece, 3>& out) {
  int count = 0;
  const auto add = [&](Vec2 from, Vec2 to, int side) {
    if (from.y == to.y) return;
    const bool up = to.y > from.y;
    const Vec2 lo = up ? from : to, hi = up ? to : from;
    MonotonePiece p{lo.y, hi.y, lo.x, 0, s.center, s.radius, side, up ? 1 : -1};
    if (side == 0) p.slope = (hi.x - lo.x) / (hi.y - lo.y);
    out[count++] = p;
  };
  if (s.line) {
    add(s.start, s.end, 0);
    return count;
  }
  const Vec2 top{s.center.x, s.center.y + s.radius}, bottom{s.center.x, s.center.y - s.radius};
  // Walking from the start, the next extreme is `first`. The end comes before it
  // if it lies on the same half of the circle and further that way; else `first`
  // is passed, and the opposite extreme too if the end is back on that half.
  // Only signs decide: an end that is itself an extreme, within rounding, merely
  // adds a piece without height.
  const bool ccw = s.sweep > 0;
  const double from_x = (s.start.x - s.center.x) * (ccw ? 1 : -1);
  const bool to_top = from_x > 0 || (from_x == 0 && s.start.y < s.center.y);
  const Vec2 first = to_top ? top : bottom, second = to_top ? bottom : top;
  const int side = to_top == ccw ? 1 : -1;
  const bool same_half = (s.end.x - s.center.x) * side > 0;
  const bool ahead = to_top ? s.end.y > s.start.y : s.end.y < s.start.y;
  if (!s.full && same_half && ahead) {
    add(s.start, s.end, side);
    return count;
  }
  add(s.start, first, side);
  if (s.full || same_half) {
    add(first, second, -side);
    add(second, s.end, side);
  } else {
    add(first, s.end, -side);
  }
  return count;
}

Box2 bounds(const Segment& s) {
  Box2 b;
  b.add(s.start), b.add(s.end);
  if (s.line) return b;
  static constexpr Vec2 kExtremes[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  for (const Vec2 e : kExtremes) {
    if (arc_covers(s, e)) b.add(s.center + e * s.radius);
  }
  return b;
}

double area_integral(const Segment& s) {
  const double chord = cross(s.start, s.end) / 2;
  if (s.line) return chord;
  return chord + s.radius * s.radius * (s.sweep - (s.full ? 0 : std::sin(s.sweep))) / 2;
}

Nearest nearest(const Segment& s, Vec2 p) {
  if (s.line) {
    const Vec2 d = s.end - s.start;
    const double t = std::clamp(dot(p - s.start, d) / dot(d, d), 0.0, 1.0);
    const Vec2 q = point_at(s, t);
    return {q, t, norm(p - q)};
  }
  const Vec2 d = p - s.center;
  const double distance = norm(d);
  const double t = distance > 0 ? arc_parameter(s, d) : 0;
  if (t >= 0 && t <= 1 && distance > 0) {
    return {s.center + d * (s.radius / distance), t, std::abs(distance - s.radius)};
  }
  const double to_start = norm(p - s.start), to_end = norm(p - s.end);
  return to_start <= to_end ? Nearest{s.start, 0, to_start} : Nearest{s.end, 1, to_end};
}

Segment trimmed(const Segment& s, double t0, double t1) {
  Segment r = s;
  r.start = point_at(s, t0), r.end = point_at(s, t1);
  if (s.line) return r;
  r.full = s.full && t0 == 0 && t1 == 1;
  r.start_angle = angle_at(s, t0);
  r.sweep = s.sweep * (t1 - t0);
  return r;
}

Segment reversed(const Segment& s) {
  Segment r = s;
  std::swap(r.start, r.end);
  r.start_angle = s.start_angle + s.sweep;
  r.sweep = -s.sweep;
  return r;
}

Curve curve(const Segment& s) {
  if (s.line) return Curve::line(s.start, s.end);
  if (s.full) return Curve::circle(s.center, s.radius);
  return Curve::arc(s.start, point_at(s, 0.5), s.end);
}

Curve reversed(const Curve& c) {
  Curve r = c;
  if (c.kind != Curve::Kind::kCircle) std::swap(r.start, r.end);
  return r;
}

// ---- meetings -----------------------------------------------------------------

namespace {

class Collector {
 public:
  Collector(const Segment& a, const Segment& b) : a_(a), b_(b) {}

  // A candidate point: kept if it lies on both curves within the tolerance.
  void add(Vec2 p) {
    const Nearest na = nearest(a_, p), nb = nearest(b_, p);
    if (na.distance > 2 * kTolerance || nb.distance > 2 * kTolerance) return;
    put(na.t, nb.t, p);
  }
  void add_ends() {
    if (!a_.full) add(a_.start), add(a_.end);
    if (!b_.full) add(b_.start), add(b_.end);
  }
  Meetings take() { return found_; }
  Meetings& found() { return found_; }

 private:
  void put(double ta, double tb, Vec2 p) {
    for (int i = 0; i < found_.count; ++i) {
      if (norm(found_.at[i].point - p) <= 2 * kTolerance) return;
    }
    if (found_.count < static_cast<int>(found_.at.size())) found_.at[found_.count++] = {ta, tb, p};
  }

  const Segment &a_, &b_;
  Meetings found_;
};

void meet_lines(const Segment& a, const Segment& b, Collector& out) {
  out.add_ends();
  const Vec2 u = a.end - a.start, v = b.end - b.start;
  const double det = cross(u, v);
  if (std::abs(det) <= 1e-14 * norm(u) * norm(v)) {
    out.found().overlap = out.found().count >= 2;
    return;
  }
  if (out.found().count >= 2) {  // two shared points: one line, within tolerance
    out.found().overlap = true;
    return;
  }
  const Vec2 w = b.start - a.start;
  const double ta = cross(w, v) / det, tb = cross(w, u) / det;
  const double ea = kTolerance / norm(u), eb = kTolerance / norm(v);
  if (ta >= -ea && ta <= 1 + ea && tb >= -eb && tb <= 1 + eb) out.add(a.start + u * ta);
}

void meet_line_arc(const Segment& line, const Segment& arc, Collector& out) {
  out.add_ends();
  const Vec2 d = normalized(line.end - line.start);
  const Vec2 foot = line.start + d * dot(arc.center - line.start, d);
  const double h = norm(arc.center - foot);
  const double gap = h - arc.radius;
  if (gap > kTolerance) return;
  if (gap > -kTolerance * 1e-2) {  // tangent
    out.add(foot);
    return;
  }
  const double half = std::sqrt(std::max(0.0, arc.radius * arc.radius - h * h));
  out.add(foot - d * half), out.add(foot + d * half);
}

// Two arcs of one circle: their ends that lie on the other one.
bool meet_same_circle(const Segment& a, const Segment& b, Collector& out) {
  if (norm(a.center - b.center) + std::abs(a.radius - b.radius) > kTolerance) return false;
  out.add_ends();
  if (a.full && b.full) {
    out.add(a.start), out.add(a.center + Vec2{a.radius, 0});
  }
  Meetings& m = out.found();
  for (int i = 0; i < m.count; ++i) {  // touching at ends only, or along a stretch?
    for (int j = 0; j < m.count && !m.overlap; ++j) {
      const double ta = (m.at[i].ta + m.at[j].ta) / 2;
      if (i != j && m.at[i].ta < m.at[j].ta) {
        m.overlap = nearest(b, point_at(a, ta)).distance <= 2 * kTolerance;
      }
    }
  }
  if (a.full || b.full) m.overlap = true;
  return true;
}

void meet_arcs(const Segment& a, const Segment& b, Collector& out) {
  if (meet_same_circle(a, b, out)) return;
  out.add_ends();
  const Vec2 axis = b.center - a.center;
  const double d = norm(axis);
  const double outer_gap = d - (a.radius + b.radius), inner_gap = std::abs(a.radius - b.radius) - d;
  const double gap = std::max(outer_gap, inner_gap);
  if (gap > kTolerance || d == 0) return;
  const Vec2 u = axis / d;
  if (gap > -kTolerance * 1e-2) {  // tangent
    const double side = inner_gap > outer_gap && a.radius < b.radius ? -1 : 1;
    out.add(a.center + u * (side * a.radius));
    return;
  }
  const double along = (d * d + a.radius * a.radius - b.radius * b.radius) / (2 * d);
  const double half = std::sqrt(std::max(0.0, a.radius * a.radius - along * along));
  const Vec2 foot = a.center + u * along, across = perpendicular(u) * half;
  out.add(foot + across), out.add(foot - across);
}

}  // namespace

Meetings meet(const Segment& a, const Segment& b) {
  if (!bounds(a).touches(bounds(b), kTolerance)) return {};
  Collector out(a, b);
  if (a.line && b.line) {
    meet_lines(a, b, out);
  } else if (a.line) {
    meet_line_arc(a, b, out);
  } else if (b.line) {
    Collector swapped(b, a);
    meet_line_arc(b, a, swapped);
    Meetings m = swapped.take();
    for (int i = 0; i < m.count; ++i) std::swap(m.at[i].ta, m.at[i].tb);
    return m;
  } else {
    meet_arcs(a, b, out);
  }
  return out.take();
}

}  // namespace cadrecode::part
