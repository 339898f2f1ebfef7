// Volume and overlap of meshes by parallel rays on three axes ("dexels"; van
// Hook 1986; three directions as Benouamer & Michelucci 1997).
//
// A grid of rays along each axis is cut by every triangle; depth along a ray is
// exact, so the only error is lateral: how well the grid resolves outlines. A
// shared edge belongs to exactly one of its triangles on every ray (a fixed
// tie rule on exactly evaluated edge functions), so a closed mesh is entered as
// often as it is left on every ray. Solid is where the count of entries minus
// exits is positive: overlapping bodies of one mesh unite.
//
// The error is estimated from the spread of the three axes and from the same
// grid at half its density; it is an estimate, not a bound.
#pragma once

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

struct DexelOptions {
  int rays = 128;           // along the longer side of the box, on each axis
  double target_error = 0;  // relative; > 0: double the rays until met
  int max_rays = 1024;
};

// Whether the rays saw solids: the share of them on which a mesh was entered
// and left unequally often, or was negative (inside out) somewhere.
struct DexelVerdict {
  double open_a = 0, open_b = 0;          // share of crossed rays that do not close
  double inverted_a = 0, inverted_b = 0;  // share of crossed rays with a negative stretch
  bool ok() const;                        // all four are at most 1e-3
};

struct DexelVolume {
  double volume = 0;
  double error = 0;  // estimated, absolute
  int rays = 0;      // used at last
  DexelVerdict verdict;
};

struct DexelOverlap {
  double volume_a = 0, volume_b = 0;
  double intersection = 0;
  double iou = 0;           // of those three; 0 when both are empty
  double iou_error = 0;     // estimated, absolute
  int rays = 0;
  DexelVerdict verdict;     // not ok: the numbers above mean nothing
};

DexelVolume dexel_volume(const TriangleMesh& mesh, const DexelOptions& options = {});
DexelOverlap dexel_overlap(const TriangleMesh& a, const TriangleMesh& b,
                           const DexelOptions& options = {});

}  // namespace cadrecode::mesh
