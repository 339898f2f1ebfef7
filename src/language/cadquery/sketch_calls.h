// The calls of Sketch that CadQuery dispatches on their arguments' types, and those that call back
// into the program (sketch_overloads.cpp, sketch_functional.cpp).
#pragma once

#include <vector>

#include "language/cadquery/sketch_object.h"

namespace cadrecode::cadquery {

// segment(p1, p2), segment(p2), segment(l, a); then tag and forConstruction.
void sketch_segment(Sketch& sketch, Arguments& arguments, Interpreter& interpreter);
// arc(p1, p2, p3), arc(p2, p3), arc(c, r, a, da).
void sketch_arc(Sketch& sketch, Arguments& arguments, Interpreter& interpreter);
// spline(pts), spline(pts, tangents, periodic).
void sketch_spline(Sketch& sketch, Arguments& arguments, Interpreter& interpreter);

void sketch_filter(Sketch& sketch, Arguments& arguments, Interpreter& interpreter);
void sketch_map(Sketch& sketch, Arguments& arguments, Interpreter& interpreter);
void sketch_apply(Sketch& sketch, Arguments& arguments, Interpreter& interpreter);
void sketch_sort(Sketch& sketch, Arguments& arguments, Interpreter& interpreter);
Value sketch_invoke(SketchObject& sketch, Arguments& arguments, Interpreter& interpreter);

std::vector<Value> item_values(const Sketch::Items& items);

}  // namespace cadrecode::cadquery
