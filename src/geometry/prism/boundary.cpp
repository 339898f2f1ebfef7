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

Exposure exposure(const Prepared& s, int step, Vec3 point, Vec3 normal, std::span<const int> near,
                  bool owned_only) {
  const Vec3 d = normal * (kSideStep * s.extent);
  return decide_exposure(s, step, near, owned_only, [&](int j) {
    return j == step ? 1u : both_sides(s, s.prisms[j], point, d);
  });
}

// (A face an intersection takes away may still own a later face in its place.)
bool find_near(const Prepared& s, int step, const Box3& box, std::vector<int>& near, bool& free) {
  const double reach = kSideStep * s.extent;
  const size_t first = near.size();
  free = s.prisms[step].operation == part::Operation::kJoin;
  for (int j = static_cast<int>(s.prisms.size()) - 1; j >= 0; --j) {
    const Box3& other = s.prisms[j].box;
    bool touches = true;
    for (int a = 0; a < 3; ++a) {
      touches &= box.lo[a] - reach <= other.hi[a] && other.lo[a] - reach <= box.hi[a];
    }
    if (j == step) touches = true;
    if (!touches && s.prisms[j].operation != part::Operation::kIntersect) continue;
    if (j != step) free = false;
    near.push_back(j);
  }
  return free || near.size() - first > 1;
}

Box3 box_over(const Prism& prism, const part::Box2& flat, double w0, double w1) {
  Box3 box;
  for (int c = 0; c < 8; ++c) {
    box.add(prism.to_world(c & 1 ? flat.hi.x : flat.lo.x, c & 2 ? flat.hi.y : flat.lo.y,
                           c & 4 ? w1 : w0));
  }
  return box;
}

}  // namespace cadrecode::prism
