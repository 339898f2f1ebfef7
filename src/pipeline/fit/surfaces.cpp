#include "pipeline/fit/surfaces.h"

#include <algorithm>
#include <cmath>

#include "geometry/part/loop.h"
#include "pipeline/fit/circle.h"

namespace cadrecode::fit {
namespace {

using part::Curve;

// Visits a step's loops in the order of face numbers.
template <typename Step, typename Visit>
void for_each_loop(Step& step, Visit visit) {
  for (auto& region : step.extrusion.profile.regions) {
    visit(region.outer);
    for (auto& loop : region.inner) visit(loop);
  }
}

class Collector {
 public:
  explicit Collector(const TieTolerance& tie) : tie_(tie) {}

  PartSurfaces run(const part::Part& part) {
    for (const auto& step : part.steps) {
      const Frame& f = step.extrusion.frame;
      for (Vec3 n : {f.normal, f.x, f.y()})
        if (!known(n)) add({n, {}, -1});
    }
    for (const auto& step : part.steps) add_step(step);
    return std::move(out_);
  }

 private:
  void add(PartSurfaces::Direction d) { out_.directions.push_back(d); }

  bool known(Vec3 n) const {
    return std::any_of(out_.directions.begin(), out_.directions.end(),
                       [&](const auto& d) { return norm(cross(d.normal, n)) <= 1e-9; });
  }

  void add_step(const part::Step& step) {
    const auto& e = step.extrusion;
    std::vector<int> ids;
    const double base = dot(e.frame.origin, e.frame.normal);
    const int along = direction_of(e.frame.normal, e.frame.normal);
    for (double h : {e.start, e.end}) ids.push_back(flat(along, e.frame.normal, base + h));
    for_each_loop(step, [&](const part::Loop& loop) {
      for (const Curve& c : loop.curves) ids.push_back(wall(e.frame, c));
    });
    out_.of_face.push_back(std::move(ids));
  }

  int wall(const Frame& frame, const Curve& c) {
    if (c.kind == Curve::Kind::kCircle) return round(frame, {c.mid, c.radius});
    if (c.kind == Curve::Kind::kArc)
      if (const auto circle = circle_through(c.start, c.mid, c.end)) return round(frame, *circle);
    const Vec2 n = normalized(perpendicular(c.end - c.start));
    const Vec3 normal = frame.x * n.x + frame.y() * n.y;
    const Vec3 middle = frame.to_world({(c.start.x + c.end.x) / 2, (c.start.y + c.end.y) / 2, 0});
    // A short wall's direction is not known well: what its ends leave open ties.
    const double length = norm(c.end - c.start);
    const double angle = std::min(0.1, tie_.angle + tie_.distance / length);
    return flat(direction_of(normal, frame.normal, angle), normal, dot(middle, normal));
  }

  // The nearest known direction within `angle`, else a new one, square to an
  // older one of its group where it looks so.
  int direction_of(Vec3 n, Vec3 about, double angle = 1e-9) {
    int best = -1;
    double least = std::sin(angle);
    for (size_t i = 0; i < out_.directions.size(); ++i)
      if (const double s = norm(cross(out_.directions[i].normal, n)); s <= least)
        least = s, best = static_cast<int>(i);
    if (best >= 0) return best;
    for (size_t i = 0; i < out_.directions.size(); ++i) {
      const auto d = out_.directions[i];
      if (d.group < 0 || std::abs(dot(d.normal, n)) > std::sin(angle) ||
          norm(cross(d.about, about)) > 1e-9)
        continue;
      add({cross(about, d.normal), about, d.group});
      return static_cast<int>(out_.directions.size()) - 1;
    }
    add({n, about, out_.groups++});
    return static_cast<int>(out_.directions.size()) - 1;
  }

  // `offset` is along `n`, which may be the direction's opposite.
  int flat(int direction, Vec3 n, double offset) {
    if (dot(out_.directions[static_cast<size_t>(direction)].normal, n) < 0) offset = -offset;
    for (size_t i = 0; i < out_.flats.size(); ++i)
      if (out_.flats[i].direction == direction &&
          std::abs(out_.flats[i].offset - offset) <= tie_.distance)
        return static_cast<int>(i);
    out_.flats.push_back({direction, offset});
    return static_cast<int>(out_.flats.size()) - 1;
  }

  int round(const Frame& frame, const Circle& c) {
    for (size_t i = 0; i < out_.rounds.size(); ++i) {
      const auto& r = out_.rounds[i];
      if (norm(cross(r.axis, frame.normal)) > 1e-9) continue;
      const Vec2 center = r.seen(frame.to_world({c.center.x, c.center.y, 0}));
      if (norm(center - r.center) <= tie_.distance &&
          std::abs(c.radius - r.radius) <= tie_.distance)
        return ~static_cast<int>(i);
    }
    PartSurfaces::Round r{frame.normal, frame.x, frame.y(), {}, c.radius};
    r.center = r.seen(frame.to_world({c.center.x, c.center.y, 0}));
    out_.rounds.push_back(r);
    return ~(static_cast<int>(out_.rounds.size()) - 1);
  }

  TieTolerance tie_;
  PartSurfaces out_;
};

// What a wall is in a step's sketch plane.
struct Support {
  bool is_circle = false;
  Line line;
  Circle circle;

