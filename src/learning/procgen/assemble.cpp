#include "learning/procgen/assemble.h"

#include <algorithm>

#include "geometry/part/build.h"
#include "geometry/part/canonical.h"
#include "geometry/part/loop.h"
#include "geometry/prism/solid.h"
#include "learning/procgen/sketch.h"

namespace cadrecode::procgen {
namespace {

constexpr const char* kPlanes[] = {"XY", "YZ", "ZX"};

struct DrawnPlane {
  Frame frame;  // origin at 0
  double level = 0;
  std::vector<Vec2> centers;  // of the primitives drawn on it
};

DrawnPlane draw_plane(const Knobs& k, RandomStream& random) {
  const char* name = kPlanes[random.next_below(3)];
  return {part::named_plane(name), random.next_uniform(-k.offset, k.offset), {}};
}

double draw_height(const Knobs& k, RandomStream& random) {
  const double height = random.next_uniform(k.height_min, k.height_max);
  return random.next_chance(0.5) ? height : -height;
}

part::Operation draw_operation(const Knobs& k, bool first, RandomStream& random) {
  if (first || k.cut_step + k.intersect_step == 0) return part::Operation::kJoin;
  const double u = random.next_uniform();
  if (u < k.cut_step) return part::Operation::kCut;
  return u < k.cut_step + k.intersect_step ? part::Operation::kIntersect : part::Operation::kJoin;
}

bool add_step(const Knobs& k, DrawnPlane& plane, double height, size_t most_regions,
              RandomStream& random, Draft& draft) {
  part::Extrusion e;
  e.frame = plane.frame;
  e.start = std::min(plane.level, plane.level + height);
  e.end = std::max(plane.level, plane.level + height);
  e.profile = draw_sketch(k, random, plane.centers, most_regions);
  if (e.profile.regions.empty()) return false;
  draft.part.steps.push_back({draw_operation(k, draft.part.steps.empty(), random), std::move(e)});
  draft.at_end.push_back(height < 0);
  return true;
}

Vec2 snapped(Vec2 p) { return {std::round(p.x), std::round(p.y)}; }

// A curve on the grid; nullopt where nothing is left of it.
std::optional<part::Curve> snapped(part::Curve c) {
  c.start = snapped(c.start), c.end = snapped(c.end), c.mid = snapped(c.mid);
  if (c.kind == part::Curve::Kind::kCircle) {
    c.radius = std::round(c.radius);
    return c.radius > 0 ? std::optional(c) : std::nullopt;
  }
  if (c.start == c.end) return std::nullopt;
  if (c.kind == part::Curve::Kind::kArc && !part::segment(c)) {
    return part::Curve::line(c.start, c.end);
  }
  return c;
}

bool snap_loop(part::Loop& loop, double least_length) {
  part::Loop out;
  for (const part::Curve& c : loop.curves) {
    const auto s = snapped(c);
    if (!s) continue;
    if (s->kind != part::Curve::Kind::kCircle && norm(s->end - s->start) < least_length)
      return false;
    out.curves.push_back(*s);
  }
  loop = std::move(out);
  return part::check(loop) == part::LoopFault::kNone;
}

bool snap_profile(part::Profile& profile, double least_length) {
  for (part::Region& r : profile.regions) {
    if (!snap_loop(r.outer, least_length)) return false;
    for (part::Loop& l : r.inner) {
      if (!snap_loop(l, least_length)) return false;
    }
  }
  return true;
}

Box3 exact_bounds(const part::Part& part) {
  const bool joins = std::all_of(part.steps.begin(), part.steps.end(), [](const part::Step& s) {
    return s.operation == part::Operation::kJoin;
  });
  return joins ? part::outer_bounds(part) : prism::bounds(prism::Solid(part));
}

}  // namespace

std::optional<Draft> draw_draft(const Knobs& k, RandomStream& random) {
  Draft draft;
  DrawnPlane first = draw_plane(k, random);
  std::vector<double> heights(1 + draw_weighted(k.steps, random));
  for (double& h : heights) h = draw_height(k, random);
  if (random.next_chance(k.ascending)) std::sort(heights.begin(), heights.end());
  for (const double h : heights) {
    if (!add_step(k, first, h, 0, random, draft)) return std::nullopt;
  }
  if (random.next_chance(k.second_plane)) {
    DrawnPlane second = draw_plane(k, random);
    const auto regions = static_cast<size_t>(k.second_regions);
    if (!add_step(k, second, draw_height(k, random), regions, random, draft)) return std::nullopt;
  }
  return draft;
}

std::optional<Draft> quantised(const Knobs& k, const Draft& draft) {
  const Box3 box = exact_bounds(draft.part);
  if (box.empty() || !(box.longest() > 0)) return std::nullopt;
  const Vec3 center = box.center();
  const double scale = 2 * k.half_side / box.longest();
  Draft out{part::canonical(part::scaled(part::translated(draft.part, -center), scale)),
            draft.at_end};
  for (size_t i = 0; i < out.part.steps.size(); ++i) {
    part::Extrusion& e = out.part.steps[i].extrusion;
    // The level and the height are rounded, not the two ends.
    const double height = std::round(e.end - e.start);
    if (height == 0) return std::nullopt;
    const double level = std::round(out.at_end[i] ? e.end : e.start);
    e.start = out.at_end[i] ? level - height : level;
    e.end = out.at_end[i] ? level : level + height;
    if (!snap_profile(e.profile, k.least_length)) return std::nullopt;
  }
  out.part = part::canonical(out.part);
  return out;
}

}  // namespace cadrecode::procgen
