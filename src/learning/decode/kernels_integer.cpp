// Products of packed int8 and int4 weights with int8 activations.
//
// A panel holds 16 rows side by side, so a vector lane is a row and nothing is
// summed across lanes: per group of 32 the integer sum of each row is exact,
// then one multiply and one fused multiply-add bring in both scales. The order
// over groups is that of k. All instruction sets give the same bits.
//
// Layout of a block (64 values of k, 16 rows), see pack.h:
//   int8: for each 4 values of k: 16 rows x 4 bytes, value + 128
//   int4: for each 8 values of k: 16 rows x 4 bytes, the first 4 values in the
//         low halves, the next 4 in the high halves: level numbers
//   then the scales of both groups, bf16: 2 x 16 rows
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "learning/decode/kernels_parts.h"

namespace cadrecode::decode {
namespace {

constexpr size_t kQuads = kGroup / 4;  // steps of 4 values in a group
constexpr size_t kQuadBytes = 4 * kPanelRows;

float from_bf16(uint16_t bits) { return std::bit_cast<float>(uint32_t{bits} << 16); }

// --- portable ---------------------------------------------------------------

struct Int8Portable {
  static constexpr size_t kBytes = kInt8BlockBytes, kGroupBytes = kGroup * kPanelRows;
  static int weight(const uint8_t* group, size_t row, size_t i) {
    return int{group[i / 4 * kQuadBytes + row * 4 + i % 4]} - 128;
  }
};
struct Int4Portable {
  static constexpr size_t kBytes = kInt4BlockBytes, kGroupBytes = kGroup * kPanelRows / 2;
  static int weight(const uint8_t* group, size_t row, size_t i) {
    const int pair = group[i / 8 * kQuadBytes + row * 4 + i % 4];
    return kInt4Levels[i % 8 < 4 ? pair & 15 : pair >> 4];
  }
};

template <typename Type>
void dot_portable(const uint8_t* panel, size_t blocks, const QuantizedTile& x, float* y, size_t ldy,
                  size_t rows) {
  for (size_t c = 0; c < x.width; ++c) {
    for (size_t row = 0; row < rows; ++row) {
      float sum = 0;
      for (size_t g = 0; g < 2 * blocks; ++g) {
        const uint8_t* block = panel + g / 2 * Type::kBytes;
        const uint8_t* group = block + g % 2 * Type::kGroupBytes;
        int32_t exact = 0;
        for (size_t i = 0; i < kGroup; ++i) {
          exact += Type::weight(group, row, i) *
                   x.codes[((g * kQuads + i / 4) * x.width + c) * 4 + i % 4];
        }
        uint16_t scale;
        std::memcpy(&scale, block + 2 * Type::kGroupBytes + 2 * (g % 2 * kPanelRows + row), 2);
        sum =
            std::fma(static_cast<float>(exact), from_bf16(scale) * x.scales[g * x.width + c], sum);
      }
      y[c * ldy + row] = sum;
    }
  }
}

#if defined(__x86_64__)

// --- AVX2: 8 rows at a time ---------------------------------------------------

#define CADRECODE_AVX2 __attribute__((target("avx2,fma")))
#define CADRECODE_AVX2_INLINE __attribute__((target("avx2,fma"), always_inline)) inline

CADRECODE_AVX2_INLINE __m256i add_quad_avx2(__m256i sum, __m256i w, const int8_t* x) {
  int32_t quad;
  std::memcpy(&quad, x, 4);
  // |w| * (x with w's sign): both within 127, so pairs fit 16 bits.
  const __m256i pairs =
      _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(_mm256_set1_epi32(quad), w));
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

struct Int8Avx2 {
  static constexpr size_t kBytes = kInt8BlockBytes, kGroupBytes = kGroup * kPanelRows;
  template <size_t C>
  CADRECODE_AVX2_INLINE static void group(const uint8_t* at, const int8_t* x, size_t step,
                                          __m256i (&sum)[C]) {
    for (size_t q = 0; q < kQuads; ++q) {
      const __m256i bytes =
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + q * kQuadBytes));
      const __m256i w = _mm256_xor_si256(bytes, _mm256_set1_epi8(-128));
#pragma GCC unroll 8
      for (size_t c = 0; c < C; ++c) sum[c] = add_quad_avx2(sum[c], w, x + q * step + 4 * c);
    }
  }
};

