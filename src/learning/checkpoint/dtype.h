// Element types of stored tensors, and the conversions between them.
//
// Names are those of the safetensors format ("F32", "BF16", …). Narrowing
// rounds to nearest, ties to even, overflow to infinity, as IEEE 754 and torch
// do; a NaN stays a NaN (quiet, sign kept). Widening is exact.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace cadrecode::checkpoint {

// In the order the reference writer sorts by (larger alignment last; it stores
// the last first).
enum class DType : uint8_t {
  kBool,
  kU8,
  kI8,
  kF8E5M2,
  kF8E4M3,
  kI16,
  kU16,
  kF16,
  kBF16,
  kI32,
  kU32,
  kF32,
  kF64,
  kI64,
  kU64,
};

size_t bytes_of(DType type);            // of one element: 1, 2, 4 or 8
const char* name_of(DType type);        // "BF16"
const char* torch_name_of(DType type);  // "bfloat16", as config.json says
std::optional<DType> dtype_from_name(const std::string& name);
std::optional<DType> dtype_from_torch_name(
    const std::string& name);  // "bfloat16" or "torch.bfloat16"

inline float float_from_bf16(uint16_t bits) {
  return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

inline uint16_t bf16_from_float(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7FFFFFFFu) > 0x7F800000u) return static_cast<uint16_t>(bits >> 16 | 0x40u);
  return static_cast<uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}

float float_from_f16(uint16_t bits);
uint16_t f16_from_float(float value);

// `count` elements of `type` (F32, F16, BF16 or F64; others: Error kUnsupported)
// as floats. `data` need not be aligned. F64 rounds.
void to_floats(DType type, const std::byte* data, size_t count, float* out);

// The inverse: floats as `type` (F32, F16, BF16 or F64).
void from_floats(DType type, const float* values, size_t count, std::byte* out);

}  // namespace cadrecode::checkpoint
