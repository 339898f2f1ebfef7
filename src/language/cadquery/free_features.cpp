// func: fillets, chamfers, extrusions, offsets, fillings, hollows.
#include "language/cadquery/free_functions.h"

namespace cadrecode::cadquery {
namespace {

namespace ops = brep::ops;
using interpreter::Signature;

Value fillet(Arguments& a, Interpreter&) {
  no_history(a);
  return shape_value(ops::fillet(shape(a, "s"), shape(a, "edges"), a.number("r")));
}
Value chamfer(Arguments& a, Interpreter&) {
  no_history(a);
  return shape_value(ops::chamfer(shape(a, "s"), shape(a, "edges"), a.number("d")));
}
Value fillet_2d(Arguments& a, Interpreter&) {
  return shape_value(ops::fillet_2d(shape(a, "s"), shape(a, "verts"), a.number("r")));
}
Value chamfer_2d(Arguments& a, Interpreter&) {
  return shape_value(ops::chamfer_2d(shape(a, "s"), shape(a, "verts"), a.number("d")));
}

Value extrude(Arguments& a, Interpreter& interpreter) {
  no_history(a);
  return shape_value(ops::extrude(shape(a, "s"), vector(a, "d"), a.boolean("both", interpreter)));
}
Value revolve(Arguments& a, Interpreter&) {
  no_history(a);
  return shape_value(ops::revolve(shape(a, "s"), vector(a, "p"), vector(a, "d"), a.number("a")));
}

Value offset(Arguments& a, Interpreter& interpreter) {
  no_history(a);
  return shape_value(ops::offset(shape(a, "s"), a.number("t"), a.boolean("cap", interpreter),
                                 a.boolean("both", interpreter), a.number("tol")));
}
Value offset_2d(Arguments& a, Interpreter& interpreter) {
  return shape_value(ops::offset_2d(shape(a, "s"), a.number("t"), optional_shape(a, "ctx"),
                                    offset_kind(a, "kind"), a.boolean("closed", interpreter)));
}

Value fill(Arguments& a, Interpreter& interpreter) {
  return shape_value(ops::fill(shape(a, "s"), surface_constraints(a, "constraints", interpreter)));
}
Value cap(Arguments& a, Interpreter& interpreter) {
  return shape_value(
      ops::cap(shape(a, "s"), shape(a, "ctx"), surface_constraints(a, "constraints", interpreter)));
}

// hollow(s, faces, t, …), or hollow(s, t, …) for a closed cavity.
Value hollow(Arguments& a, Interpreter&) {
  static const Signature open(
      "hollow", "s, faces, t, tol=1e-3, kind='intersection', history=None, name=None");
  static const Signature closed("hollow",
                                "s, t, tol=1e-3, kind='intersection', history=None, name=None");
  bool faces_named = false;
  for (const auto& [name, value] : a.keywords()) faces_named = faces_named || name == "faces";
  const bool cavity = a.rest().size() >= 2 ? a.rest()[1].is_number() : !faces_named;
  const Arguments b = rebound(cavity ? closed : open, a);
  no_history(b);
  return shape_value(ops::hollow(shape(b, "s"), cavity ? brep::Shape() : optional_shape(b, "faces"),
                                 b.number("t"), b.number("tol"), offset_kind(b, "kind")));
}

}  // namespace

void add_features(interpreter::Module& m) {
  m.function("fillet", "s, edges, r, history=None, name=None", fillet)
      .function("chamfer", "s, edges, d, history=None, name=None", chamfer)
      .function("fillet2D", "s, verts, r", fillet_2d)
      .function("chamfer2D", "s, verts, d", chamfer_2d)
      .function("extrude", "s, d, both=False, history=None, name=None", extrude)
      .function("revolve", "s, p, d, a=360, history=None, name=None", revolve)
      .function("offset", "s, t, cap=True, both=False, tol=1e-6, history=None, name=None", offset)
      .function("offset2D", "s, t, ctx=None, kind='arc', closed=True", offset_2d)
      .function("fill", "s, constraints=()", fill)
      .function("cap", "s, ctx, constraints=()", cap)
      .function("hollow", "*args, **kwargs", hollow);
}

}  // namespace cadrecode::cadquery
