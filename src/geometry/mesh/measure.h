// Exact facts of a triangle mesh: box, area, volume, centre, moments.
#pragma once

#include <array>

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

Box3 bounding_box(const TriangleMesh& mesh);  // of the vertices triangles use

double area(const TriangleMesh& mesh);

// Enclosed volume by the divergence theorem, signed: negative when the mesh is
// inside out. Means something only for a closed, consistently turned mesh.
double volume(const TriangleMesh& mesh);

// Volume integrals of the enclosed body at density 1 (Eberly, "Polyhedral Mass
// Properties", 2002), about the origin's axes moved to the centre of mass.
struct Moments {
  double volume = 0;                               // signed, as volume()
  Vec3 center;                                     // of mass; the box centre when volume is 0
  std::array<std::array<double, 3>, 3> inertia{};  // tensor about `center`
};
Moments moments(const TriangleMesh& mesh);

// Twice the area times the unit normal: (b - a) x (c - a).
Vec3 triangle_normal_area2(const TriangleMesh& mesh, size_t triangle);

}  // namespace cadrecode::mesh
