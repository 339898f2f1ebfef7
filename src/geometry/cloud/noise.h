// Gaussian augmentation in the field's two readings of "noise 0.01 with
// probability 0.5".
//
//   on the cloud     every coordinate of the final points (normalised, after
//                    farthest-point sampling) by itself: CAD-Recode's paper and
//                    OpenCADRecode, sigma 0.01 of a frame that spans 2
//   on the vertices  of the mesh, in program units (which span 200), before it
//                    is sampled: cadrille's code. Faces stay flat and joined; they
//                    tilt by a hundredth of what the number says
// Sigma is always in the units of what is given. Number 3 i + a of the stream
// moves coordinate a of point i: a longer cloud's beginning moves as the shorter one does.
#pragma once

#include <span>

#include "base/random.h"
#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::cloud {

struct Noise {
  double probability = 0.5;
  double sigma = 0.01;
};

// Whether this draw is to be noisy; from a stream of its own, so that the noise
// itself is the same whatever the probability.
bool wants_noise(const Noise& noise, const RandomStream& random);

// Errors: kValue for a sigma that is negative or not finite.
void add_noise(std::span<Vec3> points, double sigma, const RandomStream& random);
// Normals are left alone: a sensor's noise does not turn the surface.
void add_noise(PointCloud& cloud, double sigma, const RandomStream& random);
void add_vertex_noise(mesh::TriangleMesh& mesh, double sigma, const RandomStream& random);

}  // namespace cadrecode::cloud
