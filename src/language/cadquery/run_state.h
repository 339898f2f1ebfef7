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
};

// The parameters after `fname` of Shape.export, Workplane.export and Sketch.export.
constexpr const char* kExportSignature =
    "fname, tolerance=0.1, angularTolerance=0.1, unit='MM', outputUnit=None, opt=None";

// Notes an export of `what` (a Shape, or anything that iterates to Shapes) with the arguments of
// kExportSignature or of exporters.export. Nothing is written. kValue for an unknown extension.
void collect_export(const Value& what, const Arguments& a, Interpreter& interpreter);

// The shapes a value stands for as a program's result; false when it is no result at all.
bool result_shapes(const Value& value, std::vector<brep::Shape>& shapes);

}  // namespace cadrecode::cadquery
