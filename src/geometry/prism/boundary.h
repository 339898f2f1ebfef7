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

// The same from what is known of each step: in_step(j) has bit 0 where the point
// just below the face is in j's prism, bit 1 for just above. Walks from the
// last step: the solid's two sides are decided as member() would, and a flip of an
// earlier prism at the same point gives the point away.
template <typename InStep>
Exposure decide_exposure(const Prepared& s, int step, std::span<const int> near, bool owned_only,
                         const InStep& in_step) {
  unsigned open = 3, result = 0;  // sides not yet decided; sides inside
  for (const int j : near) {
    if (!open && !owned_only) break;
    const unsigned in = in_step(j);
    if (owned_only && j < step && (in == 1 || in == 2)) return Exposure::kHidden;
    switch (s.prisms[j].operation) {
      case part::Operation::kJoin:
        result |= in & open;
        open &= ~in;
        break;
      case part::Operation::kCut:
        open &= ~in;
        break;
      case part::Operation::kIntersect:
        open &= in;
        break;
    }
    // both sides alike whatever comes before: nothing to see here
    if (!open && (result == 0 || result == 3)) return Exposure::kHidden;
  }
  if (result == 1) return Exposure::kOutwards;
  if (result == 2) return Exposure::kInwards;
  return Exposure::kHidden;
}

// The steps that matter on step i's face in `box`: those whose prisms reach it
// and all intersections, from the last to the first, appended to `near`. `free`:
// nothing but the step itself, and it joins. False if the face is hidden anyway:
// a cut that meets nothing.
bool find_near(const Prepared& s, int step, const Box3& box, std::vector<int>& near, bool& free);

// The box of a stretch of a profile between two heights.
Box3 box_over(const Prism& prism, const part::Box2& flat, double w0, double w1);

// The area as the share of seeded candidates that lie on the surface.
double estimated_area(const Solid& solid, uint64_t candidates);

// The surface points among so many candidates drawn on the steps' faces: bounded work
// however little of them is surface.
std::vector<Vec3> some_surface_points(const Solid& solid, uint64_t candidates);

}  // namespace cadrecode::prism
