// What this half of the room adds to the module `cadquery`: call each once while building it.
#pragma once

#include "language/interpreter/object.h"

namespace cadrecode::cadquery {

// Vector, Matrix, Plane, Location, BoundBox.
void add_geometry_types(interpreter::Module& module);
// Shape, Vertex … Compound.
void add_shape_types(interpreter::Module& module);
// StringSyntaxSelector, NearestToPointSelector, …
void add_selector_types(interpreter::Module& module);
void add_sketch_type(interpreter::Module& module);
// box, fuse, extrude, …: what `from cadquery.func import *` gives, its classes included.
void add_free_functions(interpreter::Module& module);

}  // namespace cadrecode::cadquery
