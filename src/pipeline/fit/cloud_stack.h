// Point clouds seen along one direction: levels from spikes of heights, walls
// from lines and circles of what lies between, cells from both, and which cells
// are solid from where points are and are not. Needs no normals.
//
// Assumes points spread roughly evenly by area (a scan thinned to even spacing,
// a sampled surface).
#pragma once

#include <cstdint>
#include <vector>

#include "base/vec.h"
#include "pipeline/fit/levels.h"
#include "pipeline/fit/stack.h"

namespace cadrecode::fit {

// What a cloud is like, measured once.
struct CloudTraits {
  double size = 0;     // longest side of the box
  double noise = 0;    // of points about their surface, standard deviation
  double density = 0;  // points per unit of area
};
CloudTraits measure_cloud(const std::vector<Vec3>& points);

struct CloudStackOptions {
  double level_tolerance = 0;  // half width of a level
  double wall_tolerance = 0;   // of a point to its wall curve, to speak for it
  double wall_claim = 0;       // of a point to its wall curve, to be taken by it
  double blur = 0;             // levels are peaks of this standard deviation; 0: spikes
  uint64_t seed = 0;
};
CloudStackOptions cloud_stack_options(const CloudTraits& traits);
// For points that scatter: tells walls apart that are three standard deviations from
// each other, where the wide ones above take them for one.
CloudStackOptions sharp_stack_options(const CloudTraits& traits);

// By peaks or spikes, as the options say.
std::vector<Level> cloud_levels(const std::vector<double>& heights,
                                const CloudStackOptions& options, double size);

struct CloudStack {
  Stack stack;
  double explained = 0;  // share of points on a level or a wall that bounds a solid cell
  double agreement = 0;  // of the evidence about cells
};
CloudStack cloud_stack(const std::vector<Vec3>& points, const Frame& frame,
                       const CloudTraits& traits, const CloudStackOptions& options);

// Levels (without weight) added where points reach beyond the outermost ones by
// more than `slack`.
void close_ends(std::vector<Level>& levels, std::vector<double> heights, double slack);

// Spikes of the distribution of `heights`: levels, ascending, with the number
// of points on each.
std::vector<Level> spike_levels(std::vector<double> heights, double tolerance, double size);

}  // namespace cadrecode::fit
