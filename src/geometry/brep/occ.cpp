#include "geometry/brep/occ.h"

#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <Message.hxx>
#include <Message_Messenger.hxx>
#include <Standard_Failure.hxx>
#include <Standard_OutOfMemory.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Iterator.hxx>
#include <TopoDS_Solid.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <atomic>
#include <cmath>
#include <new>

#include "geometry/brep/limits.h"

namespace cadrecode::brep {
namespace {

std::atomic<size_t> g_size_limit{200000};

// The kernel reports progress to standard output unless its printers are taken away;
// standard output is for results.
[[maybe_unused]] const bool g_silent = [] {
  Message::DefaultMessenger()->ChangePrinters().Clear();
  return true;
}();

void require(const Shape& shape, Kind kind) {
  if (shape.kind() != kind) {
    fail_value(std::string("a ") + to_string(kind) + " is needed here, not a " +
               to_string(shape.kind()));
  }
}

size_t count(const TopoDS_Shape& shape, size_t limit, size_t sum) {
  for (TopAbs_ShapeEnum kind : {TopAbs_FACE, TopAbs_EDGE}) {
    for (TopExp_Explorer it(shape, kind); it.More() && sum <= limit; it.Next()) ++sum;
  }
  return sum;
}

[[noreturn]] void fail_limit(const char* attempt, size_t limit) {
  throw Error(ErrorKind::kLimit, std::string("cannot ") + attempt + ": the shape has more than " +
                                     std::to_string(limit) +
                                     " edges and faces; simplify it or raise the limit");
}

}  // namespace

void set_size_limit(size_t edges_and_faces) { g_size_limit = edges_and_faces; }
size_t size_limit() { return g_size_limit; }

void check_size(const TopoDS_Shape& shape, const char* attempt) {
  size_t limit = g_size_limit;
  if (limit > 0 && count(shape, limit, 0) > limit) fail_limit(attempt, limit);
}

void check_size(const std::vector<Shape>& shapes, const char* attempt) {
  size_t limit = g_size_limit, sum = 0;
  if (limit == 0) return;
  for (const Shape& shape : shapes) sum = count(occ(shape), limit, sum);
  if (sum > limit) fail_limit(attempt, limit);
}

Shape wrap(const TopoDS_Shape& shape) {
  if (shape.IsNull()) fail_value("Null TopoDS_Shape object: the kernel returned no shape");
  return wrap(shape, kind_of(shape));
}

Shape wrap(const TopoDS_Shape& shape, Kind type) {
  if (shape.IsNull()) fail_value("Null TopoDS_Shape object: the kernel returned no shape");
  return Shape(std::make_shared<Shape::Rep>(Shape::Rep{shape, type}));
}

const TopoDS_Edge& occ_edge(const Shape& shape) {
  require(shape, Kind::kEdge);
  return TopoDS::Edge(occ(shape));
}
const TopoDS_Wire& occ_wire(const Shape& shape) {
  require(shape, Kind::kWire);
  return TopoDS::Wire(occ(shape));
}
const TopoDS_Face& occ_face(const Shape& shape) {
  require(shape, Kind::kFace);
  return TopoDS::Face(occ(shape));
}
const TopoDS_Vertex& occ_vertex(const Shape& shape) {
  require(shape, Kind::kVertex);
  return TopoDS::Vertex(occ(shape));
}
const TopoDS_Solid& occ_solid(const Shape& shape) {
  require(shape, Kind::kSolid);
  return TopoDS::Solid(occ(shape));
}

TopoDS_Compound occ_compound(const std::vector<Shape>& shapes) {
  check_size(shapes, "make a compound");
  TopoDS_Compound compound;
  BRep_Builder builder;
  builder.MakeCompound(compound);
  for (const Shape& shape : shapes) builder.Add(compound, occ(shape));
  return compound;
}

TopTools_ListOfShape occ_list(const std::vector<Shape>& shapes) {
  TopTools_ListOfShape list;
  for (const Shape& shape : shapes) list.Append(occ(shape));
  return list;
}

std::vector<Shape> direct_children(const TopoDS_Shape& shape) {
  std::vector<Shape> children;
  for (TopoDS_Iterator it(shape); it.More(); it.Next()) children.push_back(wrap(it.Value()));
  return children;
}

double checked(double value, const char* name) {
  if (!std::isfinite(value) || std::abs(value) > kMaxCoordinate) {
    fail_value(std::string(name) + " is " + std::to_string(value) +
               ", which is not a size the kernel can work with (limit 1e15)");
  }
  return value;
}

Vec3 checked(Vec3 value, const char* name) {
  for (int axis = 0; axis < 3; ++axis) checked(value[axis], name);
  return value;
}

gp_Pnt to_pnt(Vec3 v) {
  checked(v, "a coordinate");
  return {v.x, v.y, v.z};
}
gp_Vec to_vec(Vec3 v) {
  checked(v, "a vector's component");
  return {v.x, v.y, v.z};
}
gp_Dir to_dir(Vec3 v) {
  checked(v, "a direction's component");
  return {v.x, v.y, v.z};
}
gp_Ax2 axes(Vec3 base, Vec3 direction) { return {to_pnt(base), to_dir(direction)}; }

Shape normalized_shape(const Shape& shape) {
  if (shape.kind() == Kind::kShell) {
    std::vector<Shape> faces = shape.faces();
    if (faces.size() == 1 && !BRep_Tool::IsClosed(occ(shape))) return faces[0];
  } else if (shape.kind() == Kind::kCompound) {
    std::vector<Shape> members = shape.children();
    if (members.size() == 1) return members[0];
  }
  return shape;
}

Shape compound_or_shape(const TopoDS_Shape& shape) { return normalized_shape(wrap(shape)); }

Shape compound_or_shape(const std::vector<TopoDS_Shape>& shapes) {
  std::vector<Shape> members;
  for (const TopoDS_Shape& shape : shapes) members.push_back(normalized_shape(wrap(shape)));
  return members.size() == 1 ? members[0] : wrap(occ_compound(members));
}

void rethrow_kernel_failure(const char* attempt) {
  std::string what = std::string("could not ") + attempt + ": ";
  try {
    throw;
  } catch (const Standard_OutOfMemory&) {
    throw Error(ErrorKind::kLimit, what + "out of memory");
  } catch (const Standard_Failure& failure) {
    const char* message = failure.GetMessageString();
    what += failure.DynamicType()->Name();
    if (message != nullptr && *message != '\0') what += std::string(": ") + message;
    throw Error(ErrorKind::kGeometry, what);
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::kLimit, what + "out of memory");
  } catch (const std::exception& failure) {
    throw Error(ErrorKind::kGeometry, what + failure.what());
  }
}

}  // namespace cadrecode::brep
