// Dimensions moved to the plain values they were meant to be.
#pragma once

#include "geometry/part/part.h"

namespace cadrecode::fit {

// A grid (1, 2, 2.5 or 5 times a power of ten) on which at least four in five
// of the part's dimensions lie within a twelfth of its step, and within
// `tolerance`; 0 if there is none. Far more than chance would put there.
double common_grid(const part::Part& part, double tolerance);

// Values near the grid go onto it; without a grid, and for values off it,
// digits below `resolution` are dropped. Shared corners stay shared, arcs go
// through their own middle between the moved ends.
// The smallest extent a part's dimensions describe: heights of extrusions, sides
// of loops' boxes. What may be moved is measured against it.
double smallest_extent(const part::Part& part);

part::Part snapped(const part::Part& part, double tolerance, double resolution);

}  // namespace cadrecode::fit
