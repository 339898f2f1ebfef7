// cadquery.func: edges, wires and faces mapped into the (u, v) space of a face.
#include <BRepAdaptor_Curve.hxx>
#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepLib.hxx>
#include <BRep_Tool.hxx>
#include <Geom2dAPI_Interpolate.hxx>
#include <Geom2d_BSplineCurve.hxx>
#include <TColStd_HArray1OfReal.hxx>
#include <TColgp_HArray1OfPnt2d.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>

#include "geometry/brep/curve.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/ops_detail.h"

namespace cadrecode::brep::ops {
namespace {

Handle(TColgp_HArray1OfPnt2d) points_2d(const std::vector<Vec2>& points) {
  if (points.empty()) fail_value("a curve needs points, none were given");
  Handle(TColgp_HArray1OfPnt2d) array =
      new TColgp_HArray1OfPnt2d(1, static_cast<int>(points.size()));
  for (size_t i = 0; i < points.size(); ++i) {
    array->SetValue(static_cast<int>(i) + 1, gp_Pnt2d(points[i].x, points[i].y));
  }
  return array;
}

TopoDS_Edge edge_on_surface(const Handle(Geom2d_BSplineCurve) & curve, const Shape& face) {
  TopoDS_Edge edge = BRepBuilderAPI_MakeEdge(curve, BRep_Tool::Surface(occ_face(face))).Edge();
  BRepLib::BuildCurves3d(edge);
  return edge;
}

TopoDS_Edge mapped(const Shape& edge, const Shape& face, double tolerance, int samples) {
  CurveSamples source = sample(edge, samples);
  std::vector<Vec2> uv;
  for (Vec3 point : source.points) uv.push_back({point.x, point.y});
  BRepAdaptor_Curve curve(occ_edge(edge));
  bool periodic = curve.IsPeriodic() && curve.IsClosed();
  if (periodic) {
    source.parameters.push_back(curve.FirstParameter() + curve.Period());
  } else if (curve.IsClosed()) {
    uv.push_back(uv[0]);
    source.parameters.push_back(curve.LastParameter());
  }
  Handle(TColStd_HArray1OfReal) parameters =
      new TColStd_HArray1OfReal(1, static_cast<int>(source.parameters.size()));
  for (size_t i = 0; i < source.parameters.size(); ++i) {
    parameters->SetValue(static_cast<int>(i) + 1, source.parameters[i]);
  }
  Geom2dAPI_Interpolate builder(points_2d(uv), parameters, periodic, tolerance);
  builder.Perform();
  return edge_on_surface(builder.Curve(), face);
}

}  // namespace

Shape edge_on(const Shape& base, const std::vector<Vec2>& uv, bool periodic, double tolerance) {
  return guarded("build an edge on a face", [&] {
    Geom2dAPI_Interpolate builder(points_2d(uv), periodic, checked(tolerance, "the tolerance"));
    builder.Perform();
    return wrap(edge_on_surface(builder.Curve(), get_one(base, {Kind::kFace})));
  });
}

Shape edges_on(const Shape& base, const std::vector<Shape>& edges, double tolerance, int samples) {
  return guarded("map edges on a face", [&] {
    Shape face = get_one(base, {Kind::kFace});
    std::vector<TopoDS_Shape> result;
    for (const Shape& shape : edges) {
      for (const Shape& edge : get_edges(shape)) {
        result.push_back(mapped(edge, face, checked(tolerance, "the tolerance"), samples));
      }
    }
    return compound_or_shape(result);
  });
}

Shape wire_on(const Shape& base, const Shape& source, double tolerance, int samples) {
  std::vector<Shape> edges;
  for (const Shape& edge : source.edges()) {
    edges.push_back(edges_on(base, {edge}, tolerance, samples));
  }
  return wire(edges);
}

Shape face_on(const Shape& base, const std::vector<Shape>& faces, double tolerance, int samples) {
  Shape target = get_one(base, {Kind::kFace});
  std::vector<Shape> result;
  for (const Shape& shape : faces) {
    for (const Shape& source : shape.faces()) {
      std::vector<Shape> inner;
      for (const Shape& wire : inner_wires(source)) {
        inner.push_back(wire_on(target, wire, tolerance, samples));
      }
      Shape outer = wire_on(target, outer_wire(source), tolerance, samples);
      result.push_back(face_trim(target, outer, inner));
    }
  }
  return result.size() == 1 ? result[0] : make_compound(result);
}

}  // namespace cadrecode::brep::ops
