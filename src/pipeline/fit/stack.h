// A part seen along one direction: slabs between levels, each with the regions
// its cross-section has throughout, and the Part that says so in few steps.
//
// Notation
//   frame   sketch plane; its normal is the direction, offsets run along it
//   slab    [start, end] along the normal with one set of regions
//   chain   a loop that stays the same over consecutive slabs
// Guarantees of to_part(): the same solid as the slabs (up to `tolerance`);
// joins come before the cuts that go into them, islands after those cuts.
#pragma once

#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"

namespace cadrecode::fit {

struct Slab {
  double start = 0, end = 0;
  std::vector<part::Region> regions;  // islands in holes are regions of their own
};

struct Stack {
  Frame frame;
  std::vector<Slab> slabs;  // ascending, not overlapping
};

// Loops within `tolerance` of each other in consecutive slabs become one
// extrusion; holes that do not run through all of their chain become cuts.
part::Part to_part(const Stack& stack, double tolerance);

// Right-handed frame with the given normal at the world origin: XY, YZ or ZX
// for (nearly) world axes, so that coordinates stay those of the source.
Frame frame_along(Vec3 normal);

}  // namespace cadrecode::fit
