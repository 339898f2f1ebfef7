#include "language/cadquery/module.h"

#include "language/cadquery/assembly.h"
#include "language/cadquery/module_parts.h"
#include "language/cadquery/run_state.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using interpreter::Module;

const Type& workplane_type() {
  static const Type& type = [&]() -> const Type& {
    Type& made = interpreter::define_type("Workplane");
    add_stack_methods(made);
    add_selection_methods(made);
    add_plane_methods(made);
    add_line_methods(made);
    add_curve_methods(made);
    add_figure_methods(made);
    add_primitive_methods(made);
    add_extrude_methods(made);
    add_sweep_methods(made);
    add_boolean_methods(made);
    add_modify_methods(made);
    add_output_methods(made);
    return made;
  }();
  return type;
}

const Type& WorkplaneObject::type() const { return workplane_type(); }

namespace {

Value export_function(Arguments& a, Interpreter& interpreter) {
  collect_export(a["w"], a, interpreter);
  return Value::none();
}

const Module& exporters_module() {
  static const Module& module = [&]() -> const Module& {
    Module& made = interpreter::define_module("cadquery.exporters");
    made.function("export",
                  "w, fname, exportType=None, tolerance=0.1, angularTolerance=0.1, unit='MM', "
                  "outputUnit=None, opt=None",
                  export_function);
    Type& types = interpreter::define_type("ExportTypes");
    for (const char* name :
         {"STL", "STEP", "AMF", "SVG", "TJS", "DXF", "VRML", "VTP", "BREP", "BIN"}) {
      types.constant(name, name);
    }
    types.constant("THREEMF", "3MF");
    made.add("ExportTypes", Value(&types));
    return made;
  }();
  return module;
}

const Module& importers_module() {
  static const Module& module = [&]() -> const Module& {
    constexpr const char* kReason = "a program cannot read files";
    Module& made = interpreter::define_module("cadquery.importers");
    for (const char* name : {"importShape", "importStep", "importDXF", "importBrep", "importBin"}) {
      made.unsupported(name, kReason);
    }
    return made;
  }();
  return module;
}

const Module& vis_module() {
  static const Module& module = [&]() -> const Module& {
    Module& made = interpreter::define_module("cadquery.vis");
    // Nothing is displayed: the result is what the program leaves.
    made.function("show", "*objs, **kwargs",
                  [](Arguments&, Interpreter&) { return Value::none(); });
    for (const char* name : {"style", "ctrlPts"}) {
      made.function(name, "*objs, **kwargs",
                    [](Arguments&, Interpreter&) { return Value::none(); });
    }
    return made;
  }();
  return module;
}

Value show_object(Arguments& a, Interpreter& interpreter) {
  interpreter.context<RunState>().shown.push_back(a["obj"]);
  return Value::none();
}

Value debug(Arguments&, Interpreter&) { return Value::none(); }

// Not to import: names that stand without an import, as in CadQuery's editors.
const Module& builtins_module() {
  constexpr const char* kShow = "obj, name=None, options=None, **kwargs";
  static const Module& module = interpreter::define_module("cadquery builtins")
                                    .function("show_object", kShow, show_object)
                                    .function("debug", kShow, debug);
  return module;
}

}  // namespace

const Module& cadquery_module() {
  static const Module& module = [&]() -> const Module& {
    Module& made = interpreter::define_module("cadquery");
    add_type(made, workplane_type());
    made.add("CQ", Value(const_cast<Type*>(&workplane_type())));
    add_geometry_types(made);
    add_shape_types(made);
    add_selector_types(made);
    add_sketch_type(made);
    made.add("exporters", Value(const_cast<Module*>(&exporters_module())));
    made.add("importers", Value(const_cast<Module*>(&importers_module())));
    made.add("func", Value(const_cast<Module*>(&func_module())));
    made.add("__version__", "2.8.0");
    add_type(made, assembly_type());
    add_type(made, color_type());
    for (const char* name : {"Constraint", "Material"}) {
      made.unsupported(name, "assembly constraints and materials are not supported");
    }
    made.unsupported("plugins", "there are no plugins");
    return made;
  }();
  return module;
}

void install(Interpreter& interpreter) {
  interpreter.add_module(cadquery_module());
  interpreter.add_module(exporters_module());
  interpreter.add_module(importers_module());
  interpreter.add_module(selectors_module());
  interpreter.add_module(func_module());
  interpreter.add_module(shapes_module());
  interpreter.add_module(geom_module());
  interpreter.add_module(vis_module());
  for (const auto& [name, value] : builtins_module().members()) {
    interpreter.set_builtin(name, value);
  }
}

}  // namespace cadrecode::cadquery
