#include "pipeline/fit/ties.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "pipeline/fit/circle.h"

namespace cadrecode::fit {
namespace {

using part::Curve;

struct Round {
  const Frame* frame;
  part::Loop* loop;
  size_t index;  // of the curve in its loop
  Circle circle;
  double rank;  // whole circles, then arcs by how far they reach
  std::optional<Circle> common;
};

Vec2 onto(const Circle& c, Vec2 p) {
  const Vec2 d = p - c.center;
  const double length = norm(d);
  return length > 0 ? c.center + d * (c.radius / length) : p;
}

bool lies_on(const Circle& c, const Round& r, double tolerance) {
  const Curve& curve = r.loop->curves[r.index];
  const auto near = [&](Vec2 p) { return std::abs(norm(p - c.center) - c.radius) <= tolerance; };
  if (curve.kind == Curve::Kind::kCircle)
    return norm(curve.mid - c.center) <= tolerance &&
           std::abs(curve.radius - c.radius) <= tolerance;
  return near(curve.start) && near(curve.mid) && near(curve.end);
}

std::vector<Round> rounds_of(part::Part& part) {
  std::vector<Round> out;
  for (auto& step : part.steps)
    for (auto& region : step.extrusion.profile.regions) {
      std::vector<part::Loop*> loops{&region.outer};
      for (auto& l : region.inner) loops.push_back(&l);
      for (part::Loop* loop : loops)
        for (size_t i = 0; i < loop->curves.size(); ++i) {
          const Curve& c = loop->curves[i];
          if (c.kind == Curve::Kind::kCircle) {
            out.push_back({&step.extrusion.frame, loop, i, {c.mid, c.radius}, INFINITY, {}});
          } else if (c.kind == Curve::Kind::kArc) {
            const auto circle = circle_through(c.start, c.mid, c.end);
            const double reach = std::max(norm(c.end - c.start), norm(c.mid - c.start));
            if (circle) out.push_back({&step.extrusion.frame, loop, i, *circle, reach, {}});
          }
        }
    }
  std::stable_sort(out.begin(), out.end(),
                   [](const Round& a, const Round& b) { return a.rank > b.rank; });
  return out;
}

// The vertex before curve i, moved onto the common circles that meet there.
void move_vertex(part::Loop& loop, size_t i, const std::optional<Circle>& before,
                 const std::optional<Circle>& after) {
  Vec2 p = loop.curves[i].start;
  // Two circles: in turn, which ends where they cross or nearly touch.
  for (int pass = 0; pass < (before && after ? 40 : 1); ++pass) {
    if (before) p = onto(*before, p);
    if (after) p = onto(*after, p);
  }
  const size_t n = loop.curves.size();
  loop.curves[i].start = p;
  loop.curves[(i + n - 1) % n].end = p;
}

}  // namespace

part::Part tied(const part::Part& part, double tolerance) {
  part::Part out = part;
  auto rounds = rounds_of(out);
  for (size_t i = 0; i < rounds.size(); ++i)
    for (size_t j = 0; j < i && !rounds[i].common; ++j) {
      const bool leads = !rounds[j].common && *rounds[j].frame == *rounds[i].frame;
      if (leads && lies_on(rounds[j].circle, rounds[i], tolerance))
        rounds[i].common = rounds[j].circle;
    }
  for (const Round& r : rounds) {
    if (!r.common) continue;
    Curve& c = r.loop->curves[r.index];
    if (c.kind == Curve::Kind::kCircle) {
      c.mid = r.common->center, c.radius = r.common->radius;
      continue;
    }
    const size_t n = r.loop->curves.size();
    const auto common_of = [&](size_t index) -> std::optional<Circle> {
      for (const Round& o : rounds)
        if (o.loop == r.loop && o.index == index) return o.common ? o.common : o.circle;
      return std::nullopt;
    };
    move_vertex(*r.loop, r.index, common_of((r.index + n - 1) % n), r.common);
    move_vertex(*r.loop, (r.index + 1) % n, r.common, common_of((r.index + 1) % n));
    c.mid = onto(*r.common, c.mid);
  }
  return out;
}

}  // namespace cadrecode::fit
