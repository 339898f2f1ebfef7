// Vectors of fp32 read from and written to rows of fp32 or bf16. Included once per
// Highway target; private to the room.
#if defined(CADRECODE_MODEL_CPU_LANES) == defined(HWY_TARGET_TOGGLE)
#ifdef CADRECODE_MODEL_CPU_LANES
#undef CADRECODE_MODEL_CPU_LANES
#else
#define CADRECODE_MODEL_CPU_LANES
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace cadrecode::model::cpu::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

HWY_INLINE V get(const float* p) { return hn::LoadU(D(), p); }

HWY_INLINE V get(const uint16_t* p) {
  const hn::RebindToUnsigned<D> wide;
  const hn::Rebind<uint16_t, D> narrow;
  return hn::BitCast(D(), hn::ShiftLeft<16>(hn::PromoteTo(wide, hn::LoadU(narrow, p))));
}

HWY_INLINE void put(V v, float* p) { hn::StoreU(v, D(), p); }

// To the nearest, ties to even. A NaN may become an infinity of the same meaning:
// both stop a run.
HWY_INLINE void put(V v, uint16_t* p) {
  const hn::RebindToUnsigned<D> wide;
  const hn::RebindToSigned<D> signed_wide;
  const hn::Rebind<uint16_t, D> narrow;
  const auto bits = hn::BitCast(wide, v);
  const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(wide, 1));
  const auto rounded = hn::ShiftRight<16>(hn::Add(bits, hn::Add(odd, hn::Set(wide, 0x7FFF))));
  hn::StoreU(hn::DemoteTo(narrow, hn::BitCast(signed_wide, rounded)), narrow, p);
}

// The first n lanes, zeros behind; and back.
template <typename T>
HWY_INLINE V get_some(const T* p, size_t n) {
  HWY_ALIGN T copy[HWY_MAX_BYTES / sizeof(float)] = {};
  std::copy_n(p, n, copy);
  return get(copy);
}
template <typename T>
HWY_INLINE void put_some(V v, T* p, size_t n) {
  HWY_ALIGN T copy[HWY_MAX_BYTES / sizeof(float)];
  put(v, copy);
  std::copy_n(copy, n, p);
}

// A window on rows: one vector from `at` on, of which `count` lanes belong to them.
struct Whole {
  size_t at;
  HWY_INLINE V get(const auto* p) const { return HWY_NAMESPACE::get(p + at); }
  HWY_INLINE void put(V v, auto* p) const { HWY_NAMESPACE::put(v, p + at); }
  HWY_INLINE auto mask() const { return hn::FirstN(D(), hn::Lanes(D())); }
};
struct Part {
  size_t at, count;
  HWY_INLINE V get(const auto* p) const { return get_some(p + at, count); }
  HWY_INLINE void put(V v, auto* p) const { put_some(v, p + at, count); }
  HWY_INLINE auto mask() const { return hn::FirstN(D(), count); }
};

// f(window) for each vector of [0, n).
template <typename F>
HWY_INLINE void each_vector(size_t n, const F& f) {
  const size_t lanes = hn::Lanes(D());
  size_t at = 0;
  for (; at + lanes <= n; at += lanes) f(Whole{at});
  if (at < n) f(Part{at, n - at});
}

HWY_INLINE float sum_of(V v) { return hn::GetLane(hn::SumOfLanes(D(), v)); }
HWY_INLINE float max_of(V v) { return hn::GetLane(hn::MaxOfLanes(D(), v)); }

}  // namespace
}  // namespace cadrecode::model::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
