#include "geometry/brep/wire.h"

#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakePolygon.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepLib.hxx>
#include <BRepOffsetAPI_MakeOffset.hxx>
#include <GCE2d_MakeSegment.hxx>
#include <Geom2d_Line.hxx>
#include <Geom2d_TrimmedCurve.hxx>
#include <Geom_ConicalSurface.hxx>
#include <Geom_CylindricalSurface.hxx>
#include <ShapeAnalysis_FreeBounds.hxx>
#include <TopTools_HSequenceOfShape.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Ax3.hxx>
#include <gp_Dir2d.hxx>
#include <gp_Pnt2d.hxx>

#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/face.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"

namespace cadrecode::brep {
namespace {

constexpr const char* kWireErrors[] = {"done", "empty wire", "disconnected wire",
                                       "non-manifold wire"};

}  // namespace

Shape assemble_edges(const std::vector<Shape>& edges) {
  return guarded("assemble edges into a wire", [&] {
    BRepBuilderAPI_MakeWire builder;
    builder.Add(occ_list(edges));
    builder.Build();
    if (!builder.IsDone()) {
      throw Error(ErrorKind::kGeometry, std::string("could not assemble edges into a wire: ") +
                                            kWireErrors[builder.Error()] +
                                            "; check that the edges meet end to end");
    }
    return wrap(builder.Wire());
  });
}

std::vector<Shape> edges_to_wires(const std::vector<Shape>& edges, double tolerance) {
  return guarded("join edges into wires", [&] {
    Handle(TopTools_HSequenceOfShape) in = new TopTools_HSequenceOfShape();
    Handle(TopTools_HSequenceOfShape) out = new TopTools_HSequenceOfShape();
    for (const Shape& edge : edges) in->Append(occ(edge));
    ShapeAnalysis_FreeBounds::ConnectEdgesToWires(in, tolerance, false, out);
    std::vector<Shape> wires;
    for (int i = 1; i <= out->Length(); ++i) wires.push_back(wrap(out->Value(i)));
    return wires;
  });
}

std::vector<Shape> combine_wires(const std::vector<Shape>& wires_and_edges, double tolerance) {
  return edges_to_wires(make_compound(wires_and_edges).edges(), tolerance);
}

Shape make_circle_wire(double radius, Vec3 center, Vec3 normal) {
  return assemble_edges({make_circle(radius, center, normal)});
}

Shape make_ellipse_wire(double x_radius, double y_radius, Vec3 center, Vec3 normal,
                        Vec3 x_direction, double angle1, double angle2, double rotation_angle,
                        bool closed) {
  std::vector<Shape> edges{
      make_ellipse(x_radius, y_radius, center, normal, x_direction, angle1, angle2)};
  if (angle1 != angle2 && closed) {
    edges.push_back(make_line(end_point(edges[0]), start_point(edges[0])));
  }
  Shape wire = assemble_edges(edges);
  return rotation_angle == 0 ? wire : rotate(wire, center, center + normal, rotation_angle);
}

Shape make_polygon(const std::vector<Vec3>& points, bool for_construction, bool close) {
  return guarded("make a polygon", [&] {
    BRepBuilderAPI_MakePolygon builder;
    for (Vec3 point : points) builder.Add(to_pnt(point));
    if (close) builder.Close();
    Shape wire = wrap(builder.Wire());
    wire.for_construction = for_construction;
    return wire;
  });
}

Shape make_helix(double pitch, double height, double radius, Vec3 center, Vec3 direction,
                 double angle, bool lefthand) {
  return guarded("make a helix", [&] {
    checked(pitch, "the pitch");
    checked(height, "the height");
    checked(radius, "the radius");
    if (pitch == 0) fail_value("the pitch of a helix must not be 0");
    gp_Ax3 frame(to_pnt(center), to_dir(direction));
    Handle(Geom_Surface) surface;
    if (angle == 360.0) {
      surface = new Geom_CylindricalSurface(frame, radius);
    } else {
      surface = new Geom_ConicalSurface(frame, radians(angle), radius);
    }
    double turn = lefthand ? -2 * M_PI : 2 * M_PI;
    Handle(Geom2d_Line) line = new Geom2d_Line(gp_Pnt2d(0, 0), gp_Dir2d(turn, pitch));
    double turns = height / pitch;
    gp_Pnt2d start = line->Value(0);
    gp_Pnt2d stop = line->Value(turns * std::sqrt(std::pow(2 * M_PI, 2) + std::pow(pitch, 2)));
    Handle(Geom2d_TrimmedCurve) segment = GCE2d_MakeSegment(start, stop).Value();
    TopoDS_Edge edge = BRepBuilderAPI_MakeEdge(segment, surface).Edge();
    TopoDS_Wire wire = BRepBuilderAPI_MakeWire(edge).Wire();
    BRepLib::BuildCurves3d(wire, 1e-6, GeomAbs_C1, 14, 2000);
    return wrap(wire);
  });
}

Shape stitch(const Shape& wire, const Shape& other) {
  return guarded("stitch two wires", [&] {
    BRepBuilderAPI_MakeWire builder;
    builder.Add(occ_wire(wire));
    builder.Add(occ_wire(other));
    builder.Build();
    return wrap(builder.Wire());
  });
}

std::vector<Shape> offset_2d(const Shape& wire, double distance, OffsetKind kind) {
  constexpr GeomAbs_JoinType kJoins[] = {GeomAbs_Arc, GeomAbs_Intersection, GeomAbs_Tangent};
  return guarded("offset a wire", [&] {
    BRepOffsetAPI_MakeOffset builder;
    builder.Init(kJoins[static_cast<int>(kind)]);
    builder.AddWire(occ_wire(wire));
    builder.Perform(checked(distance, "the offset"));
    Shape result = wrap(builder.Shape());
    std::vector<Shape> wires;
    if (result.kind() != Kind::kCompound) return std::vector<Shape>{result.with_type(Kind::kWire)};
    for (const Shape& child : result.children()) wires.push_back(child.with_type(Kind::kWire));
    return wires;
  });
}

Shape wire_fillet_2d(const Shape& wire, double radius, const std::vector<Shape>& vertices) {
  return outer_wire(face_fillet_2d(make_face(wire), radius, vertices));
}

Shape wire_chamfer_2d(const Shape& wire, double distance, const std::vector<Shape>& vertices) {
  return outer_wire(face_chamfer_2d(make_face(wire), distance, vertices));
}

std::vector<std::vector<Shape>> sort_wires_by_build_order(const std::vector<Shape>& wires) {
  if (wires.size() < 2) return {wires};
  std::vector<std::vector<Shape>> groups;
  for (const Shape& face : wires_to_faces(wires)) {
    std::vector<Shape> group{outer_wire(face)};
    for (const Shape& inner : inner_wires(face)) group.push_back(inner);
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace cadrecode::brep
