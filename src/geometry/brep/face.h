// Making faces and asking them: CadQuery's Face.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "geometry/brep/location.h"
#include "geometry/brep/shape.h"

namespace cadrecode::brep {

// A planar face; kValue if the wires are open or not planar. The result may be a
// compound of faces when the inner wires fall outside the outer one.
Shape make_face(const Shape& outer_wire, const std::vector<Shape>& inner_wires = {});
std::vector<Shape> wires_to_faces(const std::vector<Shape>& wires);

// length along the plane's y, width along its x (as CadQuery); infinite if unset.
Shape make_plane(std::optional<double> length, std::optional<double> width, Vec3 base = {},
                 Vec3 direction = {0, 0, 1});
// Between two edges (a face) or two wires of as many edges (a shell).
Shape make_ruled_surface(const Shape& edge_or_wire1, const Shape& edge_or_wire2);

struct NSidedOptions {
  int degree = 3;
  int points_on_curve = 15;
  int iterations = 2;
  bool anisotropy = false;
  double tol2d = 0.00001, tol3d = 0.0001, tol_angle = 0.01, tol_curvature = 0.1;
  int max_degree = 8;
  int max_segments = 9;
};
using NSidedConstraint = std::variant<Vec3, Shape>;  // a point, or an edge or wire
Shape make_n_sided_surface(const std::vector<Shape>& edges,
                           const std::vector<NSidedConstraint>& constraints,
                           const NSidedOptions& options = {});

struct SurfaceApproxOptions {
  double tolerance = 1e-2;
  std::optional<std::array<double, 3>> smoothing;
  int min_degree = 1;
  int max_degree = 3;
};
Shape make_spline_approx_face(const std::vector<std::vector<Vec3>>& points,
                              const SurfaceApproxOptions& options = {});

Shape outer_wire(const Shape& face);
std::vector<Shape> inner_wires(const Shape& face);

struct UvBounds {
  double u_min, u_max, v_min, v_max;
};
UvBounds uv_bounds(const Shape& face);
Vec2 face_param_at(const Shape& face, Vec3 point);  // nearest (u, v)
Vec3 normal_at(const Shape& face);                  // at the middle of the (u, v) bounds
Vec3 normal_at(const Shape& face, Vec3 point);      // at the nearest point of the surface
std::pair<Vec3, Vec3> normal_and_position_at(const Shape& face, double u, double v);
Vec3 face_position_at(const Shape& face, double u, double v);
struct FaceTangents {
  Vec3 du, dv, point;
};
FaceTangents face_tangent_at(const Shape& face, double u, double v);
Location face_location_at(const Shape& face, double u, double v);
Frame face_to_plane(const Shape& face);  // Face.toPln; kGeometry if not planar

Shape face_fillet_2d(const Shape& face, double radius, const std::vector<Shape>& vertices);
Shape face_chamfer_2d(const Shape& face, double distance, const std::vector<Shape>& vertices);
Shape thicken(const Shape& face, double thickness);
Shape face_project(const Shape& face, const Shape& onto, Vec3 direction);
Shape face_trim(const Shape& face, double u0, double u1, double v0, double v1,
                double tolerance = 1e-6);
Shape face_trim(const Shape& face, const std::vector<Vec2>& uv_polygon);
Shape face_trim(const Shape& face, const Shape& outer, const std::vector<Shape>& inner);
Shape isoline(const Shape& face, double parameter, bool along_u = false);
Shape extend(const Shape& face, double distance, bool u_min = true, bool u_max = true,
             bool v_min = true, bool v_max = true);
Shape add_hole(const Shape& face, const std::vector<Shape>& inner);

}  // namespace cadrecode::brep
