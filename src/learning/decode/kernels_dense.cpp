// Dense products, f32 and bf16: tiles of 4 rows x C columns, each cell one
// vector accumulator along k, so that no blocking changes a cell's sum.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/decode/kernels_dense.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#include <algorithm>
#include <vector>

#include "learning/decode/kernels_parts.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::decode::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;
using DU = hn::RebindToUnsigned<D>;
using V = hn::Vec<D>;

// 24 accumulators, 6 columns and a row fit the 32 registers of AVX-512, half
// of that the 16 of AVX2.
constexpr size_t kMaxColumns = HWY_CAP_GE512 ? 6 : 3;
constexpr size_t kRows = 4;

// The sums of four vectors. The order is that of the lanes, fixed for the
// target.
#if HWY_TARGET == HWY_SCALAR
HWY_INLINE void store_sums(V a, V b, V c, V d, float* out) {
  out[0] = hn::GetLane(a), out[1] = hn::GetLane(b);
  out[2] = hn::GetLane(c), out[3] = hn::GetLane(d);
}
#else
HWY_INLINE void store_sums(V a, V b, V c, V d, float* out) {
  const D df;
  const hn::FixedTag<float, 4> four;
  const hn::RepartitionToWide<D> dw;
  const V ab = hn::Add(hn::InterleaveLower(df, a, b), hn::InterleaveUpper(df, a, b));
  const V cd = hn::Add(hn::InterleaveLower(df, c, d), hn::InterleaveUpper(df, c, d));
  const auto wab = hn::BitCast(dw, ab), wcd = hn::BitCast(dw, cd);
  const V all = hn::Add(hn::BitCast(df, hn::InterleaveLower(dw, wab, wcd)),
                        hn::BitCast(df, hn::InterleaveUpper(dw, wab, wcd)));
#if HWY_CAP_GE512
  const hn::Half<D> dh;
  const auto half = hn::Add(hn::LowerHalf(dh, all), hn::UpperHalf(dh, all));
  const hn::Half<decltype(dh)> dq;
  hn::Store(hn::Add(hn::LowerHalf(dq, half), hn::UpperHalf(dq, half)), four, out);
#elif HWY_CAP_GE256
  const hn::Half<D> dh;
  hn::Store(hn::Add(hn::LowerHalf(dh, all), hn::UpperHalf(dh, all)), four, out);
#else
  hn::Store(all, four, out);
#endif
}
#endif

struct F32 {
  using Element = float;
  static HWY_INLINE size_t step() { return hn::Lanes(D()); }
  struct Packet {
    V v;
  };
  static HWY_INLINE Packet load(const float* p) { return {hn::LoadU(D(), p)}; }
  static HWY_INLINE V add_product(Packet w, Packet x, V sum) { return hn::MulAdd(w.v, x.v, sum); }
};

// Pairs of bf16 in a 32-bit lane: the even one first.
struct Bf16 {
  using Element = uint16_t;
  static HWY_INLINE size_t step() { return 2 * hn::Lanes(D()); }
  struct Packet {
    V even, odd;
  };
  static HWY_INLINE Packet load(const uint16_t* p) {
#if HWY_TARGET == HWY_SCALAR
    const auto pairs = hn::Set(DU(), p[0] | uint32_t{p[1]} << 16);
#else
    const hn::Repartition<uint16_t, D> d16;
    const auto pairs = hn::BitCast(DU(), hn::LoadU(d16, p));
#endif
    return {hn::BitCast(D(), hn::ShiftLeft<16>(pairs)),
            hn::BitCast(D(), hn::And(pairs, hn::Set(DU(), 0xFFFF0000u)))};
  }
  static HWY_INLINE V add_product(Packet w, Packet x, V sum) {
    return hn::MulAdd(w.odd, x.odd, hn::MulAdd(w.even, x.even, sum));
  }
};

template <typename Type, size_t C>
HWY_INLINE void accumulate(const typename Type::Element* const* w,
                           const typename Type::Element* const* x, size_t at, V (&sum)[kRows][C]) {
  typename Type::Packet column[C];
#pragma GCC unroll 8
  for (size_t c = 0; c < C; ++c) column[c] = Type::load(x[c] + at);
#pragma GCC unroll 8
  for (size_t r = 0; r < kRows; ++r) {
    const auto row = Type::load(w[r] + at);
#pragma GCC unroll 8
    for (size_t c = 0; c < C; ++c) sum[r][c] = Type::add_product(row, column[c], sum[r][c]);
  }
}

// The last, incomplete step: both sides copied beside zeros.
template <typename Type, size_t C>
HWY_NOINLINE void accumulate_tail(const typename Type::Element* const* w,
                                  const typename Type::Element* const* x, size_t at, size_t n,
                                  V (&sum)[kRows][C]) {
  using E = typename Type::Element;
  HWY_ALIGN E copy[kRows + C][2 * HWY_MAX_BYTES / sizeof(E)] = {};
  const E* w2[kRows];
  const E* x2[C];
  for (size_t r = 0; r < kRows; ++r) {
    std::copy_n(w[r] + at, n, copy[r]);
    w2[r] = copy[r];
  }
  for (size_t c = 0; c < C; ++c) {
    std::copy_n(x[c] + at, n, copy[kRows + c]);
    x2[c] = copy[kRows + c];
  }
  accumulate<Type, C>(w2, x2, 0, sum);
}

// A stretch of k of one tile. `partial` keeps its accumulators between
// stretches: [kRows][C] vectors.
struct Stretch {
  size_t k;
  bool first, last;
  float* partial;
  size_t ahead = 0;  // elements to the rows that come next: fetched meanwhile
};

