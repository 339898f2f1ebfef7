// Convex hull of line segments and circular arcs in the plane.
//
// Marches round the entities counter-clockwise from the lowest one, each time to the entity whose
// tangent turns least (Yue, Murray, Corney, Clark 1999, "Convex hull of a planar set of straight
// and circular line segments", Engineering Computations 16), with the choices and the blind spots
// of cadquery/hull.py: an arc counts as its full circle, only the ends of lines count, and one
// circle inside another is an error.
#pragma once

#include <variant>
#include <vector>

#include "base/vec.h"

namespace cadrecode::cadquery {

// An arc of the circle about `center`; angles in radians from +x, counter-clockwise.
struct HullArc {
  Vec2 center;
  double radius = 0;
  double first = 0, last = 0;
};

struct HullLine {
  Vec2 start, end;
};

using HullEdge = std::variant<HullLine, HullArc>;

// The hull's boundary, in order, of `points` and `arcs`. Where the march loses its way (see the
// blind spots) the boundary is not closed, or has infinite coordinates, as CadQuery's then has;
// making a wire of it fails. A value error when there is nothing to enclose or when circles lie one
// inside the other, kLimit when the march would never end.
std::vector<HullEdge> convex_hull(const std::vector<HullArc>& arcs,
                                  const std::vector<Vec2>& points);

}  // namespace cadrecode::cadquery
