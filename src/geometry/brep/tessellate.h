// From B-rep to triangles.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/brep/shape.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::brep {

struct TessellateOptions {
  double tolerance = 1e-3;         // linear deflection; a share of each edge's size if relative
  double angular_tolerance = 0.1;  // radians
  bool relative = true;
};

struct Tessellation {
  mesh::TriangleMesh mesh;  // faces one after another, vertices not shared between them
  std::vector<uint32_t> face_of_triangle;  // [T], index into Shape::faces()
};

// CadQuery's tessellate: each face in Shape::faces() order, outwards-facing triangles.
// An existing triangulation that is fine enough is kept, as CadQuery keeps it.
Tessellation tessellate(const Shape& shape, const TessellateOptions& options = {});

// The same with coincident vertices merged: a closed mesh for a closed solid.
mesh::TriangleMesh welded_mesh(const Shape& shape, const TessellateOptions& options = {});

}  // namespace cadrecode::brep
