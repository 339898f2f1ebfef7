// Norms, activations, rotary embedding, attention, softmax.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/decode/kernels_vector.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "learning/decode/kernels_parts.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::decode::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

// f(vector, at) over [0, n), the last incomplete vector beside `fill`.
template <typename F>
HWY_INLINE void over(const float* x, size_t n, float fill, const F& f) {
  const D d;
  const size_t lanes = hn::Lanes(d);
  size_t at = 0;
  for (; at + lanes <= n; at += lanes) f(hn::LoadU(d, x + at), at, lanes);
  if (at < n) {
    HWY_ALIGN float copy[HWY_MAX_BYTES / sizeof(float)];
    std::fill_n(copy, lanes, fill);
    std::copy_n(x + at, n - at, copy);
    f(hn::Load(d, copy), at, n - at);
  }
}

HWY_INLINE void put(V v, float* out, size_t n) {
  const D d;
  if (n == hn::Lanes(d)) return hn::StoreU(v, d, out);
  HWY_ALIGN float copy[HWY_MAX_BYTES / sizeof(float)];
  hn::Store(v, d, copy);
  std::copy_n(copy, n, out);
}

HWY_INLINE V get(const float* x, size_t n) {
  const D d;
  if (n == hn::Lanes(d)) return hn::LoadU(d, x);
  HWY_ALIGN float copy[HWY_MAX_BYTES / sizeof(float)] = {};
  std::copy_n(x, n, copy);
  return hn::Load(d, copy);
}

HWY_INLINE float sum_of(V v) { return hn::GetLane(hn::SumOfLanes(D(), v)); }

void to_bf16(const float* x, size_t n, uint16_t* out) {
  const D d;
  const hn::RebindToUnsigned<D> du;
  const hn::Rebind<uint16_t, D> d16;
  const auto convert = [&](V v) HWY_ATTR {
    const auto bits = hn::BitCast(du, v);
    const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(du, 1));
    const auto round = hn::ShiftRight<16>(hn::Add(bits, hn::Add(odd, hn::Set(du, 0x7FFF))));
    return hn::TruncateTo(d16, round);
  };
  const size_t lanes = hn::Lanes(d);
  size_t at = 0;
  for (; at + lanes <= n; at += lanes) hn::StoreU(convert(hn::LoadU(d, x + at)), d16, out + at);
  if (at < n) {
    HWY_ALIGN uint16_t copy[HWY_MAX_BYTES / sizeof(float)];
    hn::Store(convert(get(x + at, n - at)), d16, copy);
    std::copy_n(copy, n - at, out + at);
  }
}

// One group: codes, the scale, and -128 times the sum of the codes.
HWY_INLINE int32_t quantize_group(const float* x, int8_t* codes, float* scale) {
  const D d;
  const hn::RebindToSigned<D> di;
  const hn::Rebind<int8_t, D> d8;
  const size_t lanes = hn::Lanes(d);
  V most = hn::Zero(d);
  for (size_t i = 0; i < kGroup; i += lanes) most = hn::Max(most, hn::Abs(hn::LoadU(d, x + i)));
  const float top = hn::GetLane(hn::MaxOfLanes(d, most));
  *scale = top / 127;
  const V factor = hn::Set(d, top > 0 ? 127 / top : 0);
  auto sum = hn::Zero(di);
  for (size_t i = 0; i < kGroup; i += lanes) {
    const auto whole = hn::NearestInt(hn::Mul(hn::LoadU(d, x + i), factor));
    sum = hn::Add(sum, whole);
    hn::StoreU(hn::DemoteTo(d8, whole), d8, codes + i);
  }
  return -128 * hn::GetLane(hn::SumOfLanes(di, sum));
}

