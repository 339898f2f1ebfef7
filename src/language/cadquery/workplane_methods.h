// The methods of Workplane as programs call them, one function per theme adding to its table.
//
// Parameter names, order and defaults are those of cadquery/cq.py 2.8. Shared helpers read the
// arguments that many methods have.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "language/cadquery/convert.h"
#include "language/cadquery/workplane.h"
#include "language/interpreter/arguments.h"

namespace cadrecode::cadquery {

void add_stack_methods(Type& type);      // workplane_stack.cpp: first, end, add, tag, filter …
void add_selection_methods(Type& type);  // workplane_select.cpp: faces, edges, ancestors …
void add_plane_methods(Type& type);      // workplane_plane.cpp: workplane, transformed, center …
void add_line_methods(Type& type);    // workplane_lines.cpp: lineTo, polyline, close, mirrorX …
void add_curve_methods(Type& type);   // workplane_curves.cpp: arcs, splines, parametric curves
void add_figure_methods(Type& type);  // workplane_figures.cpp: rect, circle, slot2D, eachpoint …
void add_primitive_methods(Type& type);  // workplane_primitives.cpp: box, sphere, text …
void add_extrude_methods(Type& type);    // workplane_extrude.cpp: extrude, cutBlind, revolve …
void add_sweep_methods(Type& type);      // workplane_sweep.cpp: sweep, loft, twistExtrude …
void add_boolean_methods(Type& type);    // workplane_boolean.cpp: union, cut, split, holes …
void add_modify_methods(Type& type);     // workplane_modify.cpp: fillet, shell, mirror, rotate …
void add_output_methods(Type& type);     // workplane_output.cpp: export, toSvg …

// The `combine` and `clean` arguments.
Combine combine_of(const Value& mode, Interpreter& interpreter);
struct Joining {
  Combine combine;
  bool clean;
};
Joining joining(const Arguments& a, Interpreter& interpreter);

// `centered`: one bool for all axes, or one per axis.
std::vector<bool> centered_of(const Value& value, size_t axes, Interpreter& interpreter);

// The VectorLike argument `name`.
Vec3 vector_argument(const Arguments& a, std::string_view name);
// A point of the plane (2 or 3 coordinates, or a Vector) in the world.
Vec3 world_point(const WorkplaneObject& self, const Value& point, std::string_view what,
                 Interpreter& interpreter);

// Python's float % float: the sign of the divisor.
double modulo(double a, double b);

// `length` tests of Python's `isinstance(x, Face)` and the like.
bool is_shape_of(const Value& value, brep::Kind type);

}  // namespace cadrecode::cadquery
