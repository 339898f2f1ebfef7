// The order in which CPython walks a set of points.
//
// CadQuery's hull collects the ends of lines in a Python set, and which of several collinear points
// its march takes first, hence how many edges the hull has, depends on the set's order. That order
// is fixed by the hash of a tuple of floats and by CPython's set table (3.11: Objects/setobject.c,
// tupleobject.c, Python/pyhash.c), so it can be reproduced.
#pragma once

#include <cstdint>
#include <vector>

#include "base/vec.h"

namespace cadrecode::cadquery {

// hash(x) of a finite float and hash((x, y)).
int64_t python_hash(double number);
int64_t python_hash(Vec2 point);

// The points, each once, in the order of iteration over a set that they were added to one by one.
std::vector<Vec2> in_set_order(const std::vector<Vec2>& points);

}  // namespace cadrecode::cadquery
