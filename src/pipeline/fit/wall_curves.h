// Walls of a view: curves found among points, grown until corners close, and
// the faces they cut the plane into.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/fit/arrangement.h"
#include "pipeline/fit/curves2d.h"

namespace cadrecode::fit {

// find_curves() with options scaled to a part of `size`; a curve takes the points
// within `claim`.
std::vector<PlaneCurve> find_wall_curves(const std::vector<Vec2>& points, double size,
                                         double tolerance, double claim, uint64_t seed);

// Lines that are parallel or square to each other as far as their lengths can tell
// become so: the short ones turn, about their middles, to the direction that the
// most length agrees on, and so again with the rest.
void align_lines(std::vector<PlaneCurve>& curves, double tolerance);

// The arrangement of `found`, grown at their ends, and of `fixed`, as they are
// (curves keep that order). Ends are not seen exactly, so stretches grow by
// what may be missing; those that still end in nothing grow further, up to a
// third of `size`. Where no wall is, the evidence will say so.
Arrangement arrange_walls(const std::vector<PlaneCurve>& found,
                          const std::vector<PlaneCurve>& fixed, double size, double tolerance);

}  // namespace cadrecode::fit
