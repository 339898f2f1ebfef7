// Meshes seen along one direction: exact sections between levels.
#pragma once

#include "geometry/mesh/mesh.h"
#include "pipeline/fit/stack.h"

namespace cadrecode::fit {

struct MeshStackOptions {
  double tolerance = 1e-4;    // of the traced loops, input units
  double level_gap = 1e-4;    // faces nearer than this along the direction are one level
  double max_turn = 0.70;     // of an arc's chords, radians; 0: outlines stay polygons
  double max_change = 0.015;  // slabs whose section changes by more are halved (share of the
                              // area; outline: of the longest side)
  int max_halvings = 4;
};

// The stack of `mesh` along `frame.normal`; slabs may be empty (a gap between
// bodies). `varying`: the share of volume in slabs that had to be halved, 0 for
// a part that is prismatic along this direction.
struct MeshStack {
  Stack stack;
  double varying = 0;
};
MeshStack mesh_stack(const mesh::TriangleMesh& mesh, const Frame& frame,
                     const MeshStackOptions& options);

}  // namespace cadrecode::fit
