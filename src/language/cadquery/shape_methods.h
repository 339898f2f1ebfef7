// The method tables of the shape classes, one function per theme, and what they share.
//
// Names, parameters and defaults are those of cadquery/occ_impl/shapes.py 2.8; the work is brep's.
// Most entries are one call: the arguments converted on the way in, the result on the way out.
#pragma once

#include <string>

#include "geometry/brep/wire.h"
#include "language/cadquery/convert.h"

namespace cadrecode::cadquery {

// Of every shape.
void add_shape_parts(Type& shape);     // shape_parts.cpp: Faces(), faces(">Z"), ancestors, …
void add_shape_identity(Type& shape);  // shape_identity.cpp: ShapeType, isSame, replace, …
void add_shape_measures(Type& shape);  // shape_measures.cpp: Center, Volume, BoundingBox, …
void add_shape_moves(Type& shape);     // shape_moves.cpp: translate, moved, mirror, …
void add_shape_booleans(Type& shape);  // shape_booleans.cpp: fuse, cut, split, clean, …
void add_shape_exports(Type& shape);   // shape_export.cpp: export, exportStl, …

// Of edges and wires (curve_methods.cpp).
void add_curve_methods_of_shapes(Type& curve);
// Of solids and compounds (solid_methods.cpp).
void add_feature_methods(Type& solid);

// Of one class each.
void add_vertex_class(Type& type);    // edge_class.cpp
void add_edge_class(Type& type);      // edge_class.cpp
void add_wire_class(Type& type);      // wire_class.cpp
void add_face_class(Type& type);      // face_class.cpp, face_methods.cpp
void add_face_queries(Type& type);    // face_methods.cpp
void add_shell_class(Type& type);     // solid_class.cpp
void add_solid_class(Type& type);     // solid_class.cpp
void add_sweep_makers(Type& solid);   // solid_sweeps.cpp: extrudeLinear, revolve, sweep, loft
void add_compound_class(Type& type);  // compound_class.cpp

// --- Shared ---

// The arguments of `a`, which were taken as *args and **kwargs, bound to one of several signatures.
Arguments rebound(const interpreter::Signature& signature, const Arguments& a);
// The same where CadQuery chooses by the types of the positional arguments alone (its
// multimethods): TypeError unless all parameters without a default are given by position.
Arguments dispatched(const interpreter::Signature& signature, const Arguments& a);

// "Vertex", "Edge", … to a Kind; a value error otherwise.
brep::Kind kind_from(const std::string& name);

// A vector-like argument.
Vec3 vector(const Arguments& a, std::string_view name);
// A shape argument, of any class or of one.
const brep::Shape& shape(const Arguments& a, std::string_view name);
const brep::Shape& shape(const Arguments& a, std::string_view name, brep::Kind type);
// An iterable of shapes; none for None.
Shapes shapes(const Arguments& a, std::string_view name, Interpreter& interpreter);
// The shapes of *args.
Shapes rest_shapes(const Arguments& a);
// An iterable of points or of numbers.
std::vector<Vec3> vectors(const Arguments& a, std::string_view name, Interpreter& interpreter);
std::vector<double> numbers(const Arguments& a, std::string_view name, Interpreter& interpreter);

// "arc", "intersection", "tangent".
brep::OffsetKind offset_kind(const Arguments& a, std::string_view name);

}  // namespace cadrecode::cadquery
