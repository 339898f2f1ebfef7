// The vector arithmetic of OCCT's gp_Vec that CadQuery's results depend on.
//
// Errors: kGeometry "null vector" where gp_Vec raises gp_VectorWithNullMagnitude or
// Standard_ConstructionError.
#pragma once

#include "base/vec.h"

namespace cadrecode::cadquery {

// `v` over its length.
Vec3 unit(Vec3 v);

// Angle between two vectors in [0, pi]; by arc cosine or arc sine, whichever is the more exact, as
// gp_Dir::Angle does (selector tolerances see the difference).
double angle_between(Vec3 a, Vec3 b);
// The same, negative when the turn from a to b is clockwise about `reference`.
double signed_angle(Vec3 a, Vec3 b, Vec3 reference);

// Degrees to radians, computed as Python's math.radians: the last bit matters where a program's
// result is compared with CadQuery's.
double radians(double degrees);
double degrees(double radians);

}  // namespace cadrecode::cadquery
