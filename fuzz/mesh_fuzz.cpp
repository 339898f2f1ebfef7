// Any bytes as a mesh file: a mesh or an Error, and whatever was read survives
// the room's operations. The first byte chooses the file's extension.
#include <array>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "geometry/mesh/dexel.h"
#include "geometry/mesh/io.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/query.h"
#include "geometry/mesh/repair.h"
#include "geometry/mesh/section.h"

using namespace cadrecode;
using namespace cadrecode::mesh;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void use(const TriangleMesh& mesh) {
  for (const auto& t : mesh.triangles) {
    for (uint32_t v : t) require(v < mesh.vertices.size());
  }
  const Box3 box = bounding_box(mesh);
  const MeshIndex index(mesh);
  index.signed_distance(box.center());
  index.first_hit(box.center(), {1, 2, 3});
  const bool closed = closedness(mesh).watertight();
  for (int axis = 0; axis < 3; ++axis) {
    Frame frame;
    frame.origin = box.center();
    frame.x = axis == 0 ? Vec3{0, 1, 0} : Vec3{1, 0, 0};
    frame.normal = axis == 0 ? Vec3{0, 0, 1} : axis == 1 ? Vec3{0, 1, 0} : Vec3{0, 0, 1};
    const Section section = cross_section(mesh, frame, 0);
    if (closed) require(section.closed());
  }
  dexel_volume(mesh, {.rays = 8});
  TriangleMesh oriented = mesh;
  orient(oriented);
  weld(oriented, box.longest() * 1e-3);
  drop_degenerate(oriented);
  split(oriented);
  moments(mesh);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  constexpr std::array<const char*, 6> kNames = {"x.stl", "x.ply", "x.obj", "x.3mf", "x.off", "x"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const MeshFile file =
        read_mesh_bytes(bytes, kNames[data[0] % kNames.size()], {.max_elements = 100'000});
    if (file.mesh.triangles.size() > 2000) return 0;
    use(file.mesh);
    const MeshFile again = read_mesh_bytes(ply_bytes(file.mesh), "again.ply");
    require(again.mesh.vertices == file.mesh.vertices);
    require(again.mesh.triangles == file.mesh.triangles);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kUnsupported ||
            error.kind() == ErrorKind::kLimit);
    require(!error.place().file.empty());
  }
  return 0;
}
