#include "pipeline/reconstruct/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/random.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/query.h"
#include "geometry/mesh/repair.h"
#include "geometry/prism/boundary.h"
#include "geometry/prism/solid.h"
#include "pipeline/fit/smooth.h"
#include "pipeline/reconstruct/likelihood.h"

namespace cadrecode::reconstruct {
namespace {

constexpr size_t kSurfacePoints = 4000;  // each way
constexpr double kRough = 7e-4;          // noise over size, from which likelihood ranks
constexpr double kNatsPerScore = 2;      // what a score of 1 more is worth then
constexpr uint64_t kAreaPoints = 65536;  // candidates for points, to estimate an area by
constexpr size_t kQuickPoints = 2000;    // of a part, for a first comparison
constexpr int kCells = 30;               // of the overlap grid, along the longest side

// Seconds by size of a part, as measured on a usual core.
struct Work {
  double base, each;
  double of(const part::Part& part) const {
    return base + each * static_cast<double>(parameters(part));
  }
};
constexpr Work kQuickWork{9e-4, 2.5e-5}, kFullWork{6.5e-3, 1.5e-4};

struct Stats {
  double mean = 0, p95 = 0, max = 0, squared = 0;
};

Stats stats_of(std::vector<double> d) {
  Stats out;
  if (d.empty()) return out;
  for (double v : d) out.mean += v, out.squared += v * v, out.max = std::max(out.max, v);
  out.mean /= static_cast<double>(d.size());
  out.squared /= static_cast<double>(d.size());
  const auto k = static_cast<long>(0.95 * static_cast<double>(d.size() - 1));
  std::nth_element(d.begin(), d.begin() + k, d.end());
  out.p95 = d[static_cast<size_t>(k)];
  return out;
}

double share_within(const std::vector<double>& d, double limit) {
  if (d.empty()) return 0;
  return static_cast<double>(
             std::count_if(d.begin(), d.end(), [&](double v) { return v <= limit; })) /
         static_cast<double>(d.size());
}

// One point in every cell of a grid over `box`, moved within its cell by a
// seeded amount: flat faces on grid planes must not tip the count.
std::vector<Vec3> grid_points(const Box3& box, uint64_t seed) {
  const double cell = box.longest() / kCells;
  int n[3];
  for (int a = 0; a < 3; ++a)
    n[a] = std::clamp(static_cast<int>(std::ceil(box.size()[a] / cell)), 6, kCells);
  RandomStream stream(seed, 0x10);
  std::vector<Vec3> out;
  for (int i = 0; i < n[0]; ++i)
    for (int j = 0; j < n[1]; ++j)
      for (int k = 0; k < n[2]; ++k) {
        const Vec3 s = box.size();
        out.push_back({box.lo.x + s.x * (i + stream.next_uniform()) / n[0],
                       box.lo.y + s.y * (j + stream.next_uniform()) / n[1],
                       box.lo.z + s.z * (k + stream.next_uniform()) / n[2]});
      }
  return out;
}

double median_spacing(const std::vector<Vec3>& points, const cloud::PointIndex& index) {
  std::vector<double> d;
  const size_t step = std::max<size_t>(1, points.size() / 1000);
  for (size_t i = 0; i < points.size(); i += step) {
    const auto near = index.nearest(points[i], 5);
    d.push_back(std::sqrt(near.back().distance2) / 1.5);
  }
  std::nth_element(d.begin(), d.begin() + static_cast<long>(d.size() / 2), d.end());
  return d[d.size() / 2];
}

// Points farther than `limit`, in groups: cubes of a grid that touch, told by
// their box. Groups of less than a thousandth of all points are left out.
std::vector<Gap> gaps_of(const std::vector<Vec3>& points, const std::vector<double>& d,
                         double limit, bool unseen) {
  Box3 box;
  for (Vec3 p : points) box.add(p);
  const double side = std::max(box.longest() / 20, 2 * limit);
  std::map<std::array<int, 3>, std::vector<uint32_t>> cubes;
  for (uint32_t i = 0; i < points.size(); ++i) {
    if (d[i] <= limit) continue;
    const Vec3 q = (points[i] - box.lo) / side;
    cubes[{static_cast<int>(q.x), static_cast<int>(q.y), static_cast<int>(q.z)}].push_back(i);
  }
  std::vector<Gap> out;
  while (!cubes.empty()) {
    std::vector<std::array<int, 3>> open{cubes.begin()->first};
    Gap gap;
    gap.unseen = unseen;
    size_t count = 0;
    while (!open.empty()) {
      const auto at = open.back();
      open.pop_back();
      const auto found = cubes.find(at);
      if (found == cubes.end()) continue;
      for (uint32_t i : found->second)
        gap.box.add(points[i]), gap.largest = std::max(gap.largest, d[i]), ++count;
      cubes.erase(found);
      for (int x = -1; x <= 1; ++x)
        for (int y = -1; y <= 1; ++y)
          for (int z = -1; z <= 1; ++z) open.push_back({at[0] + x, at[1] + y, at[2] + z});
    }
    gap.share = static_cast<double>(count) / static_cast<double>(points.size());
    if (gap.share >= 1e-3) out.push_back(gap);
  }
  return out;
}

}  // namespace

struct Judge::Impl {
  std::vector<Vec3> samples;  // on the input's surface
  std::vector<Vec3> few;      // of them, for quick comparisons
  std::unique_ptr<mesh::MeshIndex> mesh;
  std::unique_ptr<cloud::PointIndex> cloud;
  Box3 box;
  std::vector<Vec3> grid;
  std::vector<uint8_t> grid_inside;
  std::string open_reason;
  double spacing = 0, noise = 0, density = 0;
  Blur blur;  // area 0 unless noisy
  uint64_t seed = 0;
  mutable double work = 0;

