// Inside the engine: where a solid hangs together by a line only.
#pragma once

#include <optional>

#include "geometry/prism/prepared.h"

namespace cadrecode::prism {

// A round wall that touches a flat or round face of another joined step from
// outside, along a line, with nothing around the line to join the two: the solid has no
// thickness there. B-rep kernels unite such bodies only if an edge of either
// runs through the contact. Where each of the two faces ends within the other along
// the line (they overhang each other), and it is not the seam of a whole cylinder,
// OCCT 7.6 to 7.9 lose a body and give an invalid shape; found by trying all
// arrangements of cylinders, arcs, walls and caps (tests/unit/prism/pinch_test.cpp
// has the table), and steps after that do not bring it back. Gives the later of the
// two steps, if there are any. `solid` is the part's.
//
// Contacts are found to part::kTolerance; whether anything else joins the
// two is asked at points along the line.
std::optional<int> pinched_step(const part::Part& part, const Solid& solid);

}  // namespace cadrecode::prism
