// Planes, cylinders, cones and spheres behind surfaces that do not say so: with a
// normal at every point the fits are linear (p = c + r n for cylinder and sphere,
// n . (p - apex) = 0 for a cone).
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {
namespace {

using mesh::SurfaceKind;
using mesh::SurveyFace;
using mesh::SurveySample;

constexpr size_t kFewest = 12;
constexpr double kParallel = 2e-3;  // how far normals may be off their plane or cone

struct Points {
  std::vector<Vec3> p, n;
};

Eigen::Vector3d eigen(Vec3 v) { return {v.x, v.y, v.z}; }
Vec3 plain(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }

// The normals' mean and the direction they vary least in about it.
std::pair<Vec3, Vec3> flattest(const std::vector<Vec3>& normals, bool about_mean) {
  Vec3 mean{};
  for (Vec3 n : normals) mean += n;
  mean = mean / static_cast<double>(normals.size());
  Eigen::Matrix3d scatter = Eigen::Matrix3d::Zero();
  for (Vec3 n : normals) {
    const Eigen::Vector3d d = eigen(about_mean ? n - mean : n);
    scatter += d * d.transpose();
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(scatter);
  return {mean, plain(solver.eigenvectors().col(0))};
}

bool try_plane(const Points& q, double tolerance, SurveyFace& f) {
  const auto [mean, unused] = flattest(q.n, false);
  if (norm(mean) < 1 - kParallel) return false;
  const Vec3 n = normalized(mean);
  Vec3 middle{};
  for (Vec3 p : q.p) middle += p;
  middle = middle / static_cast<double>(q.p.size());
  for (Vec3 p : q.p) {
    if (std::abs(dot(p - middle, n)) > tolerance) return false;
  }
  f.kind = SurfaceKind::kPlane;
  f.axis = n, f.origin = middle;
  return true;
}

// p = c + r n, seen without the component along `axis` (a zero axis: in space).
bool center_and_radius(const Points& q, Vec3 axis, double tolerance, Vec3& center, double& radius) {
  Vec3 mean_p{}, mean_n{};
  const auto seen = [&](Vec3 v) { return v - axis * dot(v, axis); };
  const double count = static_cast<double>(q.p.size());
  for (size_t i = 0; i < q.p.size(); ++i) mean_p += seen(q.p[i]), mean_n += seen(q.n[i]);
  mean_p = mean_p / count, mean_n = mean_n / count;
  double up = 0, down = 0;
  for (size_t i = 0; i < q.p.size(); ++i) {
    const Vec3 n = seen(q.n[i]) - mean_n;
    up += dot(seen(q.p[i]) - mean_p, n), down += dot(n, n);
  }
  if (down < 1e-3 * count) return false;
  radius = up / down;
  center = mean_p - mean_n * radius;
  for (size_t i = 0; i < q.p.size(); ++i) {
    const Vec3 d = seen(q.p[i]) - center;
    if (std::abs(norm(d) - std::abs(radius)) > tolerance) return false;
  }
  return true;
}

bool try_round(const Points& q, double tolerance, SurveyFace& f) {
  const auto [unused, axis] = flattest(q.n, false);
  double worst = 0;
  for (Vec3 n : q.n) worst = std::max(worst, std::abs(dot(n, axis)));
  Vec3 center{};
  double radius = 0;
  const bool cylinder = worst < kParallel;
  if (!center_and_radius(q, cylinder ? axis : Vec3{}, tolerance, center, radius)) return false;
  f.kind = cylinder ? SurfaceKind::kCylinder : SurfaceKind::kSphere;
  f.axis = cylinder ? axis : Vec3{0, 0, 1};
  f.origin = center;
  f.radius = std::abs(radius), f.concave = radius < 0;
  return true;
}

bool try_cone(const Points& q, double tolerance, SurveyFace& f) {
  auto [mean, axis] = flattest(q.n, true);
  const double sine = dot(mean, axis);
  for (Vec3 n : q.n) {
    if (std::abs(dot(n, axis) - sine) > kParallel) return false;
  }
  if (std::abs(sine) < 0.02 || std::abs(sine) > 0.999) return false;
  Eigen::MatrixXd a(q.p.size(), 3);
  Eigen::VectorXd b(q.p.size());
  for (size_t i = 0; i < q.p.size(); ++i) {
    a.row(static_cast<Eigen::Index>(i)) = eigen(q.n[i]);
    b(static_cast<Eigen::Index>(i)) = dot(q.n[i], q.p[i]);
  }
  const Vec3 apex = plain(a.colPivHouseholderQr().solve(b));
  for (size_t i = 0; i < q.p.size(); ++i) {
    if (!(std::abs(dot(q.n[i], q.p[i] - apex)) < tolerance)) return false;
  }
  f.kind = SurfaceKind::kCone;
  f.axis = axis, f.origin = apex;
  f.half_angle = std::asin(std::abs(sine));
  const Vec3 d = q.p[0] - apex;
  f.concave = dot(d - axis * dot(d, axis), q.n[0]) < 0;
  return true;
}

// How far around the axis the points reach: a turn less the widest gap between them.
double turn_of(const Points& q, const SurveyFace& f) {
  const Vec3 x =
      normalized(std::abs(f.axis.x) < 0.9 ? cross(f.axis, {1, 0, 0}) : cross(f.axis, {0, 1, 0}));
  const Vec3 y = cross(f.axis, x);
  std::vector<double> angles;
  for (Vec3 p : q.p) angles.push_back(std::atan2(dot(p - f.origin, y), dot(p - f.origin, x)));
  std::sort(angles.begin(), angles.end());
  double gap = angles.front() + 2 * std::numbers::pi - angles.back();
  for (size_t i = 1; i < angles.size(); ++i) gap = std::max(gap, angles[i] - angles[i - 1]);
  // points do not reach the border: count one mean spacing of gap as none
  const double spacing = 4 * std::numbers::pi / static_cast<double>(angles.size());
  return 2 * std::numbers::pi - std::max(0.0, gap - spacing);
}

}  // namespace

void recognise(mesh::Survey& survey, double tolerance) {
  std::vector<Points> of_face(survey.faces.size());
  for (const SurveySample& s : survey.samples) {
    if (survey.faces[static_cast<size_t>(s.face)].kind != SurfaceKind::kOther) continue;
    of_face[static_cast<size_t>(s.face)].p.push_back(s.point);
    of_face[static_cast<size_t>(s.face)].n.push_back(s.normal);
  }
  for (size_t i = 0; i < of_face.size(); ++i) {
    SurveyFace& f = survey.faces[i];
    const Points& q = of_face[i];
    if (f.kind != SurfaceKind::kOther || q.p.size() < 3) continue;
    if (try_plane(q, tolerance, f) || q.p.size() < kFewest) continue;
    if (!try_round(q, tolerance, f) && !try_cone(q, tolerance, f)) continue;
    f.turn = turn_of(q, f);
  }
}

}  // namespace cadrecode::sheet
