#include "pipeline/fit/refine.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/prism/solid.h"
#include "pipeline/fit/fit_surfaces.h"
#include "pipeline/fit/surfaces.h"

namespace cadrecode::fit {
namespace {

constexpr size_t kLabels = 6000;  // labelled points on the part's surface

Vec3 turned(Vec3 p, Vec3 center, Vec3 rotation) {
  const double angle = norm(rotation);
  if (angle == 0) return p;
  const Vec3 k = rotation / angle, d = p - center;
  // Rodrigues.
  return center + d * std::cos(angle) + cross(k, d) * std::sin(angle) +
         k * (dot(k, d) * (1 - std::cos(angle)));
}

part::Part turned(part::Part part, Vec3 center, Vec3 rotation) {
  for (auto& step : part.steps) {
    Frame& f = step.extrusion.frame;
    f.origin = turned(f.origin, center, rotation);
    f.normal = normalized(turned(f.normal, {}, rotation));
    const Vec3 x = turned(f.x, {}, rotation);
    f.x = normalized(x - f.normal * dot(x, f.normal));
  }
  return part;
}

double residual(const PartSurfaces& s, int id, Vec3 p) {
  if (id >= 0) {
    const auto& f = s.flats[static_cast<size_t>(id)];
    return dot(s.directions[static_cast<size_t>(f.direction)].normal, p) - f.offset;
  }
  const auto& r = s.rounds[static_cast<size_t>(~id)];
  return norm(r.seen(p) - r.center) - r.radius;
}

// Flats of one step, parallel and near: the two sides of something thin. Each
// flat is in one pair at most.
std::vector<std::pair<int, int>> thin_pairs(const PartSurfaces& s, double most) {
  std::vector<std::pair<int, int>> out;
  std::vector<uint8_t> taken(s.flats.size(), 0);
  for (const auto& faces : s.of_face)
    for (size_t i = 0; i < faces.size(); ++i)
      for (size_t j = i + 1; j < faces.size(); ++j) {
        if (faces[i] < 0 || faces[j] < 0 || faces[i] == faces[j]) continue;
        const auto a = static_cast<size_t>(faces[i]), b = static_cast<size_t>(faces[j]);
        if (taken[a] || taken[b] || s.flats[a].direction != s.flats[b].direction ||
            std::abs(s.flats[a].offset - s.flats[b].offset) > most)
          continue;
        taken[a] = taken[b] = 1;
        out.emplace_back(faces[i], faces[j]);
      }
  return out;
}

// Points by the surface they lie on; those near an edge could belong to either
// side and would pull both.
SurfacePoints assign(const PartSurfaces& s, const part::Part& part, const std::vector<Vec3>& points,
                     const std::vector<std::pair<int, int>>& pairs, double reach, uint64_t seed) {
  SurfacePoints out;
  out.flats.resize(s.flats.size()), out.rounds.resize(s.rounds.size());
  const auto labels = prism::sample_surface(prism::Solid(part), kLabels, seed);
  const cloud::PointIndex index(labels.points);
  SurfacePoints edges = out;
  // The two sides of something thin are no edge to each other.
  std::vector<int> side(s.flats.size());
  for (size_t k = 0; k < side.size(); ++k) side[k] = static_cast<int>(k);
  for (const auto& [a, b] : pairs) side[static_cast<size_t>(b)] = a;
  const auto side_of = [&](int id) { return id >= 0 ? side[static_cast<size_t>(id)] : id; };
  for (Vec3 p : points) {
    const auto near = index.nearest(p, 4);
    int best = 0;
    double least = INFINITY;
    bool clear = true;
    const int first = s.of_face[static_cast<size_t>(labels.step[near[0].index])]
                               [static_cast<size_t>(labels.face[near[0].index])];
    for (const auto& n : near) {
      const int id = s.of_face[static_cast<size_t>(labels.step[n.index])]
                              [static_cast<size_t>(labels.face[n.index])];
      clear &= side_of(id) == side_of(first);
      if (const double r = std::abs(residual(s, id, p)); r < least) least = r, best = id;
    }
    if (least > reach) continue;
    auto& to = clear ? out : edges;
    (best >= 0 ? to.flats[static_cast<size_t>(best)] : to.rounds[static_cast<size_t>(~best)])
        .push_back(p);
  }
  // Narrow faces are all edge.
  const auto complete = [](auto& own, auto& spare) {
    for (size_t k = 0; k < own.size(); ++k)
      if (own[k].size() < 12 + spare[k].size() / 4)
        own[k].insert(own[k].end(), spare[k].begin(), spare[k].end());
  };
  complete(out.flats, edges.flats), complete(out.rounds, edges.rounds);
  return out;
}

}  // namespace

Refined refined(const part::Part& part, const std::vector<Vec3>& points,
                const RefineOptions& options) {
  Box3 box;
  for (Vec3 p : points) box.add(p);
  const Vec3 center = box.center();
  const double scale = std::max(options.noise, 2e-6 * options.size);
  const TieTolerance tie{std::max(2e-5 * options.size, 0.6 * options.noise),
                         std::clamp(3 * options.noise / options.size, 2e-4, 0.02)};
  std::vector<Vec3> local = points;
  std::vector<Vec3> turns;
  Refined out{part, part};
  PartSurfaces surfaces = surfaces_of(part, tie), kept = surfaces;
  double reach = std::max(0.01 * options.size, 5 * scale);
  for (int round = 0; round < options.rounds; ++round) {
    if (options.cancelled && options.cancelled()) break;
    const auto pairs = options.noise > 0 ? thin_pairs(surfaces, 6 * options.noise)
                                         : std::vector<std::pair<int, int>>{};
    auto on = assign(surfaces, out.part, local, pairs, reach,
                     options.seed + static_cast<uint64_t>(round));
    if (options.turn) {
      const Vec3 rotation = turn_onto_flats(surfaces, on, scale);
      turns.push_back(rotation);
      for (Vec3& p : local) p = turned(p, center, rotation);
      for (auto* list : {&on.flats, &on.rounds})
        for (auto& some : *list)
          for (Vec3& p : some) p = turned(p, center, rotation);
    }
    fit_surfaces(surfaces, on,
                 {.scale = scale,
                  .prior = 0.02 * options.size,
                  .tie = std::max(1e-4 * options.size, 1.5 * options.noise)});
    for (const auto& [below, above] : pairs)
      part_layers(surfaces, on, below, above, 6 * options.noise);
    auto moved = rebuilt(part, surfaces, 0.05 * options.size);
    if (!moved || !prism::verdict(*moved).valid()) {
      if (options.turn) turns.pop_back();
      break;
    }
    out.part = std::move(*moved);
    kept = surfaces;
    reach = std::max(0.003 * options.size, 5 * scale);
  }
  out.plain = out.part;
  if (PartSurfaces snapped = kept; snap_to_grid(snapped, options.size))
    if (auto plain = rebuilt(part, snapped, 0.05 * options.size);
        plain && prism::verdict(*plain).valid())
      out.plain = std::move(*plain);
  for (auto t = turns.rbegin(); t != turns.rend(); ++t) {
    out.part = turned(std::move(out.part), center, -*t);
    out.plain = turned(std::move(out.plain), center, -*t);
  }
  return out;
}

}  // namespace cadrecode::fit