template <typename Type, size_t C>
HWY_NOINLINE void tile(const typename Type::Element* const* w, const typename Type::Element* x,
                       size_t ldx, const Stretch& stretch, size_t rows, float* y, size_t ldy) {
  const D d;
  const size_t lanes = hn::Lanes(d), step = Type::step();
  V sum[kRows][C];
  const typename Type::Element* column[C];
#pragma GCC unroll 8
  for (size_t c = 0; c < C; ++c) column[c] = x + c * ldx;
#pragma GCC unroll 8
  for (size_t r = 0; r < kRows; ++r)
#pragma GCC unroll 8
    for (size_t c = 0; c < C; ++c)
      sum[r][c] = stretch.first ? hn::Zero(d) : hn::LoadU(d, stretch.partial + (r * C + c) * lanes);
  size_t at = 0;
  if (stretch.ahead) {
    for (; at + step <= stretch.k; at += step) {
#pragma GCC unroll 8
      for (size_t r = 0; r < kRows; ++r) __builtin_prefetch(w[r] + stretch.ahead + at, 0, 2);
      accumulate<Type, C>(w, column, at, sum);
    }
  }
  for (; at + step <= stretch.k; at += step) accumulate<Type, C>(w, column, at, sum);
  if (at < stretch.k) accumulate_tail<Type, C>(w, column, at, stretch.k - at, sum);
  if (!stretch.last) {
#pragma GCC unroll 8
    for (size_t r = 0; r < kRows; ++r)
#pragma GCC unroll 8
      for (size_t c = 0; c < C; ++c)
        hn::StoreU(sum[r][c], d, stretch.partial + (r * C + c) * lanes);
    return;
  }
#pragma GCC unroll 8
  for (size_t c = 0; c < C; ++c) {
    HWY_ALIGN float four[4];
    store_sums(sum[0][c], sum[1][c], sum[2][c], sum[3][c], four);
    for (size_t r = 0; r < rows; ++r) y[c * ldy + r] = four[r];
  }
}

template <typename Type>
using Tile = void (*)(const typename Type::Element* const*, const typename Type::Element*, size_t,
                      const Stretch&, size_t, float*, size_t);

template <typename Type>
HWY_INLINE Tile<Type> tile_for(size_t columns) {
  switch (columns) {
    case 1:
      return tile<Type, 1>;
    case 2:
      return tile<Type, 2>;
#if HWY_CAP_GE512
    case 3:
      return tile<Type, 3>;
    case 4:
      return tile<Type, 4>;
    case 5:
      return tile<Type, 5>;
#endif
    default:
      return tile<Type, kMaxColumns>;
  }
}

// What a tile multiplies, a stripe of rows by a block of columns by a stretch
// of k, stays in the second-level cache; few columns take k in one stretch.
constexpr size_t kStripeRows = 64, kColumnBlock = 48, kStretchBytes = 4096;

template <typename Type>
HWY_INLINE void block(const typename Type::Element* w, size_t rows, size_t k,
                      const typename Type::Element* x, size_t ldx, size_t cols, size_t stretch,
                      float* partial, float* y, size_t ldy) {
  const size_t tile_floats = kRows * kMaxColumns * hn::Lanes(D());
  for (size_t at = 0; at < k; at += stretch) {
    Stretch part{std::min(stretch, k - at), at == 0, at + stretch >= k, partial};
    for (size_t c = 0; c < cols; c += kMaxColumns) {
      const Tile<Type> run = tile_for<Type>(std::min(kMaxColumns, cols - c));
      for (size_t r = 0; r < rows; r += kRows) {
        const size_t count = std::min(kRows, rows - r);
        const typename Type::Element* row[kRows];
        for (size_t i = 0; i < kRows; ++i) row[i] = w + (r + std::min(i, count - 1)) * k + at;
        // Few columns: waiting for memory is what takes time.
        part.ahead = stretch >= k && c == 0 ? kRows * k : 0;
        run(row, x + c * ldx + at, ldx, part, count, y + c * ldy + r, ldy);
        part.partial += tile_floats;
      }
    }
  }
}

template <typename Type>
HWY_INLINE void product(const typename Type::Element* w, size_t rows, size_t k,
                        const typename Type::Element* x, size_t ldx, size_t cols, float* y,
                        size_t ldy) {
  const bool few = cols <= 2 * kMaxColumns;
  const size_t stretch = few ? k : kStretchBytes / sizeof(typename Type::Element);
  std::vector<float> partial;
  if (!few) partial.resize((kStripeRows / kRows) * kColumnBlock * kRows * hn::Lanes(D()));
  for (size_t r = 0; r < rows; r += kStripeRows) {
    for (size_t c = 0; c < cols; c += kColumnBlock) {
      block<Type>(w + r * k, std::min(kStripeRows, rows - r), k, x + c * ldx, ldx,
                  std::min(kColumnBlock, cols - c), stretch, partial.data(), y + c * ldy + r, ldy);
    }
  }
}

void dot_f32(const float* w, size_t rows, size_t k, const float* x, size_t ldx, size_t cols,
             float* y, size_t ldy) {
  product<F32>(w, rows, k, x, ldx, cols, y, ldy);
}

void dot_bf16(const uint16_t* w, size_t rows, size_t k, const uint16_t* x, size_t ldx, size_t cols,
              float* y, size_t ldy) {
  product<Bf16>(w, rows, k, x, ldx, cols, y, ldy);
}

void fill(Kernels& kernels) {
  kernels.dot_f32 = dot_f32;
  kernels.dot_bf16 = dot_bf16;
}

}  // namespace
}  // namespace cadrecode::decode::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::decode {
HWY_EXPORT(fill);
void fill_dense(Kernels& kernels) { HWY_DYNAMIC_DISPATCH(fill)(kernels); }
}  // namespace cadrecode::decode
#endif
