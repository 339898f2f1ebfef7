#define PCRE2_CODE_UNIT_WIDTH 8
#include "learning/tokenizer/pattern.h"

#include <pcre2.h>

#include <cctype>

#include "base/error.h"

namespace cadrecode::tokenizer {
namespace {

// What \s, \p{L} and \p{N} mean, as the inside of a character class. PCRE2's own
// \s has U+180E, which is no White_Space since Unicode 6.3; and PCRE2 10.42
// knows Unicode 14, `tokenizers` Unicode 16, so the letters and numbers between
// are listed (found by comparing every code point; naming those a newer PCRE2
// already has does no harm).
constexpr const char* kSpaces =
    R"(\x09-\x0d\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";
constexpr const char* kLetters =
    R"(\p{L})"
    R"(\x{1c89}-\x{1c8a}\x{a7cb}-\x{a7cd}\x{a7da}-\x{a7dc}\x{105c0}-\x{105f3})"
    R"(\x{10d4a}-\x{10d65}\x{10d6f}-\x{10d85}\x{10ec2}-\x{10ec4}\x{1123f}-\x{11240})"
    R"(\x{11380}-\x{11389}\x{1138b}\x{1138e}\x{11390}-\x{113b5}\x{113b7}\x{113d1})"
    R"(\x{113d3}\x{11bc0}-\x{11be0}\x{11f02}\x{11f04}-\x{11f10}\x{11f12}-\x{11f33})"
    R"(\x{1342f}\x{13441}-\x{13446}\x{13460}-\x{143fa}\x{16100}-\x{1611d})"
    R"(\x{16d40}-\x{16d6c}\x{18cff}\x{1b132}\x{1b155}\x{1df25}-\x{1df2a})"
    R"(\x{1e030}-\x{1e06d}\x{1e4d0}-\x{1e4eb}\x{1e5d0}-\x{1e5ed}\x{1e5f0}\x{2b739})"
    R"(\x{2ebf0}-\x{2ee5d}\x{31350}-\x{323af})";
constexpr const char* kNumbers =
    R"(\p{N})"
    R"(\x{10d40}-\x{10d49}\x{116d0}-\x{116e3}\x{11bf0}-\x{11bf9}\x{11f50}-\x{11f59})"
    R"(\x{16130}-\x{16139}\x{16d70}-\x{16d79}\x{1ccf0}-\x{1ccf9}\x{1d2c0}-\x{1d2d3})"
    R"(\x{1e4f0}-\x{1e4f9}\x{1e5f1}-\x{1e5fa})";

// The class a backslash at `i` begins, moving `i` behind it; null for others.
const char* named_class(const std::string& expression, size_t& i) {
  auto is = [&](std::string_view word) { return expression.compare(i, word.size(), word) == 0; };
  auto take = [&](size_t length, const char* set) {
    i += length;
    return set;
  };
  if (is("\\s") || is("\\S")) return take(2, kSpaces);
  if (is("\\p{L}") || is("\\P{L}")) return take(5, kLetters);
  if (is("\\p{N}") || is("\\P{N}")) return take(5, kNumbers);
  return nullptr;
}

std::string with_unicode_classes(const std::string& expression) {
  std::string result;
  bool in_class = false;
  for (size_t i = 0; i < expression.size();) {
    char c = expression[i];
    bool negated = c == '\\' && i + 1 < expression.size() &&
                   std::isupper(static_cast<unsigned char>(expression[i + 1]));
    size_t begin = i;
    if (c == '\\' && !(negated && in_class)) {
      if (const char* set = named_class(expression, i)) {
        result += in_class ? set : std::string(negated ? "[^" : "[") + set + "]";
        continue;
      }
    }
    i = begin + (c == '\\' && begin + 1 < expression.size() ? 2 : 1);
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    result += expression.substr(begin, i - begin);
  }
  return result;
}

std::string message_of(int code) {
  PCRE2_UCHAR buffer[256];
  pcre2_get_error_message(code, buffer, sizeof buffer);
  return reinterpret_cast<const char*>(buffer);
}

struct MatchData {
  explicit MatchData(const pcre2_code* code)
      : data(pcre2_match_data_create_from_pattern(code, nullptr)) {}
  ~MatchData() { pcre2_match_data_free(data); }
  pcre2_match_data* data;
};

}  // namespace

struct Pattern::Impl {
  pcre2_code* code = nullptr;
  ~Impl() { pcre2_code_free(code); }
};

Pattern::Pattern(const std::string& expression) {
  std::string adapted = with_unicode_classes(expression);
  int error = 0;
  PCRE2_SIZE offset = 0;
  auto impl = std::make_unique<Impl>();
  impl->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(adapted.data()), adapted.size(),
                             PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK, &error, &offset, nullptr);
  if (!impl->code) {
    throw Error(ErrorKind::kInput, "the pre-tokenizer's expression '" + expression +
                                       "' cannot be read: " + message_of(error));
  }
  pcre2_jit_compile(impl->code, PCRE2_JIT_COMPLETE);  // only faster; failing is fine
  impl_ = std::move(impl);
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

std::vector<std::string_view> Pattern::split(std::string_view text, Behavior behavior,
                                             bool invert) const {
  std::vector<std::string_view> pieces;
  auto add = [&](size_t begin, size_t end, bool match) {
    bool removed = behavior == Behavior::kRemoved && match != invert;
    if (end > begin && !removed) pieces.push_back(text.substr(begin, end - begin));
  };
  MatchData match(impl_->code);
  size_t gap = 0, from = 0;
  while (from <= text.size()) {
    int count = pcre2_match(impl_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                            from, PCRE2_NO_UTF_CHECK, match.data, nullptr);
    if (count == PCRE2_ERROR_NOMATCH) break;
    if (count < 0) {
      throw Error(ErrorKind::kLimit, "the pre-tokenizer's expression failed: " + message_of(count));
    }
    const PCRE2_SIZE* span = pcre2_get_ovector_pointer(match.data);
    if (span[1] == span[0]) {  // an empty match moves on by one code point
      from = span[1] + 1;
      while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
      continue;
    }
    add(gap, span[0], false);
    add(span[0], span[1], true);
    gap = from = span[1];
  }
  add(gap, text.size(), false);
  return pieces;
}

}  // namespace cadrecode::tokenizer
