#include "pipeline/fit/views.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "geometry/cloud/neighbours.h"
#include "pipeline/fit/principal.h"
#include "pipeline/fit/wall_curves.h"

namespace cadrecode::fit {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr int kSamples = 40;  // along the longest side, and two in every slab at least

Vec2 seen(Vec3 p, int a) { return {p[(a + 1) % 3], p[(a + 2) % 3]}; }

Vec3 lifted(Vec2 q, double height, int a) {
  Vec3 out;
  out[a] = height, out[(a + 1) % 3] = q.x, out[(a + 2) % 3] = q.y;
  return out;
}

PlaneCurve straight(Vec2 normal, double offset, double from, double to) {
  PlaneCurve c;
  c.line = {normal, offset};
  c.stretches = {{std::min(from, to), std::max(from, to)}};
  return c;
}

// Normals of the points that lie on no level, zero where the surroundings are
// not flat: an edge, or two walls close together.
std::vector<Vec3> wall_normals(const std::vector<Vec3>& local, const std::vector<uint32_t>& walls) {
  const cloud::PointIndex index(local);
  std::vector<Vec3> out;
  for (uint32_t i : walls) {
    std::vector<Vec3> around;
    for (const auto& n : index.nearest(local[i], 8)) around.push_back(local[n.index]);
    const auto plane = principal_plane(around);
    out.push_back(plane.variance < 0.01 * plane.spread ? plane.normal : Vec3{});
  }
  return out;
}

}  // namespace

Views::Views(const std::vector<Vec3>& local, const Frame& basis, const CloudTraits& traits,
             const CloudStackOptions& options)
    : wall_tolerance(options.wall_tolerance),
      wall_claim(options.wall_claim),
      level_tolerance_(options.level_tolerance) {
  const Vec3 axes[3] = {basis.x, basis.y(), basis.normal};
  for (int a = 0; a < 3; ++a) view[a].frame = {basis.origin, axes[(a + 1) % 3], axes[a]};
  find_levels(local, options, traits.size);
  find_planes(local, traits, options.seed);
  lay_samples(traits.size);
}

void Views::find_levels(const std::vector<Vec3>& local, const CloudStackOptions& options,
                        double size) {
  for (int a = 0; a < 3; ++a) {
    std::vector<double> heights;
    for (Vec3 p : local) heights.push_back(p[a]);
    auto& levels = view[a].levels;
    levels = cloud_levels(heights, options, size);
    close_ends(levels, std::move(heights), 2 * level_tolerance_ + wall_tolerance);
  }
}

bool Views::on_level(Vec3 p, int& axis, double& offset) const {
  double nearest = level_tolerance_;
  bool found = false;
  for (int a = 0; a < 3; ++a)
    for (const Level& l : view[a].levels)
      if (l.weight > 0 && std::abs(p[a] - l.offset) <= nearest)
        nearest = std::abs(p[a] - l.offset), axis = a, offset = l.offset, found = true;
  return found;
}

void Views::find_planes(const std::vector<Vec3>& local, const CloudTraits& traits, uint64_t seed) {
  std::vector<uint32_t> walls;
  int axis;
  double offset;
  for (uint32_t i = 0; i < local.size(); ++i)
    if (!on_level(local[i], axis, offset)) walls.push_back(i);
  const auto normals = wall_normals(local, walls);
  std::array<std::vector<PlaneCurve>, 3> found;
  std::vector<uint8_t> taken(walls.size(), 0);
  const auto look_along = [&](int a) {
    std::vector<Vec2> points;
    for (size_t w = 0; w < walls.size(); ++w)
      if (!taken[w] && normals[w] != Vec3{} && std::abs(normals[w][a]) < 0.25)
        points.push_back(seen(local[walls[w]], a));
    return find_wall_curves(points, traits.size, wall_tolerance, wall_claim, seed);
  };
  // The view that explains most by few curves goes first and takes its points:
  // walls along one axis are clutter, and false curves, in the other views.
  std::array<int, 3> order{0, 1, 2};
  std::array<double, 3> clear{};
  for (int a = 0; a < 3; ++a) {
    found[a] = look_along(a);
    for (const auto& c : found[a]) clear[a] += std::max(0.0, static_cast<double>(c.support) - 20);
  }
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return clear[a] > clear[b]; });
  for (int rank = 0; rank < 3; ++rank) {
    const int a = order[rank];
    if (rank > 0) found[a] = look_along(a);
    for (size_t w = 0; w < walls.size(); ++w)
      for (const auto& c : found[a])
        if (c.support >= 20 && c.distance(seen(local[walls[w]], a)) <= wall_claim) taken[w] = 1;
  }
  for (int a = 0; a < 3; ++a) {
    View& v = view[a];
    std::vector<PlaneCurve> lines;
    const auto& us = view[(a + 1) % 3].levels;
    const auto& vs = view[(a + 2) % 3].levels;
    // direction() of the normal (1, 0) is (0, 1), of (0, 1) it is (-1, 0).
    for (const Level& l : us)
      lines.push_back(straight({1, 0}, l.offset, vs.front().offset, vs.back().offset));
    for (const Level& l : vs)
      lines.push_back(straight({0, 1}, l.offset, -us.front().offset, -us.back().offset));
    v.is_level.assign(found[a].size(), 0);
    v.is_level.resize(found[a].size() + lines.size(), 1);
    v.plane = arrange_walls(found[a], lines, traits.size, wall_tolerance);
  }
}

