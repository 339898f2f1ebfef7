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

namespace {

// `tokenizers` normalises by the tables of Unicode 9.0 (2016). Marks assigned
// since are plain characters there: they neither move nor compose, nor does
// anything across them. Found by comparing every code point (tools/reference/
// tokenizer_ids.py --nfc); utf8proc 2.8 knows Unicode 15.
constexpr uint32_t kNewerThanUnicode9[][2] = {
    {0x7FD, 0x7FD},     {0x898, 0x89F},     {0x8CA, 0x8D3},     {0x9FE, 0x9FE},
    {0xC3C, 0xC3C},     {0xD3B, 0xD3C},     {0xEBA, 0xEBA},     {0x1715, 0x1715},
    {0x1ABF, 0x1ACE},   {0x1DF6, 0x1DFA},   {0xA82C, 0xA82C},   {0x10D24, 0x10D27},
    {0x10EAB, 0x10EAC}, {0x10EFD, 0x10EFF}, {0x10F46, 0x10F50}, {0x10F82, 0x10F85},
    {0x11070, 0x11070}, {0x1133B, 0x1133B}, {0x1145E, 0x1145E}, {0x11839, 0x1183A},
    {0x11930, 0x11930}, {0x11935, 0x11935}, {0x1193D, 0x1193E}, {0x11943, 0x11943},
    {0x119E0, 0x119E0}, {0x11A34, 0x11A34}, {0x11A47, 0x11A47}, {0x11A99, 0x11A99},
    {0x11D42, 0x11D42}, {0x11D44, 0x11D45}, {0x11D97, 0x11D97}, {0x11F41, 0x11F42},
    {0x16FF0, 0x16FF1}, {0x1E08F, 0x1E08F}, {0x1E130, 0x1E136}, {0x1E2AE, 0x1E2AE},
    {0x1E2EC, 0x1E2EF}, {0x1E4EC, 0x1E4EF}};

bool newer_than_unicode9(uint32_t c) {
  if (c < 0x7FD) return false;
  for (const auto& range : kNewerThanUnicode9) {
    if (c <= range[1]) return c >= range[0];
  }
  return false;
}

uint32_t code_point(std::string_view bytes) {
  auto b = [&](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(bytes[i])); };
  switch (bytes.size()) {
    case 1:
      return b(0);
    case 2:
      return (b(0) & 0x1F) << 6 | (b(1) & 0x3F);
    case 3:
      return (b(0) & 0x0F) << 12 | (b(1) & 0x3F) << 6 | (b(2) & 0x3F);
    default:
      return (b(0) & 0x07) << 18 | (b(1) & 0x3F) << 12 | (b(2) & 0x3F) << 6 | (b(3) & 0x3F);
  }
}

void append_nfc(std::string_view text, std::string& result) {
  if (text.empty()) return;
  utf8proc_uint8_t* raw = nullptr;
  auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                             static_cast<utf8proc_ssize_t>(text.size()), &raw,
                             static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (length < 0) {
    result += text;  // not reached: the text is valid UTF-8
    return;
  }
  result.append(reinterpret_cast<char*>(raw), static_cast<size_t>(length));
  std::free(raw);
}

}  // namespace

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string result;
  size_t from = 0;
  for (size_t at = 0; at < text.size();) {
    size_t length = sequence_at(text, at).length;
    std::string_view character = text.substr(at, length);
    if (newer_than_unicode9(code_point(character))) {
      append_nfc(text.substr(from, at - from), result);
      result += character;
      from = at + length;
    }
    at += length;
  }
  append_nfc(text.substr(from), result);
  return result;
}

}  // namespace cadrecode::tokenizer
