// The frames in which the published protocols compare shapes.
//
//   official  [0,1]^3: own box's centre at 0.5, longest side 1
//   raw100    program units, +-100; p / 200 + 0.5 is "fixed-scale" official
//   half      [-0.5,0.5]^3: own box's centre at 0, longest side 1
#pragma once

#include "geometry/mesh/mesh.h"
#include "geometry/part/part.h"

namespace cadrecode::metric {

// x -> (x - center) * scale + offset, the same on every axis.
struct Similarity {
  Vec3 center;
  double scale = 1;
  Vec3 offset;
  Vec3 apply(Vec3 p) const { return (p - center) * scale + offset; }
};

// By its own bounding box. A mesh without extent (longest side at most 1e-7) is
// moved but not scaled, as the official script does.
Similarity to_official(const mesh::TriangleMesh& mesh);
Similarity to_half(const mesh::TriangleMesh& mesh);
// The CAD-Recode demo's fixed map from program units: position and size count.
Similarity fixed_scale();

mesh::TriangleMesh apply(const Similarity& s, mesh::TriangleMesh mesh);

// Two parts brought together for a protocol without leaving the truth's own
// units, so that what lies exactly on a plane still does: the truth stays, the
// prediction is moved, and lengths times `to_unit` are lengths in the frame.
struct PlacedParts {
  part::Part prediction;
  double to_unit = 1;
};
// Boxes are the parts' exact ones; `fixed`: the prediction by fixed_scale().
PlacedParts together(const part::Part& prediction, const Box3& prediction_box,
                     const Box3& truth_box, bool fixed = false);

}  // namespace cadrecode::metric
