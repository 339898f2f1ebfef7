#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/decode/pack.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "learning/decode/kernels.h"
#include "learning/decode/pack.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::decode::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// Never wider than 16 lanes, and every sum over a group runs over 16 partial
// sums in the same order, without fused operations: the codes are the same on
// every machine.
using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;

HWY_INLINE uint16_t round_bf16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  return static_cast<uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}
HWY_INLINE float widen_bf16(uint16_t bits) { return std::bit_cast<float>(uint32_t{bits} << 16); }

HWY_INLINE float largest(const float* group) {
  const D d;
  V most = hn::Zero(d);
  for (size_t i = 0; i < kGroup; i += hn::Lanes(d))
    most = hn::Max(most, hn::Abs(hn::LoadU(d, group + i)));
  return hn::GetLane(hn::MaxOfLanes(d, most));
}

// x in units of scale / 127: the nearest level's value, or its number.
HWY_INLINE V nearest_level(V x, bool number) {
  const D d;
  V level = hn::Set(d, number ? 0 : kInt4Levels[0]);
#pragma GCC unroll 15
  for (size_t i = 0; i < 15; ++i) {
    const auto above = hn::Gt(x, hn::Set(d, (kInt4Levels[i] + kInt4Levels[i + 1]) * 0.5f));
    const float step = number ? 1 : static_cast<float>(kInt4Levels[i + 1] - kInt4Levels[i]);
    level = hn::Add(level, hn::IfThenElseZero(above, hn::Set(d, step)));
  }
  return level;
}

HWY_INLINE float squared_error(const float* group, float scale) {
  const D d;
  const V inverse = hn::Set(d, 1 / scale), s = hn::Set(d, scale);
  HWY_ALIGN float partial[16];
  for (size_t i = 0; i < 16; i += hn::Lanes(d)) {
    V sum = hn::Zero(d);
    for (size_t half = 0; half < kGroup; half += 16) {
      const V v = hn::LoadU(d, group + half + i);
      const V e = hn::Sub(v, hn::Mul(s, nearest_level(hn::Mul(v, inverse), false)));
      sum = hn::Add(sum, hn::Mul(e, e));
    }
    hn::Store(sum, d, partial + i);
  }
  float total = 0;
  for (float p : partial) total += p;
  return total;
}

// The scale, and a code a value.
uint16_t int4_group(const float* group, uint8_t* codes) {
  const D d;
  const float most = largest(group);
  uint16_t best = 0;
  if (most > 1e-30f && most < 1e30f) {
    // First the sign, then a little less than the largest value reached.
    float least = 3e38f, factor = most / 127;
    const auto consider = [&](float candidate) HWY_ATTR {
      const uint16_t scale = round_bf16(candidate);
      const float error = squared_error(group, widen_bf16(scale));
      if (error < least) least = error, best = scale;
    };
    consider(factor);
    consider(-factor);
    factor = widen_bf16(best) < 0 ? -factor : factor;
    consider(0.94f * factor);
    consider(0.88f * factor);
  }
  const V inverse = hn::Set(d, best ? 1 / widen_bf16(best) : 0);
  for (size_t i = 0; i < kGroup; i += hn::Lanes(d)) {
    HWY_ALIGN float number[16];
    hn::Store(nearest_level(hn::Mul(hn::LoadU(d, group + i), inverse), true), d, number);
    for (size_t j = 0; j < hn::Lanes(d); ++j) codes[i + j] = static_cast<uint8_t>(number[j]);
  }
  return best;
}

