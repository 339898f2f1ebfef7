// Shape.clean: faces and edges of the same geometry merged, with OCCT 7.9's results on OCCT 7.6.
//
// ShapeUpgrade_UnifySameDomain 7.9 (CadQuery's kernel) does not merge two closed cylindrical faces
// of opposite orientation when the one it starts from is REVERSED and the other lies further along
// its axis, or is FORWARD and the other lies before it (the other way round where a boolean has
// rebuilt the other face); and it then leaves the rest of that shell as it is. A circle extruded to
// both sides is the common case. 7.6 merges them. The rule is from observation of 7.9.3 on about
// thirty shapes; the edges that 7.9 leaves are given to 7.6 as edges to keep. 7.6 fails where
// closed cylinders with different seams meet: those, then everything, are left unmerged rather than
// failing.
#include <BRepTools.hxx>
#include <BRep_Tool.hxx>
#include <Geom_CylindricalSurface.hxx>
#include <ShapeUpgrade_UnifySameDomain.hxx>
#include <Standard_Failure.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopTools_MapOfShape.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Iterator.hxx>
#include <cmath>
#include <numbers>
#include <optional>

#include "geometry/brep/boolean.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

struct ClosedCylinder {
  gp_Ax3 position;
  double v_middle;
  bool reversed;
  bool rebuilt;  // by a boolean operation: its wire begins with a ring, not with the seam
};

bool begins_with_ring(const TopoDS_Face& face) {
  const TopoDS_Iterator wires(face);
  if (!wires.More()) return false;
  const TopoDS_Iterator edges(wires.Value());
  return edges.More() && BRep_Tool::IsClosed(edges.Value());
}

std::optional<ClosedCylinder> closed_cylinder(const TopoDS_Face& face) {
  TopLoc_Location location;
  if (!BRep_Tool::Surface(face, location)->IsKind(STANDARD_TYPE(Geom_CylindricalSurface))) {
    return {};
  }
  double u0, u1, v0, v1;
  BRepTools::UVBounds(face, u0, u1, v0, v1);
  if (u1 - u0 < 2 * std::numbers::pi - 1e-9) return {};
  const auto surface = Handle(Geom_CylindricalSurface)::DownCast(BRep_Tool::Surface(face));
  return ClosedCylinder{surface->Position(), (v0 + v1) / 2, face.Orientation() == TopAbs_REVERSED,
                        begins_with_ring(face)};
}

// Whether 7.9 gives up on merging `other` into `base`.
bool left_unmerged(const ClosedCylinder& base, const ClosedCylinder& other) {
  if (base.reversed == other.reversed) return false;
  const gp_Pnt middle = other.position.Location().Translated(
      gp_Vec(other.position.Direction()).Multiplied(other.v_middle));
  const double v = gp_Vec(base.position.Location(), middle).Dot(gp_Vec(base.position.Direction()));
  return (base.reversed == (v > base.v_middle)) != other.rebuilt;
}

using EdgeFaces = TopTools_IndexedDataMapOfShapeListOfShape;

// The position in `faces` of the first face that 7.9 gives up on; 0 if there is none. With
// `any_pair`, of the first closed cylinder that meets another one.
int first_unmerged(const TopTools_IndexedMapOfShape& faces, const EdgeFaces& edges, bool any_pair) {
  std::vector<std::optional<ClosedCylinder>> cylinders(faces.Extent() + 1);
  int count = 0;
  for (int i = 1; i <= faces.Extent(); ++i) {
    cylinders[i] = closed_cylinder(TopoDS::Face(faces(i)));
    count += cylinders[i].has_value();
  }
  if (count < 2) return 0;
  int first = 0;
  for (int e = 1; e <= edges.Extent(); ++e) {
    const auto& shared = edges(e);
    if (shared.Extent() != 2 || !BRep_Tool::IsClosed(edges.FindKey(e))) continue;
    int a = faces.FindIndex(shared.First()), b = faces.FindIndex(shared.Last());
    if (a > b) std::swap(a, b);
    if (a < 1 || a == b || !cylinders[a] || !cylinders[b]) continue;
    if (!any_pair && !left_unmerged(*cylinders[a], *cylinders[b])) continue;
    if (first == 0 || a < first) first = a;
  }
  return first;
}

void keep_unmerged(const TopoDS_Shape& shape, bool any_pair, TopTools_MapOfShape& kept) {
  for (TopExp_Explorer shells(shape, TopAbs_SHELL); shells.More(); shells.Next()) {
    TopTools_IndexedMapOfShape faces;
    TopExp::MapShapes(shells.Current(), TopAbs_FACE, faces);
    EdgeFaces edges;
    TopExp::MapShapesAndAncestors(shells.Current(), TopAbs_EDGE, TopAbs_FACE, edges);
    const int first = first_unmerged(faces, edges, any_pair);
    if (first == 0) continue;
    for (int e = 1; e <= edges.Extent(); ++e) {
      bool after = true;
      for (const TopoDS_Shape& face : edges(e)) after = after && faces.FindIndex(face) >= first;
      if (after) kept.Add(edges.FindKey(e));
    }
  }
}

TopoDS_Shape unified(const TopoDS_Shape& shape, const TopTools_MapOfShape& kept) {
  ShapeUpgrade_UnifySameDomain upgrader(shape, true, true, true);
  upgrader.AllowInternalEdges(false);
  if (!kept.IsEmpty()) upgrader.KeepShapes(kept);
  upgrader.Build();
  return upgrader.Shape();
}

}  // namespace

Shape clean(const Shape& shape) {
  return guarded("clean a shape", [&] {
    TopTools_MapOfShape kept;
    keep_unmerged(occ(shape), /*any_pair=*/false, kept);
    try {
      return wrap(unified(occ(shape), kept), shape.type());
    } catch (const Standard_Failure&) {
      keep_unmerged(occ(shape), /*any_pair=*/true, kept);
    }
    try {
      return wrap(unified(occ(shape), kept), shape.type());
    } catch (const Standard_Failure&) {
      return shape;
    }
  });
}

}  // namespace cadrecode::brep
