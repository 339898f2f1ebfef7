// Features on solids: CadQuery's Mixin3D. As there, the result keeps the type() of
// the shape it was made from even where the kernel returns a compound.
#pragma once

#include <optional>
#include <vector>

#include "geometry/brep/shape.h"
#include "geometry/brep/wire.h"

namespace cadrecode::brep {

Shape fillet(const Shape& shape, double radius, const std::vector<Shape>& edges);
// length2 on the edge's second face; symmetric if unset or zero.
Shape chamfer(const Shape& shape, double length, std::optional<double> length2,
              const std::vector<Shape>& edges);
// Faces removed (none: a closed cavity); thickness outwards positive.
Shape hollow(const Shape& shape, const std::vector<Shape>& faces, double thickness,
             double tolerance = 0.0001, OffsetKind kind = OffsetKind::kArc);

struct PrismFeature {
  std::optional<double> depth;
  double taper = 0;  // degrees
  Shape up_to_face;  // null: not used
  bool thru_all = true;
  bool additive = true;
};
// Prismatic feature from wires or faces; `basis` may be null (Mixin3D.dprism).
Shape dprism_wires(const Shape& shape, const Shape& basis, const std::vector<Shape>& profiles,
                   const PrismFeature& options = {});
Shape dprism(const Shape& shape, const Shape& basis, const std::vector<Shape>& faces,
             const PrismFeature& options = {});

}  // namespace cadrecode::brep
