// Solids from profiles: prisms, revolutions, sweeps and lofts (Solid.extrudeLinear and after).
#include <BRepAlgoAPI_Cut.hxx>
#include <BRepOffsetAPI_MakePipeShell.hxx>
#include <BRepOffsetAPI_ThruSections.hxx>
#include <BRepPrimAPI_MakePrism.hxx>
#include <BRepPrimAPI_MakeRevol.hxx>
#include <LocOpe_DPrism.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Ax1.hxx>

#include "geometry/brep/boolean.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/face.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/wire.h"

namespace cadrecode::brep {
namespace {

Shape as_wire(const Shape& path) {
  return path.kind() == Kind::kEdge ? assemble_edges({path}) : path;
}

// Sets how profiles turn along the path; true if they are to be rotated onto it.
bool set_sweep_mode(BRepOffsetAPI_MakePipeShell& builder, const Shape& path,
                    const SweepOptions& options) {
  if (const Vec3* binormal = std::get_if<Vec3>(&options.mode)) {
    gp_Ax2 frame;
    frame.SetLocation(to_pnt(start_point(path)));
    frame.SetDirection(to_dir(*binormal));
    builder.SetMode(frame);
    return true;
  }
  if (const Shape* spine = std::get_if<Shape>(&options.mode)) {
    builder.SetMode(occ_wire(as_wire(*spine)), true);
  } else {
    builder.SetMode(options.is_frenet);
  }
  return false;
}

BRepBuilderAPI_TransitionMode corner_mode(Transition transition) {
  constexpr BRepBuilderAPI_TransitionMode kModes[] = {
      BRepBuilderAPI_Transformed, BRepBuilderAPI_RoundCorner, BRepBuilderAPI_RightCorner};
  return kModes[static_cast<int>(transition)];
}

Shape sweep_wire(const Shape& wire, const Shape& path, const SweepOptions& options) {
  BRepOffsetAPI_MakePipeShell builder(occ_wire(as_wire(path)));
  bool rotate = set_sweep_mode(builder, path, options);
  builder.SetTransitionMode(corner_mode(options.transition));
  builder.Add(occ(wire), false, rotate);
  builder.Build();
  if (options.make_solid) builder.MakeSolid();
  return wrap(builder.Shape());
}

TopoDS_Shape twist(const Shape& wire, const Shape& spine, const Shape& helix) {
  BRepOffsetAPI_MakePipeShell builder(occ_wire(spine));
  builder.SetMode(occ_wire(helix), false);
  builder.Add(occ_wire(wire));
  builder.Build();
  builder.MakeSolid();
  return builder.Shape();
}

}  // namespace

Shape make_loft(const std::vector<Shape>& wires, bool ruled) {
  if (wires.size() < 2) fail_value("More than one wire is required");
  return guarded("loft wires", [&] {
    BRepOffsetAPI_ThruSections builder(true, ruled);
    for (const Shape& wire : wires) builder.AddWire(occ_wire(wire));
    builder.Build();
    return wrap(builder.Shape(), Kind::kSolid);
  });
}

Shape extrude_linear(const Shape& face, Vec3 normal, double taper) {
  return guarded("extrude a face", [&] {
    if (checked(taper, "the taper") == 0) {
      return wrap(BRepPrimAPI_MakePrism(occ(face), to_vec(normal), true).Shape(), Kind::kSolid);
    }
    double side = to_vec(normal).Angle(to_vec(normal_at(face))) < radians(90) ? 1 : -1;
    // Over the cosine, so that the height is the one asked for.
    double height = side * norm(normal) / std::cos(radians(taper));
    LocOpe_DPrism builder(occ_face(face), height, side * radians(taper));
    return wrap(builder.Shape(), Kind::kSolid);
  });
}

Shape extrude_linear(const Shape& outer, const std::vector<Shape>& inner, Vec3 normal,
                     double taper) {
  return extrude_linear(taper == 0 ? make_face(outer, inner) : make_face(outer), normal, taper);
}

Shape extrude_linear_with_rotation(const Shape& outer, const std::vector<Shape>& inner, Vec3 center,
                                   Vec3 normal, double angle) {
  return guarded("extrude with a twist", [&] {
    if (checked(angle, "the angle") == 0) fail_value("the twist angle must not be 0");
    double height = norm(normal);
    Shape spine = combine_wires({make_line(center, center + normal)}).at(0);
    Shape helix = make_helix(360.0 / angle * height, height, 1, center, normal);
    TopoDS_Shape solid = twist(outer, spine, helix);
    std::vector<Shape> holes;
    for (const Shape& wire : inner) holes.push_back(wrap(twist(wire, spine, helix)));
    return wrap(BRepAlgoAPI_Cut(solid, occ_compound(holes)).Shape(), Kind::kSolid);
  });
}

Shape extrude_linear_with_rotation(const Shape& face, Vec3 center, Vec3 normal, double angle) {
  return extrude_linear_with_rotation(outer_wire(face), inner_wires(face), center, normal, angle);
}

Shape revolve(const Shape& face, double angle, Vec3 axis_start, Vec3 axis_end) {
  return guarded("revolve a face", [&] {
    gp_Ax1 axis(to_pnt(axis_start), to_dir(axis_end - axis_start));
    return wrap(
        BRepPrimAPI_MakeRevol(occ(face), axis, radians(checked(angle, "the angle")), true).Shape(),
        Kind::kSolid);
  });
}

Shape revolve(const Shape& outer, const std::vector<Shape>& inner, double angle, Vec3 axis_start,
              Vec3 axis_end) {
  return revolve(make_face(outer, inner), angle, axis_start, axis_end);
}

Shape sweep(const Shape& outer, const std::vector<Shape>& inner, const Shape& path,
            const SweepOptions& options) {
  return guarded("sweep a profile", [&] {
    Shape result = sweep_wire(outer, path, options);
    std::vector<Shape> holes;
    for (const Shape& wire : inner) holes.push_back(sweep_wire(wire, path, options));
    return holes.empty() ? result : cut(result, holes);
  });
}

Shape sweep(const Shape& face, const Shape& path, const SweepOptions& options) {
  return sweep(outer_wire(face), inner_wires(face), path, options);
}

Shape sweep_multi(const std::vector<Shape>& profiles, const Shape& path,
                  const SweepOptions& options) {
  return guarded("sweep several profiles", [&] {
    BRepOffsetAPI_MakePipeShell builder(occ_wire(as_wire(path)));
    bool rotate = set_sweep_mode(builder, path, options);
    for (const Shape& profile : profiles) {
      Shape wire = profile.kind() == Kind::kFace ? outer_wire(profile) : profile;
      builder.Add(occ(wire), false, rotate);
    }
    builder.Build();
    if (options.make_solid) builder.MakeSolid();
    return wrap(builder.Shape(), Kind::kSolid);
  });
}

}  // namespace cadrecode::brep
