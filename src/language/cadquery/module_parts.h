// What this half of the room adds to the module `cadquery`, and the submodules it owns.
#pragma once

#include "language/interpreter/object.h"

namespace cadrecode::cadquery {

// `type` under its own name.
void add_type(interpreter::Module& module, const interpreter::Type& type);

// --- For `cadquery` itself: call each once while building it ---
// Vector, Matrix, Plane, Location, BoundBox.
void add_geometry_types(interpreter::Module& module);
// Shape, Vertex … Compound, sortWiresByBuildOrder.
void add_shape_types(interpreter::Module& module);
// The selector classes that stand at the top, and `selectors`.
void add_selector_types(interpreter::Module& module);
void add_sketch_type(interpreter::Module& module);

// --- Submodules, to be offered to `import` under these names ---
const interpreter::Module& selectors_module();  // cadquery.selectors
const interpreter::Module& func_module();       // cadquery.func
const interpreter::Module& shapes_module();     // cadquery.occ_impl.shapes
const interpreter::Module& geom_module();       // cadquery.occ_impl.geom

// box, fuse, extrude …: the functions of cadquery.func.
void add_free_functions(interpreter::Module& module);

}  // namespace cadrecode::cadquery
