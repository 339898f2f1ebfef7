#include "base/error.h"
#include "geometry/cloud/formats.h"
#include "geometry/mesh/ply_table.h"

namespace cadrecode::cloud {
namespace {

using Columns = std::array<int, 3>;

Columns columns(const mesh::PlyElement& e, const char* x, const char* y, const char* z) {
  return {e.property(x), e.property(y), e.property(z)};
}
bool complete(const Columns& c) { return c[0] >= 0 && c[1] >= 0 && c[2] >= 0; }
Vec3 values(const mesh::PlyRow& row, const Columns& c) {
  return {row.scalars[c[0]], row.scalars[c[1]], row.scalars[c[2]]};
}

}  // namespace

void read_ply(std::string_view bytes, const std::string& name, CloudFile& file) {
  const mesh::PlyHeader header = mesh::parse_ply_header(bytes, name);
  file.unit = mesh::unit_hint(header.remarks);
  const mesh::PlyElement* vertex = nullptr;
  for (const mesh::PlyElement& e : header.elements) {
    if (e.name == "vertex" && !vertex) vertex = &e;
  }
  if (!vertex) throw Error(ErrorKind::kInput, "PLY without vertices", {name});
  const Columns point = columns(*vertex, "x", "y", "z");
  const Columns normal = columns(*vertex, "nx", "ny", "nz");
  if (!complete(point)) throw Error(ErrorKind::kInput, "PLY vertices need x, y and z", {name});
  mesh::read_ply_rows(
      bytes, name, header, {},
      [&](const mesh::PlyElement& element, const mesh::PlyRow& row) {
        if (&element != vertex) return;
        file.cloud.points.push_back(values(row, point));
        if (complete(normal)) file.cloud.normals.push_back(values(row, normal));
      },
      file.warnings);
}

}  // namespace cadrecode::cloud
