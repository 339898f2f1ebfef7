// Making shells, solids and compounds: CadQuery's Shell, Solid, Compound.
//
// Primitives stand at `base` with their axis along `direction`. Angles are degrees.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

Shape make_shell(const std::vector<Shape>& faces);  // sewing
Shape make_solid(const Shape& shell);
Shape make_compound(const std::vector<Shape>& shapes);

Shape make_box(double length, double width, double height, Vec3 base = {},
               Vec3 direction = {0, 0, 1});
Shape make_cone(double radius1, double radius2, double height, Vec3 base = {},
                Vec3 direction = {0, 0, 1}, double angle = 360);
Shape make_cylinder(double radius, double height, Vec3 base = {}, Vec3 direction = {0, 0, 1},
                    double angle = 360);
Shape make_torus(double radius1, double radius2, Vec3 base = {}, Vec3 direction = {0, 0, 1},
                 double angle1 = 0, double angle2 = 360);
Shape make_sphere(double radius, Vec3 base = {}, Vec3 direction = {0, 0, 1}, double angle1 = 0,
                  double angle2 = 90, double angle3 = 360);
Shape make_wedge(double dx, double dy, double dz, double x_min, double z_min, double x_max,
                 double z_max, Vec3 base = {}, Vec3 direction = {0, 0, 1});

Shape make_loft(const std::vector<Shape>& wires, bool ruled = false);

// Prisms along `normal` (its length is the height); taper in degrees, inwards positive.
// Of the wires, a taper uses the outer one only, as CadQuery does.
Shape extrude_linear(const Shape& face, Vec3 normal, double taper = 0);
Shape extrude_linear(const Shape& outer, const std::vector<Shape>& inner, Vec3 normal,
                     double taper = 0);
// Twisted by `angle` degrees about the line through `center` along `normal`.
Shape extrude_linear_with_rotation(const Shape& outer, const std::vector<Shape>& inner, Vec3 center,
                                   Vec3 normal, double angle);
Shape extrude_linear_with_rotation(const Shape& face, Vec3 center, Vec3 normal, double angle);

Shape revolve(const Shape& face, double angle, Vec3 axis_start, Vec3 axis_end);
Shape revolve(const Shape& outer, const std::vector<Shape>& inner, double angle, Vec3 axis_start,
              Vec3 axis_end);

enum class Transition { kTransformed, kRound, kRight };
// Nothing, a fixed binormal direction, or an auxiliary spine (edge or wire).
using SweepMode = std::variant<std::monostate, Vec3, Shape>;
struct SweepOptions {
  bool make_solid = true;
  bool is_frenet = false;
  SweepMode mode;
  Transition transition = Transition::kTransformed;  // not used by sweep_multi
};
Shape sweep(const Shape& outer, const std::vector<Shape>& inner, const Shape& path,
            const SweepOptions& options = {});
Shape sweep(const Shape& face, const Shape& path, const SweepOptions& options = {});
// One section (wire or face) after another along the path.
Shape sweep_multi(const std::vector<Shape>& profiles, const Shape& path,
                  const SweepOptions& options = {});

bool is_solid(const Shape& shape);  // Solid.isSolid: a solid, or a compound holding one
Shape outer_shell(const Shape& solid);
std::vector<Shape> inner_shells(const Shape& solid);
Shape add_cavity(const Shape& solid, const std::vector<Shape>& shells_or_solids);

// Members of a compound taken out (Compound.remove).
Shape compound_without(const Shape& compound, const std::vector<Shape>& members);
// Set operations on selections (&, |, %), in the order of the left side's members.
Shape set_intersection(const Shape& a, const Shape& b);
Shape set_union(const Shape& a, const Shape& b);
Shape set_difference(const Shape& a, const Shape& b);

}  // namespace cadrecode::brep
