#include "pipeline/parametrize/outlines.h"

#include <algorithm>
#include <cmath>

#include "geometry/part/canonical.h"
#include "geometry/part/curve.h"
#include "geometry/part/loop.h"

namespace cadrecode::parametrize {
namespace {

using part::Curve;
using part::Loop;

bool near(Vec2 a, Vec2 b, double tolerance) {
  return std::abs(a.x - b.x) <= tolerance && std::abs(a.y - b.y) <= tolerance;
}

// A circle drawn as arcs is a circle.
std::optional<RawOutline> as_circle(const Loop& loop, double tolerance) {
  std::optional<part::Segment> first;
  for (const Curve& c : loop.curves) {
    if (c.kind == Curve::Kind::kLine) return std::nullopt;
    const auto s = part::segment(c);
    if (!s || s->line) return std::nullopt;
    if (!first) first = s;
    if (!near(s->center, first->center, tolerance) ||
        std::abs(s->radius - first->radius) > tolerance)
      return std::nullopt;
  }
  if (!first) return std::nullopt;
  RawOutline out;
  out.kind = Outline::Kind::kCircle;
  out.center = first->center;
  out.width = out.height = 2 * first->radius;
  return out;
}

// Corners and bulges, about the middle of the corners' box.
RawOutline as_chain(const Loop& loop) {
  RawOutline out;
  part::Box2 box;
  for (const Curve& c : loop.curves) {
    out.corners.push_back(c.start);
    box.add(c.start);
    double bulge = 0;
    if (c.kind == Curve::Kind::kArc) {
      if (const auto s = part::segment(c); s && !s->line) bulge = std::tan(s->sweep / 4);
    }
    out.bulges.push_back(bulge);
    out.mids.push_back(c.mid);
  }
  out.center = (box.lo + box.hi) / 2;
  out.width = box.hi.x - box.lo.x;
  out.height = box.hi.y - box.lo.y;
  for (Vec2& p : out.corners) p = p - out.center;
  for (Vec2& p : out.mids) p = p - out.center;
  return out;
}

bool is_rectangle(const RawOutline& o, double tolerance) {
  if (o.corners.size() != 4) return false;
  for (size_t i = 0; i < 4; ++i) {
    const Vec2 p = o.corners[i], q = o.corners[(i + 1) % 4];
    if (std::abs(std::abs(p.x) - o.width / 2) > tolerance ||
        std::abs(std::abs(p.y) - o.height / 2) > tolerance)
      return false;
    if (std::abs(p.x - q.x) > tolerance && std::abs(p.y - q.y) > tolerance) return false;
  }
  return true;
}

// All corners on one circle, evenly spread.
bool make_regular(RawOutline& o, double tolerance) {
  const size_t n = o.corners.size();
  if (n < 3 || n > 64) return false;
  Vec2 mean;
  for (const Vec2 p : o.corners) mean = mean + p / static_cast<double>(n);
  const double r = norm(o.corners[0] - mean);
  const double side = 2 * r * std::sin(part::kPi / static_cast<double>(n));
  for (size_t i = 0; i < n; ++i) {
    if (std::abs(norm(o.corners[i] - mean) - r) > tolerance ||
        std::abs(norm(o.corners[(i + 1) % n] - o.corners[i]) - side) > tolerance)
      return false;
  }
  o.kind = Outline::Kind::kPolygon;
  o.center = o.center + mean;
  for (Vec2& p : o.corners) p = p - mean;
  o.width = o.height = 2 * r;
  return true;
}

RawShape shape_of(const Loop& loop, double tolerance) {
  RawShape s{outline_of(loop, tolerance), {}};
  s.places = {s.outline.center};
  return s;
}

void add_to(std::vector<RawShape>& shapes, RawShape shape, double tolerance) {
  for (RawShape& s : shapes) {
    if (!congruent(s.outline, shape.outline, tolerance)) continue;
    s.places.push_back(shape.places[0]);
    return;
  }
  shapes.push_back(std::move(shape));
}

bool same_inner(const RawOuter& a, const RawOuter& b, double tolerance) {
  if (a.inner.size() != b.inner.size()) return false;
  for (size_t i = 0; i < a.inner.size(); ++i) {
    const RawShape &s = a.inner[i], &t = b.inner[i];
    if (!congruent(s.outline, t.outline, tolerance) || s.places.size() != t.places.size())
      return false;
    for (size_t k = 0; k < s.places.size(); ++k) {
      if (!near(s.places[k], t.places[k], tolerance)) return false;
    }
  }
  return true;
}

std::vector<RawOuter> outers_of(const part::Profile& profile, double tolerance) {
  std::vector<RawOuter> out;
  for (const part::Region& r : profile.regions) {
    RawOuter outer{shape_of(r.outer, tolerance), {}};
    for (const Loop& l : r.inner) {
      RawShape inner = shape_of(l, tolerance);
      inner.places[0] = inner.outline.center = inner.outline.center - outer.shape.outline.center;
      add_to(outer.inner, std::move(inner), tolerance);
    }
    const auto twin = std::find_if(out.begin(), out.end(), [&](const RawOuter& o) {
      return congruent(o.shape.outline, outer.shape.outline, tolerance) &&
             same_inner(o, outer, tolerance);
    });
    if (twin == out.end()) {
      out.push_back(std::move(outer));
    } else {
      twin->shape.places.push_back(outer.shape.places[0]);
    }
  }
  return out;
}

// A frame off the world's axes whose normal is along one of them: heights
// become world coordinates. A normal the other way is turned round, which
// mirrors the profile's y.
void align_normal(part::Extrusion& e, int axis) {
  if (e.frame.normal[axis] < 0) {
    e.frame.normal = -e.frame.normal;
    std::swap(e.start, e.end);
    e.start = -e.start;
    e.end = -e.end;
    const auto flip = [](Loop& l) {
      for (Curve& c : l.curves) c.start.y = -c.start.y, c.mid.y = -c.mid.y, c.end.y = -c.end.y;
    };
    for (part::Region& r : e.profile.regions) {
      flip(r.outer);
      for (Loop& l : r.inner) flip(l);
    }
  }
  const double offset = e.frame.origin[axis];
  e.frame.origin[axis] = 0;
  e.start += offset;
  e.end += offset;
}

Loop counter_clockwise(Loop l) { return part::signed_area(l) < 0 ? part::reversed(l) : l; }

std::array<int, 3> world_axes(part::Extrusion& e) {
  const auto along = [](Vec3 d) {
    for (int a = 0; a < 3; ++a) {
      if (std::abs(std::abs(d[a]) - 1) < 1e-12) return a;
    }
    return -1;
  };
  const bool named = e.frame.origin == Vec3{} &&
                     e.frame.normal.x + e.frame.normal.y + e.frame.normal.z == 1 &&
                     along(e.frame.normal) >= 0 && along(e.frame.x) >= 0;
  if (named) {
    const int n = along(e.frame.normal);
    return {(n + 1) % 3, (n + 2) % 3, n};
  }
  const int n = along(e.frame.normal);
  if (n < 0) return {-1, -1, -1};
  align_normal(e, n);
  for (part::Region& r : e.profile.regions) {
    r.outer = counter_clockwise(r.outer);
    for (Loop& l : r.inner) l = counter_clockwise(l);
  }
  return {-1, -1, n};
}

bool same_sweep(const part::Extrusion& a, const part::Extrusion& b, double tolerance) {
  return a.frame == b.frame && std::abs(a.start - b.start) <= tolerance &&
         std::abs(a.end - b.end) <= tolerance;
}

// Values of one coordinate, each once, ascending.
std::vector<double> levels(const std::vector<Vec2>& at, double Vec2::*axis, double tolerance) {
  std::vector<double> v;
  for (const Vec2 p : at) v.push_back(p.*axis);
  std::sort(v.begin(), v.end());
  std::vector<double> out;
  for (const double x : v) {
    if (out.empty() || x - out.back() > tolerance) out.push_back(x);
  }
  return out;
}

bool even(const std::vector<double>& v, double tolerance) {
  const double step = (v.back() - v[0]) / std::max<double>(1, static_cast<double>(v.size()) - 1);
  for (size_t i = 0; i < v.size(); ++i) {
    if (std::abs(v[i] - v[0] - step * static_cast<double>(i)) > tolerance) return false;
  }
  return true;
}

bool as_grid(const std::vector<Vec2>& places, double tolerance, RawPattern& out) {
  const auto x = levels(places, &Vec2::x, tolerance), y = levels(places, &Vec2::y, tolerance);
  if (x.size() * y.size() != places.size() || !even(x, tolerance) || !even(y, tolerance))
    return false;
  for (size_t i = 0; i < places.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (near(places[i], places[j], tolerance)) return false;
    }
  }
  out.kind = Pattern::Kind::kGrid;
  out.center = {(x[0] + x.back()) / 2, (y[0] + y.back()) / 2};
  out.columns = static_cast<int>(x.size());
  out.rows = static_cast<int>(y.size());
  if (x.size() > 1) out.spacing.x = (x.back() - x[0]) / static_cast<double>(x.size() - 1);
  if (y.size() > 1) out.spacing.y = (y.back() - y[0]) / static_cast<double>(y.size() - 1);
  return true;
}

bool as_polar(const std::vector<Vec2>& places, double tolerance, RawPattern& out) {
  const size_t n = places.size();
  if (n < 3) return false;
  Vec2 center;
  for (const Vec2 p : places) center = center + p / static_cast<double>(n);
  const double r = norm(places[0] - center);
  std::vector<double> angles;
  for (const Vec2 p : places) {
    if (r <= tolerance || std::abs(norm(p - center) - r) > tolerance) return false;
    double a = std::atan2(p.y - center.y, p.x - center.x) * 180 / part::kPi;
    if (a < -1e-9) a += 360;
    angles.push_back(a);
  }
  std::sort(angles.begin(), angles.end());
  const double step = 360.0 / static_cast<double>(n);
  for (size_t i = 0; i < n; ++i) {
    const double off = angles[i] - angles[0] - step * static_cast<double>(i);
    if (std::abs(off) * part::kPi / 180 * r > 2 * tolerance) return false;
  }
  out.kind = Pattern::Kind::kPolar;
  out.center = center;
  out.diameter = 2 * r;
  out.start_deg = angles[0];
  return true;
}

}  // namespace

