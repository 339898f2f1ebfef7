// cadquery.func: prisms, revolutions, offsets, fillets, projections, features.
#include <BRepAlgo_NormalProjection.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepBuilderAPI_MakeSolid.hxx>
#include <BRepFeat_MakeDPrism.hxx>
#include <BRepFeat_MakePrism.hxx>
#include <BRepFilletAPI_MakeChamfer.hxx>
#include <BRepFilletAPI_MakeFillet.hxx>
#include <BRepFilletAPI_MakeFillet2d.hxx>
#include <BRepOffsetAPI_DraftAngle.hxx>
#include <BRepOffsetAPI_MakeOffset.hxx>
#include <BRepOffsetAPI_MakeThickSolid.hxx>
#include <BRepOffset_MakeOffset.hxx>
#include <BRepPrimAPI_MakePrism.hxx>
#include <BRepPrimAPI_MakeRevol.hxx>
#include <BRepProj_Projection.hxx>
#include <BRep_Tool.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Shell.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Ax1.hxx>
#include <gp_Pln.hxx>

#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/ops_detail.h"
#include "geometry/brep/transform.h"

namespace cadrecode::brep::ops {
namespace {

GeomAbs_JoinType join(OffsetKind kind) {
  constexpr GeomAbs_JoinType kJoins[] = {GeomAbs_Arc, GeomAbs_Intersection, GeomAbs_Tangent};
  return kJoins[static_cast<int>(kind)];
}

std::vector<TopoDS_Shape> offset_each(const Shape& shape, double thickness, bool cap,
                                      double tolerance) {
  std::vector<TopoDS_Shape> results;
  for (const Shape& part : get(shape, {Kind::kFace, Kind::kShell})) {
    BRepOffset_MakeOffset builder;
    builder.Initialize(occ(part), thickness, tolerance, BRepOffset_Skin, false, false,
                       GeomAbs_Intersection, cap);
    builder.MakeOffsetShape();
    results.push_back(builder.Shape());
  }
  return results;
}

template <class Feature>
void perform(Feature& feature, const Until& until) {
  if (const Shape* face = std::get_if<Shape>(&until)) {
    feature.Perform(occ(first_of(*face, Kind::kFace)));
  } else if (const auto* pair = std::get_if<std::pair<Shape, Shape>>(&until)) {
    feature.Perform(occ(first_of(pair->first, Kind::kFace)),
                    occ(first_of(pair->second, Kind::kFace)));
  } else if (const double* depth = std::get_if<double>(&until)) {
    feature.Perform(checked(*depth, "the depth"));
  } else {
    feature.PerformThruAll();
  }
}

TopoDS_Face base_face(const Shape& base) {
  return base.is_null() ? TopoDS_Face() : occ_face(first_of(base, Kind::kFace));
}

TopoDS_Shape straight_prism(const TopoDS_Shape& shape, const Shape& face, const Shape& base,
                            const Until& until, Vec3 direction, bool additive) {
  BRepFeat_MakePrism feature(shape, occ_face(face), base_face(base), to_dir(direction), additive,
                             false);
  perform(feature, until);
  return feature.Shape();
}

TopoDS_Shape tapered_prism(const TopoDS_Shape& shape, const Shape& face, const Shape& base,
                           const Until& until, double angle, bool additive) {
  BRepFeat_MakeDPrism feature(shape, occ_face(face), base_face(base), radians(angle), additive,
                              false);
  perform(feature, until);
  return feature.Shape();
}

}  // namespace

Shape fillet(const Shape& shape, const Shape& edges, double radius) {
  return guarded("fillet edges", [&] {
    BRepFilletAPI_MakeFillet builder(occ(get_one(shape, {Kind::kShell, Kind::kSolid})));
    for (const Shape& edge : edges.entities(Kind::kEdge)) {
      builder.Add(checked(radius, "the radius"), occ_edge(edge));
    }
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

Shape chamfer(const Shape& shape, const Shape& edges, double distance) {
  return guarded("chamfer edges", [&] {
    BRepFilletAPI_MakeChamfer builder(occ(get_one(shape, {Kind::kShell, Kind::kSolid})));
    for (const Shape& edge : edges.entities(Kind::kEdge)) {
      builder.Add(checked(distance, "the distance"), occ_edge(edge));
    }
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

Shape extrude(const Shape& shape, Vec3 by, bool both) {
  return guarded("extrude a shape", [&] {
    std::vector<TopoDS_Shape> results;
    for (const Shape& part : get(shape, {Kind::kVertex, Kind::kEdge, Kind::kWire, Kind::kFace})) {
      Shape start = both ? moved(part, Location(-by)) : part;
      BRepPrimAPI_MakePrism builder(occ(start), to_vec(both ? by * 2 : by));
      builder.Build();
      results.push_back(builder.Shape());
    }
    return compound_or_shape(results);
  });
}

Shape revolve(const Shape& shape, Vec3 point, Vec3 direction, double angle) {
  return guarded("revolve a shape", [&] {
    gp_Ax1 axis(to_pnt(point), to_dir(direction));
    std::vector<TopoDS_Shape> results;
    for (const Shape& part : get(shape, {Kind::kVertex, Kind::kEdge, Kind::kWire, Kind::kFace})) {
      BRepPrimAPI_MakeRevol builder(occ(part), axis, radians(checked(angle, "the angle")));
      builder.Build();
      results.push_back(builder.Shape());
    }
    return compound_or_shape(results);
  });
}

Shape offset(const Shape& shape, double thickness, bool cap, bool both, double tolerance) {
  return guarded("offset a shape", [&] {
    checked(thickness, "the thickness");
    std::vector<TopoDS_Shape> out = offset_each(shape, thickness, cap, tolerance);
    if (!both) return compound_or_shape(out);
    std::vector<TopoDS_Shape> in = offset_each(shape, -thickness, cap, tolerance);
    std::vector<Shape> results;
    for (size_t i = 0; i < out.size(); ++i) results.push_back(fuse({wrap(out[i]), wrap(in[i])}));
    return results.size() == 1 ? results[0] : make_compound(results);
  });
}

Shape offset_2d(const Shape& shape, double distance, const Shape& context, OffsetKind kind,
                bool closed) {
  return guarded("offset a wire", [&] {
    checked(distance, "the offset");
    BRepOffsetAPI_MakeOffset builder;
    if (context.is_null()) {
      builder.Init(join(kind), !closed);
      for (const Shape& wire : get_wires(shape)) builder.AddWire(occ_wire(wire));
    } else {
      // A dummy face with the context's plane, for wires that do not define one.
      BRepBuilderAPI_MakeFace face(BRep_Tool::Surface(occ_face(get_one(context, {Kind::kFace}))),
                                   1e-6);
      for (const Shape& wire : get_wires(shape)) face.Add(occ_wire(wire));
      face.Build();
      builder.Init(face.Face(), join(kind), !closed);
    }
    builder.Perform(distance);
    return compound_or_shape(builder.Shape());
  });
}

Shape chamfer_2d(const Shape& face, const Shape& vertices, double distance) {
  return guarded("chamfer a face", [&] {
    BRepFilletAPI_MakeFillet2d builder(occ_face(get_one(face, {Kind::kFace})));
    std::vector<Ancestry> edges_of = entities_from(face, Kind::kVertex, Kind::kEdge);
    for (const Shape& vertex : all_of(vertices, Kind::kVertex).children()) {
      const Ancestry* found = nullptr;
      for (const Ancestry& entry : edges_of) {
        if (entry.child == vertex) found = &entry;
      }
      if (found == nullptr || found->parents.size() != 2) {
        fail_value("Cannot chamfer at this location");
      }
      builder.AddChamfer(occ_edge(found->parents[0]), occ_edge(found->parents[1]),
                         checked(distance, "the distance"), distance);
    }
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

Shape fillet_2d(const Shape& face, const Shape& vertices, double radius) {
  return guarded("fillet a face", [&] {
    BRepFilletAPI_MakeFillet2d builder(occ_face(get_one(face, {Kind::kFace})));
    for (const Shape& vertex : all_of(vertices, Kind::kVertex).children()) {
      builder.AddFillet(occ_vertex(vertex), checked(radius, "the radius"));
    }
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

Shape project(const Shape& shape, const Shape& base, int continuity, int degree, int max_segments,
              double tolerance) {
  return guarded("project a shape", [&] {
    constexpr GeomAbs_Shape kContinuity[] = {GeomAbs_C0, GeomAbs_C1, GeomAbs_C2, GeomAbs_C3};
    if (continuity < 0 || continuity > 3) fail_value("continuity must be C0, C1, C2 or C3");
    BRepAlgo_NormalProjection builder(occ(base));
    builder.SetParams(checked(tolerance, "the tolerance"), std::pow(tolerance, 2.0 / 3),
                      kContinuity[continuity], degree, max_segments);
    for (const Shape& wire : get_wires(shape)) builder.Add(occ(wire));
    builder.Build();
    return compound_or_shape(builder.Projection());
  });
}

Shape project(const Shape& shape, const Shape& base, Vec3 direction) {
  return guarded("project a shape", [&] {
    std::vector<Shape> results;
    for (const Shape& edge : get_edges(shape)) {
      BRepProj_Projection projection(occ(edge), occ(base), to_dir(direction));
      for (; projection.More(); projection.Next()) {
        results.push_back(compound_or_shape(projection.Current()));
      }
    }
    return normalized_shape(make_compound(results));
  });
}

Shape hollow(const Shape& shape, const Shape& faces, double thickness, double tolerance,
             OffsetKind kind) {
  return guarded("hollow a solid", [&] {
    BRepOffsetAPI_MakeThickSolid builder;
    TopTools_ListOfShape removed =
        faces.is_null() ? TopTools_ListOfShape() : occ_list(faces.faces());
    builder.MakeThickSolidByJoin(
        occ(first_of(shape, Kind::kSolid)), removed, checked(thickness, "the thickness"),
        checked(tolerance, "the tolerance"), BRepOffset_Skin, true, false, join(kind));
    builder.Build();
    Shape result = compound_or_shape(builder.Shape());
    if (!faces.is_null()) return result;
    TopoDS_Shell a = TopoDS::Shell(occ(first_of(result, Kind::kShell)));
    TopoDS_Shell b = TopoDS::Shell(occ(first_of(shape, Kind::kShell)));
    BRepBuilderAPI_MakeSolid solid(thickness > 0 ? a : b, thickness > 0 ? b : a);
    return fix(compound_or_shape(solid.Shape()));
  });
}

Shape prism(const Shape& context, const Shape& base, const Shape& faces, const Until& until,
            double angle, bool additive) {
  return guarded("build a prismatic feature", [&] {
    TopoDS_Shape result = occ(context);
    for (const Shape& face : get_faces(faces)) {
      result = checked(angle, "the angle") != 0
                   ? tapered_prism(result, face, base, until, angle, additive)
                   : straight_prism(result, face, base, until, normal_at(face), additive);
    }
    return compound_or_shape(result);
  });
}

Shape prism(const Shape& context, const Shape& base, const Shape& faces, const Until& until,
            Vec3 direction, bool additive) {
  return guarded("build a prismatic feature", [&] {
    TopoDS_Shape result = occ(context);
    for (const Shape& face : get_faces(faces)) {
      result = straight_prism(result, face, base, until, direction, additive);
    }
    return compound_or_shape(result);
  });
}

Shape draft(const Shape& context, const Shape& base, const Shape& faces, double angle,
            std::optional<Vec3> direction) {
  return guarded("draft faces", [&] {
    Shape neutral = first_of(base, Kind::kFace);
    Frame plane = face_to_plane(neutral);
    gp_Pln neutral_plane(gp_Ax3(to_pnt(plane.origin), to_dir(plane.normal), to_dir(plane.x)));
    gp_Dir pull = to_dir(direction ? *direction : normal_at(neutral));
    BRepOffsetAPI_DraftAngle builder(occ(context));
    for (const Shape& face : get_faces(faces)) {
      builder.Add(occ_face(face), pull, radians(checked(angle, "the angle")), neutral_plane);
      if (!builder.AddDone()) fail_value("a face cannot be used in a draft operation");
    }
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

}  // namespace cadrecode::brep::ops
