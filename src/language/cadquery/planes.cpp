// The planes programs can name or spell out (convert.h).
#include <array>
#include <cmath>

#include "language/cadquery/convert.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

struct NamedPlane {
  std::string_view name;
  Vec3 x, normal;
};

constexpr std::array<NamedPlane, 12> kPlanes{{
    {"XY", {1, 0, 0}, {0, 0, 1}},
    {"YZ", {0, 1, 0}, {1, 0, 0}},
    {"ZX", {0, 0, 1}, {0, 1, 0}},
    {"XZ", {1, 0, 0}, {0, -1, 0}},
    {"YX", {0, 1, 0}, {0, 0, -1}},
    {"ZY", {0, 0, 1}, {-1, 0, 0}},
    {"front", {1, 0, 0}, {0, 0, 1}},
    {"back", {-1, 0, 0}, {0, 0, -1}},
    {"left", {0, 0, 1}, {-1, 0, 0}},
    {"right", {0, 0, -1}, {1, 0, 0}},
    {"top", {1, 0, 0}, {0, 1, 0}},
    {"bottom", {1, 0, 0}, {0, -1, 0}},
}};

// The x direction gp_Ax3 gives a plane of which only the normal is known.
Vec3 default_x(Vec3 n) {
  const double a = std::abs(n.x), b = std::abs(n.y), c = std::abs(n.z);
  if (b <= a && b <= c) return a > c ? Vec3{-n.z, 0, n.x} : Vec3{n.z, 0, -n.x};
  if (a <= b && a <= c) return b > c ? Vec3{0, -n.z, n.y} : Vec3{0, n.z, -n.y};
  return a > b ? Vec3{-n.y, n.x, 0} : Vec3{n.y, -n.x, 0};
}

}  // namespace

Frame named_plane(const std::string& name, Vec3 origin) {
  for (const NamedPlane& plane : kPlanes)
    if (plane.name == name) return {origin, plane.x, plane.normal};
  interpreter::throw_value_error(
      "Supported names are ['XY', 'YZ', 'ZX', 'XZ', 'YX', 'ZY', 'front', 'back', 'left', 'right', "
      "'top', 'bottom'], not '" +
      name + "'");
}

Frame plane_from(Vec3 origin, std::optional<Vec3> x_dir, Vec3 normal) {
  if (norm(normal) == 0) interpreter::throw_value_error("normal should be non null");
  const Vec3 n = unit(normal);
  if (!x_dir) return {origin, unit(default_x(n)), n};
  if (norm(*x_dir) == 0) interpreter::throw_value_error("xDir should be non null");
  const Vec3 x = unit(*x_dir);
  return {origin, unit(cross(cross(n, x), n)), n};
}

}  // namespace cadrecode::cadquery
