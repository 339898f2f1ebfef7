#include "learning/checkpoint/dtype.h"

#include <array>
#include <cstring>

#include "base/error.h"

namespace cadrecode::checkpoint {
namespace {

struct Row {
  DType type;
  size_t bytes;
  const char* name;
  const char* torch_name;
};

constexpr std::array<Row, 15> kTypes = {{{DType::kBool, 1, "BOOL", "bool"},
                                         {DType::kU8, 1, "U8", "uint8"},
                                         {DType::kI8, 1, "I8", "int8"},
                                         {DType::kF8E5M2, 1, "F8_E5M2", "float8_e5m2"},
                                         {DType::kF8E4M3, 1, "F8_E4M3", "float8_e4m3fn"},
                                         {DType::kI16, 2, "I16", "int16"},
                                         {DType::kU16, 2, "U16", "uint16"},
                                         {DType::kF16, 2, "F16", "float16"},
                                         {DType::kBF16, 2, "BF16", "bfloat16"},
                                         {DType::kI32, 4, "I32", "int32"},
                                         {DType::kU32, 4, "U32", "uint32"},
                                         {DType::kF32, 4, "F32", "float32"},
                                         {DType::kF64, 8, "F64", "float64"},
                                         {DType::kI64, 8, "I64", "int64"},
                                         {DType::kU64, 8, "U64", "uint64"}}};

const Row& row(DType type) { return kTypes[static_cast<size_t>(type)]; }

template <typename T>
T load(const std::byte* data) {
  T value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

template <typename T>
void store(T value, std::byte* out) {
  std::memcpy(out, &value, sizeof value);
}

[[noreturn]] void refuse(DType type) {
  throw Error(ErrorKind::kUnsupported, std::string("elements of type ") + name_of(type) +
                                           " are no floating-point weights: F32, F16, BF16 or "
                                           "F64 is wanted");
}

}  // namespace

size_t bytes_of(DType type) { return row(type).bytes; }
const char* name_of(DType type) { return row(type).name; }
const char* torch_name_of(DType type) { return row(type).torch_name; }

std::optional<DType> dtype_from_name(const std::string& name) {
  for (const Row& r : kTypes) {
    if (name == r.name) return r.type;
  }
  return std::nullopt;
}

std::optional<DType> dtype_from_torch_name(const std::string& name) {
  const std::string bare = name.rfind("torch.", 0) == 0 ? name.substr(6) : name;
  for (const Row& r : kTypes) {
    if (bare == r.torch_name) return r.type;
  }
  return std::nullopt;
}

float float_from_f16(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
  const uint32_t exponent = bits >> 10 & 0x1Fu, mantissa = bits & 0x3FFu;
  if (exponent == 0x1F) return std::bit_cast<float>(sign | 0x7F800000u | mantissa << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
  const float magnitude = static_cast<float>(mantissa) * 0x1p-24f;  // subnormal, exact
  return sign ? -magnitude : magnitude;
}

uint16_t f16_from_float(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint16_t sign = static_cast<uint16_t>(bits >> 16 & 0x8000u);
  const uint32_t magnitude = bits & 0x7FFFFFFFu;
  if (magnitude > 0x7F800000u) {
    return static_cast<uint16_t>(sign | 0x7E00u | (magnitude >> 13 & 0x3FFu));
  }
  if (magnitude >= 0x477FF000u) return static_cast<uint16_t>(sign | 0x7C00u);  // rounds to 2^16
  if (magnitude < 0x38800000u) {  // below 2^-14: the sum's last bit is 2^-24, so it rounds there
    const float sum = std::bit_cast<float>(magnitude) + 0.5f;
    return static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(sum) - 0x3F000000u));
  }
  const uint32_t rounded = magnitude + 0xFFFu + (magnitude >> 13 & 1u);
  return static_cast<uint16_t>(sign | ((rounded >> 13) - (112u << 10)));
}

void to_floats(DType type, const std::byte* data, size_t count, float* out) {
  switch (type) {
    case DType::kF32:
      if (count) std::memcpy(out, data, count * 4);
      return;
    case DType::kBF16:
      for (size_t i = 0; i < count; ++i) out[i] = float_from_bf16(load<uint16_t>(data + 2 * i));
      return;
    case DType::kF16:
      for (size_t i = 0; i < count; ++i) out[i] = float_from_f16(load<uint16_t>(data + 2 * i));
      return;
    case DType::kF64:
      for (size_t i = 0; i < count; ++i) out[i] = static_cast<float>(load<double>(data + 8 * i));
      return;
    default:
      refuse(type);
  }
}

void from_floats(DType type, const float* values, size_t count, std::byte* out) {
  switch (type) {
    case DType::kF32:
      if (count) std::memcpy(out, values, count * 4);
      return;
    case DType::kBF16:
      for (size_t i = 0; i < count; ++i) store(bf16_from_float(values[i]), out + 2 * i);
      return;
    case DType::kF16:
      for (size_t i = 0; i < count; ++i) store(f16_from_float(values[i]), out + 2 * i);
      return;
    case DType::kF64:
      for (size_t i = 0; i < count; ++i) store(static_cast<double>(values[i]), out + 8 * i);
      return;
    default:
      refuse(type);
  }
}

}  // namespace cadrecode::checkpoint
