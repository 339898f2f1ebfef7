#include "geometry/brep/survey.h"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepBndLib.hxx>
#include <BRepGProp.hxx>
#include <BRepTools.hxx>
#include <BRepTools_WireExplorer.hxx>
#include <BRep_Tool.hxx>
#include <Bnd_Box.hxx>
#include <GCPnts_AbscissaPoint.hxx>
#include <GProp_GProps.hxx>
#include <Geom2d_Curve.hxx>
#include <Poly_Triangulation.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Wire.hxx>
#include <algorithm>
#include <cmath>
#include <gp_Cone.hxx>
#include <gp_Cylinder.hxx>
#include <gp_Pln.hxx>
#include <gp_Sphere.hxx>
#include <gp_Torus.hxx>

#include "geometry/brep/occ.h"
#include "geometry/brep/tessellate.h"
#include "geometry/mesh/measure.h"

namespace cadrecode::brep {
namespace {

using mesh::CurveKind;
using mesh::Meeting;
using mesh::SurfaceKind;
using mesh::Survey;
using mesh::SurveyEdge;
using mesh::SurveyFace;

constexpr size_t kSamples = 64;
constexpr double kSmoothSine = 0.02;  // faces that meet within about a degree are smooth

// Fills kind and measures of the surface under the face.
void read_surface(const BRepAdaptor_Surface& s, SurveyFace& f) {
  switch (s.GetType()) {
    case GeomAbs_Plane:
      f.kind = SurfaceKind::kPlane;
      f.axis = from(s.Plane().Axis().Direction());
      f.origin = from(s.Plane().Location());
      break;
    case GeomAbs_Cylinder:
      f.kind = SurfaceKind::kCylinder;
      f.axis = from(s.Cylinder().Axis().Direction());
      f.origin = from(s.Cylinder().Location());
      f.radius = s.Cylinder().Radius();
      break;
    case GeomAbs_Cone:
      f.kind = SurfaceKind::kCone;
      f.axis = from(s.Cone().Axis().Direction());
      f.origin = from(s.Cone().Apex());
      f.half_angle = std::abs(s.Cone().SemiAngle());
      break;
    case GeomAbs_Sphere:
      f.kind = SurfaceKind::kSphere;
      f.axis = from(s.Sphere().Position().Direction());
      f.origin = from(s.Sphere().Location());
      f.radius = s.Sphere().Radius();
      break;
    case GeomAbs_Torus:
      f.kind = SurfaceKind::kTorus;
      f.axis = from(s.Torus().Axis().Direction());
      f.origin = from(s.Torus().Location());
      f.radius = s.Torus().MajorRadius();
      f.tube = s.Torus().MinorRadius();
      break;
    default:
      f.kind = SurfaceKind::kOther;
  }
}

gp_XYZ outward(const BRepAdaptor_Surface& s, bool reversed, double u, double v) {
  gp_Pnt p;
  gp_Vec du, dv;
  s.D1(u, v, p, du, dv);
  gp_XYZ n = du.XYZ().Crossed(dv.XYZ());
  const double size = n.Modulus();
  return size > 1e-200 ? n * ((reversed ? -1 : 1) / size) : gp_XYZ(0, 0, 0);
}

// Towards what the outward normal points on a round face: away from its axis, its
// centre or its tube's, or to it.
bool is_concave(const SurveyFace& f, Vec3 point, Vec3 normal) {
  const Vec3 d = point - f.origin;
  const Vec3 across = d - f.axis * dot(d, f.axis);
  switch (f.kind) {
    case SurfaceKind::kCylinder:
    case SurfaceKind::kCone:
      return dot(across, normal) < 0;
    case SurfaceKind::kSphere:
      return dot(d, normal) < 0;
    case SurfaceKind::kTorus: {
      const double size = norm(across);
      const Vec3 ring = size > 0 ? f.origin + across * (f.radius / size) : f.origin;
      return dot(point - ring, normal) < 0;
    }
    default:
      return false;
  }
}

SurveyFace read_face(const TopoDS_Face& face) {
  SurveyFace f;
  const BRepAdaptor_Surface s(face, true);
  read_surface(s, f);
  double u0, u1, v0, v1;
  BRepTools::UVBounds(face, u0, u1, v0, v1);
  const bool reversed = face.Orientation() == TopAbs_REVERSED;
  if (f.kind == SurfaceKind::kPlane) {
    f.axis = from(outward(s, reversed, (u0 + u1) / 2, (v0 + v1) / 2));
  } else if (f.kind != SurfaceKind::kOther) {
    const double u = u0 + (u1 - u0) * 0.5, v = v0 + (v1 - v0) * 0.4;  // not at a pole
    f.concave = is_concave(f, from(s.Value(u, v)), from(outward(s, reversed, u, v)));
    f.turn = u1 - u0;
  }
  GProp_GProps props;
  BRepGProp::SurfaceProperties(face, props);
  f.area = props.Mass();
  f.center = from(props.CentreOfMass());
  return f;
}

// The outward normal of `face` at parameter t of its edge.
gp_XYZ normal_along(const TopoDS_Edge& edge, const TopoDS_Face& face, double t) {
  double first, last;
  Handle(Geom2d_Curve) curve = BRep_Tool::CurveOnSurface(edge, face, first, last);
  if (curve.IsNull()) return {0, 0, 0};
  const gp_Pnt2d uv = curve->Value(t);
  return outward(BRepAdaptor_Surface(face, false), face.Orientation() == TopAbs_REVERSED, uv.X(),
                 uv.Y());
}

// The edge as the face's border runs along it.
bool runs_backwards(const TopoDS_Edge& edge, const TopoDS_Face& face) {
  for (TopExp_Explorer it(face, TopAbs_EDGE); it.More(); it.Next()) {
    if (it.Current().IsSame(edge)) return it.Current().Orientation() == TopAbs_REVERSED;
  }
  return false;
}

Meeting meeting_of(const TopoDS_Edge& edge, const TopoDS_Face& a, const TopoDS_Face& b) {
  const BRepAdaptor_Curve curve(edge);
  const double t = curve.FirstParameter() * 0.45 + curve.LastParameter() * 0.55;
  gp_Pnt p;
  gp_Vec d;
  curve.D1(t, p, d);
  if (d.Magnitude() < 1e-200) return Meeting::kUnknown;
  gp_XYZ along = d.XYZ() / d.Magnitude();
  if (runs_backwards(edge, a)) along.Reverse();
  const gp_XYZ na = normal_along(edge, a, t), nb = normal_along(edge, b, t);
  if (na.Modulus() < 0.5 || nb.Modulus() < 0.5) return Meeting::kUnknown;
  const double into = na.Crossed(along).Dot(nb);  // b's normal along a's inside
  if (std::abs(into) < kSmoothSine) {
    return na.Dot(nb) > 0 ? Meeting::kSmooth : Meeting::kUnknown;
  }
  return into < 0 ? Meeting::kConvex : Meeting::kConcave;
}

SurveyEdge read_edge(const TopoDS_Edge& edge) {
  SurveyEdge e;
  const BRepAdaptor_Curve curve(edge);
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  e.start = from(curve.Value(a));
  e.middle = from(curve.Value((a + b) / 2));
  e.end = from(curve.Value(b));
  e.length = GCPnts_AbscissaPoint::Length(curve);
  if (curve.GetType() == GeomAbs_Line) e.kind = CurveKind::kLine;
  if (curve.GetType() == GeomAbs_Circle) {
    e.kind = CurveKind::kCircle;
    e.center = from(curve.Circle().Location());
    e.axis = from(curve.Circle().Axis().Direction());
    e.radius = curve.Circle().Radius();
  }
  return e;
}

void add_edges(const TopTools_IndexedMapOfShape& faces,
               const TopTools_IndexedDataMapOfShapeListOfShape& around, Survey& out) {
  for (int i = 1; i <= around.Extent(); ++i) {
    const TopoDS_Edge& edge = TopoDS::Edge(around.FindKey(i));
    if (BRep_Tool::Degenerated(edge)) {
      out.edges.emplace_back();  // keeps the numbers of the map
      continue;
    }
    SurveyEdge e = read_edge(edge);
    std::vector<int> near;
    for (const TopoDS_Shape& face : around(i)) near.push_back(faces.FindIndex(face));
    if (!near.empty()) e.left = near[0] - 1;
    if (near.size() > 1) e.right = near[1] - 1;
    if (near.size() == 1 && BRep_Tool::IsClosed(edge, TopoDS::Face(faces(near[0])))) {
      e.right = e.left;  // a seam
    }
    if (e.right == e.left && e.left >= 0) {
      e.meeting = Meeting::kSmooth;
    } else if (e.right >= 0) {
      e.meeting = meeting_of(edge, TopoDS::Face(faces(near[0])), TopoDS::Face(faces(near[1])));
    }
    out.edges.push_back(e);
  }
}

void add_loops(const TopoDS_Face& face, int index,
               const TopTools_IndexedDataMapOfShapeListOfShape& around, Survey& out) {
  const TopoDS_Wire outer = BRepTools::OuterWire(face);
  int count = 1;
  for (TopExp_Explorer wires(face, TopAbs_WIRE); wires.More(); wires.Next()) {
    const TopoDS_Wire& wire = TopoDS::Wire(wires.Current());
    const int loop = wire.IsSame(outer) ? 0 : count++;
    for (BRepTools_WireExplorer it(wire, face); it.More(); it.Next()) {
      if (BRep_Tool::Degenerated(it.Current())) continue;
      out.loops.push_back({index, loop, around.FindIndex(it.Current()) - 1});
    }
  }
}

// Points spread over each face's triangles by area, and the boxes.
void add_samples(const Tessellation& t, Survey& out) {
  std::vector<std::vector<size_t>> of_face(out.faces.size());
  for (size_t i = 0; i < t.face_of_triangle.size(); ++i)
    of_face[t.face_of_triangle[i]].push_back(i);
  for (size_t f = 0; f < of_face.size(); ++f) {
    double total = 0;
    std::vector<double> upto;
    for (size_t i : of_face[f]) {
      upto.push_back(total += norm(mesh::triangle_normal_area2(t.mesh, i)));
      for (uint32_t v : t.mesh.triangles[i]) out.faces[f].box.add(t.mesh.vertices[v]);
    }
    if (!(total > 0)) continue;
    for (size_t k = 0; k < kSamples; ++k) {
      const double share = (static_cast<double>(k) + 0.5) / kSamples;
      const size_t at = static_cast<size_t>(
          std::lower_bound(upto.begin(), upto.end(), share * total) - upto.begin());
      const size_t i = of_face[f][std::min(at, upto.size() - 1)];
      const auto& w = t.mesh.triangles[i];
      // golden-ratio points of the unit square folded onto the triangle
      double a = std::fmod(0.5 + 0.7548776662466927 * static_cast<double>(k), 1),
             b = std::fmod(0.5 + 0.5698402909980532 * static_cast<double>(k), 1);
      if (a + b > 1) a = 1 - a, b = 1 - b;
      const Vec3 p = t.mesh.vertices[w[0]] * (1 - a - b) + t.mesh.vertices[w[1]] * a +
                     t.mesh.vertices[w[2]] * b;
      out.samples.push_back(
          {static_cast<int32_t>(f), p, normalized(mesh::triangle_normal_area2(t.mesh, i))});
    }
  }
}

// The triangles' points pulled onto the true surface, with its normals.
void refine_samples(Survey& out) {
  for (mesh::SurveySample& s : out.samples) {
    const SurveyFace& f = out.faces[static_cast<size_t>(s.face)];
    const double sign = f.concave ? -1 : 1;
    const Vec3 d = s.point - f.origin, across = d - f.axis * dot(d, f.axis);
    if (f.kind == SurfaceKind::kCylinder && norm(across) > 0) {
      const Vec3 n = normalized(across);
      s.point = f.origin + f.axis * dot(d, f.axis) + n * f.radius;
      s.normal = n * sign;
    } else if (f.kind == SurfaceKind::kSphere && norm(d) > 0) {
      s.point = f.origin + normalized(d) * f.radius;
      s.normal = normalized(d) * sign;
    }
  }
}

// The same on surfaces of any other kind: there the triangles' parameters give the
// point and the normal of the surface itself.
void resample_general(const TopoDS_Face& face, int32_t index, Survey& out) {
  TopLoc_Location place;
  Handle(Poly_Triangulation) poly = BRep_Tool::Triangulation(face, place);
  if (poly.IsNull() || !poly->HasUVNodes()) return;
  const BRepAdaptor_Surface surface(face, false);
  const bool reversed = face.Orientation() == TopAbs_REVERSED;
  size_t k = 0;
  const size_t count = static_cast<size_t>(poly->NbTriangles());
  for (mesh::SurveySample& s : out.samples) {
    if (s.face != index) continue;
    const size_t i = count <= kSamples ? k % count : k * count / kSamples;
    int a, b, c;
    poly->Triangle(static_cast<int>(i) + 1).Get(a, b, c);
    const double wa = 0.2 + 0.5 * std::fmod(0.618 * static_cast<double>(k), 1), wb = (1 - wa) / 2;
    const gp_XY uv = poly->UVNode(a).XY() * wa + (poly->UVNode(b).XY() + poly->UVNode(c).XY()) * wb;
    const gp_XYZ normal = outward(surface, reversed, uv.X(), uv.Y());
    ++k;
    if (normal.Modulus() < 0.5) continue;
    s.point = from(surface.Value(uv.X(), uv.Y()));
    s.normal = from(normal);
  }
}

void add_body(const TopoDS_Shape& shape, Survey& out) {
  mesh::SurveyBody body;
  GProp_GProps mass, surface;
  BRepGProp::VolumeProperties(shape, mass);
  BRepGProp::SurfaceProperties(shape, surface);
  body.volume = shape.ShapeType() == TopAbs_SOLID ? mass.Mass() : 0;
  body.area = surface.Mass();
  body.center = from(body.volume != 0 ? mass.CentreOfMass() : surface.CentreOfMass());
  Bnd_Box box;
  BRepBndLib::AddOptimal(shape, box, false, false);
  box.Get(body.box[0], body.box[1], body.box[2], body.box[3], body.box[4], body.box[5]);
  out.bodies.push_back(body);
}

void measure_whole(const std::vector<TopoDS_Shape>& solids, const TopoDS_Shape& shape,
                   Survey& out) {
  GProp_GProps all, surface;
  for (const TopoDS_Shape& solid : solids) {
    GProp_GProps one;
    BRepGProp::VolumeProperties(solid, one);
    all.Add(one);
  }
  BRepGProp::SurfaceProperties(shape, surface);
  out.volume = solids.empty() ? 0 : all.Mass();
  out.area = surface.Mass();
  out.center = from(solids.empty() ? surface.CentreOfMass() : all.CentreOfMass());
  if (solids.empty()) return;
  const gp_Mat moments = all.MatrixOfInertia();  // about the centre of mass
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c)
      out.inertia[static_cast<size_t>(r)][static_cast<size_t>(c)] = moments(r + 1, c + 1);
  }
}

}  // namespace

