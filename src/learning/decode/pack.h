// Weights in 8 and 4 bits, in the order the integer products read them.
//
// Groups of 32 values of a row share a scale, stored as bf16 (rounded before
// the codes are chosen, so its rounding costs nothing). int8: code =
// round(w / scale), scale = max|w| / 127. int4: the nearest of kInt4Levels * scale; the
// scale is the one of a few near max|w| / 127, of either sign, that leaves the
// least squared error (the levels reach further on one side).
//
// A panel: 16 rows, `blocks` blocks of 64 values; layout in kernels_integer.cpp.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cadrecode::decode {

// `values` [rows][k], rows <= 16; writes a whole panel, zeros where there is
// nothing.
void pack_int8(const float* values, size_t rows, size_t k, uint8_t* panel);
void pack_int4(const float* values, size_t rows, size_t k, uint8_t* panel);

// Row `row` of a panel back as k floats.
void unpack_int8(const uint8_t* panel, size_t row, size_t k, float* out);
void unpack_int4(const uint8_t* panel, size_t row, size_t k, float* out);

}  // namespace cadrecode::decode
