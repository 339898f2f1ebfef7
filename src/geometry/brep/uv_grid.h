// Sampling faces and edges on regular grids for B-rep networks.
#pragma once

#include "geometry/brep/shape.h"
#include "geometry/mesh/uv_grid.h"

namespace cadrecode::brep {

// Faces in the order of Shape::faces(), edges in that of Shape::edges(); edges
// with one face only (free borders, seams) are left out, and one with more than
// two faces gives a row for each neighbouring pair. Normals point outward,
// tangents run as the edge does. Errors: kValue for a shape without faces,
// kGeometry from the kernel.
mesh::UvGrids uv_grids(const Shape& shape);

}  // namespace cadrecode::brep
