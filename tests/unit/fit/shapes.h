// Test parts and points on their surfaces, made without the rooms under test.
#pragma once

#include <cmath>
#include <vector>

#include "base/random.h"
#include "geometry/mesh/mesh.h"
#include "geometry/part/build.h"
#include "geometry/part/loop.h"
#include "geometry/part/part.h"

namespace cadrecode::test {

inline bool inside(const part::Part& part, Vec3 p) {
  bool in = false;
  for (const auto& s : part.steps) {
    const Vec3 l = s.extrusion.frame.to_local(p);
    const bool here = l.z > s.extrusion.start && l.z < s.extrusion.end &&
                      part::contains(s.extrusion.profile, {l.x, l.y});
    if (s.operation == part::Operation::kJoin) in = in || here;
    if (s.operation == part::Operation::kCut) in = in && !here;
    if (s.operation == part::Operation::kIntersect) in = in && here;
  }
  return in;
}

// About `count` points on the part's surface, uniform by area: points of every
// prism's faces where the solid begins or ends.
inline std::vector<Vec3> surface_points(const part::Part& part, size_t count, uint64_t seed) {
  RandomStream random(seed);
  std::vector<Vec3> out;
  double total = 0;
  for (const auto& s : part.steps)
    total += 2 * part::area(s.extrusion.profile) +
             part::perimeter(s.extrusion.profile) * (s.extrusion.end - s.extrusion.start);
  const auto keep = [&](const part::Extrusion& e, Vec3 local, Vec3 normal) {
    const Vec3 p = e.frame.to_world(local), n = e.frame.direction_to_world(normal) * 1e-6;
    if (inside(part, p + n) != inside(part, p - n)) out.push_back(p);
  };
  for (const auto& s : part.steps) {
    const auto& e = s.extrusion;
    const auto box = part::bounds(e.profile);
    const double density = static_cast<double>(count) / total;
    const auto caps = static_cast<int>(density * (box.hi.x - box.lo.x) * (box.hi.y - box.lo.y));
    for (double z : {e.start, e.end})
      for (int i = 0; i < caps; ++i) {
        const Vec2 q{random.next_uniform(box.lo.x, box.hi.x),
                     random.next_uniform(box.lo.y, box.hi.y)};
        if (part::contains(e.profile, q)) keep(e, {q.x, q.y, z}, {0, 0, 1});
      }
    const auto walls = [&](const part::Loop& loop) {
      for (const auto& segment : part::segments(loop)) {
        const auto n = static_cast<int>(density * part::length(segment) * (e.end - e.start));
        for (int i = 0; i < n; ++i) {
          const double t = random.next_uniform();
          const Vec2 q = part::point_at(segment, t);
          const Vec2 m = perpendicular(part::tangent_at(segment, t));
          keep(e, {q.x, q.y, random.next_uniform(e.start, e.end)}, {m.x, m.y, 0});
        }
      }
    };
    for (const auto& r : e.profile.regions) {
      walls(r.outer);
      for (const auto& l : r.inner) walls(l);
    }
  }
  return out;
}

// Overlap of two parts, by points of a grid over both; off by about 1/n.
inline double overlap(const part::Part& a, const part::Part& b, Box3 box, int n = 40) {
  double common = 0, either = 0;
  RandomStream random(7);
  const Vec3 s = box.size();
  for (int i = 0; i < n * n * n; ++i) {
    const Vec3 p{box.lo.x + s.x * random.next_uniform(), box.lo.y + s.y * random.next_uniform(),
                 box.lo.z + s.z * random.next_uniform()};
    const bool in_a = inside(a, p), in_b = inside(b, p);
    common += in_a && in_b, either += in_a || in_b;
  }
  return either > 0 ? common / either : 0;
}

inline Box3 box_of(const std::vector<Vec3>& points) {
  Box3 box;
  for (Vec3 p : points) box.add(p);
  return box;
}

// The 100 x 60 x 10 plate with a bore and a slot.
inline part::Part plate() {
  using namespace part;
  Loop slot{{Curve::line({-35, -6}, {-15, -6}), Curve::arc({-15, -6}, {-9, 0}, {-15, 6}),
             Curve::line({-15, 6}, {-35, 6}), Curve::arc({-35, 6}, {-41, 0}, {-35, -6})}};
  return {
      {join(extrude({}, profile(rectangle({0, 0}, 100, 60), {circle({20, 5}, 12), slot}), 10))}};
}

// An L of two plates, 80 long; one step, seen along Y.
inline part::Part bracket() {
  using namespace part;
  return {
      {join(extrude(named_plane("ZX"),
                    profile(polygon({{0, 0}, {0, 50}, {8, 50}, {8, 8}, {60, 8}, {60, 0}})), 80))}};
}

// A stepped shaft: three cylinders on one axis.
inline part::Part shaft() {
  using namespace part;
  return {{join(extrude({}, profile(circle({3, 4}, 30)), 20)),
           join({{}, profile(circle({3, 4}, 18)), 20, 60}),
           join({{}, profile(circle({3, 4}, 9)), 60, 100})}};
}

// A plate along Z with a cylinder along X through and beyond it.
inline part::Part crossed() {
  using namespace part;
  return {{join(extrude({}, profile(rectangle({0, 0}, 80, 60)), 20)),
           join({named_plane("YZ"), profile(circle({5, 22}, 14)), -60, 55})}};
}

// A right prism over a polygon that `star` sees whole; closed, turned outwards.
inline mesh::TriangleMesh prism_mesh(const std::vector<Vec2>& corners, Vec2 star, double lo,
                                     double hi) {
  mesh::TriangleMesh m;
  const auto n = static_cast<uint32_t>(corners.size());
  for (double z : {lo, hi})
    for (Vec2 c : corners) m.vertices.push_back({c.x, c.y, z});
  m.vertices.push_back({star.x, star.y, lo});
  m.vertices.push_back({star.x, star.y, hi});
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t j = (i + 1) % n;
    m.triangles.push_back({i, j, n + j});
    m.triangles.push_back({i, n + j, n + i});
    m.triangles.push_back({2 * n, j, i});
    m.triangles.push_back({2 * n + 1, n + i, n + j});
  }
  return m;
}

