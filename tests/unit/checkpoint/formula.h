// Numbers both sides can make: tools/reference/formula.py in C++, bit for bit.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cadrecode::testing {

inline std::vector<float> formula_values(std::string_view name, size_t count, float scale = 1) {
  uint32_t seed = 2166136261u;  // FNV-1a
  for (const char c : name) seed = (seed ^ static_cast<unsigned char>(c)) * 16777619u;
  std::vector<float> out(count);
  for (size_t i = 0; i < count; ++i) {
    uint32_t x = static_cast<uint32_t>(i) * 2654435761u + seed;
    x = (x ^ x >> 16) * 0x7FEB352Du;
    x = (x ^ x >> 15) * 0x846CA68Bu;
    x ^= x >> 16;
    out[i] = static_cast<float>(static_cast<int32_t>(x >> 8) - (1 << 23)) * 0x1p-23f * scale;
  }
  return out;
}

}  // namespace cadrecode::testing
