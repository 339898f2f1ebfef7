// Shape: what it is, whether it is another one, and shapes with parts exchanged.
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using brep::Kind;
using interpreter::CompareOp;
using Self = ShapeObject;

Value shape_type_name(Self& s, Arguments&, Interpreter&) {
  return Value(brep::to_string(s.shape.kind()));
}
Value geom_type(Self& s, Arguments&, Interpreter&) { return s.shape.geom_type(); }
Value hash_code(Self& s, Arguments&, Interpreter&) {
  return static_cast<int64_t>(s.shape.hash() >> 1);
}
Value is_null(Self& s, Arguments&, Interpreter&) { return s.shape.is_null(); }
Value is_same(Self& s, Arguments& a, Interpreter&) { return s.shape.is_same(shape(a, "other")); }
Value is_equal(Self& s, Arguments& a, Interpreter&) { return s.shape.is_equal(shape(a, "other")); }
Value closed(Self& s, Arguments&, Interpreter&) { return s.shape.closed_flag(); }
Value reversed(Self& s, Arguments&, Interpreter&) { return shape_value(s.shape.reversed()); }

Value replace(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::replaced(s.shape, shape(a, "old"), rest_shapes(a)));
}

// Compound.remove changes the compound itself.
Value remove(Self& s, Arguments& a, Interpreter&) {
  if (s.shape.type() != Kind::kCompound) return shape_value(brep::removed(s.shape, rest_shapes(a)));
  s.shape = brep::compound_without(s.shape, rest_shapes(a));
  return Ref<Self>(&s);
}

Value get_construction(Self& s, Interpreter&) { return s.shape.for_construction; }
void set_construction(Self& s, const Value& value, Interpreter& interpreter) {
  s.shape.for_construction = interpreter::truth(value, interpreter);
}
Value get_label(Self& s, Interpreter&) { return s.label; }
void set_label(Self& s, const Value& value, Interpreter& interpreter) {
  s.label = interpreter::to_str(value, interpreter);
}

}  // namespace

void add_shape_identity(Type& t) {
  t.method("ShapeType", "", shape_type_name)
      .method("geomType", "", geom_type)
      .method("hashCode", "", hash_code)
      .method("isNull", "", is_null)
      .method("isSame", "other", is_same)
      .method("isEqual", "other", is_equal)
      .method("Closed", "", closed)
      .method("reverse", "", reversed)
      .method("replace", "old, *new", replace)
      .method("remove", "*subshape", remove)
      .property("forConstruction", get_construction, set_construction)
      .property("label", get_label, set_label)
      .unsupported("wrapped", "there are no OCP objects here")
      .unsupported("cast", "there are no OCP objects here")
      .unsupported("importBrep", "a program cannot read files")
      .unsupported("importBin", "a program cannot read files");
}

Value ShapeObject::compare(CompareOp op, const Value& other, Interpreter&) {
  if (op != CompareOp::kEqual && op != CompareOp::kNotEqual) return {};
  const brep::Shape* s = try_shape(other);
  return (s && shape.is_same(*s)) == (op == CompareOp::kEqual);
}

size_t ShapeObject::hash(Interpreter&) { return shape.hash(); }

bool ShapeObject::truth(Interpreter&) { return shape.type() != Kind::kCompound || !shape.empty(); }

}  // namespace cadrecode::cadquery