Survey survey(const Shape& shape) {
  return guarded("survey a shape", [&] {
    Survey out;
    TopTools_IndexedMapOfShape faces, bodies;
    TopExp::MapShapes(occ(shape), TopAbs_FACE, faces);
    TopExp::MapShapes(occ(shape), TopAbs_SOLID, bodies);
    if (faces.IsEmpty()) fail_value("there are no faces to describe");
    TopTools_IndexedDataMapOfShapeListOfShape around;
    TopExp::MapShapesAndUniqueAncestors(occ(shape), TopAbs_EDGE, TopAbs_FACE, around);
    for (int i = 1; i <= faces.Extent(); ++i) {
      out.faces.push_back(read_face(TopoDS::Face(faces(i))));
      add_loops(TopoDS::Face(faces(i)), i - 1, around, out);
    }
    add_edges(faces, around, out);
    std::vector<TopoDS_Shape> solids;
    for (int i = 1; i <= bodies.Extent(); ++i) {
      solids.push_back(bodies(i));
      add_body(bodies(i), out);
      for (TopExp_Explorer it(bodies(i), TopAbs_FACE); it.More(); it.Next())
        out.faces[static_cast<size_t>(faces.FindIndex(it.Current()) - 1)].body = i - 1;
    }
    if (solids.empty()) add_body(occ(shape), out);
    measure_whole(solids, occ(shape), out);
    Bnd_Box box;
    BRepBndLib::Add(occ(shape), box);
    const double size = std::sqrt(box.SquareExtent());
    Tessellation t =
        tessellate(shape, {.tolerance = size * 5e-4, .angular_tolerance = 0.2, .relative = false});
    add_samples(t, out);
    refine_samples(out);
    for (int i = 1; i <= faces.Extent(); ++i) {
      if (out.faces[static_cast<size_t>(i) - 1].kind == SurfaceKind::kOther)
        resample_general(TopoDS::Face(faces(i)), i - 1, out);
    }
    out.mesh = std::move(t.mesh);
    return out;
  });
}

}  // namespace cadrecode::brep
