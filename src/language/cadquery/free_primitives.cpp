// func: segments, polygons, splines, circles, boxes, spheres, text.
#include "geometry/brep/edge.h"
#include "language/cadquery/free_functions.h"
#include "language/cadquery/text_options.h"

namespace cadrecode::cadquery {
namespace {

namespace ops = brep::ops;
using interpreter::Signature;

std::vector<Vec3> rest_points(const Arguments& a) {
  std::vector<Vec3> points;
  for (const Value& value : a.rest())
    points.push_back(to_vector(value, a.signature().function() + " points"));
  return points;
}

Value segment(Arguments& a, Interpreter&) {
  return shape_value(brep::make_line(vector(a, "p1"), vector(a, "p2")));
}
Value polyline(Arguments& a, Interpreter&) { return shape_value(ops::polyline(rest_points(a))); }
Value polygon(Arguments& a, Interpreter&) { return shape_value(ops::polygon(rest_points(a))); }
Value rect(Arguments& a, Interpreter&) {
  return shape_value(ops::rect(a.number("w"), a.number("h")));
}

// spline(*pts, tol, periodic), or spline(pts, tgts, params, tol, periodic, scale).
Value spline(Arguments& a, Interpreter& interpreter) {
  static const Signature of_points("spline", "*pts, tol=1e-6, periodic=False");
  static const Signature of_sequence(
      "spline", "pts, tgts=None, params=None, tol=1e-6, periodic=False, scale=True");
  ops::FreeSpline options;
  const bool points = !a.rest().empty() && try_vector(a.rest().front());
  const Arguments b = dispatched(points ? of_points : of_sequence, a);
  options.tolerance = b.number("tol");
  options.periodic = b.boolean("periodic", interpreter);
  if (points) return shape_value(ops::spline(rest_points(b), options));
  if (!b.is_none("tgts")) options.tangents = vectors(b, "tgts", interpreter);
  if (!b.is_none("params")) options.parameters = numbers(b, "params", interpreter);
  options.scale = b.boolean("scale", interpreter);
  return shape_value(ops::spline(vectors(b, "pts", interpreter), options));
}

Value circle(Arguments& a, Interpreter&) { return shape_value(ops::circle(a.number("r"))); }
Value ellipse(Arguments& a, Interpreter&) {
  return shape_value(ops::ellipse(a.number("r1"), a.number("r2")));
}

Value plane(Arguments& a, Interpreter&) {
  static const Signature finite("plane", "w, l");
  if (a.rest().empty() && a.keywords().empty()) return shape_value(ops::plane());
  const Arguments b = dispatched(finite, a);
  return shape_value(ops::plane(b.number("w"), b.number("l")));
}

Value box(Arguments& a, Interpreter&) {
  return shape_value(ops::box(a.number("w"), a.number("l"), a.number("h")));
}
Value cylinder(Arguments& a, Interpreter&) {
  return shape_value(ops::cylinder(a.number("d"), a.number("h")));
}
Value sphere(Arguments& a, Interpreter&) { return shape_value(ops::sphere(a.number("d"))); }
Value torus(Arguments& a, Interpreter&) {
  return shape_value(ops::torus(a.number("d1"), a.number("d2")));
}
Value cone(Arguments& a, Interpreter&) {
  static const Signature full("cone", "d, h");
  static const Signature partial("cone", "d1, d2, h");
  if (a.rest().size() + a.keywords().size() == 2) {
    const Arguments b = rebound(full, a);
    return shape_value(ops::cone(b.number("d"), 0, b.number("h")));
  }
  const Arguments b = rebound(partial, a);
  return shape_value(ops::cone(b.number("d1"), b.number("d2"), b.number("h")));
}

// Flat, along a spine, or along a spine on a base face: by the third and fourth argument.
Value text(Arguments& a, Interpreter& interpreter) {
  constexpr const char* kStyle =
      "font='Arial', path=None, kind='regular', halign='center', valign='center'";
  static const Signature flat("text", std::string("txt, size, ") + kStyle);
  static const Signature on_spine("text", std::string("txt, size, spine, planar=False, ") + kStyle);
  static const Signature on_face("text", std::string("txt, size, spine, base, ") + kStyle);
  const std::vector<Value>& args = a.rest();
  if (args.size() < 3 || !try_shape(args[2])) {
    const Arguments b = dispatched(flat, a);
    return shape_value(brep::flat_text(b.string("txt"), b.number("size"), text_options(b, "path")));
  }
  if (args.size() < 4 || !try_shape(args[3])) {
    const Arguments b = dispatched(on_spine, a);
    return shape_value(brep::text_on_spine(b.string("txt"), b.number("size"), shape(b, "spine"),
                                           b.boolean("planar", interpreter),
                                           text_options(b, "path")));
  }
  const Arguments b = dispatched(on_face, a);
  return shape_value(brep::text_on_face(b.string("txt"), b.number("size"), shape(b, "spine"),
                                        shape(b, "base"), text_options(b, "path")));
}

}  // namespace

void add_primitives(interpreter::Module& m) {
  m.function("segment", "p1, p2", segment)
      .function("polyline", "*pts", polyline)
      .function("polygon", "*pts", polygon)
      .function("rect", "w, h", rect)
      .function("spline", "*args, **kwargs", spline)
      .function("circle", "r", circle)
      .function("ellipse", "r1, r2", ellipse)
      .function("plane", "*args, **kwargs", plane)
      .function("box", "w, l, h", box)
      .function("cylinder", "d, h", cylinder)
      .function("sphere", "d", sphere)
      .function("torus", "d1, d2", torus)
      .function("cone", "*args, **kwargs", cone)
      .function("text", "*args, **kwargs", text);
}

}  // namespace cadrecode::cadquery
