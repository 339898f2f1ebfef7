// Inside brep only: the bridge between Shape, Location, Transform and OCCT's types.
// No header that other rooms include may include this one.
#pragma once

#include <TopAbs_ShapeEnum.hxx>
#include <TopLoc_Location.hxx>
#include <TopTools_ListOfShape.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Compound.hxx>
#include <TopoDS_Shape.hxx>
#include <gp_Ax2.hxx>
#include <gp_Dir.hxx>
#include <gp_GTrsf.hxx>
#include <gp_Pnt.hxx>
#include <gp_Vec.hxx>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "geometry/brep/location.h"
#include "geometry/brep/shape.h"

class Standard_Failure;

namespace cadrecode::brep {

struct Shape::Rep {
  TopoDS_Shape shape;  // never null
  Kind type;           // CadQuery's class
};

struct Location::Rep {
  TopLoc_Location location;
};

struct Transform::Rep {
  gp_GTrsf map;
};

inline const TopoDS_Shape& occ(const Shape& shape) { return shape.rep().shape; }
inline TopAbs_ShapeEnum occ(Kind kind) { return static_cast<TopAbs_ShapeEnum>(kind); }
inline Kind kind_of(const TopoDS_Shape& shape) { return static_cast<Kind>(shape.ShapeType()); }

// A handle on `shape`; kValue if it is null (CadQuery: "Null TopoDS_Shape object").
Shape wrap(const TopoDS_Shape& shape);
// The same, seen as an object of class `type`: CadQuery's `self.__class__(shape)`.
Shape wrap(const TopoDS_Shape& shape, Kind type);

// The shape as a wire, edge …; kValue if it is another kind.
const TopoDS_Edge& occ_edge(const Shape& shape);
const TopoDS_Wire& occ_wire(const Shape& shape);
const TopoDS_Face& occ_face(const Shape& shape);
const TopoDS_Vertex& occ_vertex(const Shape& shape);
const TopoDS_Solid& occ_solid(const Shape& shape);

TopoDS_Compound occ_compound(const std::vector<Shape>& shapes);
TopTools_ListOfShape occ_list(const std::vector<Shape>& shapes);
std::vector<Shape> direct_children(const TopoDS_Shape& shape);

// `value` if it is finite and at most kMaxCoordinate in size; kValue naming it otherwise.
double checked(double value, const char* name);
Vec3 checked(Vec3 value, const char* name);
gp_Pnt to_pnt(Vec3 v);
gp_Vec to_vec(Vec3 v);
gp_Dir to_dir(Vec3 v);  // kGeometry from the kernel for a zero vector
inline Vec3 from(const gp_XYZ& v) { return {v.X(), v.Y(), v.Z()}; }
inline Vec3 from(const gp_Pnt& v) { return {v.X(), v.Y(), v.Z()}; }
inline Vec3 from(const gp_Vec& v) { return {v.X(), v.Y(), v.Z()}; }
inline Vec3 from(const gp_Dir& v) { return {v.X(), v.Y(), v.Z()}; }
inline double radians(double degrees) { return degrees * (M_PI / 180.0); }
gp_Ax2 axes(Vec3 base, Vec3 direction);

// CadQuery's _compound_or_shape and _normalize (ops.h).
Shape normalized_shape(const Shape& shape);
Shape compound_or_shape(const std::vector<TopoDS_Shape>& shapes);
Shape compound_or_shape(const TopoDS_Shape& shape);

// Throws kLimit if `shapes` together have more edges and faces than limits.h allows.
void check_size(const std::vector<Shape>& shapes, const char* attempt);
void check_size(const TopoDS_Shape& shape, const char* attempt);

// Turns what is being thrown by the kernel into a cadrecode::Error; call in a catch block.
[[noreturn]] void rethrow_kernel_failure(const char* attempt);

// Runs `body`; kernel exceptions become kGeometry "could not <attempt>: <class>: <message>".
template <class Body>
auto guarded(const char* attempt, Body&& body) -> decltype(body()) {
  try {
    return body();
  } catch (const Error&) {
    throw;
  } catch (...) {
    rethrow_kernel_failure(attempt);
  }
}

[[noreturn]] inline void fail_value(const std::string& message) {
  throw Error(ErrorKind::kValue, message);
}

}  // namespace cadrecode::brep
