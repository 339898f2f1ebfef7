#include "geometry/cloud/noise.h"

#include <cmath>
#include <string>

#include "base/error.h"

namespace cadrecode::cloud {
namespace {

enum Purpose : uint64_t { kWhether, kHowMuch };

}  // namespace

bool wants_noise(const Noise& noise, const RandomStream& random) {
  return random.fork(kWhether).uniform_at(0) < noise.probability;
}

void add_noise(std::span<Vec3> points, double sigma, const RandomStream& random) {
  if (!(sigma >= 0) || !std::isfinite(sigma)) {
    throw Error(ErrorKind::kValue,
                "noise needs a standard deviation of 0 or more, not " + std::to_string(sigma));
  }
  if (sigma == 0) return;
  const RandomStream normals = random.fork(kHowMuch);
  for (size_t i = 0; i < points.size(); ++i) {
    for (int a = 0; a < 3; ++a) {
      // the shift keeps 0 out, as RandomStream::next_normal does
      points[i][a] += sigma * normal_quantile(normals.uniform_at(3 * i + a) + 0x1p-54);
    }
  }
}

void add_noise(PointCloud& cloud, double sigma, const RandomStream& random) {
  add_noise(std::span<Vec3>(cloud.points), sigma, random);
}

void add_vertex_noise(mesh::TriangleMesh& mesh, double sigma, const RandomStream& random) {
  add_noise(std::span<Vec3>(mesh.vertices), sigma, random);
}

}  // namespace cadrecode::cloud
