// Inside the engine: the prisms' surface cut into patches to draw from.
//
// Every prism's walls are patches, and so are its caps in trapezoids between
// the corners of the profile (a trapezoid with a circular side lies in one with
// straight sides). Points uniform over all patches, kept where the patch is the
// solid's surface (boundary.h), are uniform over that surface. Steps that do not
// come near a patch are left out of that test beforehand.
#pragma once

#include <vector>

#include "geometry/prism/prepared.h"

namespace cadrecode::prism {

// p(u, v), u and v in [0, 1):
//   flat wall   base + a u + b v
//   round wall  base + a cos(angle) + b sin(angle) + up v, angle = angle0 + sweep u
//   cap cell    base + a x + b y, y = y0 + (y1 - y0) t(u), x from the left curve
struct Patch {
  enum class Kind { kFlat, kRound, kCap } kind;
  int step, face;  // SurfaceSamples::step, face
  double area;     // of the bounding patch
  Vec3 base, a, b, up, normal;
  double angle0 = 0, sweep = 0, normal_sign = 0;  // round: outward = radial * sign
  double y0 = 0, y1 = 0, w0 = 0, w1 = 0;          // cap: width at most w0 + (w1 - w0) t
  const part::MonotonePiece *left = nullptr, *right = nullptr;
  int first_near = 0, last_near = 0;  // Sampler::near, steps from the last to the first
  bool free = false;                  // surface everywhere
};

// Patches are chosen by the alias method (Walker 1977): column k keeps itself
// below share[k], else goes to other[k].
struct Sampler {
  std::vector<Patch> patches;
  std::vector<int> near;
  std::vector<double> share;
  std::vector<int> other;
  double total = 0;  // area of the patches
};

void make_sampler(const Prepared& s, Sampler& out);  // keeps out's memory

}  // namespace cadrecode::prism
