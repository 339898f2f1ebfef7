// What a shape measures: mass properties, boxes, validity, distances.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

// CadQuery's Center(): the vertex itself, the centre of mass of length (edge, wire),
// area (face, shell) or volume (solid, compound of solids). A compound is measured as
// what its first non-compound descendant is.
Vec3 center(const Shape& shape);
Vec3 center_of_mass(const Shape& shape);  // Shape.centerOfMass
double compute_mass(const Shape& shape, std::optional<double> tolerance = {});
Vec3 combined_center(const std::vector<Shape>& shapes);  // Shape.CombinedCenter
Vec3 combined_center_of_bound_box(const std::vector<Shape>& shapes);
std::array<std::array<double, 3>, 3> matrix_of_inertia(const Shape& shape);

double area(const Shape& shape);  // Area()
// Volume(): the mass in CadQuery's sense, hence a length for edges, an area for faces.
double volume(const Shape& shape, std::optional<double> tolerance = {});

// CadQuery's BoundBox: OCCT's AddOptimal box, grown by the box's own gap (1e-7).
// Throws kGeometry for a shape without extent ("Bnd_Box is void").
struct BoundBox {
  Vec3 min, max;
  double gap = 0;                         // contained in min and max already
  Vec3 len() const { return max - min; }  // xlen, ylen, zlen
  Vec3 center() const { return {(max.x + min.x) / 2, (max.y + min.y) / 2, (max.z + min.z) / 2}; }
  double diagonal_length = 0;  // DiagonalLength
};
BoundBox bounding_box(const Shape& shape);
// BoundBox.add: the box that holds both; tolerance as CadQuery's TOL where unset.
BoundBox add(const BoundBox& a, const BoundBox& b, double tolerance = 1e-2);
BoundBox add(const BoundBox& a, Vec3 point, double tolerance = 1e-2);
BoundBox enlarged(const BoundBox& box, double by);
bool is_inside(const BoundBox& outer, const BoundBox& inner);
inline Vec3 center_of_bound_box(const Shape& shape) { return bounding_box(shape).center(); }

bool is_valid(const Shape& shape);  // BRepCheck_Analyzer
Shape fix(const Shape& shape);      // ShapeFix if not valid (Shape.fix)

double distance(const Shape& a, const Shape& b);
std::pair<Vec3, Vec3> closest(const Shape& a, const Shape& b);  // func.closest

// Point in solid or compound, or on one of its faces (Mixin3D.isInside).
bool is_inside(const Shape& solid, Vec3 point, double tolerance = 1e-6);
// The same for many points, 1 where inside: the kernel prepares once. Several
// solids are asked one by one, as their compound confuses it where they touch.
std::vector<uint8_t> are_inside(const Shape& shape, const std::vector<Vec3>& points,
                                double tolerance = 1e-6);

enum class LineSide { kAny, kAlongAxis, kOpposite };
// Faces hit by the line, nearest first (Shape.facesIntersectedByLine).
std::vector<Shape> faces_intersected_by_line(const Shape& shape, Vec3 point, Vec3 axis,
                                             double tolerance = 1e-4,
                                             LineSide side = LineSide::kAny);

}  // namespace cadrecode::brep
