// A part moved onto points: all its planes and cylinders by robust least
// squares, then to plain values where the points allow it.
//
// Method: points are given to faces (nearest labelled point of the part's own
// surface; those near an edge to none), each surface is fitted to its points
// with Tukey's biweight and a weak prior where it was, corners are recomputed,
// and so again (iterated closest point with surfaces for points; Chen and
// Medioni 1991). Ties hold throughout: what is one surface in several steps, or
// parallel, square or coaxial, stays so (surfaces.h).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"

namespace cadrecode::fit {

struct RefineOptions {
  double size = 0;   // of the input: longest side
  double noise = 0;  // of its points about their surface, standard deviation
  int rounds = 4;
  bool turn = false;  // the whole part may turn: its directions were only estimated
  uint64_t seed = 0;
  std::function<bool()> cancelled;  // asked between rounds
};

struct Refined {
  part::Part part;   // the input's if nothing could be moved
  part::Part plain;  // with values on a grid that they evidently share, or the same
};
Refined refined(const part::Part& part, const std::vector<Vec3>& points,
                const RefineOptions& options);

}  // namespace cadrecode::fit
