// Shell and Solid: primitives and shells.
#include "geometry/brep/solid.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Value make_shell(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_shell(shapes(a, "listOfFaces", interpreter)));
}
Value make_solid(Arguments& a, Interpreter&) {
  return shape_value(brep::make_solid(shape(a, "shell")));
}
Value is_solid(Arguments& a, Interpreter&) {
  const brep::Shape* s = try_shape(a["obj"]);
  return s && brep::is_solid(*s);
}

Value make_box(Arguments& a, Interpreter&) {
  return shape_value(brep::make_box(a.number("length"), a.number("width"), a.number("height"),
                                    vector(a, "pnt"), vector(a, "dir")));
}
Value make_cone(Arguments& a, Interpreter&) {
  return shape_value(brep::make_cone(a.number("radius1"), a.number("radius2"), a.number("height"),
                                     vector(a, "pnt"), vector(a, "dir"), a.number("angleDegrees")));
}
Value make_cylinder(Arguments& a, Interpreter&) {
  return shape_value(brep::make_cylinder(a.number("radius"), a.number("height"), vector(a, "pnt"),
                                         vector(a, "dir"), a.number("angleDegrees")));
}
Value make_torus(Arguments& a, Interpreter&) {
  return shape_value(brep::make_torus(a.number("radius1"), a.number("radius2"), vector(a, "pnt"),
                                      vector(a, "dir"), a.number("angleDegrees1"),
                                      a.number("angleDegrees2")));
}
Value make_sphere(Arguments& a, Interpreter&) {
  return shape_value(brep::make_sphere(a.number("radius"), vector(a, "pnt"), vector(a, "dir"),
                                       a.number("angleDegrees1"), a.number("angleDegrees2"),
                                       a.number("angleDegrees3")));
}
Value make_wedge(Arguments& a, Interpreter&) {
  return shape_value(brep::make_wedge(a.number("dx"), a.number("dy"), a.number("dz"),
                                      a.number("xmin"), a.number("zmin"), a.number("xmax"),
                                      a.number("zmax"), vector(a, "pnt"), vector(a, "dir")));
}

Value outer_shell(Self& s, Arguments&, Interpreter&) {
  return shape_value(brep::outer_shell(s.shape));
}
Value inner_shells(Self& s, Arguments&, Interpreter&) {
  return shape_list(brep::inner_shells(s.shape));
}
Value add_cavity(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::add_cavity(s.shape, rest_shapes(a)));
}

}  // namespace

void add_shell_class(Type& t) { t.static_method("makeShell", "listOfFaces", make_shell); }

void add_solid_class(Type& t) {
  add_feature_methods(t);
  add_sweep_makers(t);
  t.static_method("isSolid", "obj", is_solid)
      .static_method("makeSolid", "shell", make_solid)
      .static_method("makeBox", "length, width, height, pnt=(0, 0, 0), dir=(0, 0, 1)", make_box)
      .static_method("makeCone",
                     "radius1, radius2, height, pnt=(0, 0, 0), dir=(0, 0, 1), angleDegrees=360",
                     make_cone)
      .static_method("makeCylinder",
                     "radius, height, pnt=(0, 0, 0), dir=(0, 0, 1), angleDegrees=360",
                     make_cylinder)
      .static_method("makeTorus",
                     "radius1, radius2, pnt=(0, 0, 0), dir=(0, 0, 1), angleDegrees1=0, "
                     "angleDegrees2=360",
                     make_torus)
      .static_method("makeSphere",
                     "radius, pnt=(0, 0, 0), dir=(0, 0, 1), angleDegrees1=0, angleDegrees2=90, "
                     "angleDegrees3=360",
                     make_sphere)
      .static_method("makeWedge",
                     "dx, dy, dz, xmin, zmin, xmax, zmax, pnt=(0, 0, 0), dir=(0, 0, 1)", make_wedge)
      .method("outerShell", "", outer_shell)
      .method("innerShells", "", inner_shells)
      .method("addCavity", "*shells", add_cavity);
}

}  // namespace cadrecode::cadquery
