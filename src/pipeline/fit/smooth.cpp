#include "pipeline/fit/smooth.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geometry/cloud/neighbours.h"
#include "pipeline/fit/principal.h"

namespace cadrecode::fit {
namespace {

constexpr double kWide = 20;     // radius of a neighbourhood over the scatter: none to speak of
constexpr double kSteady = 1.2;  // growth of the thickness seen, neighbourhoods doubled
constexpr size_t kMostNeighbours = 72;
constexpr double kQuantile = 0.06;

double quantile(std::vector<double> values, double q) {
  const auto k = static_cast<long>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<size_t>(k)];
}

// Root of the kQuantile quantile of chi-squared over its degrees of freedom
// (Wilson and Hilferty 1931): how much too flat the flattest look by chance.
double chance_flatness(double freedom) {
  const double c = 2 / (9 * freedom);
  return std::pow(std::max(0.05, 1 - c - 1.555 * std::sqrt(c)), 1.5);
}

std::vector<Vec3> around(const std::vector<Vec3>& points, const cloud::PointIndex& index, Vec3 p,
                         size_t k, double* reach2 = nullptr) {
  std::vector<Vec3> out;
  const auto near = index.nearest(p, k);
  for (const auto& n : near) out.push_back(points[n.index]);
  if (reach2) *reach2 = near.back().distance2;
  return out;
}

// The neighbourhood's plane, without its farthest tenth: a wall beside it.
PrincipalPlane robust_plane(std::vector<Vec3> near) {
  auto plane = principal_plane(near);
  const auto height = [&](Vec3 p) { return std::abs(dot(p - plane.mean, plane.normal)); };
  const auto keep = static_cast<long>(near.size() * 9 / 10);
  std::nth_element(near.begin(), near.begin() + keep, near.end(),
                   [&](Vec3 a, Vec3 b) { return height(a) < height(b); });
  near.resize(static_cast<size_t>(keep));
  return principal_plane(near);
}

Scatter scatter_of(const std::vector<Vec3>& points, const cloud::PointIndex& index, size_t k) {
  // Many neighbours tell more each, and cost more.
  const size_t step = std::max<size_t>(1, points.size() / (k < 16 ? 1000 : 300));
  std::vector<double> thickness, density, radius;
  for (size_t i = 0; i < points.size(); i += step) {
    double reach2 = 0;
    const auto near = around(points, index, points[i], k, &reach2);
    thickness.push_back(std::sqrt(principal_plane(near).variance));
    if (reach2 <= 0) continue;
    // The point itself is one of them, the farthest lies on the rim.
    density.push_back(static_cast<double>(k - 2) / (std::numbers::pi * reach2));
    radius.push_back(std::sqrt(reach2));
  }
  Scatter out;
  out.neighbours = k;
  // Some of any part's neighbourhoods lie on one flat face; the flattest tell.
  out.noise = quantile(thickness, kQuantile) / chance_flatness(static_cast<double>(k - 3));
  if (density.empty()) return out;
  out.density = quantile(density, 0.5);
  out.wide = quantile(radius, 0.5) > kWide * out.noise;
  return out;
}

// Two faces of a thin plate look like scatter about its middle, but not the
// same: their heights are two values, not a bell. Second and fourth moments of
// heights in the flattest neighbourhoods tell the two apart: with faces at +-a
// and normal scatter, 3 m2^2 - m4 = 2 a^4 and m2 = a^2 + noise^2.
void split_layers(const std::vector<Vec3>& points, const cloud::PointIndex& index, Scatter& s) {
  struct Heights {
    double second, fourth;
  };
  std::vector<Heights> all;
  constexpr size_t k = 24;
  const size_t step = std::max<size_t>(1, points.size() / 400);
  for (size_t i = 0; i < points.size(); i += step) {
    const auto near = around(points, index, points[i], k);
    const auto plane = principal_plane(near);
    Heights h{0, 0};
    for (Vec3 p : near) {
      const double d = dot(p - plane.mean, plane.normal);
      h.second += d * d, h.fourth += d * d * d * d;
    }
    const double lost = static_cast<double>(k - 3);  // the plane took three
    all.push_back({h.second / lost, h.fourth / lost});
  }
  std::sort(all.begin(), all.end(), [](auto a, auto b) { return a.second < b.second; });
  all.resize(std::max<size_t>(1, all.size() / 2));
  double m2 = 0, m4 = 0;
  for (const Heights& h : all) m2 += h.second, m4 += h.fourth;
  m2 /= static_cast<double>(all.size()), m4 /= static_cast<double>(all.size());
  if (!(m2 > 0) || m4 > 2.4 * m2 * m2) return;
  const double a2 = std::sqrt((3 * m2 * m2 - m4) / 2);
  s.layers = 2 * std::sqrt(a2);
  s.noise *= std::sqrt(std::max(0.0, 1 - a2 / m2));
  // Nearly two values: what is left is the planes' own tilt.
  if (a2 > 0.75 * m2) s.noise = std::min(s.noise, s.layers / 16);
}

}  // namespace

