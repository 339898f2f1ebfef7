#include "pipeline/fit/propose.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/query.h"
#include "geometry/part/build.h"
#include "pipeline/fit/cloud_stack.h"
#include "pipeline/fit/directions.h"
#include "pipeline/fit/fit_surfaces.h"
#include "pipeline/fit/mesh_stack.h"
#include "pipeline/fit/smooth.h"
#include "pipeline/fit/sound.h"
#include "pipeline/fit/stack.h"
#include "pipeline/fit/zones.h"

namespace cadrecode::fit {
namespace {

constexpr size_t kMeshPoints = 12000;
constexpr size_t kFramePoints = 3000;  // of noisy ones, to compare frames by
constexpr size_t kNoisyDirections = 8, kNoisyAxes = 3;
constexpr double kNoisy = 5e-4;  // scatter over size, from which points are smoothed

struct Weighed {
  Proposal proposal;
  double promise = 0;
};

std::string axis_name(Vec3 d) {
  const char* names[] = {"X", "Y", "Z"};
  for (int a = 0; a < 3; ++a)
    if (std::abs(std::abs(d[a]) - 1) < 1e-9) return names[a];
  char text[64];
  std::snprintf(text, sizeof text, "(%.4f, %.4f, %.4f)", d.x, d.y, d.z);
  return text;
}

std::string describe(const char* what, const Stack& stack, const part::Part& part) {
  return std::string(what) + " along " + axis_name(stack.frame.normal) + ", " +
         std::to_string(stack.slabs.size()) + (stack.slabs.size() == 1 ? " slab" : " slabs") +
         ", " + std::to_string(part.steps.size()) + (part.steps.size() == 1 ? " step" : " steps");
}

Box3 checked_box(const std::vector<Vec3>& points) {
  Box3 box;
  for (Vec3 p : points) box.add(p);
  if (box.empty())
    throw Error(ErrorKind::kInput, "the scan is empty; give one with points or triangles");
  const Vec3 s = box.size();
  if (std::min({s.x, s.y, s.z}) <= 1e-9 * box.longest() || !std::isfinite(box.longest()))
    throw Error(ErrorKind::kInput, "the scan is flat: no extent in one direction, so no solid");
  return box;
}

std::vector<Direction> chosen_directions(const std::vector<Vec3>& given,
                                         std::vector<Direction> found) {
  if (given.empty()) return found;
  std::vector<Direction> out;
  for (Vec3 d : given) out.push_back({normalized(d), 1});
  return out;
}

// Points (or area) on levels across the frame's three axes: how well it fits.
double level_share(const std::vector<Vec3>& points, const Frame& basis, double tolerance,
                   double size) {
  double on = 0;
  for (Vec3 axis : {basis.x, basis.y(), basis.normal}) {
    std::vector<double> heights;
    for (Vec3 p : points) heights.push_back(dot(p, axis));
    for (const Level& l : spike_levels(std::move(heights), tolerance, size)) on += l.weight;
  }
  return on / static_cast<double>(points.size());
}

// The frame on whose axes most points lie in levels, of the world's and those
// that two perpendicular directions span; the world's when it is close.
Frame basis_of(const std::vector<Direction>& directions, const std::vector<Vec3>& all,
               const CloudTraits& traits) {
  // Wide levels hold many points of any frame: scatter asks for narrow ones.
  const bool noisy = traits.noise > kNoisy * traits.size;
  const double tolerance = noisy ? 1.5 * traits.noise : cloud_stack_options(traits).level_tolerance;
  const size_t step = noisy ? std::max<size_t>(1, all.size() / kFramePoints) : 1;
  std::vector<Vec3> points;
  for (size_t i = 0; i < all.size(); i += step) points.push_back(all[i]);
  Frame best;
  double most = 1.1 * level_share(points, best, tolerance, traits.size) + 0.02;
  const auto offer = [&](const Frame& f) {
    const double share = level_share(points, f, tolerance, traits.size);
    if (share > most) most = share, best = f;
  };
  for (size_t i = 0; i < directions.size(); ++i) {
    const Vec3 n = directions[i].axis;
    bool paired = false;
    for (size_t j = 0; j < directions.size(); ++j) {
      const Vec3 x = directions[j].axis;
      if (i == j || std::abs(dot(n, x)) > 0.02) continue;
      paired = true;
      if (i < j) offer({{}, normalized(x - n * dot(n, x)), n});
    }
    if (!paired) offer(frame_along(n));
  }
  return best;
}

// `basis` turned until its levels are as sharp as they get; the world's stays.
Frame settled(Frame basis, const std::vector<Vec3>& points, const CloudTraits& traits) {
  if (basis == Frame{}) return basis;
  double tolerance = 4 * cloud_stack_options(traits).level_tolerance + 0.002 * traits.size;
  for (int round = 0; round < 4; ++round) {
    PartSurfaces surfaces;
    SurfacePoints on;
    for (Vec3 axis : {basis.x, basis.y(), basis.normal}) {
      surfaces.directions.push_back({axis, {}, -1});
      std::vector<double> heights;
      for (Vec3 p : points) heights.push_back(dot(p, axis));
      for (const Level& l : spike_levels(heights, tolerance, traits.size)) {
        surfaces.flats.push_back({static_cast<int>(surfaces.directions.size()) - 1, l.offset});
        auto& own = on.flats.emplace_back();
        for (size_t i = 0; i < points.size(); ++i)
          if (std::abs(heights[i] - l.offset) <= tolerance) own.push_back(points[i]);
      }
    }
    const Vec3 turn = turn_onto_flats(surfaces, on, std::max(traits.noise, 1e-6 * traits.size));
    // The points turn by it, so the axes the other way.
    basis.normal = normalized(basis.normal - cross(turn, basis.normal));
    const Vec3 x = basis.x - cross(turn, basis.x);
    basis.x = normalized(x - basis.normal * dot(x, basis.normal));
    tolerance = std::max(tolerance / 3, cloud_stack_options(traits).level_tolerance);
  }
  return basis;
}

// The frame's axes first, then the directions they do not hold already.
std::vector<Vec3> axes_to_try(const Frame& basis, const std::vector<Direction>& directions,
                              size_t most) {
  std::vector<Vec3> out{basis.x, basis.y(), basis.normal};
  for (const Direction& d : directions) {
    if (out.size() >= most) break;
    const bool known =
        std::any_of(out.begin(), out.end(), [&](Vec3 a) { return norm(cross(a, d.axis)) < 0.02; });
    if (!known) out.push_back(d.axis);
  }
  return out;
}

// What a proposer trips over costs its proposal, not the answer.
template <typename Proposer>
void attempt(const ProposeOptions& options, Proposer proposer) {
  if (options.cancelled && options.cancelled()) return;
  try {
    proposer();
  } catch (const Error&) {
  }
}

void offer(std::vector<Weighed>& list, part::Part part, std::string how, double promise,
           bool exact = false) {
  if (part.steps.empty()) return;
  const double steps = static_cast<double>(part.steps.size());
  list.push_back({{std::move(part), std::move(how), exact}, promise - 0.002 * steps});
}

void add_zones(const std::vector<Vec3>& points, const Frame& basis, const CloudTraits& traits,
               const CloudStackOptions& scale, const InsideTest& inside,
               std::vector<Weighed>& list) {
  auto found = zone_part(points, basis, traits, scale, inside);
  auto part = sound(found.part, scale.wall_tolerance);
  const auto steps = part.steps.size();
  offer(list, std::move(part),
        "zones of three views, " + std::to_string(steps) + (steps == 1 ? " step" : " steps"),
        found.agreement - found.uncovered);
}

// Its tallest slab from end to end: what a part is that has rims broken or
// rounded, which slab by slab would be many steps of little weight.
Stack plain_stack(const Stack& stack) {
  Stack out{stack.frame, {}};
  const Slab* tallest = nullptr;
  for (const Slab& s : stack.slabs)
    if (!s.regions.empty() && (!tallest || s.end - s.start > tallest->end - tallest->start))
      tallest = &s;
  if (tallest && stack.slabs.size() > 1)
    out.slabs.push_back({stack.slabs.front().start, stack.slabs.back().end, tallest->regions});
  return out;
}

void add_plain(const Stack& stack, double tolerance, double size, double promise, bool exact,
               std::vector<Weighed>& list) {
  const Stack plain = plain_stack(stack);
  if (plain.slabs.empty()) return;
  auto part = sound(to_part(plain, 0.003 * size), tolerance);
  auto how = describe("one sketch", plain, part);
  offer(list, std::move(part), std::move(how), promise, exact);
}

void add_stack(const std::vector<Vec3>& points, Vec3 axis, const CloudTraits& traits,
               const CloudStackOptions& scale, std::vector<Weighed>& list) {
  const auto found = cloud_stack(points, frame_along(axis), traits, scale);
  auto part = sound(to_part(found.stack, 0.003 * traits.size), scale.wall_tolerance);
  auto how = describe("walls and levels", found.stack, part);
  const double promise = found.explained * found.agreement;
  offer(list, std::move(part), std::move(how), promise);
  add_plain(found.stack, scale.wall_tolerance, traits.size, promise - 0.01, false, list);
}

void add_from_points(const std::vector<Vec3>& points, const Frame& basis,
                     const std::vector<Vec3>& axes, const CloudTraits& traits,
                     CloudStackOptions scale, const ProposeOptions& options,
                     const InsideTest& inside, std::vector<Weighed>& list) {
  scale.seed = options.seed;
  attempt(options, [&] { add_zones(points, basis, traits, scale, inside, list); });
  for (Vec3 axis : axes) attempt(options, [&] { add_stack(points, axis, traits, scale, list); });
}

std::vector<Proposal> in_order(std::vector<Weighed> list, const Box3& box) {
  std::stable_sort(list.begin(), list.end(),
                   [](const Weighed& a, const Weighed& b) { return a.promise > b.promise; });
  std::vector<Proposal> out;
  for (auto& w : list) out.push_back(std::move(w.proposal));
  out.push_back({bounding_box_part(box), "bounding box"});
  return out;
}

}  // namespace

part::Part bounding_box_part(const Box3& box) { return {{part::join(part::box(box.lo, box.hi))}}; }

std::vector<Proposal> propose(const mesh::TriangleMesh& mesh, const ProposeOptions& options) {
  const Box3 box = checked_box(mesh.vertices);
  const double size = box.longest();
  const MeshStackOptions stack_options{.tolerance = 1e-4 * size, .level_gap = 1e-4 * size};
  std::vector<Weighed> list;
  const auto directions = chosen_directions(
      options.directions, mesh_directions(mesh, static_cast<size_t>(options.max_directions)));
  double least_varying = 1;
  for (const Direction& d : directions)
    attempt(options, [&] {
      const auto found = mesh_stack(mesh, frame_along(d.axis), stack_options);
      auto part = sound(to_part(found.stack, 5e-4 * size), 2e-4 * size);
      least_varying = std::min(least_varying, found.varying);
      auto how = describe("sections", found.stack, part);
      offer(list, std::move(part), std::move(how), 1 - 0.1 * found.varying, true);
      if (found.stack.slabs.size() > 1)
        add_plain(found.stack, 2e-4 * size, size, 0.85 - 0.1 * found.varying, true, list);
    });
  // Not a prism along any one direction: several at once, from points.
  if (least_varying > 0.01) {
    const auto points = cloud::sample_surface_evenly(mesh, kMeshPoints, options.seed).cloud.points;
    const auto traits = measure_cloud(points);
    const mesh::MeshIndex index(mesh);
    const auto inside = [&](const std::vector<Vec3>& p) { return index.inside(p, 1); };
    const Frame basis = basis_of(directions, points, traits);
    add_from_points(points, basis, {basis.x, basis.y(), basis.normal}, traits,
                    cloud_stack_options(traits), options, inside, list);
  }
  return in_order(std::move(list), box);
}

std::vector<Proposal> propose(const cloud::PointCloud& cloud, const ProposeOptions& options) {
  checked_box(cloud.points);
  auto points = without_outliers(cloud.points);
  const Box3 box = checked_box(points);
  const Scatter scatter = measure_scatter(points);
  const auto most = static_cast<size_t>(options.max_directions);
  const bool noisy = scatter.noise > kNoisy * box.longest();
  const size_t most_axes = noisy ? std::min(most, kNoisyAxes) : most;
  std::vector<Weighed> list;
  const auto look = [&](const std::vector<Vec3>& at, double noise, std::vector<Direction> found,
                        bool sharp = false, bool wide = true) {
    const CloudTraits traits{box.longest(), noise, scatter.density};
    const auto directions = chosen_directions(options.directions, std::move(found));
    const Frame basis = settled(basis_of(directions, at, traits), at, traits);
    const auto axes = axes_to_try(basis, directions, std::min(directions.size(), most_axes));
    if (wide)
      add_from_points(at, basis, axes, traits, cloud_stack_options(traits), options, {}, list);
    if (sharp)
      add_from_points(at, basis, axes, traits, sharp_stack_options(traits), options, {}, list);
  };
  if (!noisy) {
    look(points, scatter.noise, cloud_directions(points, most));
    return in_order(std::move(list), box);
  }
  // Scatter hides thin features from wide tolerances, smoothing rounds what is
  // narrow: each sees what the other does not.
  const auto flat = smoothed(points, scatter);
  const auto directions = cloud_directions(flat.points, flat.normals, flat.noise, kNoisyDirections);
  look(flat.points, flat.noise, directions);
  look(points, scatter.noise, directions, true);
  // Thin walls look like scatter: what it is if half of it is theirs.
  look(points, scatter.noise / 2, directions, true, false);
  // The box of what does not scatter.
  const Vec3 in = Vec3{1, 1, 1} * (2.5 * scatter.noise);
  const Box3 core{box.lo + in, box.hi - in};
  const Vec3 extent = core.size();
  if (std::min({extent.x, extent.y, extent.z}) > 0)
    offer(list, bounding_box_part(core), "box of the levels", 0.5);
  return in_order(std::move(list), box);
}

}  // namespace cadrecode::fit
