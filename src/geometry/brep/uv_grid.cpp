#include "geometry/brep/uv_grid.h"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepBndLib.hxx>
#include <BRepTools.hxx>
#include <BRepTopAdaptor_FClass2d.hxx>
#include <BRep_Tool.hxx>
#include <Bnd_Box.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <algorithm>
#include <cmath>

#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

using mesh::kUvSide;

// Where source points go: box centred, longest side 2.
struct UnitFrame {
  gp_XYZ centre;
  double scale;
};

UnitFrame unit_frame(const TopoDS_Shape& shape) {
  Bnd_Box box;
  BRepBndLib::AddOptimal(shape, box, false, false);
  if (box.IsVoid() || box.IsOpen()) fail_value("a shape without a finite box has no B-rep grids");
  const gp_XYZ lo = box.CornerMin().XYZ(), hi = box.CornerMax().XYZ(), size = hi - lo;
  const double longest = std::max({size.X(), size.Y(), size.Z()});
  return {(lo + hi) * 0.5, longest > 0 ? 2 / longest : 1};
}

double parameter(double lo, double hi, size_t i) {
  return lo + (hi - lo) * static_cast<double>(i) / static_cast<double>(kUvSide - 1);
}

void put(std::vector<float>& out, const gp_XYZ& v) {
  for (int i = 1; i <= 3; ++i) out.push_back(static_cast<float>(v.Coord(i)));
}

// Unit normal at (u, v). At a pole or an apex the partial derivatives vanish: there
// the normal a little towards the middle of the face stands in.
gp_XYZ normal_at(const BRepAdaptor_Surface& surface, double u, double v, double mid_u,
                 double mid_v) {
  for (const double step : {0.0, 1e-6, 1e-4, 1e-2}) {
    gp_Pnt point;
    gp_Vec du, dv;
    surface.D1(u + (mid_u - u) * step, v + (mid_v - v) * step, point, du, dv);
    const gp_XYZ normal = du.XYZ().Crossed(dv.XYZ());
    const double size = normal.Modulus(), product = du.Magnitude() * dv.Magnitude();
    if (size > 1e-9 * product && size > 1e-200) return normal / size;
  }
  return {0, 0, 0};
}

void add_face(const TopoDS_Face& face, const UnitFrame& frame, std::vector<float>& out) {
  const BRepAdaptor_Surface surface(face, true);
  double u0, u1, v0, v1;
  BRepTools::UVBounds(face, u0, u1, v0, v1);
  BRepTopAdaptor_FClass2d inside(face, BRep_Tool::Tolerance(face));
  const double sign = face.Orientation() == TopAbs_REVERSED ? -1 : 1;
  for (size_t i = 0; i < kUvSide; ++i) {
    for (size_t j = 0; j < kUvSide; ++j) {
      const double u = parameter(u0, u1, i), v = parameter(v0, v1, j);
      put(out, (surface.Value(u, v).XYZ() - frame.centre) * frame.scale);
      put(out, normal_at(surface, u, v, (u0 + u1) / 2, (v0 + v1) / 2) * sign);
      const TopAbs_State state = inside.Perform(gp_Pnt2d(u, v));
      out.push_back(state == TopAbs_IN || state == TopAbs_ON ? 1.0f : 0.0f);
    }
  }
}

void add_edge(const TopoDS_Edge& edge, const UnitFrame& frame, std::vector<float>& out) {
  const BRepAdaptor_Curve curve(edge);
  const bool reversed = edge.Orientation() == TopAbs_REVERSED;
  const double first = reversed ? curve.LastParameter() : curve.FirstParameter();
  const double last = reversed ? curve.FirstParameter() : curve.LastParameter();
  for (size_t i = 0; i < kUvSide; ++i) {
    gp_Pnt point;
    gp_Vec tangent;
    curve.D1(parameter(first, last, i), point, tangent);
    put(out, (point.XYZ() - frame.centre) * frame.scale);
    const double size = tangent.Magnitude();
    put(out, size > 0 ? tangent.XYZ() * ((reversed ? -1 : 1) / size) : gp_XYZ(0, 0, 0));
  }
}

// The different faces around an edge, ascending.
std::vector<int32_t> faces_around(const TopTools_ListOfShape& list,
                                  const TopTools_IndexedMapOfShape& faces) {
  std::vector<int32_t> out;
  for (const TopoDS_Shape& face : list) out.push_back(faces.FindIndex(face) - 1);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

mesh::UvGrids sampled(const TopoDS_Shape& shape) {
  TopTools_IndexedMapOfShape faces;
  TopExp::MapShapes(shape, TopAbs_FACE, faces);
  if (faces.IsEmpty()) fail_value("a shape without faces has no B-rep grids");
  const UnitFrame frame = unit_frame(shape);
  mesh::UvGrids out;
  out.centre = from(frame.centre);
  out.scale = frame.scale;
  for (int i = 1; i <= faces.Extent(); ++i) add_face(TopoDS::Face(faces(i)), frame, out.faces);
  TopTools_IndexedDataMapOfShapeListOfShape around;
  TopExp::MapShapesAndAncestors(shape, TopAbs_EDGE, TopAbs_FACE, around);
  for (int i = 1; i <= around.Extent(); ++i) {
    const TopoDS_Edge& edge = TopoDS::Edge(around.FindKey(i));
    if (BRep_Tool::Degenerated(edge)) continue;
    const std::vector<int32_t> neighbours = faces_around(around(i), faces);
    for (size_t k = 1; k < neighbours.size(); ++k) {
      add_edge(edge, frame, out.edges);
      out.edge_faces.push_back({neighbours[k - 1], neighbours[k]});
    }
  }
  return out;
}

}  // namespace

mesh::UvGrids uv_grids(const Shape& shape) {
  check_size(occ(shape), "sample its faces");
  return guarded("sample its faces", [&] { return sampled(occ(shape)); });
}

}  // namespace cadrecode::brep
