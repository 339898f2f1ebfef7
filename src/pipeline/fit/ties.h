// Arcs and circles that look like one made one.
#pragma once

#include "geometry/part/part.h"

namespace cadrecode::fit {

// Circles and arcs of steps in one frame whose points lie within `tolerance` of
// another circle take its centre and radius exactly: whole circles first, then
// the longest arcs. Nearly coincident walls are what kernels' booleans fail on,
// and equal dimensions are what the part's maker meant.
part::Part tied(const part::Part& part, double tolerance);

}  // namespace cadrecode::fit
