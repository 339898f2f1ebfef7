#include "geometry/prism/boundary.h"

namespace cadrecode::prism {
namespace {

// Membership of prism j just inside (bit 0) and just outside (bit 1) of a face
// of another prism through `point`.
unsigned both_sides(const Prepared& s, const Prism& prism, Vec3 point, Vec3 step) {
  const Vec3 reach{std::abs(step.x), std::abs(step.y), std::abs(step.z)};
  for (int a = 0; a < 3; ++a) {
    if (point[a] < prism.box.lo[a] - reach[a] || point[a] > prism.box.hi[a] + reach[a]) return 0;
  }
  const Vec3 p = prism.to_local(point);
  const Vec3 d{dot(step, prism.x), dot(step, prism.y), dot(step, prism.normal)};
  unsigned in = 0;
  const Vec3 before = p - d, after = p + d;
  if (before.z >= prism.start && before.z <= prism.end) {
    in |= profile_contains(s, prism, before.x, before.y) ? 1 : 0;
  }
  if (after.z >= prism.start && after.z <= prism.end) {
    in |= profile_contains(s, prism, after.x, after.y) ? 2 : 0;
  }
  return in;
}

}  // namespace

// Walks the steps from the last: the solid's two sides are decided as member()
// would, and a flip of an earlier prism at the same point gives it away.
Exposure exposure(const Prepared& s, int step, Vec3 point, Vec3 normal, std::span<const int> near,
                  bool owned_only) {
  const Vec3 d = normal * (kSideStep * s.extent);
  unsigned open = 3, result = 0;  // sides not yet decided; sides inside
  for (const int j : near) {
    const bool need_flip = owned_only && j < step;
    if (!open && !owned_only) break;
    const unsigned in = j == step ? 1u : both_sides(s, s.prisms[j], point, d);
    if (need_flip && (in == 1 || in == 2)) return Exposure::kHidden;
    switch (s.prisms[j].operation) {
      case part::Operation::kJoin:
        result |= in & open;
        open &= ~in;
        break;
      case part::Operation::kCut:
        open &= ~in;
        break;
      case part::Operation::kIntersect:
        open &= in;
        break;
    }
    // both sides alike whatever comes before: nothing to see here
    if (!open && (result == 0 || result == 3)) return Exposure::kHidden;
  }
  if (result == 1) return Exposure::kOutwards;
  if (result == 2) return Exposure::kInwards;
  return Exposure::kHidden;
}

}  // namespace cadrecode::prism
