// The pieces of cadrecode._native; each binds one kind of thing.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <vector>

#include "base/vec.h"

namespace cadrecode::python {

// [N, 3] double, from whatever NumPy makes of an array, list or tensor.
using PointsIn = nanobind::ndarray<const double, nanobind::shape<-1, 3>, nanobind::c_contig,
                                   nanobind::device::cpu>;
using Array = nanobind::ndarray<nanobind::numpy, double>;

std::vector<Vec3> points_of(const PointsIn& array);
// A new array that owns its memory; no copy is made of `values`.
Array array_of(std::vector<double> values, std::vector<size_t> shape);
Array array_of(const std::vector<Vec3>& points);

void bind_part(nanobind::module_& m);
void bind_metric(nanobind::module_& m);
void bind_model(nanobind::module_& m);

}  // namespace cadrecode::python
