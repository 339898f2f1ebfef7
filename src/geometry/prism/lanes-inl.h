// Points in vectors: which lie in a prism. Read once a target (Highway).
//
// Only additions, multiplications, divisions and square roots, each rounded as
// IEEE 754 says and none fused: the same bits on every target.
#if defined(CADRECODE_PRISM_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADRECODE_PRISM_LANES_INL_H_
#undef CADRECODE_PRISM_LANES_INL_H_
#else
#define CADRECODE_PRISM_LANES_INL_H_
#endif

#include <hwy/highway.h>

#include "geometry/prism/prepared.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::prism {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<double, 8>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;
constexpr size_t kLanes = hn::MaxLanes(D());

HWY_INLINE M no_lane() { return hn::FirstN(D(), 0); }
HWY_INLINE M every_lane() { return hn::FirstN(D(), kLanes); }
HWY_INLINE V all(double v) { return hn::Set(D(), v); }

struct Points {
  V x, y, z;
};
HWY_INLINE Points sum_of(const Points& a, const Points& b) {
  return {hn::Add(a.x, b.x), hn::Add(a.y, b.y), hn::Add(a.z, b.z)};
}
HWY_INLINE Points difference_of(const Points& a, const Points& b) {
  return {hn::Sub(a.x, b.x), hn::Sub(a.y, b.y), hn::Sub(a.z, b.z)};
}
HWY_INLINE V along(const Points& p, Vec3 axis) {
  return hn::Add(hn::Add(hn::Mul(p.x, all(axis.x)), hn::Mul(p.y, all(axis.y))),
                 hn::Mul(p.z, all(axis.z)));
}
// A direction, and a point, in a prism's frame.
HWY_INLINE Points turned(const Points& d, const Prism& prism) {
  return {along(d, prism.x), along(d, prism.y), along(d, prism.normal)};
}
HWY_INLINE Points to_local(const Points& p, const Prism& prism) {
  return turned(difference_of(p, {all(prism.origin.x), all(prism.origin.y), all(prism.origin.z)}),
                prism);
}

// MonotonePiece::x_at.
HWY_INLINE V x_at(const part::MonotonePiece& c, V y) {
  if (c.side == 0) {
    return hn::Add(all(c.x0), hn::Mul(all(c.slope), hn::Sub(y, all(c.y0))));
  }
  const V dy = hn::Sub(y, all(c.center.y));
  const V square = hn::Sub(all(c.radius * c.radius), hn::Mul(dy, dy));
  const V half = hn::Sqrt(hn::Max(hn::Zero(D()), square));
  return c.side > 0 ? hn::Add(all(c.center.x), half) : hn::Sub(all(c.center.x), half);
}

// Points (frame coordinates) in a prism, as prism_contains() has it.
HWY_INLINE M contained(const Prepared& s, const Prism& prism, const Points& p) {
  const D d;
  const part::Box2& box = prism.profile_box;
  M in = hn::And(hn::Ge(p.z, all(prism.start)), hn::Le(p.z, all(prism.end)));
  in = hn::And(in, hn::And(hn::Ge(p.x, all(box.lo.x)), hn::Le(p.x, all(box.hi.x))));
  in = hn::And(in, hn::And(hn::Ge(p.y, all(box.lo.y)), hn::Le(p.y, all(box.hi.y))));
  if (prism.rectangle || hn::AllFalse(d, in)) return in;
  M odd = no_lane();
  for (int i = prism.first_piece; i < prism.last_piece; ++i) {
    const part::MonotonePiece& c = s.pieces[i];
    const M beside = hn::And(hn::Ge(p.y, all(c.y0)), hn::Lt(p.y, all(c.y1)));
    if (hn::AllFalse(d, beside)) continue;
    odd = hn::Xor(odd, hn::And(beside, hn::Gt(x_at(c, p.y), p.x)));
  }
  return hn::And(in, odd);
}

}  // namespace HWY_NAMESPACE
}  // namespace cadrecode::prism
HWY_AFTER_NAMESPACE();

#endif  // CADRECODE_PRISM_LANES_INL_H_
