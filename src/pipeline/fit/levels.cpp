#include "pipeline/fit/levels.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace cadrecode::fit {

std::vector<Level> cluster(std::vector<Level> values, double gap) {
  std::sort(values.begin(), values.end(), [](const Level& a, const Level& b) {
    return a.offset != b.offset ? a.offset < b.offset : a.weight < b.weight;
  });
  std::vector<Level> out;
  double last = 0, moment = 0, plain = 0;
  size_t members = 0;
  auto close = [&] {
    if (members == 0) return;
    Level& l = out.back();
    l.offset = l.weight > 0 ? moment / l.weight : plain / static_cast<double>(members);
  };
  for (const Level& v : values) {
    if (out.empty() || v.offset - last > gap) {
      close();
      out.push_back({v.offset, 0});
      moment = plain = 0, members = 0;
    }
    out.back().weight += v.weight;
    moment += v.weight * v.offset, plain += v.offset, ++members;
    last = v.offset;
  }
  close();
  return out;
}

namespace {

// A rough scan has flat facets at every height: only what stands out counts.
void keep_strongest(std::vector<Level>& levels) {
  constexpr size_t kMost = 60;
  if (levels.size() <= kMost) return;
  std::vector<double> weights;
  for (const Level& l : levels) weights.push_back(l.weight);
  std::nth_element(weights.begin(), weights.begin() + kMost, weights.end(), std::greater<>());
  std::erase_if(levels, [&](const Level& l) { return l.weight <= weights[kMost]; });
}

}  // namespace

std::vector<Level> mesh_levels(const mesh::TriangleMesh& mesh, Vec3 direction, double gap,
                               double angle) {
  std::vector<Level> values;
  double lo = INFINITY, hi = -INFINITY;
  for (const auto& t : mesh.triangles) {
    const Vec3 a = mesh.vertices[t[0]], b = mesh.vertices[t[1]], c = mesh.vertices[t[2]];
    const double ha = dot(a, direction), hb = dot(b, direction), hc = dot(c, direction);
    lo = std::min({lo, ha, hb, hc}), hi = std::max({hi, ha, hb, hc});
    const Vec3 n = cross(b - a, c - a);
    const double area2 = norm(n);
    if (area2 <= 0) continue;
    const double sine = norm(cross(n, direction)) / area2;
    if (sine <= std::sin(angle)) values.push_back({(ha + hb + hc) / 3, area2 / 2});
  }
  if (lo > hi) return {};
  auto levels = cluster(std::move(values), gap);
  keep_strongest(levels);
  if (levels.empty() || levels.front().offset > lo + gap) levels.insert(levels.begin(), {lo, 0});
  if (levels.back().offset < hi - gap) levels.push_back({hi, 0});
  return levels;
}

}  // namespace cadrecode::fit
