// Inside the engine: the solid's edges, as far as they are straight or between
// known surfaces.
#pragma once

#include <vector>

#include "geometry/prism/prepared.h"

namespace cadrecode::prism {

// A face's surface: g(y) = 0 with gradient the unit normal.
struct Surface {
  Vec3 point, normal;  // plane
  bool round = false;  // cylinder instead
  Vec3 axis_point, axis;
  double radius = 0;

  double value(Vec3 y, Vec3& gradient) const;
};

// The nearest point to x on both surfaces (Gauss-Newton of least norm from
// `start`); false without convergence to `tolerance`.
bool meet_surfaces(const Surface& a, const Surface& b, Vec3 x, Vec3 start, double tolerance,
                   Vec3& y);

// Whether an edge of the solid runs through y between surfaces with normals na
// and nb there: not all four sectors are on one side.
bool surface_through(const Prepared& s, Vec3 y, Vec3 na, Vec3 nb);

// Straight edges exactly; the others as points, with the surfaces they lie on.
struct Edges {
  struct Line {
    Vec3 from, to;
  };
  struct Point {
    Vec3 at;
    int a, b;  // surfaces
  };
  std::vector<Line> lines;
  std::vector<Point> points;
  std::vector<Surface> surfaces;
};

// The edges between faces of different steps and the prisms' own ones, as far as
// they lie on the solid's surface. `per_turn` points are laid along a full turn of a
// curved edge, and along the solid's extent.
Edges find_edges(const Prepared& s, int per_turn);

}  // namespace cadrecode::prism
