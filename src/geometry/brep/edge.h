// Making vertices and edges: CadQuery's Vertex.makeVertex and Edge.makeX.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

Shape make_vertex(Vec3 point);
Vec3 to_point(const Shape& vertex);  // Vertex.toTuple

Shape make_line(Vec3 a, Vec3 b);

// A circle in the plane through `center` normal to `direction`; an arc from
// angle1 to angle2 (degrees) when they differ, clockwise if !orientation.
Shape make_circle(double radius, Vec3 center = {}, Vec3 direction = {0, 0, 1}, double angle1 = 360,
                  double angle2 = 360, bool orientation = true);

// x_radius along x_direction; either may be the larger. sense -1 is clockwise.
Shape make_ellipse(double x_radius, double y_radius, Vec3 center = {}, Vec3 direction = {0, 0, 1},
                   Vec3 x_direction = {1, 0, 0}, double angle1 = 360, double angle2 = 360,
                   int sense = 1);

struct SplineOptions {
  // Two end tangents, or one per point (none where unset); empty: free.
  std::vector<std::optional<Vec3>> tangents;
  bool periodic = false;
  std::vector<double> parameters;  // one per point, one more if periodic; empty: chord length
  bool scale = true;               // tangents give directions only
  double tolerance = 1e-6;
};
Shape make_spline(const std::vector<Vec3>& points, const SplineOptions& options = {});
// A distinction CadQuery makes: an empty parameter list given explicitly is an error.

struct SplineApproxOptions {
  double tolerance = 1e-3;
  std::optional<std::array<double, 3>> smoothing;
  int min_degree = 1;
  int max_degree = 6;
};
Shape make_spline_approx(const std::vector<Vec3>& points, const SplineApproxOptions& options = {});

Shape make_three_point_arc(Vec3 start, Vec3 middle, Vec3 end);
Shape make_tangent_arc(Vec3 start, Vec3 tangent, Vec3 end);
Shape make_bezier(const std::vector<Vec3>& poles);

Shape trim(const Shape& edge, double u0, double u1);  // Edge.trim
Shape close(const Shape& edge_or_wire);               // Edge.close, Wire.close

}  // namespace cadrecode::brep
