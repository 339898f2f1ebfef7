// Face: making them, and faces made from faces.
#include <array>

#include "geometry/brep/face.h"
#include "language/cadquery/free_functions.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using Self = ShapeObject;

std::optional<double> nonzero(const Arguments& a, std::string_view name) {
  const auto value = a.optional_number(name);
  return value && *value != 0 ? value : std::nullopt;
}

// Without both lengths the plane is infinite.
Value make_plane(Arguments& a, Interpreter&) {
  auto length = nonzero(a, "length"), width = nonzero(a, "width");
  if (!length || !width) length = width = std::nullopt;
  return shape_value(brep::make_plane(length, width, vector(a, "basePnt"), vector(a, "dir")));
}
Value make_ruled_surface(Arguments& a, Interpreter&) {
  return shape_value(brep::make_ruled_surface(shape(a, "edgeOrWire1"), shape(a, "edgeOrWire2")));
}
Value make_from_wires(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_face(shape(a, "outerWire", brep::Kind::kWire),
                                     shapes(a, "innerWires", interpreter)));
}

Value make_n_sided_surface(Arguments& a, Interpreter& interpreter) {
  brep::NSidedOptions o;
  o.degree = static_cast<int>(a.integer("degree"));
  o.points_on_curve = static_cast<int>(a.integer("nbPtsOnCur"));
  o.iterations = static_cast<int>(a.integer("nbIter"));
  o.anisotropy = a.boolean("anisotropy", interpreter);
  o.tol2d = a.number("tol2d"), o.tol3d = a.number("tol3d");
  o.tol_angle = a.number("tolAng"), o.tol_curvature = a.number("tolCurv");
  o.max_degree = static_cast<int>(a.integer("maxDeg"));
  o.max_segments = static_cast<int>(a.integer("maxSegments"));
  return shape_value(brep::make_n_sided_surface(
      shapes(a, "edges", interpreter), surface_constraints(a, "constraints", interpreter), o));
}

Value make_spline_approx(Arguments& a, Interpreter& interpreter) {
  std::vector<std::vector<Vec3>> points;
  for (const Value& row : a.items("points", interpreter))
    points.push_back(to_vectors(row, "Face.makeSplineApprox points", interpreter));
  brep::SurfaceApproxOptions o;
  o.tolerance = a.number("tol");
  if (!a.is_none("smoothing")) {
    const std::vector<double> w = a.numbers("smoothing", 3);
    o.smoothing = std::array<double, 3>{w[0], w[1], w[2]};
  }
  o.min_degree = static_cast<int>(a.integer("minDeg"));
  o.max_degree = static_cast<int>(a.integer("maxDeg"));
  return shape_value(brep::make_spline_approx_face(points, o));
}

Value construct_on(Arguments& a, Interpreter&) {
  return shape_value(brep::face_trim(shape(a, "f"), shape(a, "outer"), rest_shapes(a)));
}

Value fillet_2d(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(
      brep::face_fillet_2d(s.shape, a.number("radius"), shapes(a, "vertices", interpreter)));
}
Value chamfer_2d(Self& s, Arguments& a, Interpreter& interpreter) {
  return shape_value(
      brep::face_chamfer_2d(s.shape, a.number("d"), shapes(a, "vertices", interpreter)));
}
Value thicken(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::thicken(s.shape, a.number("thickness")));
}
Value project(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::face_project(s.shape, shape(a, "other"), vector(a, "d")));
}
Value extend(Self& s, Arguments& a, Interpreter& i) {
  return shape_value(brep::extend(s.shape, a.number("d"), a.boolean("umin", i),
                                  a.boolean("umax", i), a.boolean("vmin", i),
                                  a.boolean("vmax", i)));
}
Value add_hole(Self& s, Arguments& a, Interpreter&) {
  return shape_value(brep::add_hole(s.shape, rest_shapes(a)));
}

// trim(u0, u1, v0, v1, tol), trim(pt1, pt2, pt3, *pts) in (u, v), trim(outer, *inner).
Value trim(Self& s, Arguments& a, Interpreter&) {
  const std::vector<Value>& args = a.rest();
  if (!args.empty() && args[0].is_number()) {
    static const interpreter::Signature bounds("Face.trim", "u0, u1, v0, v1, tol=1e-6");
    const Arguments b = dispatched(bounds, a);
    return shape_value(brep::face_trim(s.shape, b.number("u0"), b.number("u1"), b.number("v0"),
                                       b.number("v1"), b.number("tol")));
  }
  if (!args.empty() && args[0].is_tuple()) {
    std::vector<Vec2> polygon;
    for (const Value& value : args) {
      const Vec3 p = to_vector(value, "Face.trim point");
      polygon.push_back({p.x, p.y});
    }
    return shape_value(brep::face_trim(s.shape, polygon));
  }
  const Shapes wires = rest_shapes(a);
  if (wires.empty()) interpreter::throw_type_error("Face.trim() needs bounds, points or wires");
  return shape_value(brep::face_trim(s.shape, wires.front(), {wires.begin() + 1, wires.end()}));
}

}  // namespace

void add_face_class(Type& t) {
  add_face_queries(t);
  t.static_method("makePlane", "length=None, width=None, basePnt=(0, 0, 0), dir=(0, 0, 1)",
                  make_plane)
      .static_method("makeRuledSurface", "edgeOrWire1, edgeOrWire2", make_ruled_surface)
      .static_method("makeFromWires", "outerWire, innerWires=[]", make_from_wires)
      .static_method("makeNSidedSurface",
                     "edges, constraints, continuity=None, degree=3, nbPtsOnCur=15, nbIter=2, "
                     "anisotropy=False, tol2d=0.00001, tol3d=0.0001, tolAng=0.01, tolCurv=0.1, "
                     "maxDeg=8, maxSegments=9",
                     make_n_sided_surface)
      .static_method("makeSplineApprox", "points, tol=1e-2, smoothing=None, minDeg=1, maxDeg=3",
                     make_spline_approx)
      .static_method("constructOn", "f, outer, *inner", construct_on)
      .method("fillet2D", "radius, vertices", fillet_2d)
      .method("chamfer2D", "d, vertices", chamfer_2d)
      .method("thicken", "thickness", thicken)
      .method("project", "other, d", project)
      .unsupported("toArcs", "faces are not converted to arcs")
      .method("extend", "d, umin=True, umax=True, vmin=True, vmax=True", extend)
      .method("addHole", "*inner", add_hole)
      .method("trim", "*args, **kwargs", trim);
}

}  // namespace cadrecode::cadquery
