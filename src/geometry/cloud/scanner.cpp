#include "geometry/cloud/scanner.h"

#include <cmath>
#include <numbers>

#include "base/error.h"
#include "base/random.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/query.h"

namespace cadrecode::cloud {
namespace {

// Independent streams of one seed.
enum Stream : uint64_t { kSurface, kViews, kNoise, kOutliers, kPose };

constexpr double kPi = std::numbers::pi;

// Points drawn for each one kept; a part that hides more of itself yields less.
constexpr size_t kOverdraw = 8;

// Directions to the views: a Fibonacci spiral turned at random, less those in a
// cap that holds the missing share of the sphere.
std::vector<Vec3> view_directions(const ScanOptions& options) {
  Frame turn = random_rotation(RandomStream(options.seed, kViews).next_bits());
  std::vector<Vec3> directions;
  for (int i = 0; i < options.views; ++i) {
    double z = 1 - (2 * i + 1.0) / options.views;
    if ((1 - z) / 2 < options.missing) continue;  // a cap's area grows with 1 - z
    double r = std::sqrt(1 - z * z), angle = i * kPi * (3 - std::sqrt(5.0));
    directions.push_back(turn.direction_to_world({r * std::cos(angle), r * std::sin(angle), z}));
  }
  return directions;
}

// The view that sees the point best, or -1.
int best_view(const mesh::MeshIndex& index, const std::vector<Vec3>& views, Vec3 point, Vec3 normal,
              double least_cosine, double lift) {
  int best = -1;
  double best_cosine = least_cosine;
  for (size_t v = 0; v < views.size(); ++v) {
    double cosine = dot(views[v], normal);
    if (cosine <= best_cosine) continue;
    if (index.first_hit(point + normal * lift, views[v]).hit()) continue;
    best = static_cast<int>(v), best_cosine = cosine;
  }
  return best;
}

struct Seen {
  PointCloud cloud;
  std::vector<Vec3> sight;  // direction to the view, a point
  double visible = 0;
};

Seen look(const mesh::TriangleMesh& mesh, const ScanOptions& options, double size) {
  mesh::MeshIndex index(mesh);
  std::vector<Vec3> views = view_directions(options);
  PointCloud drawn =
      sample_surface(mesh, options.points * kOverdraw, options.seed * 8 + kSurface).cloud;
  const double least_cosine = std::cos(options.grazing * kPi / 180);
  Seen seen;
  size_t asked = 0;
  for (; asked < drawn.points.size() && seen.cloud.points.size() < options.points; ++asked) {
    Vec3 p = drawn.points[asked], n = drawn.normals[asked];
    int view = best_view(index, views, p, n, least_cosine, 1e-6 * size);
    if (view < 0) continue;
    seen.cloud.points.push_back(p);
    seen.cloud.normals.push_back(n);
    seen.sight.push_back(views[static_cast<size_t>(view)]);
  }
  seen.visible =
      asked ? static_cast<double>(seen.cloud.points.size()) / static_cast<double>(asked) : 0;
  return seen;
}

// Every point becomes the mean of those within `radius`: flat places stay,
// edges are pulled inwards as a scanner's filter pulls them.
void round_edges(std::vector<Vec3>& points, double radius) {
  PointIndex index(points);
  std::vector<Vec3> rounded(points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    Vec3 sum;
    auto near = index.within(points[i], radius);
    for (const Neighbour& n : near) sum += points[n.index];
    rounded[i] = sum / static_cast<double>(near.size());
  }
  // The mean also moves flat points sideways, within the surface; that is a
  // scanner's resampling, not an error.
  points = std::move(rounded);
}

void add_noise(Seen& seen, const ScanOptions& options, double sigma) {
  RandomStream random(options.seed, kNoise);
  for (size_t i = 0; i < seen.cloud.points.size(); ++i) {
    double cosine = std::max(0.2, dot(seen.sight[i], seen.cloud.normals[i]));
    seen.cloud.points[i] += seen.sight[i] * (random.next_normal() * sigma / std::sqrt(cosine));
  }
}

void add_outliers(PointCloud& cloud, const ScanOptions& options, const Box3& box) {
  RandomStream random(options.seed, kOutliers);
  const Vec3 center = box.center(), size = box.size() + Vec3{1, 1, 1} * (0.2 * box.longest());
  for (Vec3& p : cloud.points) {
    if (!random.next_chance(options.outliers)) continue;
    for (int a = 0; a < 3; ++a) p[a] = center[a] + size[a] * (random.next_uniform() - 0.5);
  }
}

}  // namespace

Frame random_rotation(uint64_t seed) {
  RandomStream random(seed, kPose);
  double u = random.next_uniform(), a = 2 * kPi * random.next_uniform(),
         b = 2 * kPi * random.next_uniform();
  double w = std::sqrt(1 - u) * std::sin(a), x = std::sqrt(1 - u) * std::cos(a);
  double y = std::sqrt(u) * std::sin(b), z = std::sqrt(u) * std::cos(b);
  Frame frame;
  frame.x = normalized({1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)});
  frame.normal = normalized({2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)});
  return frame;
}

SimulatedScan simulate_scan(const mesh::TriangleMesh& mesh, const ScanOptions& options) {
  const Box3 box = mesh::bounding_box(mesh);
  const double size = box.longest();
  Seen seen = look(mesh, options, size);
  if (seen.cloud.points.empty()) throw Error(ErrorKind::kValue, "no view sees any of the part");
  if (options.edge_radius > 0) round_edges(seen.cloud.points, options.edge_radius * size);
  if (options.noise > 0) add_noise(seen, options, options.noise * size);
  if (options.outliers > 0) add_outliers(seen.cloud, options, box);
  SimulatedScan scan;
  scan.visible = seen.visible;
  if (options.random_pose) {
    RandomStream random(options.seed, kPose);
    scan.pose = random_rotation(random.next_bits());
    for (int a = 0; a < 3; ++a) scan.pose.origin[a] = size * random.next_uniform(-1, 1);
  }
  for (Vec3& p : seen.cloud.points) p = scan.pose.to_world(p);
  for (Vec3& n : seen.cloud.normals) n = scan.pose.direction_to_world(n);
  if (!options.normals) seen.cloud.normals.clear();
  scan.cloud = std::move(seen.cloud);
  return scan;
}

}  // namespace cadrecode::cloud
