// Places and affine maps.
//
// Location mirrors CadQuery's Location (a rigid motion applied to shapes without
// copying their geometry), Transform its Matrix. Angles are degrees here, because
// they come from program text. A cadrecode::Frame stands for CadQuery's Plane.
#pragma once

#include <array>
#include <memory>
#include <utility>

#include "base/vec.h"

namespace cadrecode::brep {

class Location {
 public:
  struct Rep;

  Location();  // identity
  explicit Location(Vec3 translation);
  // Extrinsic rotations about X, then Y, then Z, then the translation:
  // CadQuery's Location(x, y, z, rx, ry, rz). Exactly the identity if all are zero.
  Location(Vec3 translation, Vec3 angles_degrees);
  // Rotation about `axis` through the origin, then the translation.
  Location(Vec3 translation, Vec3 axis, double angle_degrees);
  explicit Location(const Frame& plane);      // where the plane stands
  Location(const Frame& plane, Vec3 origin);  // the plane's directions at another origin
  explicit Location(std::shared_ptr<const Rep> rep) : rep_(std::move(rep)) {}

  Location operator*(const Location& other) const;  // apply other first
  Location inverse() const;
  Location power(int exponent) const;

  Vec3 translation() const;
  // ((x, y, z), (rx, ry, rz) in degrees): CadQuery's toTuple().
  std::pair<Vec3, Vec3> to_tuple() const;
  Frame plane() const;  // CadQuery's Location.plane

  bool is_identity() const;
  const Rep& rep() const { return *rep_; }

 private:
  std::shared_ptr<const Rep> rep_;
};

class Transform {
 public:
  struct Rep;

  Transform();  // identity
  // Row-major 3 x 4, CadQuery's Matrix([[…4], […4], […4]]).
  explicit Transform(const std::array<std::array<double, 4>, 3>& rows);
  explicit Transform(std::shared_ptr<const Rep> rep) : rep_(std::move(rep)) {}

  static Transform to_world(const Frame& plane);  // Plane.rG
  static Transform to_local(const Frame& plane);  // Plane.fG
  static Transform of(const Location& location);
  static Transform rotation(Vec3 point, Vec3 direction, double angle_degrees);
  // Mirror about an axis (Plane.mirrorInPlane) and about a plane (Shape.mirror).
  static Transform axis_mirror(Vec3 point, Vec3 direction);
  static Transform plane_mirror(Vec3 point, Vec3 normal);

  Transform operator*(const Transform& other) const;  // Matrix.multiply
  Transform inverse() const;
  Vec3 apply(Vec3 point) const;  // Vector.transform: the vector taken as a point
  double at(int row, int column) const;
  const Rep& rep() const { return *rep_; }

 private:
  std::shared_ptr<const Rep> rep_;
};

// CadQuery's Plane.rotated: the plane turned about its own x, y, z axes (degrees).
Frame rotated_plane(const Frame& plane, Vec3 angles_degrees);

}  // namespace cadrecode::brep
