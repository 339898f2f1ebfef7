// Workplane: arcs, splines and curves given by functions.
#include <cmath>

#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/face.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Shape;

namespace {

bool construction(const Arguments& a, Interpreter& interpreter) {
  return a.boolean("forConstruction", interpreter);
}

// The edge, or with makeWire the wire of it, pending unless it is for construction.
Value finish(WorkplaneObject& self, const Shape& edge, bool make_wire, bool for_construction) {
  if (!make_wire) {
    if (!for_construction) add_pending_edge(self, edge);
    return new_object(self, edge);
  }
  const Shape wire = brep::assemble_edges({edge});
  if (!for_construction) add_pending_wire(self, wire);
  return new_object(self, wire);
}

std::vector<Vec3> world_points(WorkplaneObject& self, const Value& points, bool include_current,
                               std::string_view what, Interpreter& interpreter) {
  std::vector<Vec3> all;
  if (include_current) all.push_back(from_point(self, false));
  for (const Value& point : elements(points, interpreter)) {
    all.push_back(world_point(self, point, what, interpreter));
  }
  return all;
}

Value add_arc(WorkplaneObject& self, Vec3 middle, Vec3 end, bool for_construction) {
  const Shape arc = brep::make_three_point_arc(from_point(self, false), self.to_world(middle),
                                               self.to_world(end));
  if (!for_construction) add_pending_edge(self, arc);
  return new_object(self, arc);
}

Value three_point_arc(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return add_arc(self, vector_argument(a, "point1"), vector_argument(a, "point2"),
                 construction(a, i));
}

Value sagitta(WorkplaneObject& self, Vec3 end, double sag, bool for_construction) {
  const Vec3 start = from_point(self, true);
  const Vec3 chord = end - start;
  if (norm(chord) < 1e-290) {
    throw Error(ErrorKind::kGeometry, "an arc needs an end point away from its start");
  }
  const Vec3 d = normalized(chord) * std::abs(sag);
  // x and y turn by +90 or -90 degrees, z stays: as CadQuery does it.
  const Vec3 side = sag > 0 ? Vec3{-d.y, d.x, d.z} : Vec3{d.y, -d.x, d.z};
  return add_arc(self, (end + start) * 0.5 + side, end, for_construction);
}

Value sagitta_arc(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  return sagitta(self, vector_argument(a, "endPoint"), a.number("sag"), construction(a, i));
}

Value radius_arc(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Vec3 end = vector_argument(a, "endPoint");
  const double radius = a.number("radius");
  const double half = norm(end - from_point(self, true)) / 2;
  const double rest = radius * radius - half * half;
  double sag = std::abs(radius);
  if (std::abs(rest) >= 1e-6) {
    if (rest < 0) {
      interpreter::throw_value_error("Arc radius is not large enough to reach the end point.");
    }
    sag -= std::sqrt(rest);
  }
  return sagitta(self, end, radius > 0 ? sag : -sag, construction(a, i));
}

Value tangent_arc_point(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  Vec3 end = vector_argument(a, "endpoint");
  if (a.boolean("relative", i)) end = end + from_point(self, true);
  const Value previous =
      self.objects().empty() ? vector_value(self.frame().origin) : self.objects().back();
  if (!is_shape_of(previous, brep::Kind::kEdge)) {
    interpreter::throw_exception(interpreter::exception_type("RuntimeError"),
                                 "Previous Edge requested, but the previous object was of type " +
                                     type_name(previous) + ", not an Edge.");
  }
  const Shape& edge = *try_shape(previous);
  const Shape arc =
      brep::make_tangent_arc(brep::end_point(edge), brep::tangent_at(edge, 1), self.to_world(end));
  if (!construction(a, i)) add_pending_edge(self, arc);
  return new_object(self, arc);
}

Value ellipse_arc(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Vec3 center = from_point(self, false);
  const Vec3 axis = self.frame().normal;
  Shape edge = brep::make_ellipse(a.number("x_radius"), a.number("y_radius"), center, axis,
                                  self.frame().x, a.number("angle1"), a.number("angle2"),
                                  static_cast<int>(a.number("sense")));
  if (const double angle = a.number("rotation_angle"); angle != 0) {
    edge = brep::rotate(edge, center, center + axis, angle);
  }
  if (a.boolean("startAtCurrent", i)) {
    edge = brep::translate(edge, center - brep::start_point(edge));
  }
  return finish(self, edge, a.boolean("makeWire", i), construction(a, i));
}

std::vector<std::optional<Vec3>> world_tangents(WorkplaneObject& self, const Value& tangents,
                                                Interpreter& interpreter) {
  std::vector<std::optional<Vec3>> all;
  if (!truth(tangents, interpreter)) return all;
  for (const Value& tangent : elements(tangents, interpreter)) {
    if (tangent.is_none()) {
      all.emplace_back();
    } else {
      all.push_back(world_point(self, tangent, "Workplane.spline tangent", interpreter) -
                    self.frame().origin);
    }
  }
  return all;
}

Value spline(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const std::vector<Vec3> points = world_points(
      self, a["listOfXYTuple"], a.boolean("includeCurrent", i), "Workplane.spline point", i);
  brep::SplineOptions options;
  options.tangents = world_tangents(self, a["tangents"], i);
  options.periodic = a.boolean("periodic", i);
  if (!a.is_none("parameters")) {
    options.parameters = to_numbers(a["parameters"], "Workplane.spline parameters", i);
    if (options.parameters.empty()) {
      interpreter::throw_value_error(
          "There must be one parameter for each interpolation point (plus one if periodic), or "
          "none specified. Parameter count: 0, point count: " +
          std::to_string(points.size()));
    }
  }
  options.scale = a.boolean("scale", i);
  if (truth(a["tol"], i)) options.tolerance = a.number("tol");
  return finish(self, brep::make_spline(points, options), a.boolean("makeWire", i),
                construction(a, i));
}

std::optional<std::array<double, 3>> smoothing(const Arguments& a, Interpreter& interpreter) {
  if (!truth(a["smoothing"], interpreter)) return {};
  const std::vector<double> s = a.numbers("smoothing", 3);
  return std::array<double, 3>{s[0], s[1], s[2]};
}

Value spline_approx(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  brep::SplineApproxOptions options;
  if (truth(a["tol"], i)) options.tolerance = a.number("tol");
  options.smoothing = smoothing(a, i);
  options.min_degree = static_cast<int>(a.integer("minDeg"));
  options.max_degree = static_cast<int>(a.integer("maxDeg"));
  const std::vector<Vec3> points = world_points(self, a["points"], a.boolean("includeCurrent", i),
                                                "Workplane.splineApprox point", i);
  return finish(self, brep::make_spline_approx(points, options), a.boolean("makeWire", i),
                construction(a, i));
}

Value parametric_curve(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const int64_t count = a.integer("N");
  const double start = a.number("start"), range = a.number("stop") - start;
  std::vector<Vec3> points;
  for (int64_t k = 0; k <= count; ++k) {
    const Value point = i.call(a["func"], {start + range * k / count});
    points.push_back(
        world_point(self, point, "Workplane.parametricCurve: the function's result", i));
  }
  brep::SplineApproxOptions options;
  options.tolerance = a.number("tol");
  options.smoothing = smoothing(a, i);
  options.min_degree = static_cast<int>(a.integer("minDeg"));
  options.max_degree = static_cast<int>(a.integer("maxDeg"));
  return finish(self, brep::make_spline_approx(points, options), a.boolean("makeWire", i), false);
}

Value parametric_surface(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const int64_t count = a.integer("N");
  const double start = a.number("start"), range = a.number("stop") - start;
  std::vector<std::vector<Vec3>> points;
  for (int64_t u = 0; u <= count; ++u) {
    std::vector<Vec3>& row = points.emplace_back();
    for (int64_t v = 0; v <= count; ++v) {
      const Value point = i.call(a["func"], {start + range * u / count, start + range * v / count});
      row.push_back(
          world_point(self, point, "Workplane.parametricSurface: the function's result", i));
    }
  }
  brep::SurfaceApproxOptions options;
  options.tolerance = a.number("tol");
  options.smoothing = smoothing(a, i);
  options.min_degree = static_cast<int>(a.integer("minDeg"));
  options.max_degree = static_cast<int>(a.integer("maxDeg"));
  return new_object(self, brep::make_spline_approx_face(points, options));
}

Value bezier(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const std::vector<Vec3> points = world_points(
      self, a["listOfXYTuple"], a.boolean("includeCurrent", i), "Workplane.bezier point", i);
  return finish(self, brep::make_bezier(points), a.boolean("makeWire", i), construction(a, i));
}

}  // namespace

