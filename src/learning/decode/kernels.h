// The inner loops of decoding, once per instruction set, chosen at run time.
//
// Notation: W [rows, k] row-major weights, x [cols, ldx] one activation vector a
// row ("column" of the batch), y [cols, ldy] results; y[c][r] = sum_k W[r][k] x[c][k].
//
// Order of summation. Each y[c][r] is one chain of additions that depends on k
// and on the instruction set only: never on how many columns or rows are asked
// for at once, nor on threads. So a sample's numbers are the same bits whatever
// shares its batch. Between instruction sets f32 and bf16 products may differ in
// the last bits; int8 and int4 products, being sums of integers a group, do not.
//
// Targets: portable (Highway's emulation), SSE4, AVX2, AVX3 (AVX-512 F/BW/DQ/VL)
// through Highway, and on top of AVX3 the dot products of AVX512_BF16 and
// AVX512_VNNI where the processor has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cadrecode::decode {

// Rows of a packed panel, elements that share a scale, and elements of a block.
inline constexpr size_t kPanelRows = 16;
inline constexpr size_t kGroup = 32;
inline constexpr size_t kBlock = 64;  // two groups, one whole number of cache lines
inline constexpr size_t kInt8BlockBytes = kBlock * kPanelRows + 2 * 2 * kPanelRows;
inline constexpr size_t kInt4BlockBytes = kBlock * kPanelRows / 2 + 2 * 2 * kPanelRows;

// The 16 levels of 4-bit weights, in units of scale / 127: the quantiles of a
// standard normal of NF4 (Dettmers et al. 2023, appendix E), rounded.
inline constexpr int8_t kInt4Levels[16] = {-127, -88, -67, -50, -36, -23, -12, 0,
                                           10,   20,  31,  43,  56,  71,  92,  127};

// Up to ten columns of activations in int8, side by side: what the integer
// products broadcast lies in a row. A group of 32 shares the scale max|x| / 127.
inline constexpr size_t kTileColumns = 10;
struct QuantizedTile {
  size_t width = 0;        // columns, 1 … kTileColumns
  const int8_t* codes;     // [blocks * 16][width][4], zero beyond k
  const float* scales;     // [blocks * 2][width]
  const int32_t* offsets;  // [blocks * 2][width]: -128 times the sum of the codes
};

// Keys and values of 16 positions of one layer and one key/value head.
// keys [head_dim][16], values [16][head_dim].
inline constexpr size_t kPagePositions = 16;

struct AttendArguments {
  const float* const* keys;    // one pointer a page
  const float* const* values;  // likewise
  size_t positions;            // attended to: 0 … positions - 1
  size_t head_dim;
  const float* queries;  // [heads, head_dim]: the query heads of this key/value head
  size_t heads;
  float scale;     // 1 / sqrt(head_dim)
  float* scores;   // scratch [heads, pages * 16]
  float* outputs;  // [heads, head_dim]
};

struct Kernels {
  std::string name;  // "AVX3+BF16+VNNI"

  // y for rows [0, rows) and all columns.
  void (*dot_f32)(const float* w, size_t rows, size_t k, const float* x, size_t ldx, size_t cols,
                  float* y, size_t ldy);
  // Both sides bf16, sums in f32.
  void (*dot_bf16)(const uint16_t* w, size_t rows, size_t k, const uint16_t* x, size_t ldx,
                   size_t cols, float* y, size_t ldy);
  // One panel of 16 rows: `blocks` blocks as pack.h lays them out. Writes
  // `rows` <= 16 results a column.
  void (*dot_int8)(const uint8_t* panel, size_t blocks, const QuantizedTile& x, float* y,
                   size_t ldy, size_t rows);
  void (*dot_int4)(const uint8_t* panel, size_t blocks, const QuantizedTile& x, float* y,
                   size_t ldy, size_t rows);

  // One column of activations; `codes` is padded to whole blocks.
  void (*to_bf16)(const float* x, size_t n, uint16_t* out);
  void (*quantize)(const float* x, size_t n, int8_t* codes, float* scales, int32_t* offsets);

  // y = x / sqrt(mean(x^2) + eps) * weight.
  void (*rms_norm)(const float* x, const float* weight, float eps, size_t n, float* y);
  // gate = silu(gate) * up.
  void (*silu_mul)(float* gate, const float* up, size_t n);
  void (*add)(float* x, const float* y, size_t n);  // x += y
  // Rotates the halves of x [n]: cosines and sines [n / 2].
  void (*rope)(float* x, const float* cosines, const float* sines, size_t n);
  void (*attend)(const AttendArguments& arguments);
  float (*max)(const float* x, size_t n);      // n > 0
  size_t (*argmax)(const float* x, size_t n);  // the first of the largest
  // out[i] = exp((x[i] - shift) * factor); returns their sum. out may be x.
  double (*exp_sum)(const float* x, size_t n, float shift, float factor, float* out);
  // Reads `bytes` and returns something that depends on all of them: what a
  // plain memory read costs (perf).
  uint64_t (*read)(const void* data, size_t bytes);
};

// The best this processor has; chosen once. Thread-safe.
const Kernels& kernels();

// Every set this processor can run, the best first: for tests (it changes what
// Highway dispatches to while it works).
std::vector<Kernels> all_kernels();

}  // namespace cadrecode::decode