  double tolerance() const { return 0.005 * box.longest() + 2 * noise; }

  // What a part costs for its length: no more than evidence within the noise
  // could buy by chance.
  double length_cost(const part::Part& part) const {
    size_t curves = 0;
    for (const auto& step : part.steps)
      for (const auto& region : step.extrusion.profile.regions) {
        curves += region.outer.curves.size();
        for (const auto& loop : region.inner) curves += loop.curves.size();
      }
    const double rough = noise / box.longest();
    return (2e-4 + 0.3 * rough) * static_cast<double>(part.steps.size()) +
           (5e-6 + 0.03 * rough) * static_cast<double>(curves);
  }

  void take_mesh(const mesh::TriangleMesh& m) {
    box = mesh::bounding_box(m);
    mesh = std::make_unique<mesh::MeshIndex>(m);
    samples = cloud::sample_surface_evenly(m, kSurfacePoints, seed).cloud.points;
    const auto closed = mesh::closedness(m);
    if (!closed.watertight())
      open_reason =
          fmt::format("the mesh is open: {} of {} edges have no partner",
                      std::max(closed.boundary_edges, closed.unmatched_edges), closed.edges);
    if (!open_reason.empty()) return;
    grid = grid_points(box, seed);
    grid_inside = mesh->inside(grid, 1);
  }

  void take_cloud(const cloud::PointCloud& c) {
    for (Vec3 p : c.points) box.add(p);
    cloud = std::make_unique<cloud::PointIndex>(c.points);
    const size_t step = std::max<size_t>(1, c.points.size() / kSurfacePoints);
    for (size_t i = 0; i < c.points.size(); i += step) samples.push_back(c.points[i]);
    for (size_t i = 0; i < samples.size(); i += 6) few.push_back(samples[i]);
    spacing = median_spacing(c.points, *cloud);
    const auto scatter = fit::measure_scatter(c.points);
    noise = scatter.noise;
    density = scatter.density;
    if (noise > kRough * box.longest() && scatter.density > 0)
      blur = {noise, spacing, static_cast<double>(c.points.size()) / scatter.density,
              c.points.size()};
    open_reason = "a point cloud encloses no volume to compare with";
  }

  std::vector<double> distances_to_input(const std::vector<Vec3>& points) const {
    std::vector<double> out;
    out.reserve(points.size());
    for (Vec3 p : points)
      out.push_back(mesh ? mesh->nearest(p).distance : std::sqrt(cloud->nearest(p).distance2));
    return out;
  }

