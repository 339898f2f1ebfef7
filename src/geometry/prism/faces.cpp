// Area and volumes by lines on the faces, for prisms along any axes.
//
// Every face is ruled: a wall by lines along its prism's normal, a cap by lines
// along x. On one line every prism is a set of intervals, known exactly just
// below and just above the face (cut_line), so the length of what is surface of
// a solid there, and belongs to this face, is exact. With t along the wall's curve
// or the cap's y, and n the outward normal,
//   area   = sum over faces of the integral of L dt
//   volume = sum over faces of the integral of (x . n) L dt / 3   (Gauss), where
//            x . n is the same all along a line, as the line is square to n.
// One pass gives solid a, solid b and what they have in common: all three are
// decided by the same prisms.
//
// L is smooth but where other prisms' edges and silhouettes meet the face, where
// the face's own edges meet other surfaces, and where surfaces that hold the
// line's direction cross it (there L jumps). Those are found beforehand and
// split the integral; every stretch is halved until both halves agree with the
// whole, which also finds what is left (two other steps' surfaces that cross on
// the face, circles that meet cylinders askew).
#include "geometry/prism/faces.h"

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
constexpr double kTolerance = 1e-9;  // of the extent's square or cube, a face

// The prisms of both solids in one order; the earliest whose face a point lies on
// owns it.
struct Item {
  const Prepared* solid;
  const Prism* prism;
  int owner;
};

struct Mark {
  double t;
  int item;
  unsigned side;
};

struct Workspace {
  std::vector<Item> items;
  double extent = 0;
  Vec3 center;
  std::vector<int> near;  // items that can matter on the face, from the last to the first
  std::vector<double> cuts, own, events;
  std::vector<Mark> marks;
  std::vector<unsigned> in;  // by item: bit 0 below the face, bit 1 above
};

// area of a; volumes of a, of b and of both.
using Values = std::array<double, 4>;

// Which sides of the face are in the solid of `owner`.
unsigned solid_sides(const Workspace& w, int owner) {
  unsigned open = 3, result = 0;
  for (const int j : w.near) {
    if (w.items[j].owner != owner) continue;
    switch (w.items[j].prism->operation) {
      case part::Operation::kJoin:
        result |= w.in[j] & open;
        open &= ~w.in[j];
        break;
      case part::Operation::kCut:
        open &= ~w.in[j];
        break;
      case part::Operation::kIntersect:
        open &= w.in[j];
        break;
    }
  }
  return result;
}

// +1 where the solid lies below the face only, -1 above only.
int facing(unsigned sides) { return sides == 1 ? 1 : sides == 2 ? -1 : 0; }

bool owned(const Workspace& w, int item) {
  for (const int j : w.near) {
    if (j < item && (w.in[j] == 1 || w.in[j] == 2)) return false;
  }
  return true;
}

// A line on a face of an item with the item's outward normal there.
struct FaceLine {
  Vec3 origin, direction, normal;
};

// Adds up what is surface on the line within the intervals w.own.
Values along_line(int item, const FaceLine& line, Workspace& w) {
  const Vec3 off = line.normal * (kLineStep * w.extent);
  w.marks.clear();
  w.in.assign(w.items.size(), 0);
  for (const double t : w.own) w.marks.push_back({t, item, 1});
  for (const int j : w.near) {
    if (j == item) continue;
    for (const unsigned side : {1u, 2u}) {
      w.cuts.clear();
      cut_line(*w.items[j].solid, *w.items[j].prism, line.origin + (side == 1 ? -off : off),
               line.direction, w.cuts);
      for (const double t : w.cuts) w.marks.push_back({t, j, side});
    }
  }
  std::sort(w.marks.begin(), w.marks.end(), [](const Mark& a, const Mark& b) { return a.t < b.t; });
  Values sum{};
  const double third = dot(line.origin - w.center, line.normal) / 3;
  for (size_t k = 0; k + 1 < w.marks.size(); ++k) {
    w.in[w.marks[k].item] ^= w.marks[k].side;
    const double length = w.marks[k + 1].t - w.marks[k].t;
    if (!(length > 0) || !w.in[item] || !owned(w, item)) continue;
    const unsigned a = solid_sides(w, 0), b = solid_sides(w, 1);
    sum[0] += length * std::abs(facing(a));
    sum[1] += length * third * facing(a);
    sum[2] += length * third * facing(b);
    sum[3] += length * third * facing(a & b);
  }
  return sum;
}

