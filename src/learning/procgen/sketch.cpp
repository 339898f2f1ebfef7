#include "learning/procgen/sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "geometry/part/build.h"
#include "geometry/part/loop.h"

namespace cadrecode::procgen {
namespace {

using part::Profile;

// A direction uniform on the circle: by rejection, so that no sine or cosine of
// the system's library decides a bit.
Vec2 draw_direction(RandomStream& random) {
  for (;;) {
    const Vec2 p{random.next_uniform(-1, 1), random.next_uniform(-1, 1)};
    const double square = dot(p, p);
    if (square <= 1 && square >= 1e-4) return p / std::sqrt(square);
  }
}

Profile draw_primitive(const Knobs& k, Vec2 center, RandomStream& random) {
  if (random.next_chance(k.circle)) {
    return part::profile(part::circle(center, random.next_uniform(k.side_min, k.side_max) / 2));
  }
  const double w = random.next_uniform(k.side_min, k.side_max);
  const double h = random.next_uniform(k.side_min, k.side_max);
  if (!random.next_chance(k.rotated)) return part::profile(part::rectangle(center, w, h));
  const Vec2 x = draw_direction(random), y = perpendicular(x);
  const Vec2 a = x * (w / 2), b = y * (h / 2);
  return part::profile(
      part::polygon({center - a - b, center + a - b, center + a + b, center - a + b}));
}

struct Center {
  Vec2 at;
  bool shared = false;  // with an earlier primitive of the sketch
};

Center draw_center(const Knobs& k, const std::vector<Vec2>& centers, size_t own,
                   RandomStream& random) {
  const size_t earlier = centers.size() - own;
  if (own > 0 && random.next_chance(k.concentric)) {
    return {centers[earlier + random.next_below(own)], true};
  }
  if (earlier > 0 && random.next_chance(k.concentric_steps)) {
    return {centers[random.next_below(earlier)]};
  }
  return {{random.next_uniform(-k.reach, k.reach), random.next_uniform(-k.reach, k.reach)}};
}

struct Stroke {
  Profile shape;
  bool cut = false;
};

std::vector<Stroke> draw_strokes(const Knobs& k, std::vector<Vec2>& centers, RandomStream& random) {
  std::vector<Stroke> strokes(1 + draw_weighted(k.primitives, random));
  Knobs smaller = k;
  smaller.side_max = std::max(k.side_min, k.side_max * k.cut_size);
  for (size_t i = 0; i < strokes.size(); ++i) {
    const Center center = draw_center(k, centers, i, random);
    strokes[i].cut = i > 0 && random.next_chance(center.shared ? k.cut_concentric : k.cut);
    strokes[i].shape = draw_primitive(strokes[i].cut ? smaller : k, center.at, random);
    centers.push_back(center.at);
  }
  if (random.next_chance(k.cuts_last)) {
    std::stable_partition(strokes.begin(), strokes.end(), [](const Stroke& s) { return !s.cut; });
  }
  return strokes;
}

double area(const part::Region& r) { return part::area(Profile{{r}}); }

// As many as drawn (or all, where there are fewer), one after the other with
// chances that grow with their areas.
void keep_some(const Knobs& k, Profile& profile, size_t most, RandomStream& random) {
  std::vector<part::Region>& regions = profile.regions;
  size_t wanted = 1 + draw_weighted(k.regions, random);
  if (most > 0) wanted = std::min(wanted, most);
  std::vector<part::Region> kept;
  while (!regions.empty() && kept.size() < wanted) {
    std::vector<double> weights;
    for (const part::Region& r : regions) weights.push_back(std::pow(area(r), k.keep_large));
    const auto at = regions.begin() + static_cast<std::ptrdiff_t>(draw_weighted(weights, random));
    kept.push_back(std::move(*at));
    regions.erase(at);
  }
  profile.regions = std::move(kept);
}

double distance_to_boundary(const Profile& profile, Vec2 p) {
  double least = std::numeric_limits<double>::infinity();
  for (const part::Region& r : profile.regions) {
    const auto add = [&](const part::Loop& l) {
      for (const part::Segment& s : part::segments(l)) {
        least = std::min(least, part::nearest(s, p).distance);
      }
    };
    add(r.outer);
    for (const part::Loop& l : r.inner) add(l);
  }
  return least;
}

// A point of the region: the middle of its box, or one drawn in it.
std::optional<Vec2> draw_inside(const Knobs& k, const Profile& region, RandomStream& random) {
  const part::Box2 box = part::bounds(region);
  const bool centered = random.next_chance(k.hole_centered);
  constexpr int kTries = 16;
  for (int i = 0; i < kTries; ++i) {
    const Vec2 p = centered ? (box.lo + box.hi) / 2
                            : Vec2{random.next_uniform(box.lo.x, box.hi.x),
                                   random.next_uniform(box.lo.y, box.hi.y)};
    if (part::contains(region, p)) return p;
  }
  return std::nullopt;
}

// A circle or rectangle whose half sides are at most the distance to the boundary.
void add_hole(const Knobs& k, part::Region& region, RandomStream& random) {
  const Profile whole{{region}};
  const std::optional<Vec2> p = draw_inside(k, whole, random);
  if (!p) return;
  Knobs fitting = k;
  fitting.side_max = 2 * distance_to_boundary(whole, *p);
  fitting.side_min = std::min(k.side_min, fitting.side_max);
  const Profile less =
      part::combine(whole, draw_primitive(fitting, *p, random), part::Operation::kCut);
  if (less.regions.size() == 1) region = less.regions[0];
}

}  // namespace

size_t draw_weighted(const std::vector<double>& weights, RandomStream& random) {
  double left = random.next_uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
  for (size_t i = 0; i < weights.size(); ++i) {
    if (left < weights[i]) return i;
    left -= weights[i];
  }
  size_t last = weights.size() - 1;  // reached by rounding only
  while (last > 0 && weights[last] == 0) --last;
  return last;
}

Profile draw_sketch(const Knobs& k, RandomStream& random, std::vector<Vec2>& centers,
                    size_t most_regions) {
  Profile sketch;
  for (const Stroke& s : draw_strokes(k, centers, random)) {
    if (!sketch.regions.empty()) {
      sketch =
          part::combine(sketch, s.shape, s.cut ? part::Operation::kCut : part::Operation::kJoin);
    } else if (!s.cut) {
      sketch = s.shape;
    }
  }
  keep_some(k, sketch, most_regions, random);
  for (part::Region& r : sketch.regions) {
    if (random.next_chance(k.hole)) add_hole(k, r, random);
  }
  return sketch;
}

}  // namespace cadrecode::procgen