struct Int4Avx2 {
  static constexpr size_t kBytes = kInt4BlockBytes, kGroupBytes = kGroup * kPanelRows / 2;
  template <size_t C>
  CADRECODE_AVX2_INLINE static void group(const uint8_t* at, const int8_t* x, size_t step,
                                          __m256i (&sum)[C]) {
    const __m256i levels =
        _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(kInt4Levels)));
    const __m256i half = _mm256_set1_epi8(15);
    for (size_t q = 0; q < kQuads; q += 2) {
      const __m256i pairs =
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + q / 2 * kQuadBytes));
      const __m256i low = _mm256_shuffle_epi8(levels, _mm256_and_si256(pairs, half));
      const __m256i high =
          _mm256_shuffle_epi8(levels, _mm256_and_si256(_mm256_srli_epi16(pairs, 4), half));
#pragma GCC unroll 8
      for (size_t c = 0; c < C; ++c) {
        sum[c] = add_quad_avx2(sum[c], low, x + q * step + 4 * c);
        sum[c] = add_quad_avx2(sum[c], high, x + (q + 1) * step + 4 * c);
      }
    }
  }
};

template <typename Type, size_t C>
CADRECODE_AVX2 void tile_avx2(const uint8_t* panel, size_t blocks, const QuantizedTile& x,
                              size_t first, float* y, size_t ldy, size_t rows) {
  for (size_t half = 0; half < kPanelRows && half < rows; half += 8) {
    __m256 total[C];
#pragma GCC unroll 8
    for (size_t c = 0; c < C; ++c) total[c] = _mm256_setzero_ps();
    for (size_t g = 0; g < 2 * blocks; ++g) {
      const uint8_t* block = panel + g / 2 * Type::kBytes;
      __m256i sum[C];
#pragma GCC unroll 8
      for (size_t c = 0; c < C; ++c) sum[c] = _mm256_setzero_si256();
      Type::template group<C>(block + g % 2 * Type::kGroupBytes + half * 4,
                              x.codes + (g * kQuads * x.width + first) * 4, x.width * 4, sum);
      const uint8_t* scales = block + 2 * Type::kGroupBytes + 2 * (g % 2 * kPanelRows + half);
      const __m256i bits =
          _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(scales)));
      const __m256 scale = _mm256_castsi256_ps(_mm256_slli_epi32(bits, 16));
#pragma GCC unroll 8
      for (size_t c = 0; c < C; ++c) {
        const __m256 both = _mm256_mul_ps(scale, _mm256_set1_ps(x.scales[g * x.width + first + c]));
        total[c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum[c]), both, total[c]);
      }
    }
#pragma GCC unroll 8
    for (size_t c = 0; c < C; ++c) {
      float out[8];
      _mm256_storeu_ps(out, total[c]);
      std::memcpy(y + c * ldy + half, out, sizeof(float) * std::min<size_t>(8, rows - half));
    }
  }
}

template <typename Type>
void dot_avx2(const uint8_t* panel, size_t blocks, const QuantizedTile& x, float* y, size_t ldy,
              size_t rows) {
  size_t c = 0;
  for (; c + 4 <= x.width; c += 4) tile_avx2<Type, 4>(panel, blocks, x, c, y + c * ldy, ldy, rows);
  for (; c < x.width; ++c) tile_avx2<Type, 1>(panel, blocks, x, c, y + c * ldy, ldy, rows);
}

// --- AVX-512: the whole panel -------------------------------------------------

#define CADRECODE_VNNI \
  __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define CADRECODE_VNNI_INLINE                                                      \
  __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"), \
                 always_inline)) inline

// Weights as value + 128, which the instruction takes unsigned; 128 * sum(x) is
// taken off beforehand.
CADRECODE_VNNI_INLINE __m512i add_quad_vnni(__m512i sum, __m512i w, const int8_t* x) {
  int32_t quad;
  std::memcpy(&quad, x, 4);
  return _mm512_dpbusd_epi32(sum, w, _mm512_set1_epi32(quad));
}

struct Int8Vnni {
  static constexpr size_t kBytes = kInt8BlockBytes, kGroupBytes = kGroup * kPanelRows;
  template <size_t C>
  CADRECODE_VNNI_INLINE static void group(const uint8_t* at, const int8_t* x, __m512i (&sum)[C]) {
#pragma GCC unroll 8
    for (size_t q = 0; q < kQuads; ++q) {
      const __m512i w = _mm512_loadu_si512(at + q * kQuadBytes);
#pragma GCC unroll 12
      for (size_t c = 0; c < C; ++c) sum[c] = add_quad_vnni(sum[c], w, x + (q * C + c) * 4);
    }
  }
};

