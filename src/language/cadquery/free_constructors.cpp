// func: wire, face, shell, solid, compound, vertex, and edges, wires and faces on a face.
#include "geometry/brep/edge.h"
#include "language/cadquery/free_functions.h"

namespace cadrecode::cadquery {
namespace {

namespace ops = brep::ops;
using interpreter::Signature;

Value wire(Arguments& a, Interpreter& interpreter) {
  return shape_value(ops::wire(shapes_or_sequence(a, interpreter)));
}
Value face(Arguments& a, Interpreter& interpreter) {
  return shape_value(ops::face(shapes_or_sequence(a, interpreter)));
}
Value compound(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_compound(shapes_or_sequence(a, interpreter)));
}

bool is_sequence_call(const Arguments& a) {
  return !a.rest().empty() && !try_shape(a.rest().front());
}

Shapes context(const Arguments& a, Interpreter& interpreter) {
  if (a.is_none("ctx")) return {};
  return to_shapes(a["ctx"], "shell ctx", interpreter, true);
}

// shell(*s, tol=…) or shell(s, tol, manifold, ctx).
Value shell(Arguments& a, Interpreter& interpreter) {
  static const Signature of_shapes(
      "shell", "*s, tol=1e-6, manifold=True, ctx=None, history=None, name=None");
  static const Signature of_sequence(
      "shell", "s, tol=1e-6, manifold=True, ctx=None, history=None, name=None");
  const bool sequence = is_sequence_call(a);
  const Arguments b = rebound(sequence ? of_sequence : of_shapes, a);
  no_history(b);
  return shape_value(ops::shell(sequence ? shapes(b, "s", interpreter) : rest_shapes(b),
                                b.number("tol"), b.boolean("manifold", interpreter),
                                context(b, interpreter)));
}

// solid(*s, tol=…), or solid(s, inner, tol) of faces.
Value solid(Arguments& a, Interpreter& interpreter) {
  static const Signature of_shapes("solid", "s1, *sn, tol=1e-6, history=None, name=None");
  static const Signature of_sequence("solid", "s, inner=None, tol=1e-6, history=None, name=None");
  if (!is_sequence_call(a)) {
    const Arguments b = rebound(of_shapes, a);
    no_history(b);
    Shapes all{shape(b, "s1")};
    const Shapes more = rest_shapes(b);
    all.insert(all.end(), more.begin(), more.end());
    return shape_value(ops::solid(all, b.number("tol")));
  }
  const Arguments b = rebound(of_sequence, a);
  no_history(b);
  return shape_value(ops::solid_with_inner(shapes(b, "s", interpreter),
                                           shapes(b, "inner", interpreter), b.number("tol")));
}

Value vertex(Arguments& a, Interpreter&) {
  static const Signature of_numbers("vertex", "x, y, z");
  static const Signature of_point("vertex", "p");
  if (a.rest().size() == 1) {
    const Arguments b = dispatched(of_point, a);
    return shape_value(brep::make_vertex(vector(b, "p")));
  }
  const Arguments b = dispatched(of_numbers, a);
  return shape_value(brep::make_vertex({b.number("x"), b.number("y"), b.number("z")}));
}

// edgeOn(base, pts, periodic, tol), or edgeOn(base, *edges, tol, N).
Value edge_on(Arguments& a, Interpreter& interpreter) {
  static const Signature of_points("edgeOn", "base, pts, periodic=False, tol=1e-6");
  static const Signature of_edges("edgeOn", "base, *edgs, tol=1e-6, N=20");
  if (a.rest().size() >= 2 && try_shape(a.rest()[1])) {
    const Arguments b = rebound(of_edges, a);
    return shape_value(ops::edges_on(shape(b, "base"), rest_shapes(b), b.number("tol"),
                                     static_cast<int>(b.integer("N"))));
  }
  const Arguments b = rebound(of_points, a);
  std::vector<Vec2> uv;
  for (Vec3 p : vectors(b, "pts", interpreter)) uv.push_back({p.x, p.y});
  return shape_value(
      ops::edge_on(shape(b, "base"), uv, b.boolean("periodic", interpreter), b.number("tol")));
}

Value wire_on(Arguments& a, Interpreter&) {
  return shape_value(ops::wire_on(shape(a, "base"), shape(a, "w"), a.number("tol"),
                                  static_cast<int>(a.integer("N"))));
}
Value face_on(Arguments& a, Interpreter&) {
  return shape_value(ops::face_on(shape(a, "base"), rest_shapes(a), a.number("tol"),
                                  static_cast<int>(a.integer("N"))));
}

}  // namespace

void add_constructors(interpreter::Module& m) {
  m.function("wire", "*s", wire)
      .function("face", "*s", face)
      .function("compound", "*s", compound)
      .function("shell", "*args, **kwargs", shell)
      .function("solid", "*args, **kwargs", solid)
      .function("vertex", "*args, **kwargs", vertex)
      .function("edgeOn", "*args, **kwargs", edge_on)
      .function("wireOn", "base, w, tol=1e-6, N=20", wire_on)
      .function("faceOn", "base, *fcs, tol=1e-6, N=20", face_on);
}

}  // namespace cadrecode::cadquery
