// Vectors, boxes and frames: the plain types every geometric room shares.
//
// Coordinates are double, in the unit of the surrounding text (program units;
// mm where known). Angles are radians inside, degrees in program text.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cadrecode {

struct Vec2 {
  double x = 0, y = 0;

  Vec2 operator+(Vec2 o) const { return {x + o.x, y + o.y}; }
  Vec2 operator-(Vec2 o) const { return {x - o.x, y - o.y}; }
  Vec2 operator-() const { return {-x, -y}; }
  Vec2 operator*(double s) const { return {x * s, y * s}; }
  Vec2 operator/(double s) const { return {x / s, y / s}; }
  bool operator==(const Vec2&) const = default;
};

inline double dot(Vec2 a, Vec2 b) { return a.x * b.x + a.y * b.y; }
inline double cross(Vec2 a, Vec2 b) { return a.x * b.y - a.y * b.x; }
inline double norm(Vec2 a) { return std::hypot(a.x, a.y); }
inline Vec2 normalized(Vec2 a) { return a / norm(a); }
inline Vec2 perpendicular(Vec2 a) { return {-a.y, a.x}; }  // a turned by +90 degrees

struct Vec3 {
  double x = 0, y = 0, z = 0;

  double operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }
  double& operator[](int axis) { return axis == 0 ? x : axis == 1 ? y : z; }
  Vec3 operator+(Vec3 o) const { return {x + o.x, y + o.y, z + o.z}; }
  Vec3 operator-(Vec3 o) const { return {x - o.x, y - o.y, z - o.z}; }
  Vec3 operator-() const { return {-x, -y, -z}; }
  Vec3 operator*(double s) const { return {x * s, y * s, z * s}; }
  Vec3 operator/(double s) const { return {x / s, y / s, z / s}; }
  Vec3& operator+=(Vec3 o) { return *this = *this + o; }
  bool operator==(const Vec3&) const = default;
};

inline double dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(Vec3 a, Vec3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(Vec3 a) { return std::sqrt(dot(a, a)); }
inline Vec3 normalized(Vec3 a) { return a / norm(a); }

// Axis-aligned box; empty (lo > hi) until something is added.
struct Box3 {
  Vec3 lo{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
          std::numeric_limits<double>::infinity()};
  Vec3 hi{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
          -std::numeric_limits<double>::infinity()};

  bool empty() const { return lo.x > hi.x; }
  void add(Vec3 p) {
    for (int a = 0; a < 3; ++a) {
      lo[a] = std::min(lo[a], p[a]);
      hi[a] = std::max(hi[a], p[a]);
    }
  }
  void add(const Box3& b) {
    if (!b.empty()) add(b.lo), add(b.hi);
  }
  Vec3 size() const { return hi - lo; }
  Vec3 center() const { return (lo + hi) / 2; }
  double longest() const { return std::max({hi.x - lo.x, hi.y - lo.y, hi.z - lo.z}); }
  double diagonal() const { return norm(hi - lo); }
};

// A right-handed orthonormal frame: origin, x axis, normal (z axis).
// CadQuery's Plane; a sketch's 2-D coordinates live on its x and y axes.
struct Frame {
  Vec3 origin;
  Vec3 x{1, 0, 0};
  Vec3 normal{0, 0, 1};

  Vec3 y() const { return cross(normal, x); }
  Vec3 to_world(Vec3 local) const {
    return origin + x * local.x + y() * local.y + normal * local.z;
  }
  Vec3 to_local(Vec3 world) const {
    Vec3 d = world - origin;
    return {dot(d, x), dot(d, y()), dot(d, normal)};
  }
  Vec3 direction_to_world(Vec3 local) const {
    return x * local.x + y() * local.y + normal * local.z;
  }
  Vec3 direction_to_local(Vec3 world) const {
    return {dot(world, x), dot(world, y()), dot(world, normal)};
  }
  bool operator==(const Frame&) const = default;
};

}  // namespace cadrecode
