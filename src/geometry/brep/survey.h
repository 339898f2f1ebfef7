// A shape laid open: every face, edge and how they meet, as plain data.
#pragma once

#include "geometry/brep/shape.h"
#include "geometry/mesh/survey.h"

namespace cadrecode::brep {

// Bodies are the solids, or the shape itself when it has none. Surfaces the kernel
// stores as something more general than they are (a spline that is a cylinder) stay
// SurfaceKind::kOther. Errors: kValue for a shape without faces, kGeometry from the
// kernel.
mesh::Survey survey(const Shape& shape);

}  // namespace cadrecode::brep
