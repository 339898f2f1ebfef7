#include "geometry/brep/location.h"

#include <cmath>
#include <gp_Ax1.hxx>
#include <gp_Ax3.hxx>
#include <gp_EulerSequence.hxx>
#include <gp_Quaternion.hxx>
#include <gp_Trsf.hxx>

#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

std::shared_ptr<const Location::Rep> located_by(const gp_Trsf& map) {
  return std::make_shared<Location::Rep>(Location::Rep{TopLoc_Location(map)});
}

std::shared_ptr<const Transform::Rep> mapped_by(const gp_GTrsf& map) {
  return std::make_shared<Transform::Rep>(Transform::Rep{map});
}

double to_degrees(double angle) { return angle * (180.0 / M_PI); }

gp_Trsf rotated_by(Vec3 angles) {
  gp_Quaternion q;
  q.SetEulerAngles(gp_Extrinsic_XYZ, radians(checked(angles.x, "an angle")),
                   radians(checked(angles.y, "an angle")), radians(checked(angles.z, "an angle")));
  gp_Trsf map;
  map.SetRotation(q);
  return map;
}

gp_Trsf plane_map(const Frame& plane, Vec3 origin) {
  gp_Trsf map;
  map.SetTransformation(gp_Ax3(to_pnt(origin), to_dir(plane.normal), to_dir(plane.x)));
  map.Invert();
  return map;
}

gp_Trsf turn(Vec3 direction, double angle) {
  gp_Trsf map;
  map.SetRotation(gp_Ax1(gp_Pnt(0, 0, 0), to_dir(direction)), angle);
  return map;
}

}  // namespace

Location::Location() : rep_(std::make_shared<Rep>()) {}

Location::Location(Vec3 translation) {
  gp_Trsf map;
  map.SetTranslationPart(to_vec(translation));
  rep_ = located_by(map);
}

Location::Location(Vec3 translation, Vec3 angles_degrees) {
  if (translation == Vec3{} && angles_degrees == Vec3{}) {
    rep_ = std::make_shared<Rep>();
    return;
  }
  gp_Trsf map = rotated_by(angles_degrees);
  map.SetTranslationPart(to_vec(translation));
  rep_ = located_by(map);
}

Location::Location(Vec3 translation, Vec3 axis, double angle_degrees) {
  rep_ = guarded("make a location from an axis and an angle", [&] {
    gp_Trsf map = turn(axis, radians(checked(angle_degrees, "an angle")));
    map.SetTranslationPart(to_vec(translation));
    return located_by(map);
  });
}

Location::Location(const Frame& plane) : Location(plane, plane.origin) {}

Location::Location(const Frame& plane, Vec3 origin) {
  rep_ =
      guarded("make a location from a plane", [&] { return located_by(plane_map(plane, origin)); });
}

Location Location::operator*(const Location& other) const {
  return Location(std::make_shared<Rep>(Rep{rep_->location.Multiplied(other.rep_->location)}));
}

Location Location::inverse() const {
  return Location(std::make_shared<Rep>(Rep{rep_->location.Inverted()}));
}

Location Location::power(int exponent) const {
  return Location(std::make_shared<Rep>(Rep{rep_->location.Powered(exponent)}));
}

Vec3 Location::translation() const {
  return from(rep_->location.Transformation().TranslationPart());
}

std::pair<Vec3, Vec3> Location::to_tuple() const {
  double rx, ry, rz;
  rep_->location.Transformation().GetRotation().GetEulerAngles(gp_Extrinsic_XYZ, rx, ry, rz);
  return {translation(), {to_degrees(rx), to_degrees(ry), to_degrees(rz)}};
}

Frame Location::plane() const {
  auto [origin, angles] = to_tuple();
  // CadQuery multiplies Rz, Ry, Rx in this order, from degrees back to radians.
  gp_Trsf map = turn({0, 0, 1}, angles.z * M_PI / 180.0) *
                turn({0, 1, 0}, angles.y * M_PI / 180.0) * turn({1, 0, 0}, angles.x * M_PI / 180.0);
  Vec3 x = from(gp_Pnt(1, 0, 0).Transformed(map)), z = from(gp_Pnt(0, 0, 1).Transformed(map));
  return {origin, normalized(x), normalized(z)};
}

