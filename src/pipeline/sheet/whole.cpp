// Wall thickness and symmetry: what rays and reflections say of the whole part.
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {
namespace {

constexpr size_t kTried = 1200;    // points a symmetry is tried on
constexpr double kAllowed = 2e-3;  // distance from the part, of its diagonal
constexpr double kSquare = 0.94;   // cosine: the far wall is parallel to the near one

struct Weighted {
  double thickness, area;
};

}  // namespace

Wall measure_walls(const Context& c) {
  std::vector<Weighted> found;
  const double lift = 1e-4 * c.box.diagonal();
  double all = 0;
  for (size_t f = 0; f < c.samples_of.size(); ++f) {
    const auto& samples = c.samples_of[f];
    const size_t stride = samples.size() > 16 ? samples.size() / 16 : 1;
    for (size_t i = 0; i < samples.size(); i += stride) {
      const Vec3 n = samples[i]->normal;
      const auto hit = c.rays.first_hit(samples[i]->point - n * lift, -n);
      if (!hit.hit() || hit.t < 10 * lift * 0.1) continue;
      const auto& w = c.survey.mesh.triangles[hit.triangle];
      const auto& v = c.survey.mesh.vertices;
      const Vec3 far = cross(v[w[1]] - v[w[0]], v[w[2]] - v[w[0]]);
      if (!(norm(far) > 0) || -dot(normalized(far), n) < kSquare) continue;
      const double area = c.survey.faces[f].area * static_cast<double>(stride) /
                          static_cast<double>(samples.size());
      found.push_back({hit.t + lift, area});
      all += area;
    }
  }
  Wall wall;
  if (found.empty()) return wall;
  std::sort(found.begin(), found.end(),
            [](const Weighted& a, const Weighted& b) { return a.thickness < b.thickness; });
  wall.thinnest = found.front().thickness;
  double upto = 0;
  for (const Weighted& w : found) {
    if ((upto += w.area) >= all / 2) {
      wall.median = w.thickness;
      break;
    }
  }
  // the 2 % window with the most area
  double best = 0, inside = 0;
  for (size_t lo = 0, hi = 0; hi < found.size(); ++hi) {
    inside += found[hi].area;
    while (found[hi].thickness > 1.02 * found[lo].thickness) inside -= found[lo++].area;
    if (inside > best * (1 + 1e-9)) best = inside, wall.usual = found[lo + (hi - lo) / 2].thickness;
  }
  wall.usual_share = best / all;
  return wall;
}

Symmetry find_symmetry(const Context& c, const Sheet& sheet) {
  Symmetry out;
  std::vector<Vec3> points;
  const size_t stride = std::max<size_t>(1, c.survey.samples.size() / kTried);
  // a stride that shares no factor with the samples of a face
  for (size_t i = 0; i < c.survey.samples.size(); i += stride | 1)
    points.push_back(c.survey.samples[i].point);
  const double allowed = kAllowed * c.box.diagonal();
  const auto holds = [&](const auto& map) {
    return std::all_of(points.begin(), points.end(), [&](Vec3 p) {
      return c.rays.nearest(map(p), 2 * allowed).distance < allowed;
    });
  };
  Eigen::Matrix3d inertia;
  for (int r = 0; r < 3; ++r) {
    for (int k = 0; k < 3; ++k)
      inertia(r, k) = sheet.inertia[static_cast<size_t>(r)][static_cast<size_t>(k)];
  }
  std::vector<Vec3> axes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(inertia);
  for (int k = 0; k < 3; ++k) {
    const Vec3 a{solver.eigenvectors()(0, k), solver.eigenvectors()(1, k),
                 solver.eigenvectors()(2, k)};
    const bool known =
        std::any_of(axes.begin(), axes.end(), [&](Vec3 b) { return norm(cross(a, b)) < 0.01; });
    if (!known) axes.push_back(a);
  }
  const double r = std::numbers::sqrt2 / 2;
  for (const Vec3 d : {Vec3{r, r, 0}, Vec3{r, -r, 0}, Vec3{r, 0, r}, Vec3{r, 0, -r}, Vec3{0, r, r},
                       Vec3{0, r, -r}})
    axes.push_back(d);
  for (const Vec3 n : axes) {
    if (holds([&](Vec3 p) { return p - n * (2 * dot(p - sheet.center, n)); }))
      out.mirror_normals.push_back(n);
  }
  const auto turned = [&](Vec3 axis, double angle) {
    return [&, axis, angle](Vec3 p) {
      const Vec3 d = p - sheet.center;
      return sheet.center + d * std::cos(angle) + cross(axis, d) * std::sin(angle) +
             axis * (dot(axis, d) * (1 - std::cos(angle)));
    };
  };
  for (const Vec3 axis : axes) {
    int best = 1;
    for (int n = 2; n <= 36; ++n) {
      if (holds(turned(axis, 2 * std::numbers::pi / n))) best = n;
    }
    if (best > 1 && holds(turned(axis, 1.0)) && holds(turned(axis, 0.37))) best = 0;  // any angle
    const auto rank = [](int turns) { return turns == 0 ? 1000 : turns; };
    if (rank(best) > rank(out.turns)) out.turns = best, out.axis = axis;
  }
  return out;
}

}  // namespace cadrecode::sheet
