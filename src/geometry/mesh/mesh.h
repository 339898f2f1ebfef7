// Triangle meshes as every room passes them on.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/vec.h"

namespace cadrecode::mesh {

// Triangles are counter-clockwise seen from outside. Coordinates are in the
// source's own unit and frame; readers never rescale.
struct TriangleMesh {
  std::vector<Vec3> vertices;                      // [V]
  std::vector<std::array<uint32_t, 3>> triangles;  // [T], indices into vertices

  bool empty() const { return triangles.empty(); }
};

}  // namespace cadrecode::mesh
