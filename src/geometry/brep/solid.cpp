// Shells, solids, compounds and the primitives. Sweeping is in sweep.cpp.
#include "geometry/brep/solid.h"

#include <BRepBuilderAPI_MakeSolid.hxx>
#include <BRepBuilderAPI_Sewing.hxx>
#include <BRepClass3d.hxx>
#include <BRepPrimAPI_MakeBox.hxx>
#include <BRepPrimAPI_MakeCone.hxx>
#include <BRepPrimAPI_MakeCylinder.hxx>
#include <BRepPrimAPI_MakeSphere.hxx>
#include <BRepPrimAPI_MakeTorus.hxx>
#include <BRepPrimAPI_MakeWedge.hxx>
#include <BRep_Builder.hxx>
#include <ShapeFix_Solid.hxx>
#include <TopoDS_Shell.hxx>
#include <TopoDS_Solid.hxx>
#include <unordered_set>

#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

using ShapeSet = std::unordered_set<Shape, ShapeHash>;

// A Compound class object is the set of its members, any other shape that of itself.
std::vector<Shape> members(const Shape& shape) {
  return shape.type() == Kind::kCompound ? shape.children() : std::vector<Shape>{shape};
}

Shape select(const std::vector<Shape>& from, const ShapeSet& other, bool keep_if_in_other) {
  ShapeSet seen;
  std::vector<Shape> kept;
  for (const Shape& shape : from) {
    if (other.contains(shape) == keep_if_in_other && seen.insert(shape).second) {
      kept.push_back(shape);
    }
  }
  return make_compound(kept);
}

}  // namespace

Shape make_shell(const std::vector<Shape>& faces) {
  return guarded("make a shell", [&] {
    BRepBuilderAPI_Sewing builder;
    for (const Shape& face : faces) builder.Add(occ(face));
    builder.Perform();
    return wrap(builder.SewedShape(), Kind::kShell);
  });
}

Shape make_solid(const Shape& shell) {
  return guarded("make a solid from a shell", [&] {
    if (shell.kind() != Kind::kShell) {
      fail_value(std::string("a solid is made from a Shell, not from a ") +
                 to_string(shell.kind()));
    }
    return wrap(ShapeFix_Solid().SolidFromShell(TopoDS::Shell(occ(shell))), Kind::kSolid);
  });
}

Shape make_compound(const std::vector<Shape>& shapes) { return wrap(occ_compound(shapes)); }

Shape make_box(double length, double width, double height, Vec3 base, Vec3 direction) {
  return guarded("make a box", [&] {
    return wrap(BRepPrimAPI_MakeBox(axes(base, direction), checked(length, "the length"),
                                    checked(width, "the width"), checked(height, "the height"))
                    .Shape());
  });
}

Shape make_cone(double radius1, double radius2, double height, Vec3 base, Vec3 direction,
                double angle) {
  return guarded("make a cone", [&] {
    return wrap(BRepPrimAPI_MakeCone(axes(base, direction), checked(radius1, "the first radius"),
                                     checked(radius2, "the second radius"),
                                     checked(height, "the height"),
                                     radians(checked(angle, "the angle")))
                    .Shape());
  });
}

Shape make_cylinder(double radius, double height, Vec3 base, Vec3 direction, double angle) {
  return guarded("make a cylinder", [&] {
    return wrap(BRepPrimAPI_MakeCylinder(axes(base, direction), checked(radius, "the radius"),
                                         checked(height, "the height"),
                                         radians(checked(angle, "the angle")))
                    .Shape());
  });
}

Shape make_torus(double radius1, double radius2, Vec3 base, Vec3 direction, double angle1,
                 double angle2) {
  return guarded("make a torus", [&] {
    return wrap(BRepPrimAPI_MakeTorus(axes(base, direction), checked(radius1, "the first radius"),
                                      checked(radius2, "the second radius"),
                                      radians(checked(angle1, "the first angle")),
                                      radians(checked(angle2, "the second angle")))
                    .Shape());
  });
}

Shape make_sphere(double radius, Vec3 base, Vec3 direction, double angle1, double angle2,
                  double angle3) {
  return guarded("make a sphere", [&] {
    return wrap(BRepPrimAPI_MakeSphere(axes(base, direction), checked(radius, "the radius"),
                                       radians(checked(angle1, "the first angle")),
                                       radians(checked(angle2, "the second angle")),
                                       radians(checked(angle3, "the third angle")))
                    .Shape());
  });
}

Shape make_wedge(double dx, double dy, double dz, double x_min, double z_min, double x_max,
                 double z_max, Vec3 base, Vec3 direction) {
  return guarded("make a wedge", [&] {
    for (double size : {dx, dy, dz, x_min, z_min, x_max, z_max}) checked(size, "a wedge's size");
    return wrap(BRepPrimAPI_MakeWedge(axes(base, direction), dx, dy, dz, x_min, z_min, x_max, z_max)
                    .Solid());
  });
}

bool is_solid(const Shape& shape) {
  return shape.kind() == Kind::kSolid ||
         (shape.kind() == Kind::kCompound && !shape.solids().empty());
}

Shape outer_shell(const Shape& solid) {
  return guarded("find the outer shell of a solid",
                 [&] { return wrap(BRepClass3d::OuterShell(occ_solid(solid))); });
}

std::vector<Shape> inner_shells(const Shape& solid) {
  Shape outer = outer_shell(solid);
  std::vector<Shape> inner;
  for (const Shape& shell : solid.shells()) {
    if (!shell.is_same(outer)) inner.push_back(shell);
  }
  return inner;
}

Shape add_cavity(const Shape& solid, const std::vector<Shape>& shells_or_solids) {
  return guarded("add a cavity to a solid", [&] {
    BRepBuilderAPI_MakeSolid builder(occ_solid(solid));
    for (const Shape& shape : shells_or_solids) {
      Shape shell = shape.kind() == Kind::kShell ? shape : outer_shell(shape);
      builder.Add(TopoDS::Shell(occ(shell)));
    }
    ShapeFix_Solid fixer(builder.Solid());
    fixer.Perform();
    return wrap(fixer.Solid());
  });
}

Shape compound_without(const Shape& compound, const std::vector<Shape>& removed) {
  return guarded("remove members from a compound", [&] {
    // BRep_Builder::Remove edits in place; CadQuery's shape is edited too, ours must not be.
    TopoDS_Compound result = occ_compound(compound.children());
    BRep_Builder builder;
    for (const Shape& shape : removed) builder.Remove(result, occ(shape));
    return wrap(result, compound.type());
  });
}

Shape set_intersection(const Shape& a, const Shape& b) {
  std::vector<Shape> other = members(b);
  return select(members(a), ShapeSet(other.begin(), other.end()), true);
}

Shape set_union(const Shape& a, const Shape& b) {
  std::vector<Shape> all = members(a);
  for (const Shape& shape : members(b)) all.push_back(shape);
  return select(all, {}, false);
}

Shape set_difference(const Shape& a, const Shape& b) {
  std::vector<Shape> other = members(b);
  return select(members(a), ShapeSet(other.begin(), other.end()), false);
}

}  // namespace cadrecode::brep
