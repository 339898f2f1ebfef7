#include "language/cadquery/hull.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "base/error.h"

namespace cadrecode::cadquery {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A point or an arc; `id` tells equal ones apart.
struct Entity {
  bool is_arc = false;
  Vec2 point;
  HullArc arc;
  int id = 0;
};

struct Tangent {
  double angle = kInfinity;  // direction of travel, in [0, 2 pi)
  HullLine line{{kInfinity, kInfinity}, {kInfinity, kInfinity}};
};

// Two candidate tangent points or circles' tangents.
using PointPair = std::array<Vec2, 2>;

double heading(Vec2 d) {
  const double angle = std::atan2(d.y, d.x);
  return angle < 0 ? std::fmod(2 * kPi + angle, 2 * kPi) : angle;
}

double checked_sqrt(double value) {
  if (!(value >= 0)) throw Error(ErrorKind::kValue, "hull: one entity lies inside a circle");
  return std::sqrt(value);
}

// Where the tangents from `p` touch the circle of `arc`.
PointPair tangent_points(Vec2 p, Vec2 center, double r) {
  const Vec2 d = p - center;
  const double l = norm(d);
  if (l == 0) throw Error(ErrorKind::kValue, "hull: two centres coincide");
  const double along = r * r / (l * l);
  const double across = r / (l * l) * checked_sqrt(l * l - r * r);
  return {Vec2{along * d.x - across * d.y + center.x, along * d.y + across * d.x + center.y},
          Vec2{along * d.x + across * d.y + center.x, along * d.y - across * d.x + center.y}};
}

Tangent point_to_point(Vec2 a, Vec2 b) { return {a == b ? 0 : heading(b - a), {a, b}}; }

Tangent point_to_arc(Vec2 p, const HullArc& arc) {
  const PointPair touch = tangent_points(p, arc.center, arc.radius);
  const double first = heading(touch[0] - p), second = heading(touch[1] - p);
  return first <= second ? Tangent{first, {p, touch[0]}} : Tangent{second, {p, touch[1]}};
}

Tangent arc_to_point(const HullArc& arc, Vec2 p) {
  const PointPair touch = tangent_points(p, arc.center, arc.radius);
  const double first = heading(p - touch[0]), second = heading(p - touch[1]);
  return first >= second ? Tangent{first, {touch[0], p}} : Tangent{second, {touch[1], p}};
}

// Directions from either centre to its touching point, for the two outer common tangents.
PointPair outer_tangent_normals(const HullArc& a, const HullArc& b) {
  if (a.radius == b.radius) {
    const Vec2 d = b.center - a.center;
    const double l = norm(d);
    if (l == 0) throw Error(ErrorKind::kValue, "hull: two equal circles coincide");
    const Vec2 u = d / l;
    return {Vec2{-u.y, u.x}, Vec2{u.y, -u.x}};
  }
  const HullArc& big = a.radius > b.radius ? a : b;
  const HullArc& small = a.radius > b.radius ? b : a;
  const double difference = big.radius - small.radius;
  const PointPair touch = tangent_points(small.center, big.center, difference);
  return {(touch[0] - big.center) / difference, (touch[1] - big.center) / difference};
}

// Of the two common tangents, the one along which `a` runs counter-clockwise.
Tangent arc_to_arc(const HullArc& a, const HullArc& b) {
  const PointPair normal = outer_tangent_normals(a, b);
  std::array<Tangent, 2> tangents;
  std::array<double, 2> mismatch{};
  for (int i = 0; i < 2; ++i) {
    const Vec2 start = a.center + normal[i] * a.radius, end = b.center + normal[i] * b.radius;
    tangents[i] = {heading(end - start), {start, end}};
    const double rolling = std::fmod(heading(start - a.center) + kPi / 2, 2 * kPi);
    mismatch[i] = std::abs(rolling - tangents[i].angle);
  }
  return tangents[mismatch[1] < mismatch[0] ? 1 : 0];
}

Tangent tangent(const Entity& from, const Entity& to) {
  if (from.id == to.id) return {};
  if (from.is_arc)
    return to.is_arc ? arc_to_arc(from.arc, to.arc) : arc_to_point(from.arc, to.point);
  return to.is_arc ? point_to_arc(from.point, to.arc) : point_to_point(from.point, to.point);
}

bool lower(Vec2 a, Vec2 b) { return a.y != b.y ? a.y < b.y : a.x < b.x; }

// The lowest point of an arc, as the original finds it: the ends are taken about
// the origin, not the centre.
Vec2 lowest_of(const HullArc& arc) {
  if (arc.first < 1.5 * kPi && arc.last > 1.5 * kPi)
    return {arc.center.x, arc.center.y - arc.radius};
  const Vec2 start = Vec2{std::cos(arc.first), std::sin(arc.first)} * arc.radius;
  const Vec2 end = Vec2{std::cos(arc.last), std::sin(arc.last)} * arc.radius;
  return lower(end, start) ? end : start;
}

Vec2 lowest_of(const Entity& e) { return e.is_arc ? lowest_of(e.arc) : e.point; }

// Points win ties against arcs.
Entity lowest_entity(const std::vector<Entity>& entities) {
  const Entity* best = nullptr;
  for (const bool arcs : {false, true})
    for (const Entity& e : entities)
      if (e.is_arc == arcs && (!best || lower(lowest_of(e), lowest_of(*best)))) best = &e;
  return *best;
}

std::vector<Entity> collect(const std::vector<HullArc>& arcs, const std::vector<Vec2>& points) {
  std::vector<Entity> entities;
  int id = 0;
  for (const HullArc& arc : arcs) entities.push_back({true, {}, arc, id++});
  for (std::size_t i = 0; i < points.size(); ++i)
    if (std::find(points.begin(), points.begin() + i, points[i]) == points.begin() + i)
      entities.push_back({false, points[i], {}, id++});
  return entities;
}

// The way round: entities visited and the lines that lead from each to the next.
struct March {
  std::vector<Entity> stops;  // first and last are the same entity
  std::vector<HullLine> lines;
};

March march(std::vector<Entity> entities) {
  March way;
  way.stops.push_back(lowest_entity(entities));
  const std::size_t most_stops = 4 * entities.size() + 4;
  double turned = 0;
  do {
    if (way.stops.size() > most_stops) throw Error(ErrorKind::kLimit, "hull: it does not close");
    if (entities.empty()) throw Error(ErrorKind::kValue, "hull: it does not close");
    // When every entity would turn back, the first one is taken, whatever wire that gives.
    Tangent best = tangent(way.stops.back(), entities.front());
    if (!(best.angle >= turned)) best.angle = kInfinity;
    std::size_t next = 0;
    for (std::size_t i = 1; i < entities.size(); ++i) {
      Tangent t = tangent(way.stops.back(), entities[i]);
      if (t.angle >= turned && t.angle < best.angle) best = t, next = i;
    }
    turned = best.angle;
    way.lines.push_back(best.line);
    way.stops.push_back(entities[next]);
    if (!entities[next].is_arc) entities.erase(entities.begin() + static_cast<long>(next));
  } while (way.stops.back().id != way.stops.front().id);
  return way;
}

HullArc arc_between(const HullArc& arc, const HullLine& in, const HullLine& out) {
  return {arc.center, arc.radius, heading(in.end - arc.center), heading(out.start - arc.center)};
}

}  // namespace

std::vector<HullEdge> convex_hull(const std::vector<HullArc>& arcs,
                                  const std::vector<Vec2>& points) {
  const std::vector<Entity> entities = collect(arcs, points);
  if (entities.empty()) throw Error(ErrorKind::kValue, "hull: no entities to enclose");
  const March way = march(entities);
  std::vector<HullEdge> boundary;
  for (std::size_t i = 0; i < way.lines.size(); ++i) {
    boundary.push_back(way.lines[i]);
    const HullLine& out = way.lines[(i + 1) % way.lines.size()];
    if (way.stops[i + 1].is_arc)
      boundary.push_back(arc_between(way.stops[i + 1].arc, way.lines[i], out));
  }
  return boundary;
}

}  // namespace cadrecode::cadquery
