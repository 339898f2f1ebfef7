#include "pipeline/fit/principal.h"

#include <array>
#include <cmath>
#include <utility>

namespace cadrecode::fit {

PrincipalPlane principal_plane(const std::vector<Vec3>& points) {
  PrincipalPlane out;
  if (points.size() < 3) return out;
  const double n = static_cast<double>(points.size());
  for (Vec3 p : points) out.mean += p;
  out.mean = out.mean / n;
  std::array<std::array<double, 3>, 3> m{}, v{};
  for (Vec3 p : points) {
    const Vec3 d = p - out.mean;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) m[i][j] += d[i] * d[j] / n;
  }
  for (int i = 0; i < 3; ++i) v[i][i] = 1, out.spread += m[i][i];
  for (int sweep = 0; sweep < 12; ++sweep)
    for (const auto& [p, q] : {std::pair{0, 1}, {0, 2}, {1, 2}}) {
      if (std::abs(m[p][q]) <= 1e-18 * out.spread) continue;
      const double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
      const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
      const double c = 1 / std::sqrt(t * t + 1), s = t * c;
      for (int k = 0; k < 3; ++k) {
        const double a = m[k][p], b = m[k][q];
        m[k][p] = c * a - s * b, m[k][q] = s * a + c * b;
      }
      for (int k = 0; k < 3; ++k) {
        const double a = m[p][k], b = m[q][k];
        m[p][k] = c * a - s * b, m[q][k] = s * a + c * b;
        const double e = v[k][p], f = v[k][q];
        v[k][p] = c * e - s * f, v[k][q] = s * e + c * f;
      }
    }
  int least = 0;
  for (int i = 1; i < 3; ++i)
    if (m[i][i] < m[least][least]) least = i;
  out.normal = normalized(Vec3{v[0][least], v[1][least], v[2][least]});
  out.variance = std::max(0.0, m[least][least]);
  return out;
}

}  // namespace cadrecode::fit
