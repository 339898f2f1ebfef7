// Making faces. Queries are in face_query.cpp.
#include "geometry/brep/face.h"

#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepFill.hxx>
#include <BRepFilletAPI_MakeFillet2d.hxx>
#include <BRepLib.hxx>
#include <BRepLib_FindSurface.hxx>
#include <BRepOffsetAPI_MakeFilling.hxx>
#include <BRepOffset_MakeOffset.hxx>
#include <BRep_Tool.hxx>
#include <GCE2d_MakeSegment.hxx>
#include <Geom2d_TrimmedCurve.hxx>
#include <GeomAPI_PointsToBSplineSurface.hxx>
#include <Geom_BSplineSurface.hxx>
#include <Precision.hxx>
#include <ShapeFix_Face.hxx>
#include <ShapeFix_Shape.hxx>
#include <TColgp_Array2OfPnt.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Shell.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Pln.hxx>

#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/transform.h"

namespace cadrecode::brep {
namespace {

constexpr const char* kFaceErrors[] = {"done", "no face", "not planar", "curve projection failed",
                                       "parameters out of range"};

void add_constraint(BRepOffsetAPI_MakeFilling& filling, const NSidedConstraint& constraint) {
  if (const Vec3* point = std::get_if<Vec3>(&constraint)) {
    filling.Add(to_pnt(*point));
    return;
  }
  const Shape& shape = std::get<Shape>(constraint);
  if (shape.kind() != Kind::kEdge && shape.kind() != Kind::kWire) {
    fail_value(std::string("Invalid constraint: a ") + to_string(shape.kind()));
  }
  for (const Shape& edge : shape.edges()) filling.Add(occ_edge(edge), GeomAbs_C0, false);
}

}  // namespace

Shape make_face(const Shape& outer_wire, const std::vector<Shape>& inner_wires) {
  return guarded("make a face", [&] {
    if (!inner_wires.empty() && !is_closed(outer_wire)) {
      fail_value("Cannot build face(s): outer wire is not closed");
    }
    std::vector<Shape> all{outer_wire};
    all.insert(all.end(), inner_wires.begin(), inner_wires.end());
    if (!BRepLib_FindSurface(occ_compound(all), -1, true).Found()) {
      fail_value("Cannot build face(s): wires not planar");
    }
    ShapeFix_Shape wire_fixer(occ(outer_wire));
    wire_fixer.Perform();
    BRepBuilderAPI_MakeFace builder(occ_wire(wrap(wire_fixer.Shape())), true);
    for (const Shape& wire : inner_wires) {
      if (!is_closed(wire)) fail_value("Cannot build face(s): inner wire is not closed");
      builder.Add(occ_wire(wire));
    }
    builder.Build();
    if (!builder.IsDone()) {
      fail_value(std::string("Cannot build face(s): ") + kFaceErrors[builder.Error()]);
    }
    ShapeFix_Face face_fixer(builder.Face());
    face_fixer.FixOrientation();
    face_fixer.Perform();
    return wrap(face_fixer.Result(), Kind::kFace);
  });
}

std::vector<Shape> wires_to_faces(const std::vector<Shape>& wires) {
  if (wires.empty()) fail_value("no wires to make faces of");
  return make_face(wires[0], {wires.begin() + 1, wires.end()}).faces();
}

Shape make_plane(std::optional<double> length, std::optional<double> width, Vec3 base,
                 Vec3 direction) {
  return guarded("make a plane", [&] {
    gp_Pln plane(to_pnt(base), to_dir(direction));
    if (length.value_or(0) == 0 || width.value_or(0) == 0) {
      return wrap(BRepBuilderAPI_MakeFace(plane).Face());
    }
    double l = checked(*length, "the length"), w = checked(*width, "the width");
    return wrap(BRepBuilderAPI_MakeFace(plane, -w * 0.5, w * 0.5, -l * 0.5, l * 0.5).Face());
  });
}

Shape make_ruled_surface(const Shape& edge_or_wire1, const Shape& edge_or_wire2) {
  return guarded("make a ruled surface", [&] {
    if (edge_or_wire1.kind() == Kind::kWire) {
      return wrap(BRepFill::Shell(occ_wire(edge_or_wire1), occ_wire(edge_or_wire2)));
    }
    return wrap(BRepFill::Face(occ_edge(edge_or_wire1), occ_edge(edge_or_wire2)));
  });
}

Shape make_n_sided_surface(const std::vector<Shape>& edges,
                           const std::vector<NSidedConstraint>& constraints,
                           const NSidedOptions& o) {
  return guarded("make an n-sided surface", [&] {
    BRepOffsetAPI_MakeFilling filling(o.degree, o.points_on_curve, o.iterations, o.anisotropy,
                                      o.tol2d, o.tol3d, o.tol_angle, o.tol_curvature, o.max_degree,
                                      o.max_segments);
    for (const Shape& shape : edges) {
      if (shape.kind() == Kind::kEdge) {
        filling.Add(occ_edge(shape), GeomAbs_C0);
      } else {
        for (const Shape& edge : shape.edges()) filling.Add(occ_edge(edge), GeomAbs_C0);
      }
    }
    for (const NSidedConstraint& constraint : constraints) add_constraint(filling, constraint);
    filling.Build();
    return fix(wrap(filling.Shape(), Kind::kFace));
  });
}

Shape make_spline_approx_face(const std::vector<std::vector<Vec3>>& points,
                              const SurfaceApproxOptions& options) {
  return guarded("approximate a surface", [&] {
    if (points.empty() || points[0].empty()) fail_value("a surface needs points");
    int rows = static_cast<int>(points.size()), columns = static_cast<int>(points[0].size());
    TColgp_Array2OfPnt array(1, rows, 1, columns);
    for (int i = 0; i < rows; ++i) {
      if (static_cast<int>(points[i].size()) != columns) {
        fail_value("every row of a surface's points must have the same length");
      }
      for (int j = 0; j < columns; ++j) array.SetValue(i + 1, j + 1, to_pnt(points[i][j]));
    }
    GeomAPI_PointsToBSplineSurface builder;
    if (options.smoothing) {
      const auto& w = *options.smoothing;
      builder.Init(array, w[0], w[1], w[2], options.max_degree, GeomAbs_C2, options.tolerance);
    } else {
      builder.Init(array, options.min_degree, options.max_degree, GeomAbs_C2, options.tolerance);
    }
    if (!builder.IsDone()) fail_value("B-spline approximation failed");
    return wrap(BRepBuilderAPI_MakeFace(builder.Surface(), Precision::Confusion()).Face());
  });
}

Shape face_fillet_2d(const Shape& face, double radius, const std::vector<Shape>& vertices) {
  return guarded("fillet a face", [&] {
    checked(radius, "the radius");
    BRepFilletAPI_MakeFillet2d builder(occ_face(face));
    for (const Shape& vertex : vertices) builder.AddFillet(occ_vertex(vertex), radius);
    builder.Build();
    return wrap(builder.Shape(), face.type());
  });
}

Shape face_chamfer_2d(const Shape& face, double distance, const std::vector<Shape>& vertices) {
  return guarded("chamfer a face", [&] {
    checked(distance, "the distance");
    BRepFilletAPI_MakeFillet2d builder(occ_face(face));
    std::vector<Ancestry> edges_of = entities_from(face, Kind::kVertex, Kind::kEdge);
    for (const Shape& vertex : vertices) {
      const Ancestry* found = nullptr;
      for (const Ancestry& entry : edges_of) {
        if (entry.child == vertex) found = &entry;
      }
      if (found == nullptr) fail_value("the vertex to chamfer is not part of the face");
      if (found->parents.size() != 2) fail_value("Cannot chamfer at this location");
      builder.AddChamfer(occ_edge(found->parents[0]), occ_edge(found->parents[1]), distance,
                         distance);
    }
    builder.Build();
    return fix(wrap(builder.Shape(), face.type()));
  });
}

Shape thicken(const Shape& face, double thickness) {
  return guarded("thicken a face", [&] {
    BRepOffset_MakeOffset builder;
    builder.Initialize(occ(face), checked(thickness, "the thickness"), 1.0e-6, BRepOffset_Skin,
                       false, false, GeomAbs_Intersection, true);
    builder.MakeOffsetShape();
    return wrap(builder.Shape(), Kind::kSolid);
  });
}

Shape face_project(const Shape& face, const Shape& onto, Vec3 direction) {
  std::vector<Shape> inner;
  Shape outer = project_closest(outer_wire(face), onto, direction);
  for (const Shape& wire : inner_wires(face)) {
    inner.push_back(project_closest(wire, onto, direction));
  }
  return face_trim(onto, outer, inner);
}

Shape face_trim(const Shape& face, double u0, double u1, double v0, double v1, double tolerance) {
  return guarded("trim a face", [&] {
    return wrap(
        BRepBuilderAPI_MakeFace(BRep_Tool::Surface(occ_face(face)), u0, u1, v0, v1, tolerance)
            .Face());
  });
}

Shape face_trim(const Shape& face, const std::vector<Vec2>& uv_polygon) {
  return guarded("trim a face", [&] {
    if (uv_polygon.size() < 3) fail_value("trimming a face needs at least 3 points");
    Handle(Geom_Surface) surface = BRep_Tool::Surface(occ_face(face));
    TopTools_ListOfShape edges;
    for (size_t i = 0; i < uv_polygon.size(); ++i) {
      Vec2 a = uv_polygon[i], b = uv_polygon[(i + 1) % uv_polygon.size()];
      Handle(Geom2d_TrimmedCurve) segment =
          GCE2d_MakeSegment(gp_Pnt2d(a.x, a.y), gp_Pnt2d(b.x, b.y)).Value();
      edges.Append(BRepBuilderAPI_MakeEdge(segment, surface).Edge());
    }
    BRepBuilderAPI_MakeWire builder;
    builder.Add(edges);
    TopoDS_Wire wire = builder.Wire();
    BRepLib::BuildCurves3d(wire);
    return face_trim(face, wrap(wire), std::vector<Shape>{});
  });
}

Shape face_trim(const Shape& face, const Shape& outer, const std::vector<Shape>& inner) {
  return guarded("trim a face", [&] {
    BRepBuilderAPI_MakeFace builder(BRep_Tool::Surface(occ_face(face)), occ_wire(outer));
    for (const Shape& wire : inner) builder.Add(occ_wire(wire));
    return fix(wrap(builder.Face()));
  });
}

Shape extend(const Shape& face, double distance, bool u_min, bool u_max, bool v_min, bool v_max) {
  return guarded("extend a face", [&] {
    Shape source = face.geom_type() == "BSPLINE" ? face : to_nurbs(face);
    TopoDS_Face result;
    BRepLib::ExtendFace(occ_face(source), checked(distance, "the distance"), u_min, u_max, v_min,
                        v_max, result);
    return wrap(result);
  });
}

Shape add_hole(const Shape& face, const std::vector<Shape>& inner) {
  return guarded("add a hole to a face", [&] {
    BRepBuilderAPI_MakeFace builder(occ_face(face));
    for (const Shape& shape : inner) {
      builder.Add(occ_wire(shape.kind() == Kind::kWire ? shape : ops::wire({shape})));
    }
    return fix(wrap(builder.Face()));
  });
}

}  // namespace cadrecode::brep
