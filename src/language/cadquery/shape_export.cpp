// Shape: exports, collected for the caller (run.h) and never written by a program.
#include "language/cadquery/run_state.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Value export_any(Self& s, Arguments& a, Interpreter& interpreter) {
  collect_export(Ref<Self>(&s), a, interpreter);
  return Value::none();
}

std::string optional_text(const Arguments& a, std::string_view name, Interpreter& interpreter) {
  return a[name].is_str() ? a[name].str() : interpreter::repr(a[name], interpreter);
}

Value export_stl(Self& s, Arguments& a, Interpreter& interpreter) {
  Export noted{s.shape, a.string("fileName"), "STL", {}};
  for (const char* name : {"tolerance", "angularTolerance", "ascii"})
    if (a.given(name)) noted.options.emplace_back(name, optional_text(a, name, interpreter));
  add_export(std::move(noted), interpreter);
  return true;
}

Value export_step(Self& s, Arguments& a, Interpreter& interpreter) {
  Export noted{s.shape, a.string("fileName"), "STEP", {}};
  for (const char* name : {"unit", "outputUnit"})
    if (a.given(name)) noted.options.emplace_back(name, optional_text(a, name, interpreter));
  add_export(std::move(noted), interpreter);
  return true;
}

Value export_brep(Self& s, Arguments& a, Interpreter& interpreter) {
  add_export({s.shape, a.string("f"), "BREP", {}}, interpreter);
  return true;
}

}  // namespace

void add_shape_exports(Type& t) {
  t.method("export", kExportSignature, export_any)
      .method("exportStl",
              "fileName, tolerance=1e-3, angularTolerance=0.1, ascii=False, relative=True, "
              "parallel=True",
              export_stl)
      .method("exportStep", "fileName, unit='MM', outputUnit=None, **kwargs", export_step)
      .method("exportBrep", "f", export_brep)
      .unsupported("exportBin", "binary BREP files are not written")
      .unsupported("toVtkPolyData", "there is no VTK here");
}

}  // namespace cadrecode::cadquery
