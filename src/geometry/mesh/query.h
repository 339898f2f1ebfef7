// Distance, ray and inside queries against a mesh.
//
// A bounding volume hierarchy is built once (binned surface-area heuristic) and
// then only read: queries are const, allocate nothing and may run in parallel.
// Results are exact up to rounding and do not depend on thread or tree order:
// equal distances go to the lowest triangle index.
//
// The inside test is the generalized winding number (Jacobson et al. 2013)
// with far clusters replaced by their dipoles (Barill et al. 2018, "Fast
// Winding Numbers for Soups and Clouds"), so small cracks, self-overlaps and
// duplicate triangles do not upset it.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

struct Nearest {
  double distance = std::numeric_limits<double>::infinity();
  Vec3 point;  // on the mesh
  uint32_t triangle = 0;
};

struct RayHit {
  double t = std::numeric_limits<double>::infinity();  // hit = origin + t * direction
  uint32_t triangle = 0;
  bool hit() const { return t < std::numeric_limits<double>::infinity(); }
};

class MeshIndex {
 public:
  // Keeps its own copy of the triangles; `mesh` may go. Errors: kValue when
  // the mesh is empty.
  explicit MeshIndex(const TriangleMesh& mesh);
  ~MeshIndex();
  MeshIndex(MeshIndex&&) noexcept;
  MeshIndex& operator=(MeshIndex&&) noexcept;

  // The point of the mesh nearest to `p`, if nearer than `within`.
  Nearest nearest(Vec3 p, double within = std::numeric_limits<double>::infinity()) const;

  // First triangle met at t >= 0 along the ray, from either side.
  RayHit first_hit(Vec3 origin, Vec3 direction) const;

  // Generalized winding number: 1 inside a closed outward mesh, 0 outside;
  // within about 0.1 of the exact sum of solid angles / 4 pi.
  double winding_number(Vec3 p) const;
  bool inside(Vec3 p) const { return winding_number(p) > 0.5; }

  // Distance to the surface, negative inside.
  double signed_distance(Vec3 p) const;

  // Many at once, over `threads` threads (0: all cores); out[i] belongs to points[i].
  std::vector<Nearest> nearest(std::span<const Vec3> points, int threads = 0) const;
  std::vector<uint8_t> inside(std::span<const Vec3> points, int threads = 0) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace cadrecode::mesh