inline std::vector<Vec2> circle_corners(double r, int n) {
  std::vector<Vec2> out;
  for (int i = 0; i < n; ++i)
    out.push_back({r * std::cos(2 * part::kPi * i / n), r * std::sin(2 * part::kPi * i / n)});
  return out;
}

// A washer of n facets each way round.
inline mesh::TriangleMesh washer_mesh(double inner, double outer, int facets, double lo,
                                      double hi) {
  mesh::TriangleMesh m;
  const auto n = static_cast<uint32_t>(facets);
  for (double z : {lo, hi})
    for (double r : {inner, outer})
      for (Vec2 c : circle_corners(r, facets)) m.vertices.push_back({c.x, c.y, z});
  const auto quad = [&](uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    m.triangles.push_back({a, b, c}), m.triangles.push_back({a, c, d});
  };
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t j = (i + 1) % n, in_lo = 0, out_lo = n, in_hi = 2 * n, out_hi = 3 * n;
    quad(out_lo + i, out_lo + j, out_hi + j, out_hi + i);
    quad(in_lo + j, in_lo + i, in_hi + i, in_hi + j);
    quad(in_hi + i, out_hi + i, out_hi + j, in_hi + j);
    quad(in_lo + j, out_lo + j, out_lo + i, in_lo + i);
  }
  return m;
}

inline void turn(mesh::TriangleMesh& m, const Frame& frame) {
  for (Vec3& v : m.vertices) v = frame.to_world(v);
}

}  // namespace cadrecode::test