void quantize(const float* x, size_t n, int8_t* codes, float* scales, int32_t* offsets) {
  const size_t groups = (n + kBlock - 1) / kBlock * 2, whole = n / kGroup;
  for (size_t g = 0; g < whole; ++g)
    offsets[g] = quantize_group(x + g * kGroup, codes + g * kGroup, scales + g);
  for (size_t g = whole; g < groups; ++g) {
    float copy[kGroup] = {};
    if (g * kGroup < n) std::copy_n(x + g * kGroup, n - g * kGroup, copy);
    offsets[g] = quantize_group(copy, codes + g * kGroup, scales + g);
  }
}

void rms_norm(const float* x, const float* weight, float eps, size_t n, float* y) {
  const D d;
  V squares = hn::Zero(d);
  over(x, n, 0, [&](V v, size_t, size_t) HWY_ATTR { squares = hn::MulAdd(v, v, squares); });
  const V factor = hn::Set(d, 1.0f / std::sqrt(sum_of(squares) / static_cast<float>(n) + eps));
  over(x, n, 0, [&](V v, size_t at, size_t count) HWY_ATTR {
    put(hn::Mul(hn::Mul(v, factor), get(weight + at, count)), y + at, count);
  });
}

void silu_mul(float* gate, const float* up, size_t n) {
  const D d;
  over(gate, n, 0, [&](V v, size_t at, size_t count) HWY_ATTR {
    const V bounded = hn::Max(v, hn::Set(d, -88.0f));  // exp stays finite
    const V sigmoid = hn::Div(hn::Set(d, 1), hn::Add(hn::Set(d, 1), hn::Exp(d, hn::Neg(bounded))));
    put(hn::Mul(hn::Mul(v, sigmoid), get(up + at, count)), gate + at, count);
  });
}

void add(float* x, const float* y, size_t n) {
  over(x, n, 0, [&](V v, size_t at, size_t count) HWY_ATTR {
    put(hn::Add(v, get(y + at, count)), x + at, count);
  });
}

void rope(float* x, const float* cosines, const float* sines, size_t n) {
  const size_t half = n / 2;
  over(x, half, 0, [&](V low, size_t at, size_t count) HWY_ATTR {
    const V high = get(x + half + at, count);
    const V c = get(cosines + at, count), s = get(sines + at, count);
    // Two roundings each, as torch computes q * cos + rotate_half(q) * sin.
    put(hn::Sub(hn::Mul(low, c), hn::Mul(high, s)), x + at, count);
    put(hn::Add(hn::Mul(high, c), hn::Mul(low, s)), x + half + at, count);
  });
}

float max(const float* x, size_t n) {
  const float lowest = -std::numeric_limits<float>::infinity();
  V best = hn::Set(D(), lowest);
  over(x, n, lowest, [&](V v, size_t, size_t) HWY_ATTR { best = hn::Max(best, v); });
  return hn::GetLane(hn::MaxOfLanes(D(), best));
}

size_t argmax(const float* x, size_t n) {
  constexpr size_t kChunk = 1024;
  size_t best = 0;
  float most = -std::numeric_limits<float>::infinity();
  for (size_t at = 0; at < n; at += kChunk) {
    const float here = max(x + at, std::min(kChunk, n - at));
    if (here > most) most = here, best = at;
  }
  for (size_t i = best; i < std::min(n, best + kChunk); ++i) {
    if (x[i] == most) return i;
  }
  return 0;  // nothing but infinities or NaN
}

double exp_sum(const float* x, size_t n, float shift, float factor, float* out) {
  const D d;
  const V s = hn::Set(d, shift), f = hn::Set(d, factor), least = hn::Set(d, -87.0f);
  // Lanes are summed in double every 512 vectors: a vocabulary of 150,000 tiny
  // probabilities must not drown in rounding.
  double total = 0;
  V sum = hn::Zero(d);
  size_t pending = 0;
  over(x, n, -std::numeric_limits<float>::infinity(), [&](V v, size_t at, size_t count) HWY_ATTR {
    const V argument = hn::Mul(hn::Sub(v, s), f);
    const V e = hn::IfThenElseZero(hn::Ge(argument, least), hn::Exp(d, hn::Max(argument, least)));
    put(e, out + at, count);
    sum = hn::Add(sum, e);
    if (++pending == 512) {
      total += sum_of(sum);
      sum = hn::Zero(d);
      pending = 0;
    }
  });
  return total + sum_of(sum);
}

