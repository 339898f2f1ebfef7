// cadquery.func: alternative constructors and primitives.
#include <BOPAlgo_Tools.hxx>
#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepBuilderAPI_MakePolygon.hxx>
#include <BRepBuilderAPI_MakeSolid.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepBuilderAPI_Sewing.hxx>
#include <BRepPrimAPI_MakeCone.hxx>
#include <BRep_Builder.hxx>
#include <GeomAPI_Interpolate.hxx>
#include <ShapeFix_Solid.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Shell.hxx>
#include <TopoDS_Wire.hxx>
#include <algorithm>
#include <gp_Elips.hxx>
#include <gp_Pln.hxx>

#include "geometry/brep/edge.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/ops_detail.h"

namespace cadrecode::brep::ops {
namespace {

bool is_one_of(const Shape& shape, std::initializer_list<Kind> kinds) {
  return std::find(kinds.begin(), kinds.end(), shape.kind()) != kinds.end();
}

[[noreturn]] void fail_kind(std::initializer_list<Kind> kinds, const Shape& shape) {
  std::string wanted;
  for (Kind kind : kinds) wanted += (wanted.empty() ? "" : ", ") + std::string(to_string(kind));
  fail_value("Required type(s): " + wanted + "; encountered " + to_string(shape.kind()));
}

// The shells of a sewn shape; for one closed face sewing makes none, so it is put in one.
std::vector<TopoDS_Shape> shells_of(const Shape& sewed) {
  std::vector<Shape> parts =
      sewed.kind() == Kind::kCompound ? sewed.children() : std::vector<Shape>{sewed};
  std::vector<TopoDS_Shape> shells, lone;
  for (const Shape& part : parts) {
    if (part.kind() == Kind::kShell) {
      shells.push_back(occ(part));
    } else if (part.kind() == Kind::kFace) {
      TopoDS_Shell shell;
      BRep_Builder builder;
      builder.MakeShell(shell);
      builder.Add(shell, occ(part));
      lone.push_back(shell);
    } else {
      fail_value(std::string("Found unexpected type ") + to_string(part.kind()));
    }
  }
  shells.insert(shells.end(), lone.begin(), lone.end());
  return shells;
}

}  // namespace

std::vector<Shape> get(const Shape& shape, std::initializer_list<Kind> kinds) {
  if (is_one_of(shape, kinds)) return {shape};
  if (shape.kind() != Kind::kCompound) fail_kind(kinds, shape);
  std::vector<Shape> members = shape.children();
  for (const Shape& member : members) {
    if (!is_one_of(member, kinds)) fail_kind(kinds, member);
  }
  return members;
}

Shape get_one(const Shape& shape, std::initializer_list<Kind> kinds) {
  if (is_one_of(shape, kinds)) return shape;
  if (shape.kind() != Kind::kCompound) fail_kind(kinds, shape);
  std::vector<Shape> members = shape.children();
  if (members.empty()) fail_value("the compound is empty");
  if (!is_one_of(members[0], kinds)) fail_kind(kinds, members[0]);
  return members[0];
}

Shape get_one_wire(const Shape& shape) {
  Shape one = get_one(shape, {Kind::kWire, Kind::kEdge});
  return one.kind() == Kind::kWire ? one : assemble_edges({one});
}

std::vector<Shape> get_wires(const Shape& shape) {
  if (shape.kind() == Kind::kWire) return {shape};
  if (shape.kind() == Kind::kEdge) return {assemble_edges({shape})};
  if (shape.kind() != Kind::kCompound) fail_kind({Kind::kEdge, Kind::kWire}, shape);
  std::vector<Shape> wires;
  for (const Shape& member : shape.children()) {
    for (const Shape& wire : get_wires(member)) wires.push_back(wire);
  }
  return wires;
}

std::vector<Shape> get_edges(const Shape& shape) {
  if (shape.kind() == Kind::kEdge) return {shape};
  if (shape.kind() == Kind::kWire) return shape.entities(Kind::kEdge);
  if (shape.kind() != Kind::kCompound) fail_kind({Kind::kEdge, Kind::kWire}, shape);
  std::vector<Shape> edges;
  for (const Shape& member : shape.children()) {
    for (const Shape& edge : get_edges(member)) edges.push_back(edge);
  }
  return edges;
}

std::vector<Shape> get_faces(const Shape& shape) {
  if (shape.kind() == Kind::kFace) return {shape};
  if (shape.kind() == Kind::kEdge || shape.kind() == Kind::kWire) return {face({shape})};
  if (shape.kind() != Kind::kCompound) fail_kind({Kind::kEdge, Kind::kWire, Kind::kFace}, shape);
  std::vector<Shape> faces;
  for (const Shape& member : shape.children()) {
    for (const Shape& one : get_faces(member)) faces.push_back(one);
  }
  return faces;
}

Shape all_of(const Shape& shape, Kind kind) {
  std::vector<Shape> all = shape.entities(kind);
  return all.size() == 1 ? all[0] : make_compound(all);
}

Shape first_of(const Shape& shape, Kind kind) {
  std::vector<Shape> all = shape.entities(kind);
  if (all.empty()) fail_value("No Shape available for selection");
  return all[0];
}

Shape wire(const std::vector<Shape>& edges) {
  return guarded("build a wire", [&] {
    TopTools_ListOfShape list;
    for (const Shape& shape : edges) {
      for (const Shape& edge : get_edges(shape)) list.Append(occ(edge));
    }
    BRepBuilderAPI_MakeWire builder;
    builder.Add(list);
    return wrap(builder.Shape());
  });
}

Shape face(const std::vector<Shape>& edges_or_wires) {
  return guarded("build a face", [&] {
    std::vector<Shape> wires;
    for (const Shape& shape : edges_or_wires) {
      for (const Shape& wire : get_wires(shape)) wires.push_back(wire);
    }
    TopoDS_Compound faces;
    if (!BOPAlgo_Tools::WiresToFaces(occ_compound(wires), faces)) {
      fail_value("Face construction failed");
    }
    return get_one(compound_or_shape(faces), {Kind::kFace});
  });
}

Shape shell(const std::vector<Shape>& faces, double tolerance, bool manifold,
            const std::vector<Shape>& context) {
  return guarded("build a shell", [&] {
    BRepBuilderAPI_Sewing builder(checked(tolerance, "the tolerance"), true, true, true, !manifold);
    if (!context.empty()) {
      builder.Load(context.size() == 1 ? occ(context[0]) : TopoDS_Shape(occ_compound(context)));
    }
    for (const Shape& shape : faces) {
      for (const Shape& face : get(shape, {Kind::kFace})) builder.Add(occ(face));
    }
    builder.Perform();
    return compound_or_shape(shells_of(wrap(builder.SewedShape())));
  });
}

Shape solid(const std::vector<Shape>& faces_or_shells, double tolerance) {
  return guarded("build a solid", [&] {
    std::vector<Shape> shells, faces;
    for (const Shape& shape : faces_or_shells) {
      for (const Shape& part : get(shape, {Kind::kShell, Kind::kFace})) {
        (part.kind() == Kind::kShell ? shells : faces).push_back(part);
      }
    }
    if (shells.empty()) shells = {shell(faces, tolerance)};
    ShapeFix_Solid builder;
    std::vector<TopoDS_Shape> solids;
    for (const Shape& one : shells) {
      if (one.kind() != Kind::kShell) {
        fail_value(std::string("the faces do not make one shell but a ") + to_string(one.kind()));
      }
      solids.push_back(builder.SolidFromShell(TopoDS::Shell(occ(one))));
    }
    return compound_or_shape(solids);
  });
}

Shape solid_with_inner(const std::vector<Shape>& faces, const std::vector<Shape>& inner,
                       double tolerance) {
  return guarded("build a solid", [&] {
    BRepBuilderAPI_MakeSolid builder;
    builder.Add(TopoDS::Shell(occ(get_one(shell(faces, tolerance), {Kind::kShell}))));
    if (!inner.empty()) {
      for (const Shape& one : get(shell(inner, tolerance), {Kind::kShell})) {
        builder.Add(TopoDS::Shell(occ(one)));
      }
    }
    ShapeFix_Solid fixer(builder.Solid());
    fixer.Perform();
    return wrap(fixer.Solid());
  });
}

Shape polyline(const std::vector<Vec3>& points) { return make_polygon(points); }
Shape polygon(const std::vector<Vec3>& points) { return make_polygon(points, false, true); }

Shape rect(double width, double height) {
  double w = width / 2, h = height / 2;
  return polygon({{-w, -h, 0}, {w, -h, 0}, {w, h, 0}, {-w, h, 0}});
}

Shape spline(const std::vector<Vec3>& points, const FreeSpline& options) {
  SplineOptions all;
  all.parameters = options.parameters;
  all.tolerance = options.tolerance;
  all.periodic = options.periodic;
  all.scale = options.scale;
  if (!options.tangents.empty() && options.tangents.size() != points.size()) {
    if (options.tangents.size() < 2) fail_value("a spline needs a tangent at both ends");
    all.tangents = {options.tangents[0], options.tangents[1]};
  } else {
    all.tangents.assign(options.tangents.begin(), options.tangents.end());
  }
  return make_spline(points, all);
}

Shape circle(double radius) { return make_circle(radius); }

Shape ellipse(double radius1, double radius2) {
  return guarded("make an ellipse", [&] {
    gp_Elips ellipse(axes({}, {0, 0, 1}), checked(radius1, "the first radius"),
                     checked(radius2, "the second radius"));
    return wrap(BRepBuilderAPI_MakeEdge(ellipse).Edge());
  });
}

Shape plane(double width, double length) {
  return guarded("make a plane", [&] {
    double w = checked(width, "the width") / 2, l = checked(length, "the length") / 2;
    gp_Pln plane(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1));
    return wrap(BRepBuilderAPI_MakeFace(plane, -w, w, -l, l).Face());
  });
}

Shape plane() {
  return guarded("make a plane", [&] {
    constexpr double kInfinite = 1e60;  // CadQuery's
    gp_Pln plane(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1));
    return wrap(
        BRepBuilderAPI_MakeFace(plane, -kInfinite, kInfinite, -kInfinite, kInfinite).Face());
  });
}

Shape box(double width, double length, double height) {
  return make_box(width, length, height, {-width / 2, -length / 2, 0});
}
Shape cylinder(double diameter, double height) { return make_cylinder(diameter / 2, height); }
Shape sphere(double diameter) { return make_sphere(diameter / 2, {}, {0, 0, 1}, -90, 90); }
Shape torus(double diameter1, double diameter2) {
  return make_torus(diameter1 / 2, diameter2 / 2, {}, {0, 0, 1}, 0, 360);
}
Shape cone(double diameter1, double diameter2, double height) {
  return make_cone(diameter1 / 2, diameter2 / 2, height);
}

}  // namespace cadrecode::brep::ops
