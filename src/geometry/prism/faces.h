// Inside the engine: area and volumes by exact lines on the faces, for prisms
// along any axes.
#pragma once

#include "geometry/prism/scene.h"

namespace cadrecode::prism {

struct FaceIntegrals {
  double area = 0;  // of solid a
  Overlap overlap;
  double area_error = 0, volume_error = 0;  // estimates: what the last halvings changed
};

// Of the scene's steps, whatever their roles. Without `want_area` the area is
// only as good as the volumes need it.
FaceIntegrals integrate_faces(const Scene& scene, bool want_area);

}  // namespace cadrecode::prism
