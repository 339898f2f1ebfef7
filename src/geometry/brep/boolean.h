// Boolean operations as methods of CadQuery's Shape and Compound run them.
//
// A shape whose type() is kCompound takes part with its members (Compound.fuse and
// the like), any other as one argument. The result's type is its kind.
// ops.h has the free functions of the same names, which differ in their settings.
#pragma once

#include <optional>
#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

// `glue` assumes that arguments only touch; `tolerance` is OCCT's fuzzy value.
Shape fuse(const Shape& shape, const std::vector<Shape>& with, bool glue = false,
           std::optional<double> tolerance = {});
Shape cut(const Shape& shape, const std::vector<Shape>& with, std::optional<double> tolerance = {});
Shape intersect(const Shape& shape, const std::vector<Shape>& with,
                std::optional<double> tolerance = {});
Shape split(const Shape& shape, const std::vector<Shape>& splitters);

// Merges faces and edges of the same geometry (Shape.clean; clean.cpp says what is left
// unmerged, as CadQuery's kernel leaves it). What the kernel fails to merge stays as it is.
Shape clean(const Shape& shape);

// Boolean operations run on several threads only if this is set (default: one;
// the results are the same either way).
void set_parallel(bool on);

}  // namespace cadrecode::brep
