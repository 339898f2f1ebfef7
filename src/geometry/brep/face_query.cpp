#include <Adaptor3d_IsoCurve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepGProp_Face.hxx>
#include <BRepTools.hxx>
#include <BRep_Tool.hxx>
#include <GeomAPI_ProjectPointOnSurf.hxx>
#include <GeomAdaptor_Surface.hxx>
#include <Geom_BSplineCurve.hxx>
#include <Geom_BezierCurve.hxx>
#include <Geom_OffsetCurve.hxx>
#include <Geom_Surface.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Ax3.hxx>
#include <gp_Circ.hxx>
#include <gp_Elips.hxx>
#include <gp_Hypr.hxx>
#include <gp_Lin.hxx>
#include <gp_Parab.hxx>
#include <gp_Pln.hxx>

#include "geometry/brep/face.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

gp_Vec unit(const gp_Vec& v) { return v.Normalized(); }

TopoDS_Edge edge_from(const Adaptor3d_Curve& curve, double first, double last) {
  switch (curve.GetType()) {
    case GeomAbs_Line:
      return BRepBuilderAPI_MakeEdge(curve.Line(), first, last).Edge();
    case GeomAbs_Circle:
      return BRepBuilderAPI_MakeEdge(curve.Circle(), first, last).Edge();
    case GeomAbs_Ellipse:
      return BRepBuilderAPI_MakeEdge(curve.Ellipse(), first, last).Edge();
    case GeomAbs_Hyperbola:
      return BRepBuilderAPI_MakeEdge(curve.Hyperbola(), first, last).Edge();
    case GeomAbs_Parabola:
      return BRepBuilderAPI_MakeEdge(curve.Parabola(), first, last).Edge();
    case GeomAbs_BezierCurve:
      return BRepBuilderAPI_MakeEdge(curve.Bezier(), first, last).Edge();
    case GeomAbs_BSplineCurve:
      return BRepBuilderAPI_MakeEdge(curve.BSpline(), first, last).Edge();
    case GeomAbs_OffsetCurve:
      return BRepBuilderAPI_MakeEdge(curve.OffsetCurve(), first, last).Edge();
    default:
      fail_value("an isoline of this surface is not a supported curve type");
  }
}

}  // namespace

Shape outer_wire(const Shape& face) {
  return guarded("find the outer wire of a face",
                 [&] { return wrap(BRepTools::OuterWire(occ_face(face))); });
}

std::vector<Shape> inner_wires(const Shape& face) {
  Shape outer = outer_wire(face);
  std::vector<Shape> inner;
  for (const Shape& wire : face.wires()) {
    if (!wire.is_same(outer)) inner.push_back(wire);
  }
  return inner;
}

UvBounds uv_bounds(const Shape& face) {
  return guarded("find the bounds of a face", [&] {
    UvBounds b{};
    BRepTools::UVBounds(occ_face(face), b.u_min, b.u_max, b.v_min, b.v_max);
    return b;
  });
}

Vec2 face_param_at(const Shape& face, Vec3 point) {
  return guarded("project a point on a face", [&] {
    GeomAPI_ProjectPointOnSurf projection(to_pnt(point), BRep_Tool::Surface(occ_face(face)));
    Vec2 uv;
    projection.LowerDistanceParameters(uv.x, uv.y);
    return uv;
  });
}

std::pair<Vec3, Vec3> normal_and_position_at(const Shape& face, double u, double v) {
  return guarded("find the normal of a face", [&] {
    gp_Pnt point;
    gp_Vec normal;
    BRepGProp_Face(occ_face(face)).Normal(u, v, point, normal);
    return std::pair(from(unit(normal)), from(point));
  });
}

Vec3 normal_at(const Shape& face) {
  UvBounds b = uv_bounds(face);
  return normal_and_position_at(face, 0.5 * (b.u_min + b.u_max), 0.5 * (b.v_min + b.v_max)).first;
}

Vec3 normal_at(const Shape& face, Vec3 point) {
  Vec2 uv = face_param_at(face, point);
  return normal_and_position_at(face, uv.x, uv.y).first;
}

Vec3 face_position_at(const Shape& face, double u, double v) {
  return guarded("find a point of a face", [&] {
    gp_Pnt point;
    gp_Vec normal;
    BRepGProp_Face(occ_face(face)).Normal(u, v, point, normal);
    return from(point);
  });
}

FaceTangents face_tangent_at(const Shape& face, double u, double v) {
  return guarded("find the tangents of a face", [&] {
    gp_Pnt point;
    gp_Vec du, dv;
    BRepAdaptor_Surface(occ_face(face)).D1(u, v, point, du, dv);
    return FaceTangents{from(unit(du)), from(unit(dv)), from(point)};
  });
}

Location face_location_at(const Shape& face, double u, double v) {
  return guarded("find a location on a face", [&] {
    gp_Pnt point;
    gp_Vec du, dv;
    BRep_Tool::Surface(occ_face(face))->D1(u, v, point, du, dv);
    return Location(Frame{from(point), from(unit(du)), from(unit(du.Crossed(dv)))});
  });
}

Frame face_to_plane(const Shape& face) {
  return guarded("take a face as a plane", [&] {
    gp_Ax3 axes = BRepAdaptor_Surface(occ_face(face)).Plane().Position();
    return Frame{from(axes.Location()), from(axes.XDirection()), from(axes.Direction())};
  });
}

Shape isoline(const Shape& face, double parameter, bool along_u) {
  return guarded("make an isoline", [&] {
    UvBounds b = uv_bounds(face);
    Handle(GeomAdaptor_Surface) surface =
        new GeomAdaptor_Surface(BRep_Tool::Surface(occ_face(face)));
    Adaptor3d_IsoCurve curve(surface, along_u ? GeomAbs_IsoU : GeomAbs_IsoV, parameter);
    return wrap(along_u ? edge_from(curve, b.v_min, b.v_max) : edge_from(curve, b.u_min, b.u_max));
  });
}

}  // namespace cadrecode::brep