// Scores of up to 8 heads against one page of keys: a lane a position, so the
// order of summation is along the head, whatever the width of vectors.
template <size_t H>
HWY_NOINLINE void page_scores(const float* q, size_t head_dim, const float* keys, float scale,
                              float* scores, size_t ld) {
  const D d;
  const size_t lanes = hn::Lanes(d);
  for (size_t lane = 0; lane < kPagePositions; lane += lanes) {
    V sum[H];
#pragma GCC unroll 8
    for (size_t h = 0; h < H; ++h) sum[h] = hn::Zero(d);
    for (size_t i = 0; i < head_dim; ++i) {
      const V key = hn::LoadU(d, keys + i * kPagePositions + lane);
#pragma GCC unroll 8
      for (size_t h = 0; h < H; ++h)
        sum[h] = hn::MulAdd(hn::Set(d, q[h * head_dim + i]), key, sum[h]);
    }
#pragma GCC unroll 8
    for (size_t h = 0; h < H; ++h)
      hn::StoreU(hn::Mul(sum[h], hn::Set(d, scale)), d, scores + h * ld + lane);
  }
}

// A stretch of H heads' outputs, N vectors wide, positions in order.
template <size_t H, size_t N>
HWY_NOINLINE void mix_values(const AttendArguments& a, size_t head, size_t at, size_t ld) {
  const D d;
  const size_t lanes = hn::Lanes(d);
  V sum[H][N];
#pragma GCC unroll 8
  for (size_t h = 0; h < H; ++h)
#pragma GCC unroll 4
    for (size_t n = 0; n < N; ++n) sum[h][n] = hn::Zero(d);
  for (size_t page = 0; page * kPagePositions < a.positions; ++page) {
    const size_t count = std::min(kPagePositions, a.positions - page * kPagePositions);
    const float* p = a.scores + head * ld + page * kPagePositions;
    const float* row = a.values[page] + at;
    for (size_t i = 0; i < count; ++i, row += a.head_dim) {
      V value[N];
#pragma GCC unroll 4
      for (size_t n = 0; n < N; ++n) value[n] = hn::LoadU(d, row + n * lanes);
#pragma GCC unroll 8
      for (size_t h = 0; h < H; ++h) {
        const V weight = hn::Set(d, p[h * ld + i]);
#pragma GCC unroll 4
        for (size_t n = 0; n < N; ++n) sum[h][n] = hn::MulAdd(weight, value[n], sum[h][n]);
      }
    }
  }
#pragma GCC unroll 8
  for (size_t h = 0; h < H; ++h)
#pragma GCC unroll 4
    for (size_t n = 0; n < N; ++n)
      hn::StoreU(sum[h][n], d, a.outputs + (head + h) * a.head_dim + at + n * lanes);
}

// The same, one value at a time, for what is left of an odd head size.
void mix_value(const AttendArguments& a, size_t head, size_t at, size_t ld) {
  float sum = 0;
  for (size_t i = 0; i < a.positions; ++i) {
    const float value = a.values[i / kPagePositions][i % kPagePositions * a.head_dim + at];
    sum = std::fma(a.scores[head * ld + i], value, sum);
  }
  a.outputs[head * a.head_dim + at] = sum;
}

// Registers: 4 heads by 4 vectors with AVX-512, 4 by 2 otherwise.
constexpr size_t kWideVectors = HWY_CAP_GE512 ? 4 : 2;

