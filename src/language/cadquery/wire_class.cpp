// Wire.
#include "geometry/brep/edge.h"
#include "geometry/brep/wire.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Value assemble_edges(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::assemble_edges(shapes(a, "listOfEdges", interpreter)));
}
Value combine(Arguments& a, Interpreter& interpreter) {
  return shape_list(brep::combine_wires(shapes(a, "listOfWires", interpreter), a.number("tol")));
}
Value make_circle(Arguments& a, Interpreter&) {
  return shape_value(
      brep::make_circle_wire(a.number("radius"), vector(a, "center"), vector(a, "normal")));
}
Value make_ellipse(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_ellipse_wire(
      a.number("x_radius"), a.number("y_radius"), vector(a, "center"), vector(a, "normal"),
      vector(a, "xDir"), a.number("angle1"), a.number("angle2"), a.number("rotation_angle"),
      a.boolean("closed", interpreter)));
}
Value make_polygon(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_polygon(vectors(a, "listOfVertices", interpreter),
                                        a.boolean("forConstruction", interpreter),
                                        a.boolean("close", interpreter)));
}
Value make_helix(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_helix(a.number("pitch"), a.number("height"), a.number("radius"),
                                      vector(a, "center"), vector(a, "dir"), a.number("angle"),
                                      a.boolean("lefthand", interpreter)));
}

Value close(Self& s, Arguments&, Interpreter&) { return shape_value(brep::close(s.shape)); }
Value stitch(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::stitch(s.shape, shape(a, "other", brep::Kind::kWire)));
}
Value offset_2d(Self& s, Arguments& a, Interpreter&) {
  return shape_list(brep::offset_2d(s.shape, a.number("d"), offset_kind(a, "kind")));
}
Value fillet_2d(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(
      brep::wire_fillet_2d(s.shape, a.number("radius"), shapes(a, "vertices", interpreter)));
}
Value chamfer_2d(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(
      brep::wire_chamfer_2d(s.shape, a.number("d"), shapes(a, "vertices", interpreter)));
}
Value fillet(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(
      brep::wire_fillet(s.shape, a.number("radius"), shapes(a, "vertices", interpreter)));
}

}  // namespace

void add_wire_class(Type& t) {
  add_curve_methods_of_shapes(t);
  t.static_method("assembleEdges", "listOfEdges", assemble_edges)
      .static_method("combine", "listOfWires, tol=1e-9", combine)
      .static_method("makeCircle", "radius, center, normal", make_circle)
      .static_method("makeEllipse",
                     "x_radius, y_radius, center, normal, xDir, angle1=360.0, angle2=360.0, "
                     "rotation_angle=0.0, closed=True",
                     make_ellipse)
      .static_method("makePolygon", "listOfVertices, forConstruction=False, close=False",
                     make_polygon)
      .static_method("makeHelix",
                     "pitch, height, radius, center=(0, 0, 0), dir=(0, 0, 1), angle=360.0, "
                     "lefthand=False",
                     make_helix)
      .method("close", "", close)
      .method("stitch", "other", stitch)
      .method("offset2D", "d, kind='arc'", offset_2d)
      .method("fillet2D", "radius, vertices", fillet_2d)
      .method("chamfer2D", "d, vertices", chamfer_2d)
      .method("fillet", "radius, vertices=None", fillet);
}

}  // namespace cadrecode::cadquery
