#include "learning/tokenizer/bytes.h"

#include <utf8proc.h>

#include <cstdint>
#include <cstdlib>
#include <unordered_map>

namespace cadrecode::tokenizer {
namespace {

constexpr const char* kReplacement = "\xEF\xBF\xBD";

std::string utf8(uint32_t c) {
  if (c < 0x80) return {static_cast<char>(c)};
  return {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
}

bool stands_for_itself(int b) {
  return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
}

std::array<std::string, 256> make_characters() {
  std::array<std::string, 256> table;
  uint32_t next = 0x100;
  for (int b = 0; b < 256; ++b) table[b] = utf8(stands_for_itself(b) ? b : next++);
  return table;
}

struct Sequence {
  size_t length = 1;  // bytes to pass over
  bool good = false;
};

// The code point, or the maximal faulty part, at `at` (Unicode 15, table 3-7).
Sequence sequence_at(std::string_view text, size_t at) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<uint8_t>(text[i]) : 0; };
  auto continues = [&](size_t i, uint8_t lo = 0x80, uint8_t hi = 0xBF) {
    return i < text.size() && byte(i) >= lo && byte(i) <= hi;
  };
  uint8_t b = byte(at);
  if (b < 0x80) return {1, true};
  if (b < 0xC2 || b > 0xF4) return {1, false};
  uint8_t lo = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
  uint8_t hi = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
  size_t more = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
  if (!continues(at + 1, lo, hi)) return {1, false};
  for (size_t i = 2; i <= more; ++i) {
    if (!continues(at + i)) return {i, false};
  }
  return {more + 1, true};
}

bool is_ascii(std::string_view text) {
  for (char c : text) {
    if (static_cast<uint8_t>(c) >= 0x80) return false;
  }
  return true;
}

}  // namespace

const std::array<std::string, 256>& byte_characters() {
  static const std::array<std::string, 256> table = make_characters();
  return table;
}

std::optional<std::string> bytes_of(std::string_view token) {
  static const auto inverse = [] {
    std::unordered_map<std::string_view, char> map;
    for (int b = 0; b < 256; ++b) map[byte_characters()[b]] = static_cast<char>(b);
    return map;
  }();
  std::string bytes;
  for (size_t at = 0; at < token.size();) {
    size_t length = sequence_at(token, at).length;
    auto found = inverse.find(token.substr(at, length));
    if (found == inverse.end()) return std::nullopt;
    bytes += found->second;
    at += length;
  }
  return bytes;
}

std::string valid_utf8(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string result;
  for (size_t at = 0; at < text.size();) {
    Sequence s = sequence_at(text, at);
    if (s.good) {
      result += text.substr(at, s.length);
    } else {
      result += kReplacement;
    }
    at += s.length;
  }
  return result;
}

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  utf8proc_uint8_t* raw = nullptr;
  auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                             static_cast<utf8proc_ssize_t>(text.size()), &raw,
                             static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (length < 0) return std::string(text);  // not reached: the text is valid UTF-8
  std::string result(reinterpret_cast<char*>(raw), static_cast<size_t>(length));
  std::free(raw);
  return result;
}

}  // namespace cadrecode::tokenizer
