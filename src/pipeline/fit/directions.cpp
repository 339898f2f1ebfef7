#include "pipeline/fit/directions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geometry/cloud/neighbours.h"
#include "pipeline/fit/principal.h"

namespace cadrecode::fit {
namespace {

Vec3 canonical(Vec3 d) {
  d = normalized(d);
  int largest = 0;
  for (int a = 1; a < 3; ++a)
    if (std::abs(d[a]) > std::abs(d[largest]) + 1e-9) largest = a;
  return d[largest] < 0 ? -d : d;
}

// World axes win over directions that miss them by less than measuring does.
Vec3 snapped(Vec3 d, double angle) {
  for (int a = 0; a < 3; ++a) {
    Vec3 axis;
    axis[a] = 1;
    if (norm(cross(d, axis)) <= angle) return axis;
  }
  return d;
}

double share_along_or_across(const std::vector<WeightedNormal>& normals, Vec3 axis, double angle) {
  double good = 0, total = 0;
  const double sine = std::sin(2 * angle);
  for (const auto& n : normals) {
    total += n.weight;
    if (std::abs(dot(n.normal, axis)) <= sine || norm(cross(n.normal, axis)) <= sine)
      good += n.weight;
  }
  return total > 0 ? good / total : 0;
}

bool known(const std::vector<Direction>& list, Vec3 axis, double angle) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Direction& d) { return norm(cross(d.axis, axis)) <= angle; });
}

}  // namespace

std::vector<Direction> directions_of(const std::vector<WeightedNormal>& normals, size_t count,
                                     double angle) {
  std::vector<Direction> out;
  auto add = [&](Vec3 axis) {
    axis = snapped(canonical(axis), angle / 2);
    if (!known(out, axis, angle))
      out.push_back({axis, share_along_or_across(normals, axis, angle)});
  };
  for (int a = 0; a < 3; ++a) {
    Vec3 axis;
    axis[a] = 1;
    add(axis);
  }
  // Heaviest normal first: it and all within `angle` of it are one cluster.
  std::vector<WeightedNormal> left = normals;
  std::stable_sort(left.begin(), left.end(),
                   [](const auto& a, const auto& b) { return a.weight > b.weight; });
  constexpr size_t kClusters = 40;
  for (size_t k = 0; k < kClusters && !left.empty(); ++k) {
    Vec3 best;
    double best_weight = -1;
    const size_t step = std::max<size_t>(1, left.size() / 60);
    for (size_t i = 0; i < left.size(); i += step) {
      Vec3 sum;
      double weight = 0;
      for (const auto& n : left)
        if (norm(cross(n.normal, left[i].normal)) <= angle) {
          sum += n.normal * (dot(n.normal, left[i].normal) < 0 ? -n.weight : n.weight);
          weight += n.weight;
        }
      if (weight > best_weight) best_weight = weight, best = sum;
    }
    if (best_weight <= 0 || norm(best) <= 0) break;
    best = normalized(best);
    add(best);
    std::erase_if(left, [&](const auto& n) { return norm(cross(n.normal, best)) <= 1.5 * angle; });
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Direction& a, const Direction& b) { return a.share > b.share + 1e-6; });
  if (out.size() > count) out.resize(count);
  return out;
}

std::vector<Direction> mesh_directions(const mesh::TriangleMesh& mesh, size_t count) {
  std::vector<WeightedNormal> normals;
  for (const auto& t : mesh.triangles) {
    const Vec3 a = mesh.vertices[t[0]];
    const Vec3 n = cross(mesh.vertices[t[1]] - a, mesh.vertices[t[2]] - a);
    const double length = norm(n);
    if (length > 0) normals.push_back({n / length, length / 2});
  }
  // A fine mesh has many facets: the largest ones say where its faces lie.
  constexpr size_t kMost = 4000;
  if (normals.size() > kMost) {
    std::stable_sort(normals.begin(), normals.end(),
                     [](const auto& a, const auto& b) { return a.weight > b.weight; });
    normals.resize(kMost);
  }
  return directions_of(normals, count, 0.01);
}

namespace {

// Local normals are rough; the largest planes of the cloud have exact ones.
// Planes are grown from flat neighbourhoods, `tolerance` thick.
struct GrownPlane {
  Vec3 normal;
  double weight = 0;  // points on it
};

std::vector<Vec3> points_on(const std::vector<Vec3>& points, Vec3 at, Vec3 normal,
                            double tolerance) {
  std::vector<Vec3> out;
  for (Vec3 p : points)
    if (std::abs(dot(p - at, normal)) <= tolerance) out.push_back(p);
  return out;
}

GrownPlane grow(const std::vector<Vec3>& points, PrincipalPlane plane, double tolerance) {
  size_t most = 0;
  for (double width : {4.0, 2.0, 1.0, 1.0}) {
    const auto on = points_on(points, plane.mean, plane.normal, width * tolerance);
    if (on.size() < 12) return {};
    plane = principal_plane(on);
    most = on.size();
  }
  return {plane.normal, static_cast<double>(most)};
}

// Normals and grown planes of flat neighbourhoods, as directions.
std::vector<Direction> of_flat(const std::vector<Vec3>& points,
                               const std::vector<PrincipalPlane>& flat, double tolerance,
                               size_t count) {
  std::vector<WeightedNormal> normals;
  for (const auto& plane : flat) normals.push_back({plane.normal, 1});
  const size_t seeds = std::max<size_t>(1, flat.size() / 60);
  for (size_t i = 0; i < flat.size(); i += seeds)
    if (const auto plane = grow(points, flat[i], tolerance); plane.weight > 0)
      normals.push_back({plane.normal, plane.weight});
  return directions_of(normals, count, 0.02);
}

double longest_side(const std::vector<Vec3>& points) {
  Box3 box;
  for (Vec3 p : points) box.add(p);
  return box.longest();
}

}  // namespace

std::vector<Direction> cloud_directions(const std::vector<Vec3>& points, size_t count,
                                        size_t sample) {
  const cloud::PointIndex index(points);
  const size_t step = std::max<size_t>(1, points.size() / sample);
  std::vector<PrincipalPlane> flat;
  for (size_t i = 0; i < points.size(); i += step) {
    std::vector<Vec3> around;
    for (const auto& n : index.nearest(points[i], 9)) around.push_back(points[n.index]);
    const auto plane = principal_plane(around);
    // Flat neighbourhoods only: those over an edge point nowhere.
    if (plane.spread > 0 && plane.variance <= 4e-3 * plane.spread) flat.push_back(plane);
  }
  return of_flat(points, flat, 0.002 * longest_side(points), count);
}

std::vector<Direction> cloud_directions(const std::vector<Vec3>& points,
                                        const std::vector<Vec3>& normals, double noise,
                                        size_t count, size_t sample) {
  const size_t step = std::max<size_t>(1, points.size() / sample);
  std::vector<PrincipalPlane> flat;
  for (size_t i = 0; i < points.size(); i += step) flat.push_back({points[i], normals[i], 0, 0});
  return of_flat(points, flat, std::max(0.002 * longest_side(points), 2 * noise), count);
}

}  // namespace cadrecode::fit
