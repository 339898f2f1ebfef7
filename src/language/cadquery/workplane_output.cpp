// Exports: collected for the caller, never written by a program.
#include <algorithm>
#include <cctype>

#include "geometry/brep/solid.h"
#include "language/cadquery/run_state.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

namespace {

constexpr const char* kTypes[] = {"STL",  "STEP", "AMF", "SVG",  "TJS", "DXF",
                                  "VRML", "VTP",  "3MF", "BREP", "BIN"};

std::string export_type(const Arguments& a) {
  std::string type;
  const bool has_type = a.signature().index_of("exportType") >= 0 && !a.is_none("exportType");
  if (has_type) {
    type = a.string("exportType");
  } else {
    const std::string& file = a.string("fname");
    type = file.substr(file.rfind('.') + 1);
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  }
  if (std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) {
    interpreter::throw_value_error(has_type ? "Unknown export type"
                                            : "Unknown extensions, specify export type explicitly");
  }
  return type;
}

brep::Shape export_shape(const Value& what, Interpreter& interpreter) {
  if (const brep::Shape* shape = try_shape(what)) return *shape;
  std::vector<brep::Shape> parts;
  for (const Value& part : elements(what, interpreter)) {
    parts.push_back(to_shape(part, "exporters.export: an object to export"));
  }
  return brep::make_compound(parts);
}

void note_options(const Arguments& a, Interpreter& interpreter, Export& noted) {
  for (const char* name : {"tolerance", "angularTolerance", "unit", "outputUnit"}) {
    if (a.given(name)) noted.options.emplace_back(name, to_str(a[name], interpreter));
  }
  if (!a["opt"].is_dict()) return;
  for (const auto& entry : a["opt"].as_dict().table.entries()) {
    if (entry.key.is_unset()) continue;
    noted.options.emplace_back("opt." + to_str(entry.key, interpreter),
                               to_str(entry.value, interpreter));
  }
}

Value export_method(WorkplaneObject& self, Arguments& a, Interpreter& interpreter) {
  collect_export(Ref<WorkplaneObject>(&self), a, interpreter);
  return Ref<WorkplaneObject>(&self);
}

}  // namespace

void add_export(Export noted, Interpreter& interpreter) {
  constexpr size_t kMost = 1000;
  auto& exports = interpreter.context<RunState>().exports;
  if (exports.size() >= kMost) {
    throw Error(ErrorKind::kLimit, "a program may export at most 1000 files");
  }
  exports.push_back(std::move(noted));
}

void collect_export(const Value& what, const Arguments& a, Interpreter& interpreter) {
  Export noted{export_shape(what, interpreter), a.string("fname"), export_type(a), {}};
  note_options(a, interpreter, noted);
  add_export(std::move(noted), interpreter);
}

void add_output_methods(Type& type) {
  type.method("export", kExportSignature, export_method)
      .unsupported("toSvg", "drawings are made by `cadrecode run -o part.svg`")
      .unsupported("exportSvg", "drawings are made by `cadrecode run -o part.svg`")
      .unsupported("toOCC", "there are no OCP objects behind the shapes here");
}

}  // namespace cadrecode::cadquery