void Views::lay_samples(double size) {
  for (View& v : view)
    for (uint32_t k = 0; k + 1 < v.levels.size(); ++k) {
      const double lo = v.levels[k].offset, height = v.levels[k + 1].offset - lo;
      const int n = std::max(2, static_cast<int>(std::lround(kSamples * height / size)));
      for (int i = 0; i < n; ++i) {
        // Off the middle: shapes are symmetrical, samples should not be.
        v.samples.push_back(lo + height * (i + 0.4637) / n);
        v.thickness.push_back(height / n);
        v.slab.push_back(k);
      }
    }
  for (int a = 0; a < 3; ++a)
    for (double x : view[(a + 1) % 3].samples)
      for (double y : view[(a + 2) % 3].samples)
        view[a].faces.push_back(view[a].plane.locate({x, y}));
}

OnWall Views::wall_of(Vec3 p) const {
  int axis;
  double offset;
  if (on_level(p, axis, offset)) {
    Vec3 n;
    n[axis] = 1;
    p[axis] = offset;
    return {p, n, true};
  }
  OnWall best{p, {}, false};
  double nearest = wall_claim;
  for (int a = 0; a < 3; ++a) {
    const Vec2 q = seen(p, a);
    const auto& plane = view[a].plane;
    for (size_t c = 0; c < plane.curves.size(); ++c) {
      const auto& curve = plane.curves[c];
      if (view[a].is_level[c]) continue;
      const double d = curve.distance(q);
      if (d >= nearest) continue;
      const double t = curve.parameter(q);
      const bool on = std::any_of(curve.stretches.begin(), curve.stretches.end(), [&](auto s) {
        return (t >= s.first && t <= s.second) ||
               (curve.is_circle && t + kTurn >= s.first && t + kTurn <= s.second);
      });
      if (!on) continue;
      nearest = d;
      const Vec2 n = curve.is_circle ? normalized(q - curve.circle.center) : curve.line.normal;
      const Vec2 foot = curve.is_circle ? curve.circle.center + n * curve.circle.radius
                                        : q - n * curve.line.signed_distance(q);
      best = {lifted(foot, p[a], a), lifted(n, 0, a), true};
    }
  }
  return best;
}

std::vector<OnWall> Views::spread(size_t count, double& area) const {
  double total = 0;
  double extent[3];
  for (int a = 0; a < 3; ++a)
    extent[a] = view[a].levels.back().offset - view[a].levels.front().offset;
  for (int a = 0; a < 3; ++a) {
    const View& v = view[a];
    for (const Level& l : v.levels)
      if (l.weight > 0) total += extent[(a + 1) % 3] * extent[(a + 2) % 3];
    for (const auto& e : v.plane.edges)
      if (!v.is_level[e.curve]) total += e.length * extent[a];
  }
  area = total / static_cast<double>(count);
  std::vector<OnWall> out;
  if (!(area > 0)) return out;
  // Golden-ratio sequence (Roberts 2018): even cover without a grid's chance
  // coincidences with the part's own symmetry.
  constexpr double g1 = 0.7548776662466927, g2 = 0.5698402909980532;
  double sx = 0.5, sy = 0.5, carry = 0;
  auto next = [](double& s, double g) { return s = s + g - std::floor(s + g); };
  auto how_many = [&](double piece) {
    carry += piece / area;
    const double n = std::floor(carry);
    carry -= n;
    return static_cast<size_t>(n);
  };
  for (int a = 0; a < 3; ++a) {
    const View& v = view[a];
    const double lo_u = view[(a + 1) % 3].levels.front().offset;
    const double lo_v = view[(a + 2) % 3].levels.front().offset;
    const double eu = extent[(a + 1) % 3], ev = extent[(a + 2) % 3];
    for (const Level& l : v.levels) {
      if (l.weight <= 0) continue;
      for (size_t n = how_many(eu * ev); n > 0; --n) {
        const Vec2 q{lo_u + eu * next(sx, g1), lo_v + ev * next(sy, g2)};
        out.push_back({lifted(q, l.offset, a), lifted({}, 1, a), true});
      }
    }
    for (const auto& e : v.plane.edges) {
      if (v.is_level[e.curve]) continue;
      const auto& c = v.plane.curves[e.curve];
      for (size_t n = how_many(e.length * extent[a]); n > 0; --n) {
        const double t = e.from + (e.to - e.from) * next(sx, g1);
        const Vec2 radial{std::cos(t), std::sin(t)};
        const Vec2 q = c.is_circle ? c.circle.center + radial * c.circle.radius
                                   : c.line.normal * c.line.offset + c.line.direction() * t;
        const double h = v.levels.front().offset + extent[a] * next(sy, g2);
        out.push_back({lifted(q, h, a), lifted(c.is_circle ? radial : c.line.normal, 0, a), true});
      }
    }
  }
  return out;
}

std::array<uint32_t, 3> Views::key(Vec3 p) const {
  std::array<uint32_t, 3> out{};
  for (int a = 0; a < 3; ++a)
    if (p[a] <= view[a].levels.front().offset || p[a] >= view[a].levels.back().offset) return out;
  for (int a = 0; a < 3; ++a) {
    out[a] = view[a].plane.locate(seen(p, a));
    if (out[a] == 0) return {};
  }
  return out;
}

}  // namespace cadrecode::fit
