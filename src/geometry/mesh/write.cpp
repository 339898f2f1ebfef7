#include <fmt/format.h>

#include <cstring>
#include <iterator>

#include "base/files.h"
#include "geometry/mesh/io.h"
#include "geometry/mesh/measure.h"

namespace cadrecode::mesh {
namespace {

template <typename T>
void put(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

void put_floats(std::string& out, Vec3 v) {
  put(out, static_cast<float>(v.x));
  put(out, static_cast<float>(v.y));
  put(out, static_cast<float>(v.z));
}

Vec3 unit_normal(const TriangleMesh& mesh, size_t t) {
  const Vec3 n = triangle_normal_area2(mesh, t);
  const double length = norm(n);
  return length > 0 ? n / length : Vec3{};
}

}  // namespace

std::string stl_bytes(const TriangleMesh& mesh) {
  std::string out(80, '\0');
  out.replace(0, 9, "cadrecode");
  out.reserve(84 + mesh.triangles.size() * 50);
  put(out, static_cast<uint32_t>(mesh.triangles.size()));
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    put_floats(out, unit_normal(mesh, t));
    for (uint32_t v : mesh.triangles[t]) put_floats(out, mesh.vertices[v]);
    put(out, uint16_t{0});
  }
  return out;
}

std::string stl_text(const TriangleMesh& mesh) {
  std::string out = "solid cadrecode\n";
  const auto to = std::back_inserter(out);
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    const Vec3 n = unit_normal(mesh, t);
    fmt::format_to(to, "  facet normal {} {} {}\n    outer loop\n", n.x, n.y, n.z);
    for (uint32_t v : mesh.triangles[t]) {
      const Vec3 p = mesh.vertices[v];
      fmt::format_to(to, "      vertex {} {} {}\n", p.x, p.y, p.z);
    }
    out += "    endloop\n  endfacet\n";
  }
  return out + "endsolid cadrecode\n";
}

std::string ply_bytes(const TriangleMesh& mesh) {
  std::string out = fmt::format(
      "ply\nformat binary_little_endian 1.0\nelement vertex {}\nproperty double x\n"
      "property double y\nproperty double z\nelement face {}\n"
      "property list uchar uint vertex_indices\nend_header\n",
      mesh.vertices.size(), mesh.triangles.size());
  for (const Vec3& p : mesh.vertices) put(out, p.x), put(out, p.y), put(out, p.z);
  for (const auto& t : mesh.triangles) {
    put(out, uint8_t{3});
    for (uint32_t v : t) put(out, v);
  }
  return out;
}

std::string obj_text(const TriangleMesh& mesh) {
  std::string out;
  const auto to = std::back_inserter(out);
  for (const Vec3& p : mesh.vertices) fmt::format_to(to, "v {} {} {}\n", p.x, p.y, p.z);
  for (const auto& t : mesh.triangles) {
    fmt::format_to(to, "f {} {} {}\n", uint64_t{t[0]} + 1, uint64_t{t[1]} + 1, uint64_t{t[2]} + 1);
  }
  return out;
}

void write_stl(const TriangleMesh& mesh, const std::string& path) {
  write_file(path, stl_bytes(mesh));
}
void write_stl_text(const TriangleMesh& mesh, const std::string& path) {
  write_file(path, stl_text(mesh));
}
void write_ply(const TriangleMesh& mesh, const std::string& path) {
  write_file(path, ply_bytes(mesh));
}
void write_obj(const TriangleMesh& mesh, const std::string& path) {
  write_file(path, obj_text(mesh));
}

}  // namespace cadrecode::mesh
