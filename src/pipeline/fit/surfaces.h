// A part as the planes and cylinders its faces lie on, each known once: what
// looks like one surface in several steps or views is one, and moves as one.
//
// Notation
//   direction  unit normal shared by parallel planes; those of frames' axes are
//              fixed, others turn about their frame's normal, those of one group
//              by the same angle (parallel and square walls stay so)
//   flat       {p : dot(direction, p) == offset}
//   round      {p : |seen(p) - center| == radius}, seen along `axis` in (u, v)
//   face       0 start cap, 1 end cap, 2 + k wall over curve k of the profile
//              (regions in order, outer loop first), as prism::SurfaceSamples
#pragma once

#include <optional>
#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"

namespace cadrecode::fit {

struct PartSurfaces {
  struct Direction {
    Vec3 normal;
    Vec3 about;      // what it may turn about; unused when fixed
    int group = -1;  // -1: fixed
  };
  struct Flat {
    int direction = 0;
    double offset = 0;
    double error = 0;  // standard error of the offset; 0 until fitted
  };
  struct Round {
    Vec3 axis, u, v;
    Vec2 center;
    double radius = 0;
    double center_error = 0, radius_error = 0;

    Vec2 seen(Vec3 p) const { return {dot(p, u), dot(p, v)}; }
  };
  std::vector<Direction> directions;
  std::vector<Flat> flats;
  std::vector<Round> rounds;
  int groups = 0;
  // [step][face]: k >= 0 is flat k, ~k (negative) is round k.
  std::vector<std::vector<int>> of_face;
};

struct TieTolerance {
  double distance = 0;  // offsets, centres and radii nearer than this are one
  double angle = 0;     // directions within this are parallel (or square), radians
};
PartSurfaces surfaces_of(const part::Part& part, const TieTolerance& tie);

// `part` with its faces on `surfaces`: corners where neighbouring walls meet,
// tangent ones where they touch. A loop whose corners would move by more than
// `reach`, or that would not be sound, stays as it is. None when an extrusion
// would have no height.
std::optional<part::Part> rebuilt(const part::Part& part, const PartSurfaces& surfaces,
                                  double reach);

}  // namespace cadrecode::fit
