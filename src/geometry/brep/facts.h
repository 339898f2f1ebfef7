// The facts `cadrecode run --json` reports of a result.
#pragma once

#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

struct Facts {
  bool valid = false;  // BRepCheck on every body
  double volume = 0;   // sum of CadQuery's Volume() of each solid; 0 where there is none
  double area = 0;
  Box3 bbox;    // AddOptimal box, its gap included, as CadQuery's BoundBox
  Vec3 center;  // Shape.Center() of the compound
  int solids = 0, faces = 0, edges = 0, vertices = 0;  // unique, as CadQuery lists them
};

// One body is measured as it stands, several as their compound (made in the order
// given), which is what `cq.Compound.makeCompound(result.vals())` would report.
// Throws kValue if there is no body at all.
Facts measure(const std::vector<Shape>& bodies);

// The same in two steps: whether the shape is any good (counts and validity), and
// then its size. `whole` is the one body, or the compound of several.
Shape whole(const std::vector<Shape>& bodies);
Facts check(const Shape& whole);
void measure(const Shape& whole, Facts& facts);

}  // namespace cadrecode::brep