  Vec2 onto(Vec2 p) const {
    if (!is_circle) return p - line.normal * line.signed_distance(p);
    const Vec2 d = p - circle.center;
    const double length = norm(d);
    return length > 0 ? circle.center + d * (circle.radius / length) : p;
  }
};

Support support_of(const PartSurfaces& s, int id, const Frame& frame) {
  Support out;
  if (id >= 0) {
    const auto& flat = s.flats[static_cast<size_t>(id)];
    const Vec3 n = s.directions[static_cast<size_t>(flat.direction)].normal;
    out.line.normal = normalized(Vec2{dot(n, frame.x), dot(n, frame.y())});
    out.line.offset = flat.offset - dot(n, frame.origin);
    return out;
  }
  const auto& round = s.rounds[static_cast<size_t>(~id)];
  out.is_circle = true;
  const Vec3 local = frame.to_local(round.u * round.center.x + round.v * round.center.y);
  out.circle = {{local.x, local.y}, round.radius};
  return out;
}

// The nearer to `p` of the points where a circle meets what lies `d` from its
// centre in direction `to`, half a chord `h` either side.
Vec2 nearer_end(Vec2 center, Vec2 to, double d, double h, Vec2 p) {
  const Vec2 foot = center + to * d, side = perpendicular(to) * h;
  return norm(foot + side - p) < norm(foot - side - p) ? foot + side : foot - side;
}

// Where two supports meet near `p`. Walls that barely cross are meant to touch.
Vec2 corner(const Support& a, const Support& b, Vec2 p) {
  constexpr double kTouch = 0.02;  // of the radius: a crossing at 11 degrees
  if (!a.is_circle && !b.is_circle) {
    if (const auto q = intersect(a.line, b.line, 0.03)) return *q;
    return (a.onto(p) + b.onto(p)) / 2;
  }
  if (!a.is_circle) return corner(b, a, p);
  const Circle& c = a.circle;
  if (!b.is_circle) {
    const double d = b.line.offset - dot(b.line.normal, c.center);
    if (std::abs(d) > c.radius * (1 - kTouch)) return c.center + b.line.normal * d;
    return nearer_end(c.center, b.line.normal, d, std::sqrt(c.radius * c.radius - d * d), p);
  }
  const Vec2 apart = b.circle.center - c.center;
  const double distance = norm(apart), r = b.circle.radius;
  if (distance < 1e-3 * c.radius) return a.onto(p);  // one circle, cut in two
  const double d = (distance * distance + c.radius * c.radius - r * r) / (2 * distance);
  const double h2 = c.radius * c.radius - d * d;
  const double least = 2 * kTouch * std::min(c.radius, r) * std::min(c.radius, r);
  const Vec2 to = apart / distance;
  if (h2 <= least) return (a.onto(c.center + to * d) + b.onto(c.center + to * d)) / 2;
  return nearer_end(c.center, to, d, std::sqrt(h2), p);
}

Vec2 arc_middle(const Circle& c, Vec2 a, Vec2 b, const Curve& old) {
  const Vec2 chord = normalized(b - a), left = perpendicular(chord);
  const bool bulges_left = cross(old.end - old.start, old.mid - old.start) > 0;
  const Vec2 half = (a + b) / 2;
  const double height = dot(c.center - half, left) + (bulges_left ? c.radius : -c.radius);
  return half + left * height;
}

part::Loop moved(const part::Loop& loop, const std::vector<Support>& supports, double reach) {
  part::Loop out = loop;
  const size_t n = loop.curves.size();
  if (loop.curves[0].kind == Curve::Kind::kCircle) {
    const Circle& c = supports[0].circle;
    const bool near = norm(c.center - loop.curves[0].mid) <= reach &&
                      std::abs(c.radius - loop.curves[0].radius) <= reach && c.radius > 0;
    if (near) out.curves[0] = Curve::circle(c.center, c.radius);
    return out;
  }
  for (size_t i = 0; i < n; ++i) {
    const Vec2 old = loop.curves[i].start;
    const Vec2 p = corner(supports[(i + n - 1) % n], supports[i], old);
    if (!(norm(p - old) <= reach)) return loop;
    out.curves[i].start = p;
    out.curves[(i + n - 1) % n].end = p;
  }
  for (size_t i = 0; i < n; ++i) {
    Curve& c = out.curves[i];
    if (c.kind != Curve::Kind::kArc || !supports[i].is_circle) continue;
    if (norm(c.end - c.start) <= part::kTolerance) return loop;
    c.mid = arc_middle(supports[i].circle, c.start, c.end, loop.curves[i]);
  }
  return part::check(out) == part::LoopFault::kNone ? out : loop;
}

}  // namespace

PartSurfaces surfaces_of(const part::Part& part, const TieTolerance& tie) {
  return Collector(tie).run(part);
}

std::optional<part::Part> rebuilt(const part::Part& part, const PartSurfaces& surfaces,
                                  double reach) {
  part::Part out = part;
  for (size_t i = 0; i < out.steps.size(); ++i) {
    auto& e = out.steps[i].extrusion;
    const auto& ids = surfaces.of_face[i];
    const auto height = [&](int id) {
      const auto& flat = surfaces.flats[static_cast<size_t>(id)];
      const Vec3 n = surfaces.directions[static_cast<size_t>(flat.direction)].normal;
      const double along = dot(n, e.frame.normal) < 0 ? -flat.offset : flat.offset;
      return along - dot(e.frame.origin, e.frame.normal);
    };
    e.start = height(ids[0]), e.end = height(ids[1]);
    if (!(e.end - e.start > part::kTolerance)) return std::nullopt;
    size_t face = 2;
    for_each_loop(out.steps[i], [&](part::Loop& loop) {
      std::vector<Support> supports;
      for (size_t k = 0; k < loop.curves.size(); ++k)
        supports.push_back(support_of(surfaces, ids[face++], e.frame));
      loop = moved(loop, supports, reach);
    });
  }
  return out;
}

}  // namespace cadrecode::fit
