#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geometry/prism/inside.cpp"
#include "base/simd.h"
#include "geometry/prism/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::prism {
namespace HWY_NAMESPACE {

// member(), for as many points as there are lanes.
HWY_INLINE M member_lanes(const Prepared& s, const Points& p) {
  const D d;
  M open = every_lane(), in = no_lane();
  for (int i = static_cast<int>(s.prisms.size()) - 1; i >= 0; --i) {
    const Prism& prism = s.prisms[i];
    const M here = contained(s, prism, to_local(p, prism));
    switch (prism.operation) {
      case part::Operation::kJoin:
        in = hn::Or(in, hn::And(open, here));
        open = hn::AndNot(here, open);
        break;
      case part::Operation::kCut:
        open = hn::AndNot(here, open);
        break;
      case part::Operation::kIntersect:
        open = hn::And(open, here);
        break;
    }
    if (hn::AllFalse(d, open)) break;
  }
  return in;
}

void inside_all(const Prepared& s, const Vec3* points, size_t count, uint8_t* out) {
  static_assert(sizeof(Vec3) == 3 * sizeof(double));
  const D d;
  alignas(64) double block[3 * kLanes];
  for (size_t i = 0; i < count; i += kLanes) {
    const double* from = &points[i].x;
    const size_t n = std::min(kLanes, count - i);
    if (n < kLanes) {
      for (size_t k = 0; k < kLanes; ++k) {
        for (int a = 0; a < 3; ++a) block[3 * k + a] = points[i + std::min(k, n - 1)][a];
      }
      from = block;
    }
    Points p;
    hn::LoadInterleaved3(d, from, p.x, p.y, p.z);
    uint8_t bits[8] = {};
    hn::StoreMaskBits(d, member_lanes(s, p), bits);
    for (size_t k = 0; k < n; ++k) out[i + k] = bits[0] >> k & 1;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cadrecode::prism
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::prism {

HWY_EXPORT(inside_all);

void inside(const Solid& solid, std::span<const Vec3> points, std::span<uint8_t> out) {
  HWY_DYNAMIC_DISPATCH(inside_all)(solid.prepared(), points.data(), points.size(), out.data());
}

}  // namespace cadrecode::prism
#endif  // HWY_ONCE