uint16_t int8_group(const float* group, uint8_t* codes) {
  const D d;
  const float most = largest(group);
  const uint16_t scale = most > 1e-30f && most < 1e30f ? round_bf16(most / 127) : 0;
  const V inverse = hn::Set(d, scale ? 1 / widen_bf16(scale) : 0);
  for (size_t i = 0; i < kGroup; i += hn::Lanes(d)) {
    const V bounded = hn::Min(hn::Max(hn::Mul(hn::LoadU(d, group + i), inverse), hn::Set(d, -127)),
                              hn::Set(d, 127));
    const hn::RebindToSigned<D> di;
    HWY_ALIGN int32_t number[16];
    hn::Store(hn::NearestInt(bounded), di, number);
    for (size_t j = 0; j < hn::Lanes(d); ++j) codes[i + j] = static_cast<uint8_t>(number[j] + 128);
  }
  return scale;
}

}  // namespace
}  // namespace cadrecode::decode::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::decode {
namespace {

HWY_EXPORT(int4_group);
HWY_EXPORT(int8_group);

constexpr size_t kInt8GroupBytes = kGroup * kPanelRows, kInt4GroupBytes = kInt8GroupBytes / 2;

void put_scale(uint8_t* scales, size_t group, size_t row, uint16_t bits) {
  std::memcpy(scales + 2 * (group * kPanelRows + row), &bits, 2);
}
float scale_at(const uint8_t* scales, size_t group, size_t row) {
  uint16_t bits;
  std::memcpy(&bits, scales + 2 * (group * kPanelRows + row), 2);
  return std::bit_cast<float>(uint32_t{bits} << 16);
}

// Where value i of a group lies for `row`.
size_t int8_offset(size_t row, size_t i) { return (i / 4 * kPanelRows + row) * 4 + i % 4; }
size_t int4_offset(size_t row, size_t i) { return (i / 8 * kPanelRows + row) * 4 + i % 4; }

// f(block address, group within the block, first value of the group).
template <typename Byte, typename F>
void for_each_group(Byte* panel, size_t k, size_t block_bytes, const F& f) {
  for (size_t first = 0; first < (k + kBlock - 1) / kBlock * kBlock; first += kGroup)
    f(panel + first / kBlock * block_bytes, first / kGroup % 2, first);
}

// Rows and values that are not there are zeros.
void copy_group(const float* values, size_t rows, size_t k, size_t row, size_t first,
                float* group) {
  std::fill_n(group, kGroup, 0.0f);
  if (row < rows && first < k)
    std::copy_n(values + row * k + first, std::min(kGroup, k - first), group);
}

}  // namespace

void pack_int8(const float* values, size_t rows, size_t k, uint8_t* panel) {
  const auto quantize = HWY_DYNAMIC_DISPATCH(int8_group);
  for_each_group(panel, k, kInt8BlockBytes, [&](uint8_t* block, size_t g, size_t first) {
    float group[kGroup];
    uint8_t codes[kGroup];
    for (size_t row = 0; row < kPanelRows; ++row) {
      copy_group(values, rows, k, row, first, group);
      put_scale(block + 2 * kInt8GroupBytes, g, row, quantize(group, codes));
      for (size_t i = 0; i < kGroup; i += 4)
        std::memcpy(block + g * kInt8GroupBytes + int8_offset(row, i), codes + i, 4);
    }
  });
}

void pack_int4(const float* values, size_t rows, size_t k, uint8_t* panel) {
  const auto quantize = HWY_DYNAMIC_DISPATCH(int4_group);
  for_each_group(panel, k, kInt4BlockBytes, [&](uint8_t* block, size_t g, size_t first) {
    float group[kGroup];
    uint8_t codes[kGroup];
    for (size_t row = 0; row < kPanelRows; ++row) {
      copy_group(values, rows, k, row, first, group);
      put_scale(block + 2 * kInt4GroupBytes, g, row, quantize(group, codes));
      for (size_t i = 0; i < kGroup; i += 8) {
        uint8_t* out = block + g * kInt4GroupBytes + int4_offset(row, i);
        for (size_t j = 0; j < 4; ++j)
          out[j] = static_cast<uint8_t>(codes[i + j] | codes[i + 4 + j] << 4);
      }
    }
  });
}

void unpack_int8(const uint8_t* panel, size_t row, size_t k, float* out) {
  for_each_group(panel, k, kInt8BlockBytes, [&](const uint8_t* block, size_t g, size_t first) {
    const float scale = scale_at(block + 2 * kInt8GroupBytes, g, row);
    for (size_t i = 0; i < kGroup && first + i < k; ++i)
      out[first + i] =
          scale * static_cast<float>(int{block[g * kInt8GroupBytes + int8_offset(row, i)]} - 128);
  });
}

void unpack_int4(const uint8_t* panel, size_t row, size_t k, float* out) {
  for_each_group(panel, k, kInt4BlockBytes, [&](const uint8_t* block, size_t g, size_t first) {
    const float scale = scale_at(block + 2 * kInt4GroupBytes, g, row);
    for (size_t i = 0; i < kGroup && first + i < k; ++i) {
      const int pair = block[g * kInt4GroupBytes + int4_offset(row, i)];
      out[first + i] = scale * kInt4Levels[i % 8 < 4 ? pair & 15 : pair >> 4];
    }
  });
}

}  // namespace cadrecode::decode
#endif
