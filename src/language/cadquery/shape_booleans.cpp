// Shape: boolean operations as methods and as operators.
#include "geometry/brep/boolean.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/solid.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using interpreter::BinaryOp;
using Self = ShapeObject;

std::optional<double> tolerance(const Arguments& a) {
  const auto value = a.optional_number("tol");
  return value && *value != 0 ? value : std::nullopt;
}

Value cut(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::cut(s.shape, rest_shapes(a), tolerance(a)));
}
Value fuse(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(
      brep::fuse(s.shape, rest_shapes(a), a.boolean("glue", interpreter), tolerance(a)));
}
Value intersect(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::intersect(s.shape, rest_shapes(a), tolerance(a)));
}
Value split(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::split(s.shape, rest_shapes(a)));
}
Value clean(Self& s, Arguments&, Interpreter&) { return shape_value(brep::clean(s.shape)); }

}  // namespace

void add_shape_booleans(Type& t) {
  t.method("cut", "*toCut, tol=None", cut)
      .method("fuse", "*toFuse, glue=False, tol=None", fuse)
      .method("intersect", "*toIntersect, tol=None", intersect)
      .method("split", "*splitters", split)
      .method("clean", "", clean);
}

// The operators are the free functions, not the methods.
Value ShapeObject::binary(BinaryOp op, const Value& other, bool reflected, Interpreter&) {
  const brep::Shape* right = try_shape(other);
  if (reflected || !right) return {};
  switch (op) {
    case BinaryOp::kAdd:
      return shape_value(brep::ops::fuse({shape, *right}));
    case BinaryOp::kSubtract:
      return shape_value(brep::ops::cut(shape, *right));
    case BinaryOp::kMultiply:
      return shape_value(brep::ops::intersect(shape, *right));
    case BinaryOp::kDivide:
      return shape_value(brep::ops::split(shape, *right));
    case BinaryOp::kAnd:
      return shape_value(brep::set_intersection(shape, *right));
    case BinaryOp::kOr:
      return shape_value(brep::set_union(shape, *right));
    case BinaryOp::kModulo:
      return shape_value(brep::set_difference(shape, *right));
    default:
      return {};
  }
}

}  // namespace cadrecode::cadquery
