// The planes and cylinders of a part fitted to the points on them.
#pragma once

#include <vector>

#include "base/vec.h"
#include "pipeline/fit/surfaces.h"

namespace cadrecode::fit {

// points[k] on flat k, round_points[k] on round k.
struct SurfacePoints {
  std::vector<std::vector<Vec3>> flats, rounds;
};

struct SurfaceFitOptions {
  double scale = 0;  // of points about their surface, at least
  double prior = 0;  // standard deviation of how far off a value may have been
  double tie = 0;    // rounds whose centres or radii are nearer, and indistinguishable, share them
};

// Robust least squares of every surface; errors are filled in.
void fit_surfaces(PartSurfaces& surfaces, const SurfacePoints& points,
                  const SurfaceFitOptions& options);

// Two flats nearer to each other than points scatter: none of the points is
// known to be of one or the other. Their distance comes from the second and
// fourth moments of all heights (two values and a bell; smooth.cpp); where these
// do not tell, half the scatter either side is the guess.
void part_layers(PartSurfaces& surfaces, const SurfacePoints& points, int below, int above,
                 double most);

// The small rotation (a vector along its axis, radians) about the origin that
// brings the points nearest to the flats, whose offsets may move with it.
Vec3 turn_onto_flats(const PartSurfaces& surfaces, const SurfacePoints& points, double scale);

// Values that lie on a plain grid (1, 2, 2.5, 5 times a power of ten) far better
// than chance would put them there go onto it, as far as their errors allow.
// False if there is no such grid.
bool snap_to_grid(PartSurfaces& surfaces, double size);

}  // namespace cadrecode::fit
