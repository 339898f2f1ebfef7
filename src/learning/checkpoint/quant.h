// Weights in fewer bits: NF4 as bitsandbytes has it, and int8 with a scale a row.
//
// NF4 (Dettmers et al. 2023, "QLoRA", appendix E): the 16 quantiles of a
// standard normal, scaled so that the largest is 1; blocks of 64 consecutive
// elements (row-major) share the scale max|w|. Two codes a byte, the first in
// the high half. Double quantisation stores the scales themselves as bytes: the
// mean of all is subtracted, then blocks of 256 scales take codes of a 256-entry
// table of dynamic exponents (Dettmers 2015), with one float a block.
//
// Everything here is exact to define and the same on every machine: the nearest
// code by comparison with midpoints, as bitsandbytes' CPU path does.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cadrecode::checkpoint {

inline constexpr size_t kNf4Block = 64;
inline constexpr size_t kScaleBlock = 256;

// The 16 values, ascending; index 7 is zero.
extern const std::array<float, 16> kNf4Values;

// The 256 values of the dynamic 8-bit table, ascending.
const std::array<float, 256>& dynamic_table();

// A quantised vector of `count` elements. Either `scales` (one a block of 64),
// or, doubly quantised, `scale_codes` (one a block of 64), `scale_scales` (one
// per 256 of those) and `scale_mean`.
struct Nf4 {
  size_t count = 0;
  std::vector<uint8_t> codes;  // (count + 1) / 2; an odd tail is filled with the code of zero
  std::vector<float> scales;
  std::vector<uint8_t> scale_codes;
  std::vector<float> scale_scales;
  float scale_mean = 0;

  bool is_double() const { return !scale_codes.empty(); }
};

Nf4 quantise_nf4(std::span<const float> values, bool double_quantise);
// The scale of block `index`, decoded.
float nf4_scale(const Nf4& packed, size_t index);
void dequantise_nf4(const Nf4& packed, std::span<float> out);  // out.size() == count

// Rows [rows, columns]: codes in [-127, 127], value = code * scale of its row,
// scale = max|row| / 127 (0 for a row of zeros), code = round to nearest even.
struct Int8Rows {
  size_t rows = 0, columns = 0;
  std::vector<int8_t> codes;
  std::vector<float> scales;
};

Int8Rows quantise_int8(std::span<const float> values, size_t rows);
void dequantise_int8(const Int8Rows& packed, std::span<float> out);

}  // namespace cadrecode::checkpoint
