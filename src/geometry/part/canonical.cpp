#include "geometry/part/canonical.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "geometry/part/loop.h"

namespace cadrecode::part {
namespace {

double plain_zero(double v) { return v == 0 ? 0.0 : v; }
Vec2 plain_zero(Vec2 p) { return {plain_zero(p.x), plain_zero(p.y)}; }
Vec3 plain_zero(Vec3 p) { return {plain_zero(p.x), plain_zero(p.y), plain_zero(p.z)}; }

bool before(Vec2 a, Vec2 b) { return a.x != b.x ? a.x < b.x : a.y < b.y; }

Vec2 first_corner(const Loop& loop) {
  if (loop.curves.empty()) return {};
  const Curve& c = loop.curves.front();
  return c.kind == Curve::Kind::kCircle ? Vec2{c.mid.x - c.radius, c.mid.y} : c.start;
}

// Sign of the enclosed area; of the chords alone if a curve is degenerate.
bool clockwise(const Loop& loop) {
  double sum = 0;
  for (const Curve& c : loop.curves) {
    const std::optional<Segment> s = segment(c);
    sum += s ? area_integral(*s) : cross(c.start, c.end) / 2;
  }
  return sum < 0;
}

Loop canonical(const Loop& loop) {
  Loop r = loop;
  for (Curve& c : r.curves) {
    c.start = plain_zero(c.start), c.end = plain_zero(c.end), c.mid = plain_zero(c.mid);
    if (c.kind == Curve::Kind::kCircle) c.start = c.end = {};
    if (c.kind != Curve::Kind::kCircle) c.radius = 0;
    if (c.kind == Curve::Kind::kLine) c.mid = {};
  }
  if (r.curves.size() == 1 || r.curves.empty()) return r;
  if (clockwise(r)) r = reversed(r);
  const auto least =
      std::min_element(r.curves.begin(), r.curves.end(),
                       [](const Curve& a, const Curve& b) { return before(a.start, b.start); });
  std::rotate(r.curves.begin(), least, r.curves.end());
  return r;
}

Profile canonical(const Profile& profile) {
  Profile out;
  out.regions.reserve(profile.regions.size());
  for (const Region& region : profile.regions) {
    Region r{canonical(region.outer), {}};
    r.inner.reserve(region.inner.size());
    for (const Loop& l : region.inner) r.inner.push_back(canonical(l));
    std::sort(r.inner.begin(), r.inner.end(), [](const Loop& a, const Loop& b) {
      return before(first_corner(a), first_corner(b));
    });
    out.regions.push_back(std::move(r));
  }
  std::sort(out.regions.begin(), out.regions.end(), [](const Region& a, const Region& b) {
    return before(first_corner(a.outer), first_corner(b.outer));
  });
  return out;
}

// The world axis a unit vector runs along, and its sign; axis -1 for none.
struct SignedAxis {
  int axis = -1;
  double sign = 1;
};
SignedAxis world_axis(Vec3 v) {
  for (int a = 0; a < 3; ++a) {
    if (std::abs(v[a]) == 1 && v[(a + 1) % 3] == 0 && v[(a + 2) % 3] == 0) return {a, v[a]};
  }
  return {};
}

// Length 1 to the last bit but one, and then left alone.
Vec3 unit(Vec3 v) {
  for (int i = 0; i < 4 && std::abs(norm(v) - 1) > 4e-16; ++i) v = v / norm(v);
  return v;
}

template <typename Map>
void map_points(Profile& profile, const Map& map, double scale) {
  const auto map_loop = [&](Loop& loop) {
    for (Curve& c : loop.curves) {
      c.start = map(c.start), c.end = map(c.end), c.mid = map(c.mid), c.radius *= scale;
    }
  };
  for (Region& r : profile.regions) {
    map_loop(r.outer);
    for (Loop& l : r.inner) map_loop(l);
  }
}

// Onto XY, YZ or ZX at the world origin; false for any other frame.
bool to_world_axes(Extrusion& e) {
  const SignedAxis n = world_axis(e.frame.normal), x = world_axis(e.frame.x);
  if (n.axis < 0 || x.axis < 0 || x.axis == n.axis) return false;
  const int u = (n.axis + 1) % 3, v = (n.axis + 2) % 3;  // XY: x y; YZ: y z; ZX: z x
  const Vec3 axis_x = e.frame.x, axis_y = e.frame.y(), origin = e.frame.origin;
  map_points(
      e.profile,
      [&](Vec2 p) {
        return Vec2{origin[u] + axis_x[u] * p.x + axis_y[u] * p.y,
                    origin[v] + axis_x[v] * p.x + axis_y[v] * p.y};
      },
      1);
  const double a = origin[n.axis] + n.sign * e.start, b = origin[n.axis] + n.sign * e.end;
  e.start = std::min(a, b), e.end = std::max(a, b);
  e.frame = {};
  e.frame.x = {}, e.frame.normal = {};
  e.frame.x[u] = 1, e.frame.normal[n.axis] = 1;
  return true;
}

struct Hasher {
  uint64_t state = 0x9E3779B97F4A7C15ull;
  void add(uint64_t v) {
    state ^= v + 0x9E3779B97F4A7C15ull + (state << 6) + (state >> 2);
    state *= 0xD6E8FEB86659FD93ull;
    state ^= state >> 32;
  }
  void add(double v) { add(std::bit_cast<uint64_t>(v)); }
  void add(Vec2 p) { add(p.x), add(p.y); }
  void add(Vec3 p) { add(p.x), add(p.y), add(p.z); }
  void add(const Loop& loop) {
    add(uint64_t{loop.curves.size()});
    for (const Curve& c : loop.curves) {
      add(static_cast<uint64_t>(c.kind)), add(c.start), add(c.mid), add(c.end), add(c.radius);
    }
  }
};

}  // namespace

Extrusion canonical(const Extrusion& extrusion) {
  Extrusion e = extrusion;
  e.frame.x = unit(e.frame.x), e.frame.normal = unit(e.frame.normal);
  if (e.start > e.end) std::swap(e.start, e.end);
  if (!to_world_axes(e) && e.start != 0) {
    e.frame.origin = e.frame.origin + e.frame.normal * e.start;
    e.end -= e.start, e.start = 0;
  }
  e.frame = {plain_zero(e.frame.origin), plain_zero(e.frame.x), plain_zero(e.frame.normal)};
  e.start = plain_zero(e.start), e.end = plain_zero(e.end);
  e.profile = canonical(e.profile);
  return e;
}

Part canonical(const Part& part) {
  Part out;
  out.steps.reserve(part.steps.size());
  for (const Step& s : part.steps) out.steps.push_back({s.operation, canonical(s.extrusion)});
  return out;
}

uint64_t hash(const Part& part) {
  Hasher h;
  for (const Step& step : canonical(part).steps) {
    const Extrusion& e = step.extrusion;
    h.add(static_cast<uint64_t>(step.operation));
    h.add(e.frame.origin), h.add(e.frame.x), h.add(e.frame.normal), h.add(e.start), h.add(e.end);
    h.add(uint64_t{e.profile.regions.size()});
    for (const Region& r : e.profile.regions) {
      h.add(r.outer);
      h.add(uint64_t{r.inner.size()});
      for (const Loop& l : r.inner) h.add(l);
    }
  }
  return h.state;
}

Part moved(const Part& part, const Motion& motion) {
  Part out = part;
  for (Step& step : out.steps) {
    Extrusion& e = step.extrusion;
    e.frame.origin = motion.frame.to_world(e.frame.origin * motion.scale);
    e.frame.x = motion.frame.direction_to_world(e.frame.x);
    e.frame.normal = motion.frame.direction_to_world(e.frame.normal);
    e.start *= motion.scale, e.end *= motion.scale;
    map_points(
        e.profile, [&](Vec2 p) { return p * motion.scale; }, motion.scale);
  }
  return out;
}

Part translated(const Part& part, Vec3 by) {
  Part out = part;
  for (Step& s : out.steps) s.extrusion.frame.origin += by;
  return out;
}

Part scaled(const Part& part, double factor) { return moved(part, {{}, factor}); }

// A corner sum per curve; an arc's extremes are those of its circle along each
// world axis, as far as the arc reaches them.
Box3 bounds(const Extrusion& e) {
  Box3 box;
  const auto add = [&](Vec2 p) {
    box.add(e.frame.to_world({p.x, p.y, e.start}));
    box.add(e.frame.to_world({p.x, p.y, e.end}));
  };
  const Vec3 x = e.frame.x, y = e.frame.y();
  for (const Region& r : e.profile.regions) {
    for (const Segment& s : segments(r.outer)) {
      add(s.start), add(s.end);
      if (s.line) continue;
      for (int a = 0; a < 3; ++a) {
        const Vec2 d{x[a], y[a]};  // where world axis a grows fastest in the plane
        const double n = norm(d);
        if (n < 1e-12) continue;
        for (const double sign : {1.0, -1.0}) {
          if (arc_covers(s, d * sign)) add(s.center + d * (sign * s.radius / n));
        }
      }
    }
  }
  return box;
}

Box3 outer_bounds(const Part& part) {
  Box3 box;
  for (const Step& s : part.steps) {
    if (s.operation == Operation::kJoin) box.add(bounds(s.extrusion));
  }
  return box;
}

}  // namespace cadrecode::part