// A face as its lines: at t in [lo, hi] of an outer curve.
struct Face {
  const Prepared* solid;
  const Prism* prism;
  int item;
  const WallCurve* wall = nullptr;  // null: a cap
  double w = 0;                     // the cap's height
  Surface surface;
  double lo = 0, hi = 1;

  Vec3 line_direction() const { return wall ? prism->normal : prism->x; }
  // The outer parameter of a point on the surface.
  double parameter(Vec3 p) const {
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

Values values_at(const Face& f, double t, Workspace& w) {
  const Prism& prism = *f.prism;
  w.own.clear();
  if (f.wall) {
    const part::Segment& g = f.wall->segment;
    const Vec2 p = part::point_at(g, t), along = part::tangent_at(g, t);
    const Vec2 n = Vec2{along.y, -along.x} * f.wall->outside;
    w.own = {prism.start, prism.end};
    return along_line(
        f.item, {prism.to_world(p.x, p.y, 0), prism.normal, prism.x * n.x + prism.y * n.y}, w);
  }
  for (int i = prism.first_piece; i < prism.last_piece; ++i) {
    const part::MonotonePiece& c = f.solid->pieces[i];
    if (c.y0 <= t && t < c.y1) w.own.push_back(c.x_at(t));
  }
  std::sort(w.own.begin(), w.own.end());
  return along_line(
      f.item, {prism.to_world(0, t, f.w), prism.x, f.w == prism.end ? prism.normal : -prism.normal},
      w);
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
void meet_own(const Face& f, const Surface& other, const OnPoint& on_point) {
  const Prism& prism = *f.prism;
  if (f.wall) {
    for (const double w : {prism.start, prism.end}) {
      meet_curve(other, prism, f.wall->segment, w, on_point);
    }
    return;
  }
  meet_line(other, prism.to_world(0, 0, f.w), prism.y, on_point);
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    meet_curve(other, prism, f.solid->walls[i].segment, f.w, on_point);
  }
}

void find_events(const Face& f, Workspace& w) {
  w.events = {f.lo, f.hi};
  if (!f.wall) {
    for (int i = f.prism->first_piece; i < f.prism->last_piece; ++i) {
      w.events.push_back(f.solid->pieces[i].y0), w.events.push_back(f.solid->pieces[i].y1);
    }
  }
  const auto add = [&](Vec3 p) {
    const double t = f.parameter(p);
    if (t > f.lo && t < f.hi) w.events.push_back(t);
  };
  for (const int j : w.near) {
    if (j == f.item) continue;
    const Prepared& solid = *w.items[j].solid;
    const Prism& other = *w.items[j].prism;
    meet_prism(solid, f, other, add);
    for (const double h : {other.start, other.end}) meet_own(f, surface_of(other, nullptr, h), add);
    for (int i = other.first_wall; i < other.last_wall; ++i) {
      meet_own(f, surface_of(other, &solid.walls[i], 0), add);
    }
  }
  std::sort(w.events.begin(), w.events.end());
}

// ---- integral ------------------------------------------------------------------

bool has_arcs(const Workspace& w) {
  for (const int j : w.near) {
    for (int i = w.items[j].prism->first_wall; i < w.items[j].prism->last_wall; ++i) {
      if (!w.items[j].solid->walls[i].segment.line) return true;
    }
  }
  return false;
}

struct Integral {
  Values value{}, error{};

  void add(const Integral& other, double scale) {
    for (size_t k = 0; k < value.size(); ++k) {
      value[k] += scale * other.value[k], error[k] += scale * other.error[k];
    }
  }
};

template <typename F>
Integral refine(double lo, double hi, bool curved, const Values& whole, const F& f,
                Values tolerance, int depth) {
  const double mid = (lo + hi) / 2;
  Integral out;
  const Values left = over_nodes<4>(lo, mid, curved, f), right = over_nodes<4>(mid, hi, curved, f);
  bool agree = true;
  for (size_t k = 0; k < 4; ++k) {
    out.value[k] = left[k] + right[k], out.error[k] = std::abs(out.value[k] - whole[k]);
    agree &= out.error[k] <= tolerance[k];
    tolerance[k] /= 2;
  }
  if (agree || depth == 0) return out;
  out = refine(lo, mid, curved, left, f, tolerance, depth - 1);
  out.add(refine(mid, hi, curved, right, f, tolerance, depth - 1), 1);
  return out;
}

// Items whose prisms reach the box, and all intersections. False if nothing of
// the face can be surface: it neither joins nor meets anything.
bool find_near_items(const Face& f, const Box3& box, Workspace& w) {
  const double reach = kSideStep * w.extent;
  w.near.clear();
  for (int j = static_cast<int>(w.items.size()) - 1; j >= 0; --j) {
    const Prism& other = *w.items[j].prism;
    bool touches = true;
    for (int a = 0; a < 3; ++a) {
      touches &= box.lo[a] - reach <= other.box.hi[a] && other.box.lo[a] - reach <= box.hi[a];
    }
    if (touches || j == f.item || other.operation == part::Operation::kIntersect) {
      w.near.push_back(j);
    }
  }
  return w.near.size() > 1 || f.prism->operation == part::Operation::kJoin;
}

bool is_flat(const Face& f) { return !f.wall || f.wall->segment.line; }

// A flat face that nothing else comes near, of a step that joins.
Integral whole_face(const Face& f, const Workspace& w) {
  const Prism& prism = *f.prism;
  Integral sum;
  Vec3 point = prism.to_world(0, 0, f.w), normal = f.w == prism.end ? prism.normal : -prism.normal;
  sum.value[0] = prism.profile_area;
  if (f.wall) {
    const part::Segment& g = f.wall->segment;
    const Vec2 along = part::tangent_at(g, 0), n = Vec2{along.y, -along.x} * f.wall->outside;
    point = prism.to_world(g.start.x, g.start.y, 0), normal = prism.x * n.x + prism.y * n.y;
    sum.value[0] = part::length(g) * (prism.end - prism.start);
  }
  const int owner = w.items[f.item].owner;
  sum.value[1 + owner] = sum.value[0] * dot(point - w.center, normal) / 3;
  if (owner == 1) sum.value[0] = 0;
  return sum;
}

Integral integrate_face(Face f, const Box3& box, bool want_area, Workspace& w) {
  if (!find_near_items(f, box, w)) return {};
  if (w.near.size() == 1 && is_flat(f)) return whole_face(f, w);
  const double scale = f.wall ? part::length(f.wall->segment) : 1;  // of dt
  f.surface = surface_of(*f.prism, f.wall, f.w);
  find_events(f, w);
  const std::vector<double> events = w.events;
  const bool curved = has_arcs(w);
  const auto values = [&](double t) { return values_at(f, t, w); };
  const double area = kTolerance * w.extent * w.extent / scale, volume = area * w.extent,
               tiny = 1e-13 * (f.hi - f.lo);
  const Values tolerance{want_area ? area : std::numeric_limits<double>::infinity(), volume, volume,
                         volume};
  Integral sum;
  for (size_t k = 0; k + 1 < events.size(); ++k) {
    const double lo = events[k], hi = events[k + 1];
    if (hi - lo <= tiny) continue;
    const Values whole = over_nodes<4>(lo, hi, curved, values);
    sum.add(refine(lo, hi, curved, whole, values, tolerance, kDeepest), scale);
  }
  return sum;
}

}  // namespace

FaceIntegrals integrate_faces(const Scene& scene, bool want_area) {
  thread_local Workspace w;
  w.items.clear();
  Box3 box;
  for (const SceneStep& st : scene.steps) {
    w.items.push_back({st.solid, st.prism, st.owner});
    if (st.operation == part::Operation::kJoin) box.add(st.prism->box);
  }
  if (box.empty()) return {};
  w.extent = box.longest(), w.center = box.center();
  Integral sum;
  for (int i = 0; i < static_cast<int>(w.items.size()); ++i) {
    const Prepared& s = *w.items[i].solid;
    const Prism& prism = *w.items[i].prism;
    for (const double height : {prism.start, prism.end}) {
      const Face f{
          &s, &prism, i, nullptr, height, {}, prism.profile_box.lo.y, prism.profile_box.hi.y};
      sum.add(integrate_face(f, box_over(prism, prism.profile_box, height, height), want_area, w),
              1);
    }
    for (int k = prism.first_wall; k < prism.last_wall; ++k) {
      const Box3 reach = box_over(prism, part::bounds(s.walls[k].segment), prism.start, prism.end);
      sum.add(integrate_face({&s, &prism, i, &s.walls[k]}, reach, want_area, w), 1);
    }
  }
  const auto& v = sum.value;
  const double volume_error = std::max({sum.error[1], sum.error[2], sum.error[3]});
  return {v[0],
          {std::max(0.0, v[1]), std::max(0.0, v[2]), std::max(0.0, v[3])},
          sum.error[0],
          volume_error};
}

}  // namespace cadrecode::prism
