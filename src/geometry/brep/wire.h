// Making wires and working on planar ones: CadQuery's Wire.
#pragma once

#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

// Edges in any order. CadQuery only warns when they do not connect, then fails on
// the missing wire: kGeometry here.
Shape assemble_edges(const std::vector<Shape>& edges);
// Wires and edges joined into as few wires as `tolerance` allows (Wire.combine).
std::vector<Shape> combine_wires(const std::vector<Shape>& wires_and_edges,
                                 double tolerance = 1e-9);
std::vector<Shape> edges_to_wires(const std::vector<Shape>& edges, double tolerance = 1e-6);

Shape make_circle_wire(double radius, Vec3 center, Vec3 normal);
Shape make_ellipse_wire(double x_radius, double y_radius, Vec3 center, Vec3 normal,
                        Vec3 x_direction, double angle1 = 360, double angle2 = 360,
                        double rotation_angle = 0, bool closed = true);
Shape make_polygon(const std::vector<Vec3>& points, bool for_construction = false,
                   bool close = false);
// angle 360 winds on a cylinder, any other on a cone of that half angle (degrees).
Shape make_helix(double pitch, double height, double radius, Vec3 center = {},
                 Vec3 direction = {0, 0, 1}, double angle = 360, bool lefthand = false);

Shape stitch(const Shape& wire, const Shape& other);

enum class OffsetKind { kArc, kIntersection, kTangent };
std::vector<Shape> offset_2d(const Shape& wire, double distance,
                             OffsetKind kind = OffsetKind::kArc);

Shape wire_fillet_2d(const Shape& wire, double radius, const std::vector<Shape>& vertices);
Shape wire_chamfer_2d(const Shape& wire, double distance, const std::vector<Shape>& vertices);
// Wire.fillet: 2-D or 3-D, by default at every vertex but the ends of an open wire.
Shape wire_fillet(const Shape& wire, double radius, const std::vector<Shape>& vertices = {});

// Groups of one outer and its inner wires, outer first (sortWiresByBuildOrder).
std::vector<std::vector<Shape>> sort_wires_by_build_order(const std::vector<Shape>& wires);

}  // namespace cadrecode::brep
