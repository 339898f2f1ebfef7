#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geometry/cloud/curve.cpp"
#include "base/simd.h"

#ifndef CADRECODE_CLOUD_CURVE_ONCE  // not once a target
#define CADRECODE_CLOUD_CURVE_ONCE
#include <algorithm>
#include <limits>

#include "geometry/cloud/curve.h"

namespace cadrecode::cloud {
constexpr float kFloatMax = std::numeric_limits<float>::max();
}
#endif

HWY_BEFORE_NAMESPACE();
namespace cadrecode::cloud {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using U = hn::RebindToUnsigned<F>;
using Bits = hn::Vec<U>;

// Bits 0…9 of v spread to every third bit.
HWY_INLINE Bits spread(Bits v) {
  const U u;
  v = hn::And(hn::Or(v, hn::ShiftLeft<16>(v)), hn::Set(u, 0x030000FFu));
  v = hn::And(hn::Or(v, hn::ShiftLeft<8>(v)), hn::Set(u, 0x0300F00Fu));
  v = hn::And(hn::Or(v, hn::ShiftLeft<4>(v)), hn::Set(u, 0x030C30C3u));
  return hn::And(hn::Or(v, hn::ShiftLeft<2>(v)), hn::Set(u, 0x09249249u));
}

// All ones where bit `q` of v is set.
HWY_INLINE Bits bit_mask(Bits v, int q) {
  const U u;
  return hn::Sub(hn::Zero(u), hn::And(hn::ShiftRightSame(v, q), hn::Set(u, 1)));
}

// Skilling's transform of cell numbers into the curve's interleaved index.
HWY_INLINE Bits hilbert(Bits x, Bits y, Bits z, int bits) {
  const U u;
  const auto exchange = [&](Bits& first, Bits& other, int q) {
    const Bits below = hn::Set(u, (1u << q) - 1), set = bit_mask(other, q);
    const Bits swapped = hn::AndNot(set, hn::And(hn::Xor(first, other), below));
    first = hn::Xor(first, hn::Or(hn::And(set, below), swapped));
    other = hn::Xor(other, swapped);
  };
  for (int q = bits - 1; q > 0; --q) {
    // the first axis against itself only inverts
    x = hn::Xor(x, hn::And(bit_mask(x, q), hn::Set(u, (1u << q) - 1)));
    exchange(x, y, q), exchange(x, z, q);
  }
  y = hn::Xor(y, x), z = hn::Xor(z, y);
  Bits turn = hn::Zero(u);
  for (int q = bits - 1; q > 0; --q) {
    turn = hn::Xor(turn, hn::And(bit_mask(z, q), hn::Set(u, (1u << q) - 1)));
  }
  x = hn::Xor(x, turn), y = hn::Xor(y, turn), z = hn::Xor(z, turn);
  return hn::Or(hn::Or(hn::ShiftLeft<2>(spread(x)), hn::ShiftLeft<1>(spread(y))), spread(z));
}

struct Range {
  float lo, size;
};
Range range_of(const AlignedVector<float>& v) {
  const F f;
  auto least = hn::Load(f, v.data()), most = least;
  for (size_t i = hn::Lanes(f); i < v.size(); i += hn::Lanes(f)) {
    const auto at = hn::Load(f, v.data() + i);
    least = hn::Min(least, at), most = hn::Max(most, at);
  }
  const float lo = hn::GetLane(hn::MinOfLanes(f, least));
  return {lo, hn::GetLane(hn::MaxOfLanes(f, most)) - lo};
}

void find_keys(const FloatPoints& points, int bits, uint32_t* keys) {
  const F f;
  const U u;
  const hn::RebindToSigned<F> s;
  const Range x = range_of(points.x), y = range_of(points.y), z = range_of(points.z);
  const float extent = std::max({x.size, y.size, z.size});
  const auto cells = static_cast<float>(1 << bits);
  // an extent beyond float, or so small that its inverse is: all in one cell
  const float ratio = extent > 0 && extent <= kFloatMax ? cells / extent : 0;
  const auto scale = hn::Set(f, ratio <= kFloatMax ? ratio : 0), last = hn::Set(f, cells - 1);
  const auto cell = [&](const AlignedVector<float>& v, size_t i, float lo) {
    const auto at = hn::Mul(hn::Sub(hn::Load(f, v.data() + i), hn::Set(f, lo)), scale);
    const auto number = hn::ConvertTo(s, hn::Max(hn::Min(at, last), hn::Zero(f)));
    return hn::And(hn::BitCast(u, number), hn::Set(u, (1u << bits) - 1));
  };
  for (size_t i = 0; i < points.x.size(); i += hn::Lanes(f)) {
    hn::Store(
        hilbert(cell(points.x, i, x.lo), cell(points.y, i, y.lo), cell(points.z, i, z.lo), bits), u,
        keys + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cadrecode::cloud
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::cloud {

HWY_EXPORT(find_keys);

void FloatPoints::load(std::span<const Vec3> points) {
  count = points.size();
  const size_t padded = (count + kCurvePadding - 1) / kCurvePadding * kCurvePadding;
  x.resize(padded), y.resize(padded), z.resize(padded);
  finite = true;
  for (size_t i = 0; i < padded; ++i) {
    const Vec3& p = points[std::min(i, count - 1)];
    x[i] = static_cast<float>(p.x), y[i] = static_cast<float>(p.y), z[i] = static_cast<float>(p.z);
    finite &= std::max({std::abs(x[i]), std::abs(y[i]), std::abs(z[i])}) <= kFloatMax;
    finite &= x[i] == x[i] && y[i] == y[i] && z[i] == z[i];
  }
}

void find_curve_keys(const FloatPoints& points, int bits, AlignedVector<uint32_t>& keys) {
  keys.resize(points.x.size());
  HWY_DYNAMIC_DISPATCH(find_keys)(points, bits, keys.data());
}

}  // namespace cadrecode::cloud
#endif  // HWY_ONCE
