#include "pipeline/fit/zones.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "pipeline/fit/cell_labels.h"
#include "pipeline/fit/prism_cover.h"
#include "pipeline/fit/views.h"

namespace cadrecode::fit {
namespace {

constexpr size_t kWallPoints = 60000;

// Zones by key, numbered as they are met; zone 0 is outside the box.
class Zones {
 public:
  explicit Zones(const Views& views) : views_(views) {}

  uint32_t of(const std::array<uint32_t, 3>& key) {
    if (key[0] == 0 || key[1] == 0 || key[2] == 0) return 0;
    const uint64_t packed = uint64_t{key[0]} << 42 | uint64_t{key[1]} << 21 | key[2];
    return numbers_.try_emplace(packed, static_cast<uint32_t>(numbers_.size() + 1)).first->second;
  }
  uint32_t of(Vec3 p) { return of(views_.key(p)); }
  uint32_t count() const { return static_cast<uint32_t>(numbers_.size() + 1); }

  std::vector<uint32_t> of_samples() {
    const auto& v = views_.view;
    const size_t n0 = v[0].samples.size(), n1 = v[1].samples.size(), n2 = v[2].samples.size();
    std::vector<uint32_t> out(views_.count());
    for (size_t i = 0; i < n0; ++i)
      for (size_t j = 0; j < n1; ++j)
        for (size_t k = 0; k < n2; ++k)
          out[views_.index(i, j, k)] = of(
              std::array{v[0].faces[j * n2 + k], v[1].faces[k * n0 + i], v[2].faces[i * n1 + j]});
    return out;
  }

 private:
  const Views& views_;
  std::unordered_map<uint64_t, uint32_t> numbers_;
};

// Seen and expected points on the wall between two zones, by pair of zones.
class Walls {
 public:
  Walls(const Views& views, Zones& zones) : views_(views), zones_(zones) {}

  void add(const OnWall& w, double seen, double expected) {
    // Far enough to leave what walls may be off, near enough for thin plates.
    const Vec3 step = w.normal * views_.wall_tolerance;
    uint32_t a = zones_.of(w.point + step), b = zones_.of(w.point - step);
    if (a == b) return;
    if (a > b) std::swap(a, b);
    auto& pair = counts_[uint64_t{a} << 32 | b];
    pair.first += seen, pair.second += expected;
  }

  std::vector<CellEvidence> evidence() const {
    std::vector<CellEvidence> out;
    for (const auto& [pair, count] : counts_)
      out.push_back({static_cast<uint32_t>(pair >> 32), static_cast<uint32_t>(pair),
                     wall_evidence(count.first, count.second)});
    // Hash order is not ours to rely on.
    std::sort(out.begin(), out.end(), [](const CellEvidence& x, const CellEvidence& y) {
      return x.a != y.a ? x.a < y.a : x.b < y.b;
    });
    return out;
  }

 private:
  const Views& views_;
  Zones& zones_;
  std::unordered_map<uint64_t, std::pair<double, double>> counts_;
};

std::vector<Vec3> sample_points(const Views& views, const Frame& basis) {
  std::vector<Vec3> out;
  out.reserve(views.count());
  for (double x : views.view[0].samples)
    for (double y : views.view[1].samples)
      for (double z : views.view[2].samples) out.push_back(basis.to_world({x, y, z}));
  return out;
}

std::vector<uint8_t> labels_from_evidence(const std::vector<Vec3>& local, const Views& views,
                                          double density, double& agreement) {
  Zones zones(views);
  const auto of_samples = zones.of_samples();
  Walls walls(views, zones);
  for (Vec3 p : local)
    if (const OnWall w = views.wall_of(p); w.found) walls.add(w, 1, 0);
  double area = 0;
  for (const OnWall& w : views.spread(kWallPoints, area)) walls.add(w, 0, area * density);
  const auto labels = label_cells(zones.count(), walls.evidence(), &agreement);
  std::vector<uint8_t> out;
  out.reserve(of_samples.size());
  for (uint32_t z : of_samples) out.push_back(labels[z]);
  return out;
}

}  // namespace

ZonePart zone_part(const std::vector<Vec3>& points, const Frame& basis, const CloudTraits& traits,
                   const CloudStackOptions& options, const InsideTest& inside) {
  std::vector<Vec3> local;
  for (Vec3 p : points) local.push_back(basis.to_local(p));
  const Views views(local, basis, traits, options);
  ZonePart out;
  if (views.count() > 2'000'000) return out;  // hundreds of levels: not a part of this kind
  out.agreement = 1;
  const auto solid = inside ? inside(sample_points(views, basis))
                            : labels_from_evidence(local, views, traits.density, out.agreement);
  out.part = cover_with_prisms(views, solid, out.uncovered);
  return out;
}

}  // namespace cadrecode::fit
