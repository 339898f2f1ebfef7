// One form for equal parts, and motions.
//
// Canonical form (the solid is unchanged; every rule is exact in floating
// point, so that canonical(canonical(p)) == canonical(p)):
//   frame     an extrusion along a world axis with its x axis along another
//             becomes XY, YZ or ZX (CadQuery's names) with the origin at 0:
//             profile coordinates and [start, end] are world coordinates.
//             Any other frame keeps its axes; its origin moves along the
//             normal until start = 0.
//   loops     counter-clockwise, starting at the smallest (x, then y) corner
//   order     regions, and inner loops, by that corner (a circle's is its
//             leftmost point); steps keep theirs
//   zero      -0.0 becomes 0.0
// An arc keeps the mid point it was given: two arcs through different mid
// points are different data, though they may be one set. The order of steps is
// meaning, not form.
#pragma once

#include <cstdint>

#include "geometry/part/part.h"

namespace cadrecode::part {

Extrusion canonical(const Extrusion& extrusion);
Part canonical(const Part& part);

// 64-bit hash of the canonical form; equal for equal parts, on every machine.
uint64_t hash(const Part& part);

// p -> frame.to_world(p * scale): a rigid motion after a uniform scale.
struct Motion {
  Frame frame;
  double scale = 1;
};
Part moved(const Part& part, const Motion& motion);
Part translated(const Part& part, Vec3 by);
Part scaled(const Part& part, double factor);  // about the world origin

// Box of an extrusion, exact; and of a part's joined steps, which only bounds
// the part from outside (cuts may shrink it: prism has the exact one).
Box3 bounds(const Extrusion& extrusion);
Box3 outer_bounds(const Part& part);

}  // namespace cadrecode::part
