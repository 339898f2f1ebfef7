// How probable noisy points are, given a part: what ranks candidates where scatter
// is wider than what tells them apart.
//
// Method: the points are a Poisson process, even over the surface that the scanner
// saw and blurred by normal scatter across it, with a few strays anywhere. Up to
// what all candidates share, each point costs log(sigma) + d^2 / 2 sigma^2 nats, no more
// than a stray does, with the sigma that suits the part best: scatter measured where
// walls are thin is too much, and the part that tells them apart says so; surface costs the
// logarithm of its area, so that two walls do not explain what is one, and what was not seen costs
// a part of that, so that nothing is made up; every parameter costs log(points) (after Schwarz
// 1978).
#pragma once

#include <cstddef>
#include <span>

#include "geometry/part/part.h"

namespace cadrecode::reconstruct {

struct Blur {
  double noise = 0;    // standard deviation of points across their surface
  double spacing = 0;  // typical distance between neighbouring points
  double area = 0;     // of the surface seen, by number and density of points
  size_t points = 0;   // in all
};

struct Misfit {
  double nats = 0;   // a point, above what the measured scatter alone costs; near 0 when right
  double noise = 0;  // the scatter that suits the part best
};
// `to_part`: distances of (a sample of) the points from the part's surface;
// `to_points`: of a sample of the part's surface, `area` in all, from the points.
Misfit misfit(const Blur& blur, std::span<const double> to_part, std::span<const double> to_points,
              double area, const part::Part& part);

// Numbers that describe the part: extents, corners, radii.
size_t parameters(const part::Part& part);

}  // namespace cadrecode::reconstruct
