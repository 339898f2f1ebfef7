// Drawing points: from a mesh's surface, and the farthest-point subset.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::cloud {

struct SurfaceSample {
  PointCloud cloud;                 // with the triangles' normals
  std::vector<uint32_t> triangles;  // [N] where each point lies
};

// `count` points, uniform by area, independent. Point i is a pure function of
// (mesh, seed, i), so a longer sample begins with the shorter one.
// Errors: kValue when the mesh has no area.
SurfaceSample sample_surface(const mesh::TriangleMesh& mesh, size_t count, uint64_t seed);

// As above, but point i is drawn in the i-th of `count` equal shares of the
// area: the same density with far less clumping (stratified).
SurfaceSample sample_surface_evenly(const mesh::TriangleMesh& mesh, size_t count, uint64_t seed);

// Indices of `count` points, each the farthest from those before it, as
// pytorch3d's sample_farthest_points computes it on the CPU: start at index 0,
// squared distances in float32 summed x, y, z, ties to the first maximum (so
// index 0 again once only copies of chosen points are left). Exact, whatever
// the machine's vectors. All points when count >= points.size().
// Errors: kValue for a coordinate that is not finite as a float.
std::vector<uint32_t> farthest_points(const std::vector<Vec3>& points, size_t count);

// The same without allocating (after a thread's first call of that size):
// out.size() of them; kValue when there are fewer points.
void farthest_points(std::span<const Vec3> points, std::span<uint32_t> out);

PointCloud take(const PointCloud& cloud, const std::vector<uint32_t>& indices);

}  // namespace cadrecode::cloud
