// Volume and overlap of meshes by parallel rays on three axes ("dexels"; van
// Hook 1986; three directions as Benouamer & Michelucci 1997).
//
// Notation: N rays along the longer side of the common box; h = side / N.
//
// Along a ray depth is exact; the only error is lateral, how well the rays
// resolve outlines. Ray (i, j) does not stand at its cell's middle but at
// (i + {j φ}, j + {i φ}) h, φ the golden ratio, {} the fraction: along any
// straight outline the rays then fall evenly on both sides, and the error sinks
// faster than h even where faces are parallel to the axes (a plain grid's worst
// case: half a cell, all along).
//
// Each edge function is evaluated once, the same way from both triangles (quad
// precision where double cannot tell the sign, a fixed tie rule at zero), so a
// ray through a closed mesh meets exactly one triangle of every edge's two:
// entries and exits balance. Solid is where entries exceed exits, so
// overlapping bodies of one mesh unite. A ray that does not balance (a crack)
// borrows its neighbour's answer and counts against the verdict.
//
// The three axes are weighted by how smoothly the solid lengths vary from ray to
// ray (a plate is measured through, not along). The error comes from the spread
// of the four interleaved quarters of each axis' rays; it is an estimate of
// about two standard deviations.
#pragma once

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

struct DexelOptions {
  int rays = 128;           // N
  double target_error = 0;  // relative (volume) or absolute (IoU); > 0: N doubles until met
  int max_rays = 1024;      // where it stops doubling
};

// Whether the rays saw solids, as shares of the rays that met the mesh.
struct DexelVerdict {
  double open_a = 0, open_b = 0;          // left more or less often than entered
  double inverted_a = 0, inverted_b = 0;  // left before it was entered: inside out
  // The volume is also the flux of (x,0,0), of (0,y,0) and of (0,0,z) through the
  // surface. The three agree for a closed one; what is missing on opposite
  // sides, which no ray along them notices, shows here as their relative spread.
  double leak_a = 0, leak_b = 0;
  // All six are at most 1e-3, and both meshes were met.
  bool ok() const;
  bool met_a = false, met_b = false;
};

struct DexelVolume {
  double volume = 0;
  double error = 0;      // estimated, absolute
  int rays = 0;          // N used at last
  DexelVerdict verdict;  // of a
};

struct DexelOverlap {
  double volume_a = 0, volume_b = 0;
  double intersection = 0;
  double iou = 0;        // of those three; 0 when both are empty
  double iou_error = 0;  // estimated, absolute
  int rays = 0;
  DexelVerdict verdict;  // not ok: the numbers above mean nothing
};

// Errors: kValue for an empty mesh or a count of rays outside 4 … 4096.
DexelVolume dexel_volume(const TriangleMesh& mesh, const DexelOptions& options = {});
DexelOverlap dexel_overlap(const TriangleMesh& a, const TriangleMesh& b,
                           const DexelOptions& options = {});

}  // namespace cadrecode::mesh
