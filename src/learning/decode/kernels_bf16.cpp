// bf16 products by AVX512_BF16's dot instruction: two products a lane and
// step, sums in f32. Same tiles and blocking as kernels_dense.cpp; Highway 1.0.3
// does not know the instruction.
#include "learning/decode/kernels_parts.h"

#if defined(__x86_64__) && (!defined(__GNUC__) || __GNUC__ >= 10 || defined(__clang__))
#include <immintrin.h>

#include <algorithm>
#include <vector>

namespace cadrecode::decode {
namespace {

#define CADRECODE_BF16 \
  __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))
#define CADRECODE_BF16_INLINE                                                      \
  __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16"), \
                 always_inline)) inline

constexpr size_t kRows = 4, kMaxColumns = 6, kStep = 32, kLanes = 16;

struct Stretch {
  size_t k;
  bool first, last;
  float* partial;
  size_t ahead = 0;
};

CADRECODE_BF16_INLINE __m512bh load(const uint16_t* p, __mmask32 mask) {
  return (__m512bh)_mm512_maskz_loadu_epi16(mask, p);
}

template <size_t C>
CADRECODE_BF16_INLINE void accumulate(const uint16_t* const* w, const uint16_t* const* x, size_t at,
                                      __mmask32 mask, __m512 (&sum)[kRows][C]) {
  __m512bh column[C];
#pragma GCC unroll 8
  for (size_t c = 0; c < C; ++c) column[c] = load(x[c] + at, mask);
#pragma GCC unroll 8
  for (size_t r = 0; r < kRows; ++r) {
    const __m512bh row = load(w[r] + at, mask);
#pragma GCC unroll 8
    for (size_t c = 0; c < C; ++c) sum[r][c] = _mm512_dpbf16_ps(sum[r][c], row, column[c]);
  }
}

CADRECODE_BF16_INLINE __m128 sums_of_four(__m512 a, __m512 b, __m512 c, __m512 d) {
  const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
  const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
  const __m512d wab = _mm512_castps_pd(ab), wcd = _mm512_castps_pd(cd);
  const __m512 all = _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(wab, wcd)),
                                   _mm512_castpd_ps(_mm512_unpackhi_pd(wab, wcd)));
  const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(all), _mm512_extractf32x8_ps(all, 1));
  return _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
}

template <size_t C>
CADRECODE_BF16 void tile(const uint16_t* const* w, const uint16_t* x, size_t ldx,
                         const Stretch& stretch, size_t rows, float* y, size_t ldy) {
  __m512 sum[kRows][C];
  const uint16_t* column[C];
#pragma GCC unroll 8
  for (size_t c = 0; c < C; ++c) column[c] = x + c * ldx;
#pragma GCC unroll 8
  for (size_t r = 0; r < kRows; ++r)
#pragma GCC unroll 8
    for (size_t c = 0; c < C; ++c)
      sum[r][c] = stretch.first ? _mm512_setzero_ps()
                                : _mm512_loadu_ps(stretch.partial + (r * C + c) * kLanes);
  size_t at = 0;
  if (stretch.ahead) {
    for (; at + kStep <= stretch.k; at += kStep) {
#pragma GCC unroll 8
      for (size_t r = 0; r < kRows; ++r)
        _mm_prefetch(reinterpret_cast<const char*>(w[r] + stretch.ahead + at), _MM_HINT_T1);
      accumulate<C>(w, column, at, ~__mmask32{0}, sum);
    }
  }
  for (; at + kStep <= stretch.k; at += kStep) accumulate<C>(w, column, at, ~__mmask32{0}, sum);
  if (at < stretch.k) accumulate<C>(w, column, at, (__mmask32{1} << (stretch.k - at)) - 1, sum);
  if (!stretch.last) {
#pragma GCC unroll 8
    for (size_t r = 0; r < kRows; ++r)
#pragma GCC unroll 8
      for (size_t c = 0; c < C; ++c)
        _mm512_storeu_ps(stretch.partial + (r * C + c) * kLanes, sum[r][c]);
    return;
  }
  const __mmask8 mask = static_cast<__mmask8>((1u << rows) - 1);
#pragma GCC unroll 8
  for (size_t c = 0; c < C; ++c)
    _mm_mask_storeu_ps(y + c * ldy, mask, sums_of_four(sum[0][c], sum[1][c], sum[2][c], sum[3][c]));
}

using Tile = void (*)(const uint16_t* const*, const uint16_t*, size_t, const Stretch&, size_t,
                      float*, size_t);
constexpr Tile kTiles[kMaxColumns] = {tile<1>, tile<2>, tile<3>, tile<4>, tile<5>, tile<6>};

constexpr size_t kStripeRows = 64, kColumnBlock = 48, kStretch = 2048;

CADRECODE_BF16 void block(const uint16_t* w, size_t rows, size_t k, const uint16_t* x, size_t ldx,
                          size_t cols, size_t stretch, float* partial, float* y, size_t ldy) {
  for (size_t at = 0; at < k; at += stretch) {
    Stretch part{std::min(stretch, k - at), at == 0, at + stretch >= k, partial};
    for (size_t c = 0; c < cols; c += kMaxColumns) {
      const Tile run = kTiles[std::min(kMaxColumns, cols - c) - 1];
      for (size_t r = 0; r < rows; r += kRows) {
        const size_t count = std::min(kRows, rows - r);
        const uint16_t* row[kRows];
        for (size_t i = 0; i < kRows; ++i) row[i] = w + (r + std::min(i, count - 1)) * k + at;
        part.ahead = stretch >= k && c == 0 ? kRows * k : 0;
        run(row, x + c * ldx + at, ldx, part, count, y + c * ldy + r, ldy);
        part.partial += kRows * kMaxColumns * kLanes;
      }
    }
  }
}

void dot_bf16(const uint16_t* w, size_t rows, size_t k, const uint16_t* x, size_t ldx, size_t cols,
              float* y, size_t ldy) {
  const bool few = cols <= 2 * kMaxColumns;
  std::vector<float> partial;
  if (!few) partial.resize(kStripeRows * kColumnBlock * kLanes);
  for (size_t r = 0; r < rows; r += kStripeRows) {
    for (size_t c = 0; c < cols; c += kColumnBlock) {
      block(w + r * k, std::min(kStripeRows, rows - r), k, x + c * ldx, ldx,
            std::min(kColumnBlock, cols - c), few ? k : kStretch, partial.data(), y + c * ldy + r,
            ldy);
    }
  }
}

}  // namespace

bool fill_native_bf16(Kernels& kernels) {
  kernels.dot_bf16 = dot_bf16;
  return true;
}

}  // namespace cadrecode::decode
#else
namespace cadrecode::decode {
bool fill_native_bf16(Kernels&) { return false; }
}  // namespace cadrecode::decode
#endif