RawOutline outline_of(const Loop& loop, double tolerance) {
  if (auto circle = as_circle(loop, tolerance)) return *circle;
  RawOutline out = as_chain(loop);
  const bool straight =
      std::all_of(out.bulges.begin(), out.bulges.end(), [](double b) { return b == 0; });
  if (!straight) return out;
  if (is_rectangle(out, tolerance)) {
    out.kind = Outline::Kind::kRectangle;
    out.corners.clear();
    out.bulges.clear();
  } else {
    make_regular(out, tolerance);
  }
  return out;
}

bool congruent(const RawOutline& a, const RawOutline& b, double tolerance) {
  if (a.kind != b.kind || a.corners.size() != b.corners.size() ||
      std::abs(a.width - b.width) > tolerance || std::abs(a.height - b.height) > tolerance)
    return false;
  for (size_t i = 0; i < a.corners.size(); ++i) {
    if (!near(a.corners[i], b.corners[i], tolerance)) return false;
    if (!a.bulges.empty() && std::abs(a.bulges[i] - b.bulges[i]) > 1e-6) return false;
  }
  return true;
}

namespace {

// A feature is one thing: regions that are not alike become features of their own.
// (What two intersections keep is not what one of both does.)
std::vector<RawFeature> one_each(std::vector<RawFeature> features) {
  std::vector<RawFeature> out;
  for (RawFeature& f : features) {
    if (f.operation == part::Operation::kIntersect) {
      out.push_back(std::move(f));
      continue;
    }
    for (RawOuter& o : f.outers) {
      out.push_back({f.operation, f.frame, f.start, f.end, f.world, {}, f.steps});
      out.back().outers.push_back(std::move(o));
    }
  }
  return out;
}

}  // namespace

