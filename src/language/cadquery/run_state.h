// What one run of a program collects beside its result: exports and shown objects.
#pragma once

#include <vector>

#include "language/cadquery/objects.h"
#include "language/cadquery/run.h"

namespace cadrecode::cadquery {

// The interpreter's context (Interpreter::context) while run_program runs.
struct RunState {
  std::vector<Export> exports;
  std::vector<Value> shown;
  int unnamed_parts = 0;  // Assembly nodes named here
};

// The parameters after `fname` of Shape.export, Workplane.export and Sketch.export.
constexpr const char* kExportSignature =
    "fname, tolerance=0.1, angularTolerance=0.1, unit='MM', outputUnit=None, opt=None";

// Notes one export; kLimit when a program makes too many.
void add_export(Export noted, Interpreter& interpreter);
// Notes an export of `what` (a Shape, or anything that iterates to Shapes) with the arguments of
// kExportSignature or of exporters.export. Nothing is written. kValue for an unknown extension.
void collect_export(const Value& what, const Arguments& a, Interpreter& interpreter);

// The shapes a value stands for as a program's result; false when it is no result at all.
bool result_shapes(const Value& value, std::vector<brep::Shape>& shapes);

}  // namespace cadrecode::cadquery