bool Location::is_identity() const { return rep_->location.IsIdentity(); }

Transform::Transform() : rep_(std::make_shared<Rep>()) {}

Transform::Transform(const std::array<std::array<double, 4>, 3>& rows) {
  gp_GTrsf map;
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 4; ++c) map.SetValue(r + 1, c + 1, checked(rows[r][c], "a matrix entry"));
  }
  rep_ = mapped_by(map);
}

Transform Transform::to_world(const Frame& plane) {
  return guarded("find a plane's transformation", [&] {
    gp_Trsf map;
    map.SetTransformation(gp_Ax3(to_pnt(plane.origin), to_dir(plane.normal), to_dir(plane.x)),
                          gp_Ax3());
    return Transform(mapped_by(gp_GTrsf(map)));
  });
}

Transform Transform::to_local(const Frame& plane) {
  return guarded("find a plane's transformation", [&] {
    gp_Trsf map;
    map.SetTransformation(gp_Ax3(),
                          gp_Ax3(to_pnt(plane.origin), to_dir(plane.normal), to_dir(plane.x)));
    return Transform(mapped_by(gp_GTrsf(map)));
  });
}

Transform Transform::of(const Location& location) {
  return Transform(mapped_by(gp_GTrsf(location.rep().location.Transformation())));
}

Transform Transform::rotation(Vec3 point, Vec3 direction, double angle_degrees) {
  return guarded("make a rotation", [&] {
    gp_Trsf map;
    map.SetRotation(gp_Ax1(to_pnt(point), to_dir(direction)),
                    radians(checked(angle_degrees, "an angle")));
    return Transform(mapped_by(gp_GTrsf(map)));
  });
}

Transform Transform::axis_mirror(Vec3 point, Vec3 direction) {
  return guarded("make a mirror", [&] {
    gp_Trsf map;
    map.SetMirror(gp_Ax1(to_pnt(point), to_dir(direction)));
    return Transform(mapped_by(gp_GTrsf(map)));
  });
}

Transform Transform::plane_mirror(Vec3 point, Vec3 normal) {
  return guarded("make a mirror", [&] {
    gp_Trsf map;
    map.SetMirror(gp_Ax2(to_pnt(point), to_dir(normal)));
    return Transform(mapped_by(gp_GTrsf(map)));
  });
}

Transform Transform::operator*(const Transform& other) const {
  return Transform(mapped_by(rep_->map.Multiplied(other.rep_->map)));
}

Transform Transform::inverse() const {
  return guarded("invert a matrix", [&] { return Transform(mapped_by(rep_->map.Inverted())); });
}

Vec3 Transform::apply(Vec3 point) const {
  return guarded("transform a vector", [&] {
    return from(gp_Pnt(point.x, point.y, point.z).Transformed(rep_->map.Trsf()));
  });
}

double Transform::at(int row, int column) const {
  if (row < 0 || row > 3 || column < 0 || column > 3) {
    fail_value("matrix index (" + std::to_string(row) + ", " + std::to_string(column) +
               ") is outside 4 x 4");
  }
  return row == 3 ? (column == 3 ? 1.0 : 0.0) : rep_->map.Value(row + 1, column + 1);
}

Frame rotated_plane(const Frame& plane, Vec3 angles_degrees) {
  return guarded("rotate a plane", [&] {
    Vec3 a = checked(angles_degrees, "an angle") * (M_PI / 180.0);
    gp_Trsf map = turn(plane.x, a.x) * turn(plane.y(), a.y) * turn(plane.normal, a.z);
    Vec3 x = from(gp_Pnt(plane.x.x, plane.x.y, plane.x.z).Transformed(map));
    Vec3 z = from(gp_Pnt(plane.normal.x, plane.normal.y, plane.normal.z).Transformed(map));
    return Frame{plane.origin, normalized(x), normalized(z)};
  });
}

}  // namespace cadrecode::brep
