#include "geometry/prism/pinch.h"

#include <algorithm>
#include <cmath>

namespace cadrecode::prism {
namespace {

constexpr double kTouch = 10 * part::kTolerance;
constexpr double kParallel = 1e-9;  // of unit vectors
constexpr int kAlong = 31;          // points asked along a line of contact
constexpr double kAside = 0.02;     // of the radius: how far beside the line

// A round wall in the world: centre + s * axis, 0 <= s <= height.
struct Round {
  Vec3 center, axis;
  double radius, height;
};

Round round_wall(const Prism& p, const WallCurve& w) {
  const part::Segment& g = w.segment;
  return {p.to_world(g.center.x, g.center.y, p.start), p.normal, g.radius, p.end - p.start};
}

// Where a point of the line of contact lies on the other step's face.
enum class On { kInside, kEdge, kBeside };

On on_span(double x, double lo, double hi) {
  if (x < lo - kTouch || x > hi + kTouch) return On::kBeside;
  return x > lo + kTouch && x < hi - kTouch ? On::kInside : On::kEdge;
}
On worse(On a, On b) { return std::max(a, b); }

On on_flat_wall(const Prism& q, const part::Segment& g, Vec3 point) {
  const Vec3 l = q.to_local(point);
  const Vec2 d = g.end - g.start;
  const double length = norm(d), u = dot(Vec2{l.x, l.y} - g.start, d) / length;
  return worse(on_span(u, 0, length), on_span(l.z, q.start, q.end));
}

On on_round_wall(const Prism& q, const part::Segment& g, Vec3 point) {
  const Vec3 l = q.to_local(point);
  const On along = on_span(l.z, q.start, q.end);
  if (g.full) return along;
  const Vec2 p{l.x, l.y};
  if (norm(p - g.start) <= kTouch || norm(p - g.end) <= kTouch) return worse(along, On::kEdge);
  return part::arc_covers(g, p - g.center) ? along : On::kBeside;
}

On on_cap(const Prepared& s, const Prism& q, Vec3 point) {
  const Vec3 l = q.to_local(point);
  for (int k = q.first_wall; k < q.last_wall; ++k) {
    if (part::nearest(s.walls[k].segment, {l.x, l.y}).distance <= kTouch) return On::kEdge;
  }
  return profile_contains(s, q, l.x, l.y) ? On::kInside : On::kBeside;
}

// Direction n from the axis, as (x, y) of the prism's frame.
Vec2 in_frame(const Prism& p, Vec3 n) { return {dot(p.x, n), dot(p.y, n)}; }

// Whether the wall turns its outside towards n somewhere.
bool turned_to(const Prism& p, const WallCurve& w, Vec3 n) {
  const bool convex = w.segment.sweep > 0 ? w.outside > 0 : w.outside < 0;
  return convex && (w.segment.full || part::arc_covers(w.segment, in_frame(p, n)));
}

// Kernels cut a whole cylinder open along the frame's x axis; an edge is there.
bool on_seam(const Prism& p, const WallCurve& w, Vec3 n) {
  const Vec2 d = in_frame(p, n);
  return w.segment.full && d.x > 0 && std::abs(d.y) <= kParallel;
}

// Material on both sides of some of the line's points along n, none beside
// them: the gap beside is where the wall has bent away from the other face.
bool pinched_along(const Solid& solid, const Round& r, Vec3 n) {
  const Vec3 aside = cross(r.axis, n) * (kAside * r.radius);
  const double gap = kAside * kAside / 2 * r.radius;
  for (int k = 0; k < kAlong; ++k) {
    const Vec3 p = r.center + n * r.radius + r.axis * (r.height * (k + 0.5) / kAlong);
    if (inside(solid, p - n * (gap / 2)) && inside(solid, p + n * (gap / 2)) &&
        !inside(solid, p + aside - n * (gap / 2)) && !inside(solid, p - aside - n * (gap / 2))) {
      return true;
    }
  }
  return false;
}

// The solid as it stands after some step, made if anybody asks.
class After {
 public:
  After(const part::Part& part, int step) : part_(part), step_(step) {}
  const Solid& solid() {
    if (!solid_) solid_.emplace(part::Part{{part_.steps.begin(), part_.steps.begin() + step_ + 1}});
    return *solid_;
  }

