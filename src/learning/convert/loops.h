// Inside the conversions: loose curves to loops, loops to profiles.
#pragma once

#include <string>
#include <vector>

#include "geometry/part/part.h"

namespace cadrecode::convert {

// One closed loop of all the curves, in any order and direction; ends within
// `tolerance` become one point, curves shorter than that go. A single circle is
// a loop. Throws Error(kGeometry).
part::Loop chain(std::vector<part::Curve> curves, double tolerance);

// The largest loop less the others. Throws Error(kGeometry) for loops that are
// faulty or leave nothing.
part::Profile profile_of(std::vector<part::Loop> loops);

}  // namespace cadrecode::convert
