// Lines and circles among unordered 2-D points: the outlines of walls seen
// along their direction.
//
// Method: hypotheses from pairs and triples of near points, each scored by the
// points it explains in stretches (isolated crossings of other outlines do not
// count), taken greedily by lazily updated score, refitted by least squares
// (after Fischler and Bolles 1981; lazy greedy after Minoux 1978). Hypotheses
// are drawn from a seeded stream: same points and seed, same curves.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/vec.h"
#include "pipeline/fit/circle.h"

namespace cadrecode::fit {

struct PlaneCurve {
  bool is_circle = false;
  Line line;
  Circle circle;
  // Where points lie along the curve: arc length along line.direction(), or
  // radians in [0, 2 pi) about the centre (a stretch may run past 2 pi).
  std::vector<std::pair<double, double>> stretches;
  size_t support = 0;  // points explained

  double distance(Vec2 p) const;
  double parameter(Vec2 p) const;
};

struct CurveOptions {
  double tolerance = 0.1;  // of a point to its curve
  double claim = 0.2;      // of a point to the curve that takes it
  double gap = 5;          // between points of one stretch
  double min_stretch = 1;  // shorter ones are crossings
  size_t min_support = 7;  // points
  size_t max_curves = 80;
  uint64_t seed = 0;
};

std::vector<PlaneCurve> find_curves(const std::vector<Vec2>& points, const CurveOptions& options);

// Stretches of sorted parameters, split at gaps; closed: parameters are angles.
std::vector<std::pair<double, double>> stretches_of(std::vector<double> parameters, double gap,
                                                    bool closed);

}  // namespace cadrecode::fit
