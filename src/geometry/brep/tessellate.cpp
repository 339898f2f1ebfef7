#include "geometry/brep/tessellate.h"

#include <BRepMesh_IncrementalMesh.hxx>
#include <BRepTools.hxx>
#include <BRep_Tool.hxx>
#include <Poly_Triangulation.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS_Face.hxx>
#include <array>
#include <cmath>
#include <map>

#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

void mesh_shape(const TopoDS_Shape& shape, const TessellateOptions& options) {
  checked(options.tolerance, "the tolerance");
  checked(options.angular_tolerance, "the angular tolerance");
  if (options.tolerance <= 0 || options.angular_tolerance <= 0) {
    fail_value("tessellation tolerances must be positive");
  }
  if (BRepTools::Triangulation(shape, options.tolerance)) return;
  BRepMesh_IncrementalMesh(shape, options.tolerance, options.relative, options.angular_tolerance);
}

void add_face(const TopoDS_Face& face, uint32_t index, Tessellation& out) {
  TopLoc_Location place;
  Handle(Poly_Triangulation) poly = BRep_Tool::Triangulation(face, place);
  if (poly.IsNull()) return;
  auto offset = static_cast<uint32_t>(out.mesh.vertices.size());
  gp_Trsf map = place.Transformation();
  for (int i = 1; i <= poly->NbNodes(); ++i) {
    out.mesh.vertices.push_back(from(poly->Node(i).Transformed(map)));
  }
  bool reversed = face.Orientation() == TopAbs_REVERSED;
  for (int i = 1; i <= poly->NbTriangles(); ++i) {
    int a, b, c;
    poly->Triangle(i).Get(a, b, c);
    if (reversed) std::swap(b, c);
    out.mesh.triangles.push_back({offset + static_cast<uint32_t>(a) - 1,
                                  offset + static_cast<uint32_t>(b) - 1,
                                  offset + static_cast<uint32_t>(c) - 1});
    out.face_of_triangle.push_back(index);
  }
}

}  // namespace

Tessellation tessellate(const Shape& shape, const TessellateOptions& options) {
  return guarded("tessellate a shape", [&] {
    check_size(occ(shape), "tessellate a shape");
    mesh_shape(occ(shape), options);
    TopTools_IndexedMapOfShape faces;
    TopExp::MapShapes(occ(shape), TopAbs_FACE, faces);
    Tessellation out;
    for (int i = 1; i <= faces.Extent(); ++i) {
      add_face(TopoDS::Face(faces(i)), static_cast<uint32_t>(i - 1), out);
    }
    return out;
  });
}

mesh::TriangleMesh welded_mesh(const Shape& shape, const TessellateOptions& options) {
  Tessellation source = tessellate(shape, options);
  // Faces that share an edge share its discretisation, so their points agree to rounding;
  // a grid far finer than any edge's tolerance joins them.
  double cell = 1e-9;
  for (Vec3 v : source.mesh.vertices) {
    for (int axis = 0; axis < 3; ++axis) cell = std::max(cell, std::abs(v[axis]) * 1e-9);
  }
  std::map<std::array<int64_t, 3>, uint32_t> index_of;
  std::vector<uint32_t> index(source.mesh.vertices.size());
  mesh::TriangleMesh out;
  for (size_t i = 0; i < index.size(); ++i) {
    Vec3 v = source.mesh.vertices[i];
    std::array<int64_t, 3> key{std::llround(v.x / cell), std::llround(v.y / cell),
                               std::llround(v.z / cell)};
    auto [it, inserted] = index_of.try_emplace(key, static_cast<uint32_t>(out.vertices.size()));
    if (inserted) out.vertices.push_back(v);
    index[i] = it->second;
  }
  for (const auto& t : source.mesh.triangles) {
    std::array<uint32_t, 3> w{index[t[0]], index[t[1]], index[t[2]]};
    if (w[0] != w[1] && w[1] != w[2] && w[2] != w[0]) out.triangles.push_back(w);
  }
  return out;
}

}  // namespace cadrecode::brep
