// Walking through the text and the bytes of mesh and cloud files.
//
// Everything here is bounds-checked; what does not fit is an Error(kInput)
// naming the file and the line, or the byte.
#pragma once

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace cadrecode::mesh {

// A finite number's usual writing, also "+1", "nan", "inf", "1e400" (= inf).
inline std::optional<double> parse_number(std::string_view token) {
  if (!token.empty() && token[0] == '+') token.remove_prefix(1);
  double value = 0;
  const char* end = token.data() + token.size();
  const auto [stop, code] = std::from_chars(token.data(), end, value);
  if (token.empty() || stop != end) return std::nullopt;
  if (code == std::errc::result_out_of_range) {  // too large, or too small to hold
    const bool tiny = token.find("e-") != token.npos || token.find("E-") != token.npos;
    return tiny ? 0.0 : (token[0] == '-' ? -1 : 1) * std::numeric_limits<double>::infinity();
  }
  return code == std::errc() ? std::optional(value) : std::nullopt;
}

inline std::optional<int64_t> parse_integer(std::string_view token) {
  if (!token.empty() && token[0] == '+') token.remove_prefix(1);
  int64_t value = 0;
  const char* end = token.data() + token.size();
  const auto [stop, code] = std::from_chars(token.data(), end, value);
  if (token.empty() || stop != end || code != std::errc()) return std::nullopt;
  return value;
}

inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

// Takes the first word off `rest`; empty at its end.
inline std::string_view next_word(std::string_view& rest) {
  size_t from = 0;
  while (from < rest.size() && is_blank(rest[from])) ++from;
  size_t to = from;
  while (to < rest.size() && !is_blank(rest[to])) ++to;
  const std::string_view word = rest.substr(from, to - from);
  rest.remove_prefix(to);
  return word;
}

inline std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Whether `text` begins with `prefix` (written in lower case), in any case.
inline bool starts_with_word(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (size_t i = 0; i < prefix.size(); ++i) {
    if (lower(text[i]) != prefix[i]) return false;
  }
  return true;
}
inline bool is_word(std::string_view text, std::string_view word) {
  return text.size() == word.size() && starts_with_word(text, word);
}

// At most 40 printable characters of what stood there, for messages.
inline std::string shown(std::string_view text) {
  std::string out;
  for (char c : text.substr(0, 40)) out += c >= ' ' && c <= '~' ? c : '?';
  return out + (text.size() > 40 ? "..." : "");
}

// Words and lines of a text, knowing the line it is at. Lines end in \n, \r\n
// or \r.
class TextCursor {
 public:
  TextCursor(std::string_view text, std::string name, int first_line = 1)
      : text_(text), name_(std::move(name)), line_(first_line) {}

  bool at_end() const { return at_ >= text_.size(); }
  size_t offset() const { return at_; }

  // The next line without its end; nothing at the end of the text.
  bool next_line(std::string_view& line) {
    if (at_end()) return false;
    line_ = next_line_number_;
    size_t to = at_;
    while (to < text_.size() && text_[to] != '\n' && text_[to] != '\r') ++to;
    line = text_.substr(at_, to - at_);
    if (to + 1 < text_.size() && text_[to] == '\r' && text_[to + 1] == '\n') ++to;
    at_ = to + 1 < text_.size() ? to + 1 : text_.size();
    ++next_line_number_;
    return true;
  }

  // The next word across lines; empty at the end of the text.
  std::string_view next_word() {
    while (at_ < text_.size() && is_blank(text_[at_])) count(at_++);
    line_ = next_line_number_;
    const size_t from = at_;
    while (at_ < text_.size() && !is_blank(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }
  std::string_view rest_of_line() {
    const size_t from = at_;
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    return text_.substr(from, at_ - from);
  }
  double next_number(const char* what) {
    const std::string_view word = next_word();
    const auto value = parse_number(word);
    if (!value)
      fail(std::string(what) + (word.empty() ? " expected, the file ends here"
                                             : ": not a number: '" + shown(word) + "'"));
    return *value;
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw Error(ErrorKind::kInput, message, {name_, line_, 0});
  }
  const std::string& name() const { return name_; }
  int line() const { return line_; }
  void set_line(int line) { line_ = next_line_number_ = line; }

 private:
  void count(size_t at) {
    const char c = text_[at];
    if (c == '\n' ? at == 0 || text_[at - 1] != '\r' : c == '\r') ++next_line_number_;
  }

  std::string_view text_;
  std::string name_;
  size_t at_ = 0;
  int line_ = 1, next_line_number_ = line_;
};

// Numbers out of bytes, whatever their order.
template <typename T>
T load(const char* bytes, bool big_endian) {
  static_assert(std::endian::native == std::endian::little);
  T value;
  std::memcpy(&value, bytes, sizeof value);
  if (big_endian && sizeof value > 1) {
    char* p = reinterpret_cast<char*>(&value);
    for (size_t i = 0; i < sizeof value / 2; ++i) std::swap(p[i], p[sizeof value - 1 - i]);
  }
  return value;
}

// No position of a real part is larger; keeps squares and cubes finite.
constexpr double kLargestCoordinate = 1e30;

inline bool usable(double x) { return x >= -kLargestCoordinate && x <= kLargestCoordinate; }

}  // namespace cadrecode::mesh
