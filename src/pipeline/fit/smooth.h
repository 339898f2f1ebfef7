// Noisy points laid back onto the surface they scatter about, edges kept.
//
// Method: every point has the plane of its neighbourhood, wide enough that the
// scatter is thin beside it; a point goes onto the plane, of its neighbours'
// too, that is flat and near it. Beside an edge that is the plane of its own
// side, as neighbourhoods reaching over the edge are not flat (after Kuwahara et
// al. 1976, for points).
#pragma once

#include <cstddef>
#include <vector>

#include "base/vec.h"

namespace cadrecode::fit {

// Scatter of points about their surface (standard deviation) and points per
// area.
struct Scatter {
  double noise = 0;
  double density = 0;
  size_t neighbours = 9;  // as many as are still flat
  double layers = 0;      // distance of two faces seen as one, 0 if there are none
  bool wide = false;      // nine neighbours reach far beyond the scatter
};
Scatter measure_scatter(const std::vector<Vec3>& points);

struct Smoothed {
  std::vector<Vec3> points;   // [N] in the order given
  std::vector<Vec3> normals;  // [N] unit, either way
  double noise = 0;           // what scatter is left
};
Smoothed smoothed(const std::vector<Vec3>& points, const Scatter& scatter);

// Without points that stand alone: those much farther from their neighbours
// than the cloud's points are from theirs. In the order given.
std::vector<Vec3> without_outliers(const std::vector<Vec3>& points);

}  // namespace cadrecode::fit
