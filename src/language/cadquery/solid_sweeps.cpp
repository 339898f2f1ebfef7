// Solid: extrusions, revolutions, sweeps and lofts. Most take either wires or one face.
#include "geometry/brep/solid.h"
#include "language/cadquery/free_functions.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using interpreter::Signature;

// Whether the call is the overload that starts with a Face.
bool starts_with_face(const Arguments& a) {
  const brep::Shape* s = a.rest().empty() ? nullptr : try_shape(a.rest().front());
  return s && s->type() == brep::Kind::kFace;
}

Value extrude_linear(Arguments& a, Interpreter& interpreter) {
  static const Signature of_face("Solid.extrudeLinear", "face, vecNormal, taper=0");
  static const Signature of_wires("Solid.extrudeLinear",
                                  "outerWire, innerWires, vecNormal, taper=0");
  if (starts_with_face(a)) {
    const Arguments b = dispatched(of_face, a);
    return shape_value(
        brep::extrude_linear(shape(b, "face"), vector(b, "vecNormal"), b.number("taper")));
  }
  const Arguments b = dispatched(of_wires, a);
  return shape_value(brep::extrude_linear(shape(b, "outerWire", brep::Kind::kWire),
                                          shapes(b, "innerWires", interpreter),
                                          vector(b, "vecNormal"), b.number("taper")));
}

Value extrude_with_rotation(Arguments& a, Interpreter& interpreter) {
  static const Signature of_face("Solid.extrudeLinearWithRotation",
                                 "face, vecCenter, vecNormal, angleDegrees");
  static const Signature of_wires("Solid.extrudeLinearWithRotation",
                                  "outerWire, innerWires, vecCenter, vecNormal, angleDegrees");
  if (starts_with_face(a)) {
    const Arguments b = dispatched(of_face, a);
    return shape_value(brep::extrude_linear_with_rotation(shape(b, "face"), vector(b, "vecCenter"),
                                                          vector(b, "vecNormal"),
                                                          b.number("angleDegrees")));
  }
  const Arguments b = dispatched(of_wires, a);
  return shape_value(brep::extrude_linear_with_rotation(
      shape(b, "outerWire", brep::Kind::kWire), shapes(b, "innerWires", interpreter),
      vector(b, "vecCenter"), vector(b, "vecNormal"), b.number("angleDegrees")));
}

Value revolve(Arguments& a, Interpreter& interpreter) {
  static const Signature of_face("Solid.revolve", "face, angleDegrees, axisStart, axisEnd");
  static const Signature of_wires("Solid.revolve",
                                  "outerWire, innerWires, angleDegrees, axisStart, axisEnd");
  if (starts_with_face(a)) {
    const Arguments b = dispatched(of_face, a);
    return shape_value(brep::revolve(shape(b, "face"), b.number("angleDegrees"),
                                     vector(b, "axisStart"), vector(b, "axisEnd")));
  }
  const Arguments b = dispatched(of_wires, a);
  return shape_value(brep::revolve(shape(b, "outerWire", brep::Kind::kWire),
                                   shapes(b, "innerWires", interpreter), b.number("angleDegrees"),
                                   vector(b, "axisStart"), vector(b, "axisEnd")));
}

brep::SweepOptions sweep_options(const Arguments& a, Interpreter& interpreter) {
  brep::SweepOptions options;
  options.make_solid = a.boolean("makeSolid", interpreter);
  options.is_frenet = a.boolean("isFrenet", interpreter);
  if (const auto* binormal = a["mode"].as<VectorObject>())
    options.mode = binormal->v;
  else if (!a.is_none("mode"))
    options.mode = shape(a, "mode");
  return options;
}

Value sweep(Arguments& a, Interpreter& interpreter) {
  static const Signature of_face("Solid.sweep",
                                 "face, path, makeSolid=True, isFrenet=False, mode=None, "
                                 "transitionMode='transformed'");
  static const Signature of_wires("Solid.sweep",
                                  "outerWire, innerWires, path, makeSolid=True, isFrenet=False, "
                                  "mode=None, transitionMode='transformed'");
  const bool face = starts_with_face(a);
  const Arguments b = dispatched(face ? of_face : of_wires, a);
  brep::SweepOptions options = sweep_options(b, interpreter);
  options.transition = transition_from(b.string("transitionMode"));
  if (face) return shape_value(brep::sweep(shape(b, "face"), shape(b, "path"), options));
  return shape_value(brep::sweep(shape(b, "outerWire", brep::Kind::kWire),
                                 shapes(b, "innerWires", interpreter), shape(b, "path"), options));
}

Value sweep_multi(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::sweep_multi(shapes(a, "profiles", interpreter), shape(a, "path"),
                                       sweep_options(a, interpreter)));
}

Value make_loft(Arguments& a, Interpreter& interpreter) {
  return shape_value(
      brep::make_loft(shapes(a, "listOfWire", interpreter), a.boolean("ruled", interpreter)));
}

}  // namespace

void add_sweep_makers(Type& t) {
  t.static_method("extrudeLinear", "*args, **kwargs", extrude_linear)
      .static_method("extrudeLinearWithRotation", "*args, **kwargs", extrude_with_rotation)
      .static_method("revolve", "*args, **kwargs", revolve)
      .static_method("sweep", "*args, **kwargs", sweep)
      .static_method("sweep_multi", "profiles, path, makeSolid=True, isFrenet=False, mode=None",
                     sweep_multi)
      .static_method("makeLoft", "listOfWire, ruled=False", make_loft);
}

}  // namespace cadrecode::cadquery
