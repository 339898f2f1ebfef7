#include "pipeline/reconstruct/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/random.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/query.h"
#include "geometry/mesh/repair.h"
#include "geometry/prism/solid.h"

namespace cadrecode::reconstruct {
namespace {

constexpr size_t kSurfacePoints = 4000;  // each way
constexpr int kCells = 30;               // of the overlap grid, along the longest side

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

}  // namespace

struct Judge::Impl {
  std::vector<Vec3> samples;  // on the input's surface
  std::unique_ptr<mesh::MeshIndex> mesh;
  std::unique_ptr<cloud::PointIndex> cloud;
  Box3 box;
  std::vector<Vec3> grid;
  std::vector<uint8_t> grid_inside;
  std::string open_reason;
  double spacing = 0;
  uint64_t seed = 0;

  double tolerance() const { return 0.005 * box.longest(); }

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
    spacing = median_spacing(c.points, *cloud);
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

double Judge::size() const { return impl_->box.longest(); }
double Judge::spacing() const { return impl_->spacing; }
bool Judge::closed() const { return impl_->open_reason.empty(); }
const std::string& Judge::open_reason() const { return impl_->open_reason; }
double Judge::tolerance() const { return impl_->tolerance(); }

bool Judge::judge(Candidate& candidate) const {
  candidate.score = -INFINITY;
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
    // Random points leave gaps: one in e^9 is wider than three spacings.
    const double explained = share_within(back, f.tolerance + 3 * in.spacing);
    const double simple = 2e-4 * static_cast<double>(candidate.part.steps.size());
    const double surface =
        f.covered * explained -
        2 * (forward.mean + std::max(0.0, backward.mean - 0.6 * in.spacing)) / size;
    if (closed()) candidate.iou = in.overlap(solid);
    candidate.score = (candidate.iou ? 0.5 * (*candidate.iou + surface) : surface) - simple;
  } catch (const Error&) {
    return false;
  }
  return true;
}

Verdict verdict_of(const Candidate& c, double size, double spacing, std::string& reason) {
  const double there = c.fit.p95 / size;
  const double back = std::max(0.0, c.fit.back_p95 - 1.8 * spacing) / size;
  const double worst = std::max(there, back), iou = c.iou.value_or(1);
  const auto say = [&](Verdict v) {
    reason = fmt::format(
        "95 % of the surface lies within {:.3g} of the input ({:.2g} % of its "
        "longest side)",
        std::max(c.fit.p95, back * size), 100 * worst);
    if (c.iou) reason += fmt::format(", and the volumes overlap by {:.1f} %", 100 * *c.iou);
    return v;
  };
  if (worst <= 0.0015 && iou >= 0.97 && c.fit.covered >= 0.99) return say(Verdict::kExact);
  if (worst <= 0.006 && iou >= 0.93) return say(Verdict::kGood);
  if (worst <= 0.03 && iou >= 0.75) return say(Verdict::kApproximate);
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