Scatter measure_scatter(const std::vector<Vec3>& points) {
  Scatter best;
  if (points.size() < 10) return best;
  const cloud::PointIndex index(points);
  // Where neighbourhoods are narrower than the scatter is thick, the thickness
  // seen grows with them; then it stays; then they reach over edges.
  Scatter before = scatter_of(points, index, 9);
  best = before;
  if (before.wide) return best;
  double slowest = INFINITY;
  for (size_t k = 18; k <= std::min(kMostNeighbours, points.size() / 6); k *= 2) {
    const Scatter now = scatter_of(points, index, k);
    const double growth = now.noise / before.noise;
    before = now;
    if (growth < slowest) {
      slowest = growth, best = now;
    } else if (growth < kSteady) {
      best.neighbours = k;
    } else {
      break;
    }
  }
  split_layers(points, index, best);
  return best;
}

Smoothed smoothed(const std::vector<Vec3>& points, const Scatter& scatter) {
  const cloud::PointIndex index(points);
  const size_t n = points.size(), k = std::max<size_t>(16, scatter.neighbours);
  std::vector<PrincipalPlane> planes;
  planes.reserve(n);
  for (Vec3 p : points) planes.push_back(robust_plane(around(points, index, p, k)));
  Smoothed out;
  const double own = 1 / (scatter.noise * scatter.noise);
  for (Vec3 p : points) {
    const auto near = index.nearest(p, k);
    const size_t step = std::max<size_t>(1, k / 24);
    double least = INFINITY;
    const PrincipalPlane* best = &planes[near[0].index];
    for (size_t j = 0; j < near.size(); j += step) {
      const auto& plane = planes[near[j].index];
      const double d = dot(p - plane.mean, plane.normal);
      const double cost = 4 * plane.variance * own + d * d * own;
      if (cost < least) least = cost, best = &plane;
    }
    out.points.push_back(p - best->normal * dot(p - best->mean, best->normal));
    out.normals.push_back(best->normal);
  }
  // A plane of k points is off by its tilt at the rim as much as by its offset.
  out.noise = scatter.noise * 2 / std::sqrt(static_cast<double>(k));
  return out;
}

std::vector<Vec3> without_outliers(const std::vector<Vec3>& points) {
  constexpr size_t kNear = 6;
  constexpr double kFar = 4;  // times the usual distance; by chance one in many millions
  if (points.size() < 50) return points;
  const cloud::PointIndex index(points);
  std::vector<double> d;
  d.reserve(points.size());
  for (Vec3 p : points) d.push_back(std::sqrt(index.nearest(p, kNear).back().distance2));
  const double limit = kFar * quantile(d, 0.5);
  std::vector<Vec3> out;
  for (size_t i = 0; i < points.size(); ++i)
    if (d[i] <= limit) out.push_back(points[i]);
  // A cloud of uneven density is not one of outliers.
  return out.size() > points.size() * 9 / 10 ? out : points;
}

}  // namespace cadrecode::fit
