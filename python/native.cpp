// cadrecode._native: errors, arrays, and the list of what is bound.
#include "native.h"

#include <cstring>

#include "base/error.h"

namespace cadrecode::python {
namespace nb = nanobind;

std::vector<Vec3> points_of(const PointsIn& array) {
  static_assert(sizeof(Vec3) == 3 * sizeof(double));
  std::vector<Vec3> out(array.shape(0));
  if (!out.empty()) std::memcpy(static_cast<void*>(out.data()), array.data(), array.nbytes());
  return out;
}

Array array_of(std::vector<double> values, std::vector<size_t> shape) {
  auto* kept = new std::vector<double>(std::move(values));
  const nb::capsule owner(kept,
                          [](void* p) noexcept { delete static_cast<std::vector<double>*>(p); });
  return Array(kept->data(), shape.size(), shape.data(), owner);
}

Array array_of(const std::vector<Vec3>& points) {
  std::vector<double> values;
  values.reserve(3 * points.size());
  for (const Vec3& p : points) values.insert(values.end(), {p.x, p.y, p.z});
  return array_of(std::move(values), {points.size(), 3});
}

namespace {

// cadrecode.errors.Error(kind, message, line, column), whatever C++ throws.
void translate(const std::exception_ptr& pointer, void*) {
  try {
    std::rethrow_exception(pointer);
  } catch (const Error& error) {
    const nb::object type = nb::module_::import_("cadrecode.errors").attr("Error");
    const nb::object value =
        type(to_string(error.kind()), error.what(), error.place().line, error.place().column);
    PyErr_SetObject(type.ptr(), value.ptr());
  }
}

}  // namespace
}  // namespace cadrecode::python

NB_MODULE(_native, m) {
  m.doc() = "The parts of cadrecode that work inside the process.";
  m.attr("version") = CADRECODE_VERSION;
  nanobind::register_exception_translator(cadrecode::python::translate);
  cadrecode::python::bind_part(m);
  cadrecode::python::bind_metric(m);
  cadrecode::python::bind_model(m);
}
