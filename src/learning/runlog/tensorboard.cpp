#include "learning/runlog/tensorboard.h"

#include <array>
#include <bit>

namespace cadrecode::runlog {
namespace {

constexpr std::array<uint32_t, 256> crc_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value & 1 ? (value >> 1) ^ 0x82F63B78u : value >> 1;
    table[i] = value;
  }
  return table;
}

template <typename T>
std::string little_endian(T value) {
  std::string bytes;
  for (size_t i = 0; i < sizeof(T); ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
  return bytes;
}

// Protocol buffers' wire types used here: 0 varint, 1 fixed64, 2 bytes, 5 fixed32.
std::string varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}
std::string key(int field, int wire) { return varint(static_cast<uint64_t>(field << 3 | wire)); }
std::string bytes_field(int field, const std::string& value) {
  return key(field, 2) + varint(value.size()) + value;
}
std::string varint_field(int field, uint64_t value) { return key(field, 0) + varint(value); }
std::string double_field(int field, double value) {
  return key(field, 1) + little_endian(std::bit_cast<uint64_t>(value));
}
std::string float_field(int field, float value) {
  return key(field, 5) + little_endian(std::bit_cast<uint32_t>(value));
}

std::string event_head(double wall_time, int64_t step) {
  return double_field(1, wall_time) + varint_field(2, static_cast<uint64_t>(step));
}

}  // namespace

uint32_t crc32c(const std::string& bytes) {
  static constexpr auto kTable = crc_table();
  uint32_t crc = ~0u;
  for (unsigned char byte : bytes) crc = kTable[(crc ^ byte) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

uint32_t masked_crc32c(const std::string& bytes) {
  return std::rotr(crc32c(bytes), 15) + 0xA282EAD8u;
}

std::string tf_record(const std::string& data) {
  const std::string length = little_endian(static_cast<uint64_t>(data.size()));
  return length + little_endian(masked_crc32c(length)) + data + little_endian(masked_crc32c(data));
}

std::string version_event(double wall_time) {
  return double_field(1, wall_time) + bytes_field(3, "brain.Event:2");
}

std::string scalar_event(double wall_time, int64_t step, const std::vector<Scalar>& scalars) {
  std::string summary;
  for (const Scalar& scalar : scalars) {
    const std::string value =
        bytes_field(1, scalar.name) + float_field(2, static_cast<float>(scalar.value));
    summary += bytes_field(1, value);
  }
  return event_head(wall_time, step) + bytes_field(5, summary);
}

std::string restart_event(double wall_time, int64_t step) {
  constexpr int kSessionLog = 7, kStatus = 1, kStart = 1;
  return event_head(wall_time, step) + bytes_field(kSessionLog, varint_field(kStatus, kStart));
}

}  // namespace cadrecode::runlog
