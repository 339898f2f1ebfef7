#include "geometry/brep/curve.h"

#include <BRepAdaptor_CompCurve.hxx>
#include <BRepAdaptor_Curve.hxx>
#include <BRepExtrema_DistShapeShape.hxx>
#include <BRepGProp.hxx>
#include <BRepLib_FindSurface.hxx>
#include <BRepProj_Projection.hxx>
#include <BRep_Tool.hxx>
#include <GCPnts_AbscissaPoint.hxx>
#include <GCPnts_QuasiUniformAbscissa.hxx>
#include <GCPnts_QuasiUniformDeflection.hxx>
#include <GeomAPI_ProjectPointOnCurve.hxx>
#include <GeomConvert_ApproxCurve.hxx>
#include <GeomFill_CorrectedFrenet.hxx>
#include <GeomFill_Frenet.hxx>
#include <Geom_BSplineCurve.hxx>
#include <Geom_Plane.hxx>
#include <LProp3d_CLProps.hxx>
#include <ShapeAnalysis.hxx>
#include <ShapeAnalysis_Edge.hxx>
#include <ShapeAnalysis_Wire.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Ax3.hxx>
#include <gp_Circ.hxx>
#include <gp_Elips.hxx>
#include <gp_Pln.hxx>
#include <gp_Trsf.hxx>
#include <limits>

#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

// _geomAdaptor: a wire of one edge is that edge, of several a composite curve.
Handle(Adaptor3d_Curve) adaptor(const Shape& curve) {
  if (curve.kind() == Kind::kEdge) return new BRepAdaptor_Curve(occ_edge(curve));
  const TopoDS_Wire& wire = occ_wire(curve);
  ShapeAnalysis_Wire analysis;
  analysis.Load(wire);
  if (analysis.NbEdges() != 1) return new BRepAdaptor_CompCurve(wire);
  std::vector<Shape> edges = curve.edges();
  if (edges.empty()) fail_value("the wire has no edge with a length");
  return new BRepAdaptor_Curve(occ_edge(edges.back()));
}

// _curve: the curve of an edge as the kernel keeps it, an approximation of a wire.
// (CadQuery ignores the edge's location here; so do we.)
Handle(Geom_Curve) geometry(const Handle(Adaptor3d_Curve) & curve) {
  if (auto* edge = dynamic_cast<const BRepAdaptor_Curve*>(curve.get())) {
    return edge->Curve().Curve();
  }
  return GeomConvert_ApproxCurve(curve, 1e-6, GeomAbs_C2, 100, 3).Curve();
}

double param_of_share(const Handle(Adaptor3d_Curve) & curve, double share) {
  double whole = GCPnts_AbscissaPoint::Length(*curve);
  return GCPnts_AbscissaPoint(*curve, whole * share, curve->FirstParameter()).Parameter();
}

double param(const Handle(Adaptor3d_Curve) & curve, double d, ParamMode mode) {
  checked(d, "a position on a curve");
  return mode == ParamMode::kLength ? param_of_share(curve, d) : d;
}

Vec3 tangent(const Handle(Adaptor3d_Curve) & curve, double u) {
  gp_Pnt point;
  gp_Vec derivative;
  curve->D1(u, point, derivative);
  return from(gp_Dir(derivative));
}

Vec3 end(const Shape& curve, bool last) {
  return guarded("find the end of a curve", [&] {
    TopoDS_Vertex first_vertex, last_vertex;
    ShapeAnalysis::FindBounds(occ(curve), first_vertex, last_vertex);
    const TopoDS_Vertex& vertex = last ? last_vertex : first_vertex;
    if (vertex.IsNull()) fail_value("Null TopoDS_Shape object: the curve has no end vertex");
    return from(BRep_Tool::Pnt(vertex));
  });
}

template <class Points>
CurveSamples samples_of(const Points& points, const Adaptor3d_Curve& curve) {
  CurveSamples result;
  int count = points.NbPoints() - (curve.IsClosed() ? 1 : 0);
  for (int i = 1; i <= count; ++i) {
    result.parameters.push_back(points.Parameter(i));
    result.points.push_back(from(curve.Value(points.Parameter(i))));
  }
  return result;
}

}  // namespace

std::pair<double, double> bounds(const Shape& curve) {
  return guarded("find the bounds of a curve", [&] {
    auto c = adaptor(curve);
    return std::pair(c->FirstParameter(), c->LastParameter());
  });
}

Vec3 start_point(const Shape& curve) { return end(curve, false); }
Vec3 end_point(const Shape& curve) { return end(curve, true); }

double length(const Shape& curve) {
  return guarded("measure a curve", [&] { return GCPnts_AbscissaPoint::Length(*adaptor(curve)); });
}

bool is_closed(const Shape& curve) { return BRep_Tool::IsClosed(occ(curve)); }

double radius(const Shape& curve) {
  try {
    return adaptor(curve)->Circle().Radius();
  } catch (const Standard_Failure&) {
    fail_value("Shape could not be reduced to a circle");
  }
}

Vec3 arc_center(const Shape& edge) {
  std::string type = edge.geom_type();
  BRepAdaptor_Curve curve(occ_edge(edge));
  if (type == "CIRCLE") return from(curve.Circle().Position().Location());
  if (type == "ELLIPSE") return from(curve.Ellipse().Position().Location());
  fail_value(type + " has no arc center");
}

Vec3 normal(const Shape& curve) {
  return guarded("find the normal of a curve", [&] {
    std::string type = curve.geom_type();
    if (type == "CIRCLE") return from(adaptor(curve)->Circle().Axis().Direction());
    if (type == "ELLIPSE") return from(adaptor(curve)->Ellipse().Axis().Direction());
    BRepLib_FindSurface finder(occ(curve), -1, true);
    Handle(Geom_Plane) plane = Handle(Geom_Plane)::DownCast(finder.Surface());
    if (plane.IsNull()) fail_value("Normal not defined");
    return from(plane->Pln().Axis().Direction());
  });
}