  double overlap(const prism::Solid& solid) const {
    // The part may stick out of the input's box: what does lies in none of it.
    const Box3 own = prism::bounds(solid);
    std::vector<uint8_t> in(grid.size());
    prism::inside(solid, grid, in);
    double common = 0, either = 0;
    for (size_t i = 0; i < grid.size(); ++i) {
      common += grid_inside[i] && in[i];
      either += grid_inside[i] || in[i];
    }
    const Vec3 s = box.size();
    const double cell = s.x * s.y * s.z / static_cast<double>(grid.size());
    double outside = 0;
    for (int a = 0; a < 3; ++a)
      outside = std::max({outside, box.lo[a] - own.lo[a], own.hi[a] - box.hi[a]});
    if (outside > 1e-3 * box.longest()) {
      const double in_box = static_cast<double>(std::count(in.begin(), in.end(), 1)) * cell;
      either += std::max(0.0, prism::volume(solid) - in_box) / cell;
    }
    return either > 0 ? common / either : 0;
  }
};

Judge::Judge(const Scan& scan, uint64_t seed) {
  auto impl = std::make_unique<Impl>();
  impl->seed = seed;
  if (scan.is_mesh())
    impl->take_mesh(scan.mesh);
  else if (!scan.cloud.points.empty())
    impl->take_cloud(scan.cloud);
  else
    throw Error(ErrorKind::kInput, "the scan is empty; give one with points or triangles");
  impl_ = std::move(impl);
}

Judge::~Judge() = default;

double Judge::work() const { return impl_->work; }
void Judge::add_work(double seconds) const { impl_->work += seconds; }
double Judge::size() const { return impl_->box.longest(); }
double Judge::spacing() const { return impl_->spacing; }
double Judge::noise() const { return impl_->noise; }
fit::CloudTraits Judge::traits() const { return {size(), impl_->noise, impl_->density}; }
bool Judge::noisy() const { return impl_->blur.area > 0; }
bool Judge::closed() const { return impl_->open_reason.empty(); }
const std::string& Judge::open_reason() const { return impl_->open_reason; }
double Judge::tolerance() const { return impl_->tolerance(); }

bool Judge::judge(Candidate& candidate) const {
  candidate.score = -INFINITY;
  add_work(kFullWork.of(candidate.part));
  candidate.iou.reset();
  const Impl& in = *impl_;
  try {
    if (!prism::verdict(candidate.part).valid()) return false;
    const prism::Solid solid(candidate.part);
    std::vector<double> to_part(in.samples.size());
    prism::distance(solid, in.samples, to_part);
    const auto back =
        in.distances_to_input(prism::sample_surface(solid, kSurfacePoints, in.seed).points);
    const Stats forward = stats_of(to_part), backward = stats_of(back);
    FitFigures& f = candidate.fit;
    f.mean = forward.mean, f.p95 = forward.p95, f.max = forward.max;
    f.back_mean = backward.mean, f.back_p95 = backward.p95;
    f.tolerance = in.tolerance();
    f.covered = share_within(to_part, f.tolerance);
    const double size = in.box.longest();
    candidate.cd = 1000 * (forward.squared + backward.squared) / (size * size);
    f.noise = in.noise;
    // Random points leave gaps: one in e^9 is wider than three spacings.
    const double explained = share_within(back, f.tolerance + 3 * in.spacing);
    f.unseen = 1 - explained;
    if (in.blur.area > 0) {
      const Misfit misfit = reconstruct::misfit(
          in.blur, to_part, back, prism::estimated_area(solid, kAreaPoints), candidate.part);
      candidate.score = 1 - misfit.nats / kNatsPerScore;
      f.noise = misfit.noise;
      f.misfit = misfit.nats;
      return true;
    }
    const double surface =
        f.covered * explained - 2 *
                                    (std::max(forward.mean, 0.75 * in.noise) +
                                     std::max(0.0, backward.mean - 0.6 * in.spacing)) /
                                    size;
    if (closed()) candidate.iou = in.overlap(solid);
    candidate.score = (candidate.iou ? 0.5 * (*candidate.iou + surface) : surface) -
                      in.length_cost(candidate.part);
  } catch (const Error&) {
    return false;
  }
  return true;
}

double Judge::quick_score(const part::Part& part) const {
  const Impl& in = *impl_;
  if (part.steps.empty() || part.steps.front().operation != part::Operation::kJoin)
    return -INFINITY;
  add_work(kQuickWork.of(part));
  try {
    const prism::Solid solid(part);
    const auto surface = prism::sample_surface(solid, kQuickPoints, in.seed);
    const double area = prism::estimated_area(solid, kAreaPoints / 8);
    // Distances by the plane of the nearest sample, beyond a sample's own share of
    // the surface by how far that is.
    const double share = 1.5 * std::sqrt(area / static_cast<double>(kQuickPoints));
    const cloud::PointIndex index(surface.points);
    std::vector<double> to_part;
    for (Vec3 p : in.few) {
      const auto near = index.nearest(p);
      const double across = dot(p - surface.points[near.index], surface.normals[near.index]);
      const double along = std::sqrt(std::max(0.0, near.distance2 - across * across));
      to_part.push_back(std::hypot(across, std::max(0.0, along - share)));
    }
    const std::vector<Vec3> some(surface.points.begin(), surface.points.begin() + kQuickPoints / 3);
    return 1 -
           misfit(in.blur, to_part, in.distances_to_input(some), area, part).nats / kNatsPerScore;
  } catch (const Error&) {
    return -INFINITY;
  }
}

std::vector<Gap> Judge::gaps(const Candidate& candidate) const {
  const Impl& in = *impl_;
  const prism::Solid solid(candidate.part);
  std::vector<double> to_part(in.samples.size());
  prism::distance(solid, in.samples, to_part);
  const auto surface = prism::sample_surface(solid, kSurfacePoints, in.seed).points;
  auto out = gaps_of(in.samples, to_part, in.tolerance(), false);
  const auto unseen =
      gaps_of(surface, in.distances_to_input(surface), in.tolerance() + 3 * in.spacing, true);
  out.insert(out.end(), unseen.begin(), unseen.end());
  std::stable_sort(out.begin(), out.end(),
                   [](const Gap& a, const Gap& b) { return a.share > b.share; });
  constexpr size_t kMost = 6;
  if (out.size() > kMost) out.resize(kMost);
  return out;
}

namespace {

// Of a plate of the same volume and area.
double candidate_thickness(const part::Part& part) {
  try {
    const prism::Solid solid(part);
    return 2 * prism::volume(solid) / prism::area(solid);
  } catch (const Error&) {
    return 0;
  }
}

// By what the likelihood leaves open. Limits are where, on generated parts and half of
// the measured ones, true overlaps begin to fall short of the word.
Verdict verdict_of_noisy(double misfit, double unseen, double thick, double rough) {
  if (misfit <= 0.08 && unseen <= 0.02 && thick >= 12 && rough <= 2.2e-3) return Verdict::kExact;
  const bool seen = misfit <= 0.2 && unseen <= 0.05, guessed = misfit <= 0.15 && unseen <= 0.15;
  if (thick >= 8 && (seen || guessed)) return Verdict::kGood;
  return misfit <= 0.5 && unseen <= 0.35 ? Verdict::kApproximate : Verdict::kPoor;
}

}  // namespace

Verdict verdict_of(const Candidate& c, double size, double spacing, std::string& reason) {
  const FitFigures& f = c.fit;
  // Noise alone has its 95 % point at 1.96 sigma; it adds in squares.
  const double own = std::sqrt(std::max(0.0, f.p95 * f.p95 - 1.96 * 1.96 * f.noise * f.noise));
  const double there = f.noise > 1e-3 * size ? std::min(own, f.p95) / size : f.p95 / size;
  const bool shown = f.unseen <= 0.05;
  const double back =
      shown ? std::max(0.0, f.back_p95 - 1.8 * spacing - 2 * f.noise) / size : there;
  const double worst = std::max(there, back), iou = c.iou.value_or(1);
  const double rough = f.noise / size;
  const auto say = [&](Verdict v) {
    reason = fmt::format(
        "95 % of the surface lies within {:.3g} of the input ({:.2g} % of its longest side)",
        std::max(f.p95, shown ? f.back_p95 - 1.8 * spacing : 0.0),
        100 * std::max(f.p95 / size, back));
    if (c.iou) reason += fmt::format(", and the volumes overlap by {:.1f} %", 100 * *c.iou);
    if (rough > 1e-3) reason += fmt::format("; the input scatters by {:.2g}", f.noise);
    if (!shown) reason += fmt::format("; the input does not show {:.0f} % of it", 100 * f.unseen);
    return v;
  };
  // Walls thinner than the scatter are a guess, however well all points are met.
  const double thick = candidate_thickness(c.part) / std::max(f.noise, 1e-9 * size);
  if (rough > 5e-4 && thick < 2.5) return say(Verdict::kPoor);
  if (f.misfit) return say(verdict_of_noisy(*f.misfit, f.unseen, thick, rough));
  if (rough > 5e-4 && thick < 6) return say(Verdict::kApproximate);
  // What scatters or was not seen cannot be called exact.
  if (worst <= 0.0015 && iou >= 0.97 && f.covered >= 0.99 && f.unseen <= 0.02 && rough <= 2e-3)
    return say(Verdict::kExact);
  if (worst <= 0.006 && iou >= 0.93 && f.unseen <= 0.1 && f.covered >= 0.93)
    return say(Verdict::kGood);
  if (worst <= 0.03 && iou >= 0.75 && f.unseen <= 0.35) return say(Verdict::kApproximate);
  return say(Verdict::kPoor);
}

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kExact:
      return "exact";
    case Verdict::kGood:
      return "good";
    case Verdict::kApproximate:
      return "approximate";
    case Verdict::kPoor:
      return "poor";
  }
  return "poor";
}

}  // namespace cadrecode::reconstruct
