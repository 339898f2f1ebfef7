#include "language/cadquery/vector_math.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "base/error.h"

namespace cadrecode::cadquery {
namespace {

constexpr double kPi = std::numbers::pi;

}  // namespace

Vec3 unit(Vec3 v) {
  const double length = norm(v);
  if (length <= std::numeric_limits<double>::min())
    throw Error(ErrorKind::kGeometry, "null vector: it has no direction");
  return v / length;
}

double angle_between(Vec3 a, Vec3 b) {
  const Vec3 u = unit(a), v = unit(b);
  const double cosine = dot(u, v);
  if (cosine > -0.70710678118655 && cosine < 0.70710678118655) return std::acos(cosine);
  const double sine = norm(cross(u, v));
  return cosine < 0 ? kPi - std::asin(sine) : std::asin(sine);
}

double signed_angle(Vec3 a, Vec3 b, Vec3 reference) {
  const double angle = angle_between(a, b);
  return dot(cross(unit(a), unit(b)), reference) >= 0 ? angle : -angle;
}

double radians(double degrees) { return degrees * (kPi / 180.0); }
double degrees(double radians) { return radians * (180.0 / kPi); }

}  // namespace cadrecode::cadquery
