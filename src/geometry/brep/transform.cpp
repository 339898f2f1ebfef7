#include "geometry/brep/transform.h"

#include <BRepBuilderAPI_Copy.hxx>
#include <BRepBuilderAPI_GTransform.hxx>
#include <BRepBuilderAPI_NurbsConvert.hxx>
#include <BRepBuilderAPI_Transform.hxx>
#include <ShapeCustom.hxx>
#include <ShapeCustom_RestrictionParameters.hxx>
#include <gp_Ax1.hxx>
#include <gp_Trsf.hxx>

#include "geometry/brep/curve.h"
#include "geometry/brep/face.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

Shape apply(const Shape& shape, const gp_Trsf& map) {
  return wrap(BRepBuilderAPI_Transform(occ(shape), map, true).Shape(), shape.type());
}

Shape keep_construction(Shape result, const Shape& source) {
  result.for_construction = source.for_construction;
  return result;
}

}  // namespace

Shape translate(const Shape& shape, Vec3 by) {
  return guarded("translate a shape", [&] {
    gp_Trsf map;
    map.SetTranslation(to_vec(by));
    return apply(shape, map);
  });
}

Shape rotate(const Shape& shape, Vec3 axis_start, Vec3 axis_end, double angle_degrees) {
  return guarded("rotate a shape", [&] {
    gp_Trsf map;
    map.SetRotation(gp_Ax1(to_pnt(axis_start), to_dir(axis_end - axis_start)),
                    radians(checked(angle_degrees, "the angle")));
    return apply(shape, map);
  });
}

Shape scale(const Shape& shape, double factor) {
  return guarded("scale a shape", [&] {
    gp_Trsf map;
    map.SetScale(gp_Pnt(), checked(factor, "the scale factor"));
    return apply(shape, map);
  });
}

Shape mirror(const Shape& shape, Vec3 normal, Vec3 base) {
  return guarded("mirror a shape", [&] {
    gp_Trsf map;
    map.SetMirror(gp_Ax2(to_pnt(base), to_dir(normal)));
    return apply(shape, map);
  });
}

Shape transform_shape(const Shape& shape, const Transform& map) {
  return guarded("transform a shape", [&] {
    BRepBuilderAPI_Transform builder(occ(shape), map.rep().map.Trsf());
    return keep_construction(wrap(builder.Shape()), shape);
  });
}

Shape transform_geometry(const Shape& shape, const Transform& map) {
  return guarded("transform the geometry of a shape", [&] {
    BRepBuilderAPI_GTransform builder(occ(shape), map.rep().map, true);
    return keep_construction(wrap(builder.Shape()), shape);
  });
}

Shape copy(const Shape& shape) {
  return guarded("copy a shape", [&] {
    return wrap(BRepBuilderAPI_Copy(occ(shape), true, false).Shape(), shape.type());
  });
}

Location location(const Shape& shape) {
  return Location(std::make_shared<Location::Rep>(Location::Rep{occ(shape).Location()}));
}

Shape located(const Shape& shape, const Location& at) {
  return guarded("place a shape", [&] {
    return keep_construction(wrap(occ(shape).Located(at.rep().location), shape.type()), shape);
  });
}

Shape moved(const Shape& shape, const Location& by) {
  return guarded("move a shape", [&] {
    return keep_construction(wrap(occ(shape).Moved(by.rep().location), shape.type()), shape);
  });
}

Shape moved(const Shape& shape, const std::vector<Location>& by) {
  return guarded("move a shape", [&] {
    std::vector<TopoDS_Shape> shapes;
    for (const Location& place : by) shapes.push_back(occ(shape).Moved(place.rep().location));
    return compound_or_shape(shapes);
  });
}

std::vector<Location> to_locs(const Shape& shape) {
  std::vector<Location> places;
  if (shape.kind() == Kind::kCompound) {
    for (const Shape& child : shape.children()) {
      for (Location& place : to_locs(child)) places.push_back(std::move(place));
    }
  } else if (shape.kind() == Kind::kFace) {
    UvBounds b = uv_bounds(shape);
    places.push_back(face_location_at(shape, (b.u_max + b.u_min) / 2, (b.v_max + b.v_min) / 2));
  } else if (shape.kind() == Kind::kEdge) {
    auto [first, last] = bounds(shape);
    places.push_back(location_at(shape, (last + first) / 2, ParamMode::kParameter));
  } else {
    places.push_back(Location(center(shape)));
  }
  return places;
}

Shape to_nurbs(const Shape& shape) {
  return guarded("convert a shape to NURBS", [&] {
    return wrap(BRepBuilderAPI_NurbsConvert(occ(shape), true).Shape(), shape.type());
  });
}

Shape to_splines(const Shape& shape, int degree, double tolerance, bool nurbs) {
  return guarded("approximate a shape with splines", [&] {
    Handle(ShapeCustom_RestrictionParameters) params = new ShapeCustom_RestrictionParameters();
    return wrap(ShapeCustom::BSplineRestriction(occ(shape), tolerance, tolerance, degree, 1,
                                                GeomAbs_C0, GeomAbs_C0, true, !nurbs, params),
                shape.type());
  });
}

}  // namespace cadrecode::brep
