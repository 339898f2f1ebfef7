// The submodules of module_parts.h, and the plain types they share.
#include "language/cadquery/module_parts.h"
#include "language/cadquery/objects.h"

namespace cadrecode::cadquery {

using interpreter::Module;

void add_type(Module& module, const Type& type) {
  // Types are immortal and never changed: the value only refers to one.
  module.add(type.name(), Value(const_cast<Type*>(&type)));
}

void add_geometry_types(Module& module) {
  for (const Type* type :
       {&vector_type(), &matrix_type(), &plane_type(), &location_type(), &bound_box_type()})
    add_type(module, *type);
}

const Module& geom_module() {
  static const Module& module = []() -> const Module& {
    Module& m = interpreter::define_module("cadquery.occ_impl.geom");
    add_geometry_types(m);
    return m;
  }();
  return module;
}

const Module& shapes_module() {
  static const Module& module = []() -> const Module& {
    Module& m = interpreter::define_module("cadquery.occ_impl.shapes");
    add_geometry_types(m);
    add_shape_types(m);
    add_free_functions(m);
    return m;
  }();
  return module;
}

const Module& func_module() {
  static const Module& module = []() -> const Module& {
    Module& m = interpreter::define_module("cadquery.func");
    for (const Type* type : {&vector_type(), &plane_type(), &location_type()}) add_type(m, *type);
    add_shape_types(m);
    add_free_functions(m);
    return m;
  }();
  return module;
}

}  // namespace cadrecode::cadquery
