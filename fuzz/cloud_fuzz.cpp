// Any bytes as a cloud or scan file: a result or an Error, and whatever was
// read survives the room's operations. The first byte chooses the extension.
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "geometry/cloud/io.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/process.h"
#include "geometry/cloud/sample.h"

using namespace cadrecode;
using namespace cadrecode::cloud;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void use(const PointCloud& cloud) {
  require(cloud.normals.empty() || cloud.normals.size() == cloud.points.size());
  for (const Vec3& p : cloud.points) require(std::isfinite(p.x + p.y + p.z));
  for (const Vec3& n : cloud.normals) require(std::abs(norm(n) - 1) < 1e-6);
  farthest_points(cloud.points, 16);
  const NormalEstimate normals = estimate_normals(cloud.points, 6);
  require(normals.normals.size() == cloud.points.size());
  inliers(cloud.points, 4);
  const double size = bounding_box(cloud.points).longest();
  if (size > 0) thin(cloud, size / 7);
  const CloudFile again = read_cloud_bytes(npy_bytes(cloud, true), "again.npy");
  require(again.cloud.points == cloud.points);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  constexpr std::array<const char*, 7> kNames = {"x.npy", "x.xyz", "x.ply", "x.pcd",
                                                 "x.csv", "x.obj", "x"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const ScanFile scan =
        read_scan_bytes(bytes, kNames[data[0] % kNames.size()], {.max_elements = 100'000});
    if (!scan.is_mesh && scan.cloud.points.size() <= 2000) use(scan.cloud);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kUnsupported ||
            error.kind() == ErrorKind::kLimit);
    require(!error.place().file.empty());
  }
  return 0;
}
