// Moving shapes. translate, rotate, mirror, scale and transform_shape make new
// geometry (the result shares nothing with its source); moved and located only set
// the place and share the geometry. As in CadQuery, the class (type()) is kept.
#pragma once

#include <vector>

#include "geometry/brep/location.h"
#include "geometry/brep/shape.h"

namespace cadrecode::brep {

Shape translate(const Shape& shape, Vec3 by);
Shape rotate(const Shape& shape, Vec3 axis_start, Vec3 axis_end, double angle_degrees);
Shape scale(const Shape& shape, double factor);  // about the origin
// Mirrored about the plane through `base` with `normal`. ("XY" is normal z, …)
Shape mirror(const Shape& shape, Vec3 normal, Vec3 base = {});
Shape transform_shape(const Shape& shape, const Transform& map);     // rigid, keeps curve types
Shape transform_geometry(const Shape& shape, const Transform& map);  // any affine map, NURBS
Shape copy(const Shape& shape);

Location location(const Shape& shape);
Shape located(const Shape& shape, const Location& at);  // absolute; locate() assigns this
Shape moved(const Shape& shape, const Location& by);    // relative; move() assigns this
Shape moved(const Shape& shape, const std::vector<Location>& by);  // compound, one per place

std::vector<Location> to_locs(const Shape& shape);  // Shape.toLocs

Shape to_nurbs(const Shape& shape);
Shape to_splines(const Shape& shape, int degree = 3, double tolerance = 1e-3, bool nurbs = false);

}  // namespace cadrecode::brep
