// Inside the shards: the numbers of the file format.
#pragma once

#include <cstdint>
#include <string>

namespace cadrecode::dataset {

inline constexpr const char* kFormatName = "cadrecode-shard-1";
// Skippable frames (RFC 8878, section 3.1.2) have magics 0x184D2A50 ... 5F; the
// seekable format's table uses the one ending in E and ends in its own magic.
inline constexpr uint32_t kAboutMagic = 0x184D2A5B;
inline constexpr uint32_t kTableMagic = 0x184D2A5E;
inline constexpr uint32_t kSeekableMagic = 0x8F92EAB1;
inline constexpr uint32_t kFooterBytes = 9;  // frame count, descriptor, magic

inline constexpr size_t kLargestLine = size_t{16} << 20;
inline constexpr size_t kLargestBlock = size_t{64} << 20;
inline constexpr uint64_t kMostBlockRows = 1 << 16;

struct FrameSizes {
  uint32_t compressed = 0, text = 0;  // bytes
};

inline void put32(std::string& out, uint32_t v) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(v >> (8 * i)));
}
inline uint32_t get32(const char* at) {
  uint32_t v = 0;
  for (int i = 0; i < 4; ++i) v |= uint32_t{static_cast<unsigned char>(at[i])} << (8 * i);
  return v;
}

}  // namespace cadrecode::dataset
