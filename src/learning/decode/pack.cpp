#include "learning/decode/pack.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "learning/decode/kernels.h"

namespace cadrecode::decode {
namespace {

using Group = std::array<float, kGroup>;

uint16_t to_bf16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  return static_cast<uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}
float from_bf16(uint16_t bits) { return std::bit_cast<float>(uint32_t{bits} << 16); }

float largest(const Group& group) {
  float most = 0;
  for (float v : group) most = std::max(most, std::abs(v));
  return most;
}

Group group_of(const float* values, size_t rows, size_t k, size_t row, size_t first) {
  Group group{};
  if (row < rows && first < k)
    std::copy_n(values + row * k + first, std::min(kGroup, k - first), group.begin());
  return group;
}

// Midpoints between neighbouring levels.
constexpr std::array<float, 15> midpoints() {
  std::array<float, 15> out{};
  for (size_t i = 0; i < 15; ++i) out[i] = (kInt4Levels[i] + kInt4Levels[i + 1]) * 0.5f;
  return out;
}
constexpr std::array<float, 15> kMidpoints = midpoints();

int nearest_level(float x) {
  int code = 0;
  for (float m : kMidpoints) code += x > m;
  return code;
}

float squared_error(const Group& group, float scale) {
  const float inverse = 1 / scale;
  float sum = 0;
  for (float v : group) {
    const float d = v - scale * kInt4Levels[nearest_level(v * inverse)];
    sum += d * d;
  }
  return sum;
}

uint16_t best_int4_scale(const Group& group) {
  const float most = largest(group);
  if (!(most > std::numeric_limits<float>::min() * 1e6f)) return 0;
  uint16_t best = 0;
  float least = std::numeric_limits<float>::infinity();
  for (float factor : {1.0f, 0.94f, 0.88f, 1.06f}) {
    for (float sign : {1.0f, -1.0f}) {
      const uint16_t scale = to_bf16(sign * factor * most / 127);
      const float error = squared_error(group, from_bf16(scale));
      if (error < least) least = error, best = scale;
    }
  }
  return best;
}

void put_scale(uint8_t* scales, size_t group, size_t row, uint16_t bits) {
  std::memcpy(scales + 2 * (group * kPanelRows + row), &bits, 2);
}
float scale_at(const uint8_t* scales, size_t group, size_t row) {
  uint16_t bits;
  std::memcpy(&bits, scales + 2 * (group * kPanelRows + row), 2);
  return from_bf16(bits);
}

// Where value i of a group lies for `row`.
size_t int8_offset(size_t row, size_t i) { return (i / 4 * kPanelRows + row) * 4 + i % 4; }
size_t int4_offset(size_t row, size_t i) { return (i / 8 * kPanelRows + row) * 4 + i % 4; }

constexpr size_t kInt8GroupBytes = kGroup * kPanelRows, kInt4GroupBytes = kInt8GroupBytes / 2;

// f(block address, group within the block, first value of the group).
template <typename Byte, typename F>
void for_each_group(Byte* panel, size_t k, size_t block_bytes, const F& f) {
  for (size_t first = 0; first < (k + kBlock - 1) / kBlock * kBlock; first += kGroup)
    f(panel + first / kBlock * block_bytes, first / kGroup % 2, first);
}

}  // namespace

void pack_int8(const float* values, size_t rows, size_t k, uint8_t* panel) {
  for_each_group(panel, k, kInt8BlockBytes, [&](uint8_t* block, size_t g, size_t first) {
    for (size_t row = 0; row < kPanelRows; ++row) {
      const Group group = group_of(values, rows, k, row, first);
      const uint16_t scale = to_bf16(largest(group) / 127);
      const float inverse = from_bf16(scale) > 0 ? 1 / from_bf16(scale) : 0;
      put_scale(block + 2 * kInt8GroupBytes, g, row, scale);
      for (size_t i = 0; i < kGroup; ++i) {
        const float code = std::clamp(std::nearbyint(group[i] * inverse), -127.0f, 127.0f);
        block[g * kInt8GroupBytes + int8_offset(row, i)] =
            static_cast<uint8_t>(static_cast<int>(code) + 128);
      }
    }
  });
}

void pack_int4(const float* values, size_t rows, size_t k, uint8_t* panel) {
  for_each_group(panel, k, kInt4BlockBytes, [&](uint8_t* block, size_t g, size_t first) {
    uint8_t* codes = block + g * kInt4GroupBytes;
    std::memset(codes, 0, kInt4GroupBytes);
    for (size_t row = 0; row < kPanelRows; ++row) {
      const Group group = group_of(values, rows, k, row, first);
      const uint16_t scale = best_int4_scale(group);
      const float inverse = scale ? 1 / from_bf16(scale) : 0;
      put_scale(block + 2 * kInt4GroupBytes, g, row, scale);
      for (size_t i = 0; i < kGroup; ++i) {
        const int code = nearest_level(group[i] * inverse);
        codes[int4_offset(row, i)] |= static_cast<uint8_t>(i % 8 < 4 ? code : code << 4);
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