template <size_t H>
HWY_INLINE void softmax_and_mix(const AttendArguments& a, size_t head, size_t ld) {
  for (size_t h = head; h < head + H; ++h) {
    float* row = a.scores + h * ld;
    const double sum = exp_sum(row, a.positions, max(row, a.positions), 1, row);
    const V factor = hn::Set(D(), static_cast<float>(1 / sum));
    over(row, a.positions, 0,
         [&](V v, size_t at, size_t n) HWY_ATTR { put(hn::Mul(v, factor), row + at, n); });
  }
  const size_t lanes = hn::Lanes(D());
  size_t at = 0;
  for (; at + kWideVectors * lanes <= a.head_dim; at += kWideVectors * lanes)
    mix_values<H, kWideVectors>(a, head, at, ld);
  for (; at + lanes <= a.head_dim; at += lanes) mix_values<H, 1>(a, head, at, ld);
  for (; at < a.head_dim; ++at)
    for (size_t h = head; h < head + H; ++h) mix_value(a, h, at, ld);
}

template <size_t H>
HWY_INLINE void all_scores(const AttendArguments& a, size_t head, size_t ld) {
  for (size_t page = 0; page * kPagePositions < a.positions; ++page) {
    page_scores<H>(a.queries + head * a.head_dim, a.head_dim, a.keys[page], a.scale,
                   a.scores + head * ld + page * kPagePositions, ld);
  }
}

void attend(const AttendArguments& a) {
  const size_t ld = (a.positions + kPagePositions - 1) / kPagePositions * kPagePositions;
  size_t head = 0;
  for (; head + 8 <= a.heads; head += 8) all_scores<8>(a, head, ld);
  switch (a.heads - head) {
    case 7:
      all_scores<7>(a, head, ld);
      break;
    case 6:
      all_scores<6>(a, head, ld);
      break;
    default:
      for (; head + 2 <= a.heads; head += 2) all_scores<2>(a, head, ld);
      if (head < a.heads) all_scores<1>(a, head, ld);
  }
  head = 0;
  for (; head + 4 <= a.heads; head += 4) softmax_and_mix<4>(a, head, ld);
  if (a.heads - head == 3) softmax_and_mix<3>(a, head, ld), head += 3;
  if (a.heads - head == 2) softmax_and_mix<2>(a, head, ld), head += 2;
  if (head < a.heads) softmax_and_mix<1>(a, head, ld);
}

uint64_t read(const void* data, size_t bytes) {
  const hn::ScalableTag<uint64_t> d;
  const size_t lanes = hn::Lanes(d), step = 4 * lanes;
  const uint64_t* p = static_cast<const uint64_t*>(data);
  auto a = hn::Zero(d), b = a, c = a, e = a;
  for (size_t i = 0; i + step <= bytes / 8; i += step) {
    a = hn::Xor(a, hn::LoadU(d, p + i));
    b = hn::Xor(b, hn::LoadU(d, p + i + lanes));
    c = hn::Xor(c, hn::LoadU(d, p + i + 2 * lanes));
    e = hn::Xor(e, hn::LoadU(d, p + i + 3 * lanes));
  }
  HWY_ALIGN uint64_t words[HWY_MAX_BYTES / 8];
  hn::Store(hn::Xor(hn::Xor(a, b), hn::Xor(c, e)), d, words);
  uint64_t all = 0;
  for (size_t i = 0; i < lanes; ++i) all ^= words[i];
  return all;
}

void fill(Kernels& kernels) {
  kernels.to_bf16 = to_bf16;
  kernels.quantize = quantize;
  kernels.rms_norm = rms_norm;
  kernels.silu_mul = silu_mul;
  kernels.add = add;
  kernels.rope = rope;
  kernels.attend = attend;
  kernels.max = max;
  kernels.argmax = argmax;
  kernels.exp_sum = exp_sum;
  kernels.read = read;
}

}  // namespace
}  // namespace cadrecode::decode::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::decode {
HWY_EXPORT(fill);
void fill_vector(Kernels& kernels) { HWY_DYNAMIC_DISPATCH(fill)(kernels); }
}  // namespace cadrecode::decode
#endif