std::vector<RawFeature> raw_features(const part::Part& given, double tolerance) {
  part::Part part = part::canonical(given);
  std::vector<RawFeature> out;
  part::Extrusion last;  // what the last feature stands for
  for (size_t i = 0; i < part.steps.size(); ++i) {
    part::Step& step = part.steps[i];
    part::Extrusion e = step.extrusion;
    const auto world = world_axes(e);
    if (!out.empty() && out.back().operation == step.operation &&
        step.operation != part::Operation::kIntersect && same_sweep(last, e, tolerance)) {
      part::Profile both = last.profile;
      for (const part::Region& r : e.profile.regions) both.regions.push_back(r);
      if (part::check(both).ok()) {
        last.profile = both;
        out.back().outers = outers_of(both, tolerance);
        out.back().steps.push_back(static_cast<int>(i));
        continue;
      }
    }
    last = e;
    out.push_back({step.operation,
                   e.frame,
                   e.start,
                   e.end,
                   world,
                   outers_of(e.profile, tolerance),
                   {static_cast<int>(i)}});
  }
  return one_each(std::move(out));
}

RawPattern pattern_of(const std::vector<Vec2>& places, double tolerance) {
  RawPattern out;
  if (places.size() > 1 && !as_grid(places, tolerance, out)) as_polar(places, tolerance, out);
  return out;
}

}  // namespace cadrecode::parametrize
