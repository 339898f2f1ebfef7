// Solids and compounds: fillets, chamfers, shells, prismatic features (CadQuery's Mixin3D).
#include "geometry/brep/feature.h"
#include "geometry/brep/measure.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

Value fillet(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::fillet(s.shape, a.number("radius"), shapes(a, "edgeList", interpreter)));
}
Value chamfer(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::chamfer(s.shape, a.number("length"), a.optional_number("length2"),
                                   shapes(a, "edgeList", interpreter)));
}
Value hollow(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::hollow(s.shape, shapes(a, "faceList", interpreter),
                                  a.number("thickness"), a.number("tolerance"),
                                  offset_kind(a, "kind")));
}
Value is_inside(Self& s, Arguments& a, Interpreter&) {
  return brep::is_inside(s.shape, vector(a, "point"), a.number("tolerance"));
}

Value dprism(Self& s, Arguments& a, Interpreter& interpreter) {
  const Shapes profiles = shapes(a, "profiles", interpreter);
  const brep::Shape basis = a.is_none("basis") ? brep::Shape() : shape(a, "basis");
  brep::PrismFeature options;
  options.depth = a.optional_number("depth");
  options.taper = a.number("taper");
  if (!a.is_none("upToFace")) options.up_to_face = shape(a, "upToFace");
  options.thru_all = a.boolean("thruAll", interpreter);
  options.additive = a.boolean("additive", interpreter);
  const bool faces = !profiles.empty() && profiles.front().type() == brep::Kind::kFace;
  return shape_value(faces ? brep::dprism(s.shape, basis, profiles, options)
                           : brep::dprism_wires(s.shape, basis, profiles, options));
}

}  // namespace

void add_feature_methods(Type& t) {
  t.method("fillet", "radius, edgeList", fillet)
      .method("chamfer", "length, length2, edgeList", chamfer)
      .method("hollow", "faceList, thickness, tolerance=0.0001, kind='arc'", hollow)
      .method("isInside", "point, tolerance=1e-6", is_inside)
      .method("dprism",
              "basis, profiles, depth=None, taper=0, upToFace=None, thruAll=True, additive=True",
              dprism);
}

}  // namespace cadrecode::cadquery
