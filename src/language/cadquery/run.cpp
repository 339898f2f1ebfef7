#include "language/cadquery/run.h"

#include "geometry/brep/limits.h"
#include "geometry/brep/solid.h"
#include "language/cadquery/assembly.h"
#include "language/cadquery/convert.h"
#include "language/cadquery/module.h"
#include "language/cadquery/run_state.h"
#include "language/cadquery/sketch_object.h"
#include "language/cadquery/workplane.h"
#include "language/script/parser.h"

namespace cadrecode::cadquery {

using brep::Shape;

bool result_shapes(const Value& value, std::vector<Shape>& shapes) {
  if (auto* workplane = value.as<WorkplaneObject>()) {
    for (const Value& object : workplane->objects()) result_shapes(object, shapes);
    return true;
  }
  if (const Shape* shape = try_shape(value)) {
    shapes.push_back(*shape);
    return true;
  }
  if (auto* sketch = value.as<SketchObject>()) {
    const Shapes parts =
        sketch->sketch.has_faces() ? sketch->sketch.faces().faces() : sketch->sketch.edges();
    shapes.insert(shapes.end(), parts.begin(), parts.end());
    return true;
  }
  if (auto* assembly = value.as<AssemblyObject>()) {
    shapes.push_back(assembly->to_compound());
    return true;
  }
  return false;
}

namespace {

constexpr const char* kResultNames[] = {"r", "result", "solid", "shape", "model", "part"};

// The program's result by the rule of run.h.
std::string find_result(const Interpreter& interpreter, const RunState& state,
                        std::vector<Shape>& bodies) {
  for (const char* name : kResultNames) {
    const Value* value = interpreter.global(name);
    if (value && result_shapes(*value, bodies)) return name;
  }
  for (const Value& value : state.shown) result_shapes(value, bodies);
  if (!bodies.empty()) return "show_object";
  const auto globals = interpreter.globals();
  for (auto it = globals.rbegin(); it != globals.rend(); ++it) {
    if (result_shapes(it->second, bodies)) return it->first;
  }
  return "";
}

}  // namespace

RunResult run_program(const std::string& code, const RunOptions& options) {
  brep::set_size_limit(options.shape_size);
  const auto program = script::parse(code, options.file);
  RunState state;
  RunResult result;
  Interpreter interpreter(options.limits);
  interpreter.set_context(&state);
  interpreter.set_cancel_flag(options.cancel);
  interpreter.set_beacon(options.beacon);
  install(interpreter);
  interpreter.run(*program);
  result.variable = find_result(interpreter, state, result.bodies);
  result.exports = std::move(state.exports);
  result.log = interpreter.output();
  result.steps = interpreter.steps_used();
  state.shown.clear();
  if (result.bodies.empty()) {
    throw Error(ErrorKind::kValue, result.variable.empty()
                                       ? "the program leaves no shape as its result: assign a "
                                         "Workplane, Shape or Sketch to `result`"
                                       : "`" + result.variable + "` holds no shape");
  }
  if (options.measure) result.facts = brep::measure(result.bodies);
  return result;
}

}  // namespace cadrecode::cadquery
