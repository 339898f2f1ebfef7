// cadquery.func: functions over shapes instead of methods, added to a module theme by theme.
//
// Names, parameters and defaults are those of cadquery/occ_impl/shapes.py 2.8. Operations keep no
// history: a History given to one is refused.
#pragma once

#include "geometry/brep/ops.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {

void add_constructors(interpreter::Module& m);  // free_constructors.cpp: wire, face, solid, …
void add_primitives(interpreter::Module& m);    // free_primitives.cpp: box, circle, text, …
void add_booleans(interpreter::Module& m);      // free_booleans.cpp: fuse, cut, imprint, clean, …
void add_features(interpreter::Module& m);      // free_features.cpp: fillet, extrude, offset, …
void add_sweeps(interpreter::Module& m);        // free_sweeps.cpp: sweep, loft, project, prism, …

// Refuses `history` unless it is None.
void no_history(const Arguments& a);
// The shapes of *args: several of them, or one sequence.
Shapes shapes_or_sequence(const Arguments& a, Interpreter& interpreter);
// An optional shape: null for None.
brep::Shape optional_shape(const Arguments& a, std::string_view name);
// Points and shapes that a surface must contain.
std::vector<brep::NSidedConstraint> surface_constraints(const Arguments& a, std::string_view name,
                                                        Interpreter& interpreter);
// "transformed", "round", "right".
brep::Transition transition_from(const std::string& word);
// "C1", "C2", "C3".
int continuity_from(const std::string& word);

}  // namespace cadrecode::cadquery