struct Int4Vnni {
  static constexpr size_t kBytes = kInt4BlockBytes, kGroupBytes = kGroup * kPanelRows / 2;
  template <size_t C>
  CADRECODE_VNNI_INLINE static void group(const uint8_t* at, const int8_t* x, __m512i (&sum)[C]) {
    const __m512i signed_levels =
        _mm512_broadcast_i32x4(_mm_loadu_si128(reinterpret_cast<const __m128i*>(kInt4Levels)));
    const __m512i levels = _mm512_xor_si512(signed_levels, _mm512_set1_epi8(-128));
    const __m512i half = _mm512_set1_epi8(15);
#pragma GCC unroll 4
    for (size_t q = 0; q < kQuads; q += 2) {
      const __m512i pairs = _mm512_loadu_si512(at + q / 2 * kQuadBytes);
      const __m512i low = _mm512_shuffle_epi8(levels, _mm512_and_si512(pairs, half));
      const __m512i high =
          _mm512_shuffle_epi8(levels, _mm512_and_si512(_mm512_srli_epi16(pairs, 4), half));
#pragma GCC unroll 12
      for (size_t c = 0; c < C; ++c) {
        sum[c] = add_quad_vnni(sum[c], low, x + (q * C + c) * 4);
        sum[c] = add_quad_vnni(sum[c], high, x + ((q + 1) * C + c) * 4);
      }
    }
  }
};

constexpr size_t kPrefetchBytes = 3072;

template <typename Type, size_t C>
CADRECODE_VNNI void tile_vnni(const uint8_t* panel, size_t blocks, const QuantizedTile& x, float* y,
                              size_t ldy, size_t rows) {
  __m512 total[C];
#pragma GCC unroll 12
  for (size_t c = 0; c < C; ++c) total[c] = _mm512_setzero_ps();
  for (size_t g = 0; g < 2 * blocks; ++g) {
    const uint8_t* block = panel + g / 2 * Type::kBytes;
    // Panels follow each other; with many columns the processor's own
    // prefetching comes too late.
    const uint8_t* ahead = block + g % 2 * (Type::kBytes / 2) + kPrefetchBytes;
#pragma GCC unroll 9
    for (size_t line = 0; line < Type::kBytes / 2; line += 64)
      _mm_prefetch(reinterpret_cast<const char*>(ahead + line), _MM_HINT_T0);
    __m512i sum[C];
#pragma GCC unroll 12
    for (size_t c = 0; c < C; ++c) sum[c] = _mm512_set1_epi32(x.offsets[g * C + c]);
    Type::template group<C>(block + g % 2 * Type::kGroupBytes, x.codes + g * kQuads * C * 4, sum);
    const uint8_t* scales = block + 2 * Type::kGroupBytes + 2 * (g % 2 * kPanelRows);
    const __m512i bits =
        _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(scales)));
    const __m512 scale = _mm512_castsi512_ps(_mm512_slli_epi32(bits, 16));
#pragma GCC unroll 12
    for (size_t c = 0; c < C; ++c) {
      const __m512 both = _mm512_mul_ps(scale, _mm512_set1_ps(x.scales[g * C + c]));
      total[c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sum[c]), both, total[c]);
    }
  }
  const __mmask16 mask = static_cast<__mmask16>((1u << rows) - 1);
#pragma GCC unroll 12
  for (size_t c = 0; c < C; ++c) _mm512_mask_storeu_ps(y + c * ldy, mask, total[c]);
}

template <typename Type>
void dot_vnni(const uint8_t* panel, size_t blocks, const QuantizedTile& x, float* y, size_t ldy,
              size_t rows) {
  using Tile = void (*)(const uint8_t*, size_t, const QuantizedTile&, float*, size_t, size_t);
  static constexpr Tile kTiles[kTileColumns] = {
      tile_vnni<Type, 1>, tile_vnni<Type, 2>, tile_vnni<Type, 3>, tile_vnni<Type, 4>,
      tile_vnni<Type, 5>, tile_vnni<Type, 6>, tile_vnni<Type, 7>, tile_vnni<Type, 8>,
      tile_vnni<Type, 9>, tile_vnni<Type, 10>};
  kTiles[x.width - 1](panel, blocks, x, y, ldy, rows);
}

#endif

}  // namespace

void fill_integer(Kernels& kernels, int level) {
  kernels.dot_int8 = dot_portable<Int8Portable>;
  kernels.dot_int4 = dot_portable<Int4Portable>;
#if defined(__x86_64__)
  if (level >= 1) kernels.dot_int8 = dot_avx2<Int8Avx2>, kernels.dot_int4 = dot_avx2<Int4Avx2>;
  if (level >= 2) kernels.dot_int8 = dot_vnni<Int8Vnni>, kernels.dot_int4 = dot_vnni<Int4Vnni>;
#else
  (void)level;
#endif
}

}  // namespace cadrecode::decode
