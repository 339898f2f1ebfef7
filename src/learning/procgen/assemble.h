// Algorithm 2: a part from random sketches.
//
// One plane (XY, YZ or ZX, at a random offset) carries one to three steps, each
// a sketch of its own extruded to its own side and height; sometimes a second
// plane carries one more. The whole is centred, scaled until its longest side is
// 2 half_side, and quantised: plane levels, heights, corners, arcs' mid points,
// centres and radii become integers (a rectangle's centre may be half of one).
#pragma once

#include <optional>
#include <vector>

#include "base/random.h"
#include "geometry/part/part.h"
#include "learning/procgen/knobs.h"

namespace cadrecode::procgen {

struct Draft {
  part::Part part;
  std::vector<bool> at_end;  // [steps] the sketch lies on the extrusion's end
};

// In the sketch square's units. nullopt: a sketch came out empty.
std::optional<Draft> draw_draft(const Knobs& knobs, RandomStream& random);

// nullopt where something shrank to nothing, a curve became shorter than
// least_length or a loop unsound.
std::optional<Draft> quantised(const Knobs& knobs, const Draft& draft);

}  // namespace cadrecode::procgen