void add_curve_methods(Type& type) {
  type.method("threePointArc", "point1, point2, forConstruction=False", three_point_arc)
      .method("sagittaArc", "endPoint, sag, forConstruction=False", sagitta_arc)
      .method("radiusArc", "endPoint, radius, forConstruction=False", radius_arc)
      .method("tangentArcPoint", "endpoint, forConstruction=False, relative=True",
              tangent_arc_point)
      .method("ellipseArc",
              "x_radius, y_radius, angle1=360, angle2=360, rotation_angle=0.0, sense=1, "
              "forConstruction=False, startAtCurrent=True, makeWire=False",
              ellipse_arc)
      .method("spline",
              "listOfXYTuple, tangents=None, periodic=False, parameters=None, scale=True, "
              "tol=None, forConstruction=False, includeCurrent=False, makeWire=False",
              spline)
      .method("splineApprox",
              "points, tol=1e-06, minDeg=1, maxDeg=6, smoothing=(1, 1, 1), "
              "forConstruction=False, includeCurrent=False, makeWire=False",
              spline_approx)
      .method("parametricCurve",
              "func, N=400, start=0, stop=1, tol=1e-06, minDeg=1, maxDeg=6, "
              "smoothing=(1, 1, 1), makeWire=True",
              parametric_curve)
      .method("parametricSurface",
              "func, N=20, start=0, stop=1, tol=0.01, minDeg=1, maxDeg=6, smoothing=(1, 1, 1)",
              parametric_surface)
      .method("bezier",
              "listOfXYTuple, forConstruction=False, includeCurrent=False, makeWire=False", bezier);
}

}  // namespace cadrecode::cadquery
