#include "geometry/brep/feature.h"

#include <BRepBuilderAPI_MakeSolid.hxx>
#include <BRepFeat_MakeDPrism.hxx>
#include <BRepFilletAPI_MakeChamfer.hxx>
#include <BRepFilletAPI_MakeFillet.hxx>
#include <BRepOffsetAPI_MakeThickSolid.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Shell.hxx>

#include "geometry/brep/face.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {

Shape fillet(const Shape& shape, double radius, const std::vector<Shape>& edges) {
  return guarded("fillet edges", [&] {
    checked(radius, "the radius");
    BRepFilletAPI_MakeFillet builder(occ(shape));
    for (const Shape& edge : edges) builder.Add(radius, occ_edge(edge));
    return wrap(builder.Shape(), shape.type());
  });
}

Shape chamfer(const Shape& shape, double length, std::optional<double> length2,
              const std::vector<Shape>& edges) {
  return guarded("chamfer edges", [&] {
    checked(length, "the length");
    double second = checked(length2.value_or(0), "the second length");
    if (second == 0) second = length;
    TopTools_IndexedDataMapOfShapeListOfShape faces_of;
    TopExp::MapShapesAndAncestors(occ(shape), TopAbs_EDGE, TopAbs_FACE, faces_of);
    BRepFilletAPI_MakeChamfer builder(occ(shape));
    for (const Shape& edge : edges) {
      const TopoDS_Shape& face = faces_of.FindFromKey(occ(edge)).First();
      builder.Add(length, second, occ_edge(edge), TopoDS::Face(face));
    }
    return wrap(builder.Shape(), shape.type());
  });
}

Shape hollow(const Shape& shape, const std::vector<Shape>& faces, double thickness,
             double tolerance, OffsetKind kind) {
  return guarded("hollow a solid", [&] {
    checked(thickness, "the thickness");
    if (kind == OffsetKind::kTangent) fail_value("hollow joins by 'arc' or 'intersection'");
    BRepOffsetAPI_MakeThickSolid builder;
    builder.MakeThickSolidByJoin(occ(shape), occ_list(faces), thickness,
                                 checked(tolerance, "the tolerance"), BRepOffset_Skin, true, false,
                                 kind == OffsetKind::kArc ? GeomAbs_Arc : GeomAbs_Intersection);
    builder.Build();
    Shape result = wrap(builder.Shape(), shape.type());
    if (!faces.empty()) return result;
    // No faces removed: a closed cavity between the old shell and the new one.
    std::vector<Shape> made = result.shells(), old = shape.shells();
    if (made.empty() || old.empty()) fail_value("hollow needs a solid with a shell");
    const TopoDS_Shell& a = TopoDS::Shell(occ(made[0]));
    const TopoDS_Shell& b = TopoDS::Shell(occ(old[0]));
    BRepBuilderAPI_MakeSolid solid(thickness > 0 ? a : b, thickness > 0 ? b : a);
    return fix(wrap(solid.Shape(), shape.type()));
  });
}

Shape dprism_wires(const Shape& shape, const Shape& basis, const std::vector<Shape>& profiles,
                   const PrismFeature& options) {
  std::vector<Shape> faces;
  for (const std::vector<Shape>& group : sort_wires_by_build_order(profiles)) {
    if (group.empty()) fail_value("no profile to extrude");
    faces.push_back(make_face(group[0], {group.begin() + 1, group.end()}));
  }
  return dprism(shape, basis, faces, options);
}

Shape dprism(const Shape& shape, const Shape& basis, const std::vector<Shape>& faces,
             const PrismFeature& options) {
  return guarded("make a prismatic feature", [&] {
    TopoDS_Shape result = occ(shape);
    TopoDS_Face base = basis.is_null() ? TopoDS_Face() : occ_face(basis);
    for (const Shape& face : faces) {
      BRepFeat_MakeDPrism feature(result, occ_face(face), base,
                                  radians(checked(options.taper, "the taper")), options.additive,
                                  false);
      if (!options.up_to_face.is_null()) {
        feature.Perform(occ(options.up_to_face));
      } else if (options.thru_all || !options.depth) {
        feature.PerformThruAll();
      } else {
        feature.Perform(checked(*options.depth, "the depth"));
      }
      result = feature.Shape();
    }
    return wrap(result, shape.type());
  });
}

}  // namespace cadrecode::brep
