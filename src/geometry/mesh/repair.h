// Topology of a triangle mesh: welding, components, closedness, orientation.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

struct WeldReport {
  size_t vertices_merged = 0;
  size_t vertices_unused = 0;    // dropped: no triangle used them
  size_t triangles_dropped = 0;  // two corners became one
};

// Vertices within `tolerance` of an earlier one become that one (0: exactly
// equal positions, -0 = +0). The first occurrence gives the position and the
// order, so the result does not depend on hashing. Unused vertices go too.
WeldReport weld(TriangleMesh& mesh, double tolerance = 0);

// For every point the first one at exactly its position: what weld() goes by.
std::vector<uint32_t> first_equal(const std::vector<Vec3>& points);

// Splits edges longer than `longest` at their middle, over and over, alike from
// both sides, so that a closed mesh stays closed. Stops (with longer edges
// left) before the mesh would have more than `most` triangles.
TriangleMesh refined(const TriangleMesh& mesh, double longest, size_t most = 500'000);

// Drops triangles whose area is at most `area`, and every repeat of a triangle
// (same three corners, same turn). Returns how many went.
size_t drop_degenerate(TriangleMesh& mesh, double area = 0);

// The component of every triangle: triangles sharing a vertex (by index; weld
// first) belong together. Components are numbered by their first triangle.
struct Components {
  std::vector<uint32_t> of_triangle;  // [T]
  uint32_t count = 0;
};
Components components(const TriangleMesh& mesh);
std::vector<TriangleMesh> split(const TriangleMesh& mesh);

// Edges by how triangles use them; weld first. An edge is matched when it is
// run through equally often in both directions.
struct Closedness {
  size_t edges = 0;
  size_t boundary_edges = 0;     // used by one triangle only
  size_t nonmanifold_edges = 0;  // used by more than two
  size_t misturned_edges = 0;    // two triangles running the same way
  double boundary_length = 0;
  bool watertight() const { return edges > 0 && boundary_edges == 0 && unmatched_edges == 0; }
  bool manifold() const { return watertight() && nonmanifold_edges == 0; }
  size_t unmatched_edges = 0;  // directions do not balance
};
Closedness closedness(const TriangleMesh& mesh);

void flip(TriangleMesh& mesh);  // turns every triangle round

// Makes neighbours agree in turn across two-triangle edges, then turns every
// component outwards (positive volume for closed ones; components lying inside
// an odd number of others are cavities and are turned inwards; not looked for
// in a soup of more than 256 pieces). For open pieces the turn is a guess.
// Returns how many triangles were turned.
size_t orient(TriangleMesh& mesh);

}  // namespace cadrecode::mesh