 private:
  const part::Part& part_;
  int step_;
  std::optional<Solid> solid_;
};

// Wall `wall` of prism p, which may touch what stands at its line towards n.
struct Contact {
  After& after;
  const Prism& p;
  const WallCurve& wall;
  Round round;

  // on(point): where on the other face the line's ends lie. Only if the one end lies on
  // it and the other beside it does neither face's edge run through the line.
  template <typename Where>
  bool found(Vec3 n, const Where& on) const {
    if (!turned_to(p, wall, n) || on_seam(p, wall, n)) return false;
    const Vec3 foot = round.center + n * round.radius;
    const On first = on(foot), last = on(foot + round.axis * round.height);
    const bool overhangs = (first == On::kInside && last == On::kBeside) ||
                           (first == On::kBeside && last == On::kInside);
    return overhangs && pinched_along(after.solid(), round, n);
  }
  // Towards a plane, if the wall touches it.
  std::optional<Vec3> towards(Vec3 point, Vec3 normal) const {
    if (std::abs(dot(round.axis, normal)) > kParallel) return std::nullopt;
    const double d = dot(normal, point - round.center);
    if (std::abs(std::abs(d) - round.radius) > kTouch) return std::nullopt;
    return d > 0 ? normal : -normal;
  }
  // Towards another round wall with a parallel axis.
  std::optional<Vec3> towards(const Round& o) const {
    if (std::abs(std::abs(dot(round.axis, o.axis)) - 1) > kParallel) return std::nullopt;
    const Vec3 between = o.center - round.center,
               d = between - round.axis * dot(between, round.axis);
    if (std::abs(norm(d) - (round.radius + o.radius)) > kTouch) return std::nullopt;
    return normalized(d);
  }
};

bool touches_wall(const Contact& c, const Prism& q, const WallCurve& other) {
  const part::Segment& g = other.segment;
  if (!g.line) {
    const auto n = c.towards(round_wall(q, other));
    return n && turned_to(q, other, -*n) && !on_seam(q, other, -*n) &&
           c.found(*n, [&](Vec3 x) { return on_round_wall(q, g, x); });
  }
  const Vec2 d = g.end - g.start;
  const auto n = c.towards(q.to_world(g.start.x, g.start.y, 0), normalized(q.x * d.y - q.y * d.x));
  return n && c.found(*n, [&](Vec3 x) { return on_flat_wall(q, g, x); });
}

bool touches(const Contact& c, const Prepared& s, const Prism& q) {
  for (const double level : {q.start, q.end}) {
    const auto n = c.towards(q.to_world(0, 0, level), q.normal);
    if (n && c.found(*n, [&](Vec3 x) { return on_cap(s, q, x); })) return true;
  }
  for (int k = q.first_wall; k < q.last_wall; ++k) {
    if (touches_wall(c, q, s.walls[k])) return true;
  }
  return false;
}

bool apart(const Box3& a, const Box3& b) {
  for (int k = 0; k < 3; ++k) {
    if (a.lo[k] > b.hi[k] + kTouch || b.lo[k] > a.hi[k] + kTouch) return true;
  }
  return false;
}

// Whether a round wall of step i touches step j so.
bool pinched(After& after, const Prepared& s, const Prism& p, const Prism& q) {
  if (apart(p.box, q.box)) return false;
  for (int w = p.first_wall; w < p.last_wall; ++w) {
    const WallCurve& wall = s.walls[w];
    if (!wall.segment.line && touches({after, p, wall, round_wall(p, wall)}, s, q)) return true;
  }
  return false;
}

}  // namespace

std::optional<int> pinched_step(const part::Part& part, const Solid& solid) {
  const Prepared& s = solid.prepared();
  const auto joins = [&](int i) { return s.prisms[i].operation == part::Operation::kJoin; };
  for (int i = 1; i < static_cast<int>(s.prisms.size()); ++i) {
    After after(part, i);
    for (int j = 0; j < i && joins(i); ++j) {
      const Prism &p = s.prisms[i], &q = s.prisms[j];
      if (joins(j) && (pinched(after, s, p, q) || pinched(after, s, q, p))) return i;
    }
  }
  return std::nullopt;
}

}  // namespace cadrecode::prism
