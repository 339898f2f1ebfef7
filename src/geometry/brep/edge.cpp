#include "geometry/brep/edge.h"

#include <BRepAdaptor_Curve.hxx>
#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakeVertex.hxx>
#include <BRep_Tool.hxx>
#include <GC_MakeArcOfCircle.hxx>
#include <GC_MakeArcOfEllipse.hxx>
#include <GeomAPI_Interpolate.hxx>
#include <GeomAPI_PointsToBSpline.hxx>
#include <Geom_BSplineCurve.hxx>
#include <Geom_BezierCurve.hxx>
#include <Geom_TrimmedCurve.hxx>
#include <TColStd_HArray1OfBoolean.hxx>
#include <TColStd_HArray1OfReal.hxx>
#include <TColgp_Array1OfPnt.hxx>
#include <TColgp_Array1OfVec.hxx>
#include <TColgp_HArray1OfPnt.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Vertex.hxx>
#include <gp_Ax1.hxx>
#include <gp_Circ.hxx>
#include <gp_Elips.hxx>

#include "geometry/brep/curve.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/wire.h"

namespace cadrecode::brep {
namespace {

Handle(TColgp_HArray1OfPnt) point_array(const std::vector<Vec3>& points) {
  if (points.empty()) fail_value("a curve needs points, none were given");
  Handle(TColgp_HArray1OfPnt) array = new TColgp_HArray1OfPnt(1, static_cast<int>(points.size()));
  for (size_t i = 0; i < points.size(); ++i) {
    array->SetValue(static_cast<int>(i) + 1, to_pnt(points[i]));
  }
  return array;
}

Handle(TColStd_HArray1OfReal) real_array(const std::vector<double>& values) {
  Handle(TColStd_HArray1OfReal) array =
      new TColStd_HArray1OfReal(1, static_cast<int>(values.size()));
  for (size_t i = 0; i < values.size(); ++i) {
    array->SetValue(static_cast<int>(i) + 1, checked(values[i], "a parameter"));
  }
  return array;
}

void load_tangents(GeomAPI_Interpolate& builder, const SplineOptions& options, size_t points) {
  const auto& tangents = options.tangents;
  if (tangents.empty()) return;
  if (tangents.size() == 2 && points != 2) {
    if (!tangents[0] || !tangents[1]) fail_value("both end tangents of a spline must be given");
    builder.Load(to_vec(*tangents[0]), to_vec(*tangents[1]), options.scale);
    return;
  }
  if (tangents.size() != points) {
    fail_value(
        "There must be one tangent for each interpolation point, or just two end point tangents. "
        "Tangent count: " +
        std::to_string(tangents.size()) + ", point count: " + std::to_string(points));
  }
  int count = static_cast<int>(points);
  TColgp_Array1OfVec vectors(1, count);
  Handle(TColStd_HArray1OfBoolean) enabled = new TColStd_HArray1OfBoolean(1, count);
  for (int i = 0; i < count; ++i) {
    enabled->SetValue(i + 1, tangents[i].has_value());
    vectors.SetValue(i + 1, to_vec(tangents[i].value_or(Vec3{})));
  }
  builder.Load(vectors, enabled, options.scale);
}

Shape from_curve(const Handle(Geom_Curve) & curve) {
  return wrap(BRepBuilderAPI_MakeEdge(curve).Edge());
}

}  // namespace

Shape make_vertex(Vec3 point) {
  return guarded("make a vertex",
                 [&] { return wrap(BRepBuilderAPI_MakeVertex(to_pnt(point)).Vertex()); });
}

Vec3 to_point(const Shape& vertex) { return from(BRep_Tool::Pnt(occ_vertex(vertex))); }

Shape make_line(Vec3 a, Vec3 b) {
  return guarded("make a line",
                 [&] { return wrap(BRepBuilderAPI_MakeEdge(to_pnt(a), to_pnt(b)).Edge()); });
}

Shape make_circle(double radius, Vec3 center, Vec3 direction, double angle1, double angle2,
                  bool orientation) {
  return guarded("make a circle", [&] {
    gp_Circ circle(axes(center, direction), checked(radius, "the radius"));
    if (angle1 == angle2) return wrap(BRepBuilderAPI_MakeEdge(circle).Edge());
    return from_curve(GC_MakeArcOfCircle(circle, radians(checked(angle1, "the start angle")),
                                         radians(checked(angle2, "the end angle")), orientation)
                          .Value());
  });
}

Shape make_ellipse(double x_radius, double y_radius, Vec3 center, Vec3 direction, Vec3 x_direction,
                   double angle1, double angle2, int sense) {
  return guarded("make an ellipse", [&] {
    checked(x_radius, "the x radius");
    checked(y_radius, "the y radius");
    gp_Pnt point = to_pnt(center);
    gp_Dir normal = to_dir(direction);
    gp_Ax2 frame(point, normal, to_dir(x_direction));
    // The kernel wants the major radius first; a tall ellipse is a wide one turned by 90 degrees.
    bool tall = y_radius > x_radius;
    double correction = tall ? radians(90) : 0;
    gp_Elips ellipse =
        tall ? gp_Elips(frame, y_radius, x_radius).Rotated(gp_Ax1(point, normal), correction)
             : gp_Elips(frame, x_radius, y_radius);
    if (angle1 == angle2) return wrap(BRepBuilderAPI_MakeEdge(ellipse).Edge());
    return from_curve(
        GC_MakeArcOfEllipse(ellipse, radians(checked(angle1, "the start angle")) - correction,
                            radians(checked(angle2, "the end angle")) - correction, sense == 1)
            .Value());
  });
}

Shape make_spline(const std::vector<Vec3>& points, const SplineOptions& options) {
  return guarded("interpolate a spline", [&] {
    Handle(TColgp_HArray1OfPnt) array = point_array(points);
    size_t expected = points.size() + (options.periodic ? 1 : 0);
    bool given = !options.parameters.empty();
    if (given && options.parameters.size() != expected) {
      fail_value(
          "There must be one parameter for each interpolation point (plus one if periodic), or "
          "none "
          "specified. Parameter count: " +
          std::to_string(options.parameters.size()) +
          ", point count: " + std::to_string(points.size()));
    }
    checked(options.tolerance, "the tolerance");
    GeomAPI_Interpolate builder =
        given ? GeomAPI_Interpolate(array, real_array(options.parameters), options.periodic,
                                    options.tolerance)
              : GeomAPI_Interpolate(array, options.periodic, options.tolerance);
    load_tangents(builder, options, points.size());
    builder.Perform();
    if (!builder.IsDone()) fail_value("B-spline interpolation failed");
    return from_curve(builder.Curve());
  });
}

Shape make_spline_approx(const std::vector<Vec3>& points, const SplineApproxOptions& options) {
  return guarded("approximate a spline", [&] {
    Handle(TColgp_HArray1OfPnt) array = point_array(points);
    checked(options.tolerance, "the tolerance");
    GeomAPI_PointsToBSpline builder;
    if (options.smoothing) {
      const auto& w = *options.smoothing;
      builder.Init(array->Array1(), w[0], w[1], w[2], options.max_degree, GeomAbs_C2,
                   options.tolerance);
    } else {
      builder.Init(array->Array1(), options.min_degree, options.max_degree, GeomAbs_C2,
                   options.tolerance);
    }
    if (!builder.IsDone()) fail_value("B-spline approximation failed");
    return from_curve(builder.Curve());
  });
}

Shape make_three_point_arc(Vec3 start, Vec3 middle, Vec3 end) {
  return guarded("make an arc through three points", [&] {
    return from_curve(GC_MakeArcOfCircle(to_pnt(start), to_pnt(middle), to_pnt(end)).Value());
  });
}

Shape make_tangent_arc(Vec3 start, Vec3 tangent, Vec3 end) {
  return guarded("make a tangent arc", [&] {
    return from_curve(GC_MakeArcOfCircle(to_pnt(start), to_vec(tangent), to_pnt(end)).Value());
  });
}

Shape make_bezier(const std::vector<Vec3>& poles) {
  return guarded("make a Bezier curve", [&] {
    Handle(Geom_BezierCurve) curve = new Geom_BezierCurve(point_array(poles)->Array1());
    return from_curve(curve);
  });
}

Shape trim(const Shape& edge, double u0, double u1) {
  return guarded("trim an edge", [&] {
    BRepAdaptor_Curve curve(occ_edge(edge));
    return wrap(BRepBuilderAPI_MakeEdge(curve.Curve().Curve(), checked(u0, "a parameter"),
                                        checked(u1, "a parameter"))
                    .Edge());
  });
}

Shape close(const Shape& edge_or_wire) {
  if (is_closed(edge_or_wire)) return edge_or_wire;
  if (edge_or_wire.kind() == Kind::kEdge) return close(assemble_edges({edge_or_wire}));
  Shape line = make_line(end_point(edge_or_wire), start_point(edge_or_wire));
  std::vector<Shape> wires = combine_wires({edge_or_wire, line});
  if (wires.empty()) fail_value("the wire cannot be closed");
  return wires.front();
}

}  // namespace cadrecode::brep
