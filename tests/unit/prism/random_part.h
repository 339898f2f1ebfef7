// Seeded random parts for property tests: mixed axes, flips, oblique frames,
// holes, joins, cuts and intersections.
#pragma once

#include <vector>

#include "base/random.h"
#include "geometry/part/build.h"
#include "geometry/part/curve.h"
#include "geometry/part/loop.h"

namespace cadrecode::part {

struct RandomParts {
  RandomStream random;
  bool oblique = false;  // some frames turned freely
  bool integers = true;  // coordinates as programs have them
  int most_axes = 3;

  explicit RandomParts(uint64_t seed) : random(seed) {}

  double number(int lo, int hi) {
    return integers ? static_cast<double>(random.next_int(lo, hi)) : random.next_uniform(lo, hi);
  }

  Loop loop(Vec2 c) {
    switch (random.next_below(4)) {
      case 0:
        return circle(c, number(8, 40));
      case 1:
        return rectangle(c, 2 * number(8, 40), 2 * number(8, 40));
      case 2: {  // star-shaped polygon
        std::vector<Vec2> corners;
        const int n = static_cast<int>(random.next_int(3, 9));
        for (int i = 0; i < n; ++i) {
          const double a = 2 * kPi * i / n, r = number(10, 45);
          corners.push_back({c.x + std::round(r * std::cos(a)), c.y + std::round(r * std::sin(a))});
        }
        return polygon(corners);
      }
      default: {  // slot
        const double w = number(5, 30), h = number(5, 20);
        return {{Curve::line({c.x - w, c.y - h}, {c.x + w, c.y - h}),
                 Curve::arc({c.x + w, c.y - h}, {c.x + w + h, c.y}, {c.x + w, c.y + h}),
                 Curve::line({c.x + w, c.y + h}, {c.x - w, c.y + h}),
                 Curve::arc({c.x - w, c.y + h}, {c.x - w - h, c.y}, {c.x - w, c.y - h})}};
      }
    }
  }

  Frame frame() {
    static const char* const kNames[] = {"XY", "YZ", "ZX", "XZ", "YX", "ZY"};
    const int axis = static_cast<int>(random.next_below(most_axes));
    Frame f = named_plane(kNames[axis + (random.next_chance(0.3) ? 3 : 0) % 6],
                          {number(-20, 20), number(-20, 20), number(-20, 20)});
    if (oblique && random.next_chance(0.5)) {
      const auto v = [&] {
        return Vec3{random.next_normal(), random.next_normal(), random.next_normal()};
      };
      f.normal = normalized(v());
      f.x = normalized(cross(f.normal, v()));
    }
    return f;
  }

  Extrusion extrusion() {
    Profile p = profile(loop({number(-15, 15), number(-15, 15)}));
    const Vec2 at{number(-15, 15), number(-15, 15)};
    const Loop hole = circle(at, 4);
    if (random.next_chance(0.3) && contains(p, at)) p = combine(p, profile(hole), Operation::kCut);
    const double start = number(-30, 10);
    return {frame(), std::move(p), start, start + number(5, 60)};
  }

  Part part(int most_steps) {
    Part out{{join(extrusion())}};
    const int n = static_cast<int>(random.next_int(1, most_steps));
    while (static_cast<int>(out.steps.size()) < n) {
      const double kind = random.next_uniform();
      Extrusion e = extrusion();
      out.steps.push_back(kind < 0.5 ? join(e) : kind < 0.9 ? cut(e) : intersect(e));
    }
    return out;
  }
};

}  // namespace cadrecode::part
