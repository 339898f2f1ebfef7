// Wall curves of a view: found, and grown so that corners close.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/fit/curves2d.h"

namespace cadrecode::fit {

// find_curves() with options scaled to a part of `size`; stretches extended by
// what may be missing at their ends, more than half circles made whole.
std::vector<PlaneCurve> find_wall_curves(const std::vector<Vec2>& points, double size,
                                         double tolerance, uint64_t seed);

}  // namespace cadrecode::fit
