// Inside the engine: which points of the prisms' faces are the solid's surface.
#pragma once

#include "geometry/prism/prepared.h"

namespace cadrecode::prism {

// Offset that decides the two sides of a face, as a part of the solid's
// extent: far above rounding, far below any feature a kernel would keep.
inline constexpr double kSideStep = 2e-7;

enum class Exposure {
  kHidden,    // not on the surface, or an earlier step's face covers the point too
  kOutwards,  // on the surface, the step's outward normal points out of the solid
  kInwards,   // on the surface of a hole: the solid's normal is the opposite
};

// A point of step i's prism surface with that prism's outward normal there.
// `near` lists the steps that can matter at the point, i among them, from the
// last to the first; `owned_only` =
// false asks for the surface only, whoever owns it.
Exposure exposure(const Prepared& s, int step, Vec3 point, Vec3 normal, std::span<const int> near,
                  bool owned_only = true);

// The area as the share of seeded candidates that lie on the surface.
double estimated_area(const Solid& solid, uint64_t candidates);

}  // namespace cadrecode::prism
