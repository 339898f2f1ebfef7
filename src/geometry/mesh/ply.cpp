#include <algorithm>

#include "geometry/mesh/formats.h"
#include "geometry/mesh/ply_table.h"
#include "geometry/mesh/text.h"

namespace cadrecode::mesh {
namespace {

[[noreturn]] void fail(const std::string& message, const std::string& name) {
  throw Error(ErrorKind::kInput, message, {name});
}

uint32_t vertex_index(double index, const TriangleMesh& mesh, const std::string& name) {
  if (!(index >= 0 && index < static_cast<double>(mesh.vertices.size()))) {
    fail("a face names vertex " +
             std::to_string(static_cast<int64_t>(std::clamp(index, -1e18, 1e18))) +
             ", but there are " + std::to_string(mesh.vertices.size()),
         name);
  }
  return static_cast<uint32_t>(index);
}

// Strips of triangles, alternating in turn; -1 begins the next strip.
void add_strips(const std::vector<double>& items, TriangleMesh& mesh, const std::string& name) {
  std::vector<uint32_t> strip;
  for (double item : items) {
    if (item < 0) {
      strip.clear();
      continue;
    }
    strip.push_back(vertex_index(item, mesh, name));
    const size_t n = strip.size();
    if (n < 3) continue;
    const uint32_t a = strip[n - 3], b = strip[n - 2], c = strip[n - 1];
    if (n % 2 == 1)
      mesh.triangles.push_back({a, b, c});
    else
      mesh.triangles.push_back({b, a, c});
  }
}

int face_list(const PlyElement& element) {
  for (const char* candidate : {"vertex_indices", "vertex_index"}) {
    const int at = element.property(candidate);
    if (at >= 0 && element.properties[at].is_list) return at;
  }
  for (size_t i = 0; i < element.properties.size(); ++i) {
    if (element.properties[i].is_list) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

void read_ply(std::string_view bytes, const std::string& name, const ReadOptions& options,
              MeshFile& file) {
  const PlyHeader header = parse_ply_header(bytes, name);
  file.unit = unit_hint(header.remarks);
  TriangleMesh& mesh = file.mesh;
  const PlyElement* current = nullptr;
  int x = -1, y = -1, z = -1, list = -1;
  std::vector<uint32_t> corners;
  read_ply_rows(
      bytes, name, header, options,
      [&](const PlyElement& element, const PlyRow& row) {
        if (&element != current) {
          current = &element;
          x = element.property("x"), y = element.property("y"), z = element.property("z");
          list = face_list(element);
        }
        if (element.name == "vertex") {
          if (x < 0 || y < 0 || z < 0) fail("PLY vertices need x, y and z", name);
          mesh.vertices.push_back({row.scalars[x], row.scalars[y], row.scalars[z]});
        } else if (element.name == "face" && list >= 0) {
          corners.clear();
          for (double item : row.lists[list]) corners.push_back(vertex_index(item, mesh, name));
          add_polygon(mesh, corners);
        } else if (element.name == "tristrips" && list >= 0) {
          add_strips(row.lists[list], mesh, name);
        }
      },
      file.warnings);
}

}  // namespace cadrecode::mesh