double param_at(const Shape& curve, double share) {
  return guarded("find a parameter on a curve",
                 [&] { return param(adaptor(curve), share, ParamMode::kLength); });
}

double param_at(const Shape& curve, Vec3 point) { return params(curve, {point}).front(); }

std::vector<double> params(const Shape& curve, const std::vector<Vec3>& points) {
  return guarded("project points on a curve", [&] {
    auto c = adaptor(curve);
    Handle(Geom_Curve) geometry_of = geometry(c);
    std::vector<double> us;
    for (Vec3 point : points) {
      GeomAPI_ProjectPointOnCurve projection(to_pnt(point), geometry_of, c->FirstParameter(),
                                             c->LastParameter());
      us.push_back(projection.LowerDistanceParameter());
    }
    return us;
  });
}

std::vector<double> params_length(const Shape& curve, const std::vector<double>& shares) {
  return guarded("find parameters on a curve", [&] {
    auto c = adaptor(curve);
    std::vector<double> us;
    for (double share : shares) us.push_back(param(c, share, ParamMode::kLength));
    return us;
  });
}

Vec3 position_at(const Shape& curve, double d, ParamMode mode) {
  return guarded("find a position on a curve", [&] {
    auto c = adaptor(curve);
    return from(c->Value(param(c, d, mode)));
  });
}

std::vector<Vec3> positions(const Shape& curve, const std::vector<double>& ds, ParamMode mode) {
  return guarded("find positions on a curve", [&] {
    auto c = adaptor(curve);
    std::vector<Vec3> points;
    for (double d : ds) points.push_back(from(c->Value(param(c, d, mode))));
    return points;
  });
}

Vec3 tangent_at(const Shape& curve, double d, ParamMode mode) {
  return guarded("find a tangent of a curve", [&] {
    auto c = adaptor(curve);
    return tangent(c, param(c, d, mode));
  });
}

std::vector<Vec3> tangents(const Shape& curve, const std::vector<double>& ds, ParamMode mode) {
  return guarded("find tangents of a curve", [&] {
    auto c = adaptor(curve);
    std::vector<Vec3> result;
    for (double d : ds) result.push_back(tangent(c, param(c, d, mode)));
    return result;
  });
}

double curvature_at(const Shape& curve, double d, ParamMode mode, double resolution) {
  return guarded("find the curvature of a curve", [&] {
    auto c = adaptor(curve);
    LProp3d_CLProps props(c, param(c, d, mode), 2, resolution);
    return props.Curvature();
  });
}

Location location_at(const Shape& curve, double d, ParamMode mode, FrameMode frame, bool planar) {
  return guarded("find a location on a curve", [&] {
    auto c = adaptor(curve);
    double u = param(c, d, mode);
    Handle(GeomFill_TrihedronLaw) law;
    if (frame == FrameMode::kFrenet) {
      law = new GeomFill_Frenet();
    } else {
      law = new GeomFill_CorrectedFrenet();
    }
    law->SetCurve(c);
    gp_Vec tangent, normal, binormal;
    law->D0(u, tangent, normal, binormal);
    gp_Pnt point = c->Value(u);
    gp_Trsf map;
    if (planar) {
      gp_Vec x = gp_Vec(0, 0, 1).Crossed(tangent).Normalized();
      map.SetTransformation(gp_Ax3(point, gp_Dir(0, 0, 1), gp_Dir(x)), gp_Ax3());
    } else {
      map.SetTransformation(gp_Ax3(point, gp_Dir(tangent), gp_Dir(normal)), gp_Ax3());
    }
    return Location(std::make_shared<Location::Rep>(Location::Rep{TopLoc_Location(map)}));
  });
}

std::vector<Location> locations(const Shape& curve, const std::vector<double>& ds, ParamMode mode,
                                FrameMode frame, bool planar) {
  std::vector<Location> result;
  for (double d : ds) result.push_back(location_at(curve, d, mode, frame, planar));
  return result;
}

CurveSamples sample(const Shape& curve, int count) {
  return guarded("sample a curve", [&] {
    auto c = adaptor(curve);
    return samples_of(GCPnts_QuasiUniformAbscissa(*c, c->IsClosed() ? count + 1 : count), *c);
  });
}

CurveSamples sample(const Shape& curve, double deflection) {
  return guarded("sample a curve", [&] {
    auto c = adaptor(curve);
    return samples_of(GCPnts_QuasiUniformDeflection(*c, checked(deflection, "the deflection")), *c);
  });
}

std::vector<Shape> project_all(const Shape& curve, const Shape& face, Vec3 direction) {
  return guarded("project a curve on a face", [&] {
    BRepProj_Projection projection(occ(curve), occ(face), to_dir(direction));
    return direct_children(projection.Shape());
  });
}

Shape project_closest(const Shape& curve, const Shape& face, Vec3 direction) {
  return guarded("project a curve on a face", [&] {
    Shape best;
    double least = std::numeric_limits<double>::infinity();
    for (const Shape& candidate : project_all(curve, face, direction)) {
      double d = BRepExtrema_DistShapeShape(occ(curve), occ(candidate)).Value();
      if (d < least) least = d, best = candidate;
    }
    if (best.is_null()) fail_value("the curve has no projection on the face along this direction");
    return best;
  });
}

bool has_pcurve(const Shape& edge, const Shape& face) {
  return ShapeAnalysis_Edge().HasPCurve(occ_edge(edge), occ_face(face));
}

}  // namespace cadrecode::brep
