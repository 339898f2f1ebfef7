// Runs one CadQuery program: text in, shapes and facts out.
//
// Purpose: the room's public entry. The program is parsed and evaluated under budgets with
// `cadquery` (also as `cq`) to import, `show_object` and `debug` as builtins, and nothing that
// reaches files, network or environment: `exporters.export` and `.export` are collected, not
// written.
//
// The result is the variable `r`, else `result`, `solid`, `shape`, `model`, `part`, else all that
// show_object was given, else the Workplane, Shape or Sketch assigned last; a variable that holds
// none of these does not count. All shapes on a Workplane's stack are bodies, in order; a Sketch
// gives its faces (its edges while it has none).
//
// Guarantees: re-entrant; nothing survives from one program to the next (kernel caches apart); the
// same text gives the same shapes. Isolation (processes, CPU and memory limits) is the caller's:
// a kernel crash or endless kernel call is not caught here.
//
// Errors: Error with kind (syntax, unsupported, value, geometry, limit), message and the place in
// the program. A program that leaves no shape is kind value.
#pragma once

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "geometry/brep/facts.h"
#include "geometry/brep/shape.h"
#include "language/interpreter/interpreter.h"

namespace cadrecode::cadquery {

struct RunOptions {
  interpreter::Limits limits;                 // steps, bytes, recursion
  size_t shape_size = 200'000;                // edges plus faces of one shape (brep/limits.h)
  bool measure = true;                        // fill RunResult::facts
  const std::atomic<bool>* cancel = nullptr;  // ends the program with kind limit
  Beacon* beacon = nullptr;                   // told the place of each statement
  std::string file;                           // name in error places; "" for a batch row
};

// A file the program asked for. Options are as written: ("tolerance", "0.1"), ("opt.width", "300").
struct Export {
  brep::Shape shape;
  std::string file;
  std::string type;  // "STEP", "STL", … as CadQuery derives it
  std::vector<std::pair<std::string, std::string>> options;
};

struct RunResult {
  std::vector<brep::Shape> bodies;  // at least one
  std::string variable;             // where they came from; "show_object" if shown
  brep::Facts facts;                // if RunOptions::measure
  std::vector<Export> exports;
  std::string log;  // what print() wrote
  uint64_t steps = 0;
};

RunResult run_program(const std::string& code, const RunOptions& options = {});

}  // namespace cadrecode::cadquery
