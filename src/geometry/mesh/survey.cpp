#include "geometry/mesh/survey.h"

namespace cadrecode::mesh {

const char* to_string(SurfaceKind kind) {
  switch (kind) {
    case SurfaceKind::kPlane:
      return "plane";
    case SurfaceKind::kCylinder:
      return "cylinder";
    case SurfaceKind::kCone:
      return "cone";
    case SurfaceKind::kSphere:
      return "sphere";
    case SurfaceKind::kTorus:
      return "torus";
    default:
      return "freeform";
  }
}

}  // namespace cadrecode::mesh
