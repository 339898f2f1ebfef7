#include "evaluation/metric/commands.h"

#include <algorithm>
#include <cmath>

#include "geometry/part/canonical.h"
#include "geometry/part/curve.h"
#include "geometry/part/loop.h"

namespace cadrecode::metric {
namespace {

using part::Curve;
using Type = Command::Type;

constexpr int kLevels = 256;
constexpr double kRoom = 0.75;  // of the range, left by the normalisation
constexpr int kTolerance = 3;   // levels

int clamped(double level) {
  return static_cast<int>(std::clamp(std::round(level), 0.0, kLevels - 1.0));
}
int level(double unit) { return clamped((unit + 1) / 2 * kLevels); }  // of [-1, 1]
int angle_level(double radians) { return level(radians / part::kPi); }

template <typename... Levels>
Command command(Type type, Levels... levels) {
  return {type, sizeof...(levels), {levels...}};
}

// Of one region: its loops in order, its first point and its reach from there.
struct Sketch {
  std::vector<part::Loop> loops;
  Vec2 first;
  double size = 0;

  Vec2 placed(Vec2 p) const { return (p - first) * scale() + Vec2{kLevels / 2, kLevels / 2}; }
  double scale() const { return (kLevels / 2 * kRoom - 1) / size; }
};

Vec2 first_point(const part::Loop& loop) {
  const Curve& c = loop.curves.front();
  return c.kind == Curve::Kind::kCircle ? Vec2{c.mid.x - c.radius, c.mid.y} : c.start;
}

Sketch sketch(const part::Region& region) {
  Sketch s;
  s.loops.push_back(region.outer);
  s.loops.insert(s.loops.end(), region.inner.begin(), region.inner.end());
  std::stable_sort(s.loops.begin(), s.loops.end(), [](const part::Loop& a, const part::Loop& b) {
    const Vec2 p = part::bounds(a).lo, q = part::bounds(b).lo;
    return p.x != q.x ? p.x < q.x : p.y < q.y;
  });
  s.first = first_point(s.loops.front());
  for (const part::Loop& loop : s.loops) {
    const part::Box2 box = part::bounds(loop);
    s.size = std::max({s.size, std::abs(box.lo.x - s.first.x), std::abs(box.lo.y - s.first.y),
                       std::abs(box.hi.x - s.first.x), std::abs(box.hi.y - s.first.y)});
  }
  return s;
}

Command curve_command(const Curve& c, const Sketch& s) {
  if (c.kind == Curve::Kind::kCircle) {
    const Vec2 p = s.placed(c.mid);
    return command(Type::kCircle, clamped(p.x), clamped(p.y), clamped(c.radius * s.scale()));
  }
  const Vec2 p = s.placed(c.end);
  if (c.kind == Curve::Kind::kLine) return command(Type::kLine, clamped(p.x), clamped(p.y));
  const double sweep = part::segments({{c}}).front().sweep;
  const int turn = std::max(1, clamped(std::abs(sweep) / (2 * part::kPi) * kLevels));
  return command(Type::kArc, clamped(p.x), clamped(p.y), turn, sweep > 0 ? 1 : 0);
}

// Angle of the normal from z, its azimuth, and the x axis' angle about it from
// the horizontal direction.
std::array<double, 3> plane_angles(const Frame& f) {
  const double theta = std::acos(std::clamp(f.normal.z, -1.0, 1.0));
  const double phi = std::atan2(f.normal.y, f.normal.x);
  const Vec3 level_x{-std::sin(phi), std::cos(phi), 0};
  return {theta, phi, std::atan2(dot(cross(level_x, f.x), f.normal), dot(level_x, f.x))};
}

int operation_number(part::Operation operation, bool first) {
  switch (operation) {
    case part::Operation::kJoin:
      return first ? 0 : 1;  // new body, join
    case part::Operation::kCut:
      return 2;
    case part::Operation::kIntersect:
      return 3;
  }
  return 0;
}

Command extrude_command(const part::Step& step, const Sketch& s, double scale, bool first) {
  const part::Extrusion& e = step.extrusion;
  const Vec3 at = e.frame.to_world({s.first.x, s.first.y, e.start}) * scale;
  const auto [theta, phi, gamma] = plane_angles(e.frame);
  constexpr int kOneSided = 0;
  return command(Type::kExtrude, angle_level(theta), angle_level(phi), angle_level(gamma),
                 level(at.x), level(at.y), level(at.z), clamped(s.size * scale / 2 * kLevels),
                 level((e.end - e.start) * scale), level(0),
                 operation_number(step.operation, first), kOneSided);
}

// How many of a command's last parameters are flags, which must be equal.
int flags(Type type) { return type == Type::kExtrude ? 2 : type == Type::kArc ? 1 : 0; }

int parameters_right(const Command& truth, const Command& prediction) {
  int right = 0;
  for (int i = 0; i < truth.count; ++i) {
    const int apart = std::abs(truth.parameter[i] - prediction.parameter[i]);
    right += apart < (i >= truth.count - flags(truth.type) ? 1 : kTolerance);
  }
  return right;
}

}  // namespace

std::vector<Command> commands(const part::Part& part, double reach) {
  const double scale = reach > 0 ? kRoom / reach : 1;
  std::vector<Command> out;
  for (const part::Step& step : part::canonical(part).steps) {
    for (const part::Region& region : step.extrusion.profile.regions) {
      const bool first = out.empty();
      const Sketch s = sketch(region);
      for (const part::Loop& loop : s.loops) {
        out.push_back({Type::kLoop, 0, {}});
        for (const Curve& c : loop.curves) out.push_back(curve_command(c, s));
      }
      out.push_back(extrude_command(step, s, scale, first));
    }
  }
  out.push_back({Type::kEnd, 0, {}});
  return out;
}

CommandAccuracy command_accuracy(const part::Part& truth, const part::Part& prediction) {
  const Box3 box = part::outer_bounds(truth);
  double reach = 0;
  for (int a = 0; a < 3; ++a) reach = std::max({reach, std::abs(box.lo[a]), std::abs(box.hi[a])});
  const std::vector<Command> expected = commands(truth, reach), got = commands(prediction, reach);
  int repeated = 0, right = 0, asked = 0;
  for (size_t i = 0; i < std::min(expected.size(), got.size()); ++i) {
    if (expected[i].type != got[i].type) continue;
    ++repeated;
    asked += expected[i].count, right += parameters_right(expected[i], got[i]);
  }
  CommandAccuracy accuracy;
  accuracy.command = static_cast<double>(repeated) / static_cast<double>(expected.size());
  if (asked) {
    accuracy.parameter = static_cast<double>(right) / asked;
  } else {
    accuracy.reason = "acc_param: no command with parameters is repeated";
  }
  return accuracy;
}

}  // namespace cadrecode::metric
