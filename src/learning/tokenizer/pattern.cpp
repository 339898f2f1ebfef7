#define PCRE2_CODE_UNIT_WIDTH 8
#include "learning/tokenizer/pattern.h"

#include <pcre2.h>

#include "base/error.h"

namespace cadrecode::tokenizer {
namespace {

// PCRE2's own \s has U+180E, which is no White_Space since Unicode 6.3.
constexpr const char* kSpaces =
    R"(\x09-\x0d\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";

std::string with_unicode_spaces(const std::string& expression) {
  std::string result;
  bool in_class = false;
  for (size_t i = 0; i < expression.size(); ++i) {
    char c = expression[i];
    if (c == '\\' && i + 1 < expression.size()) {
      char escaped = expression[++i];
      if (escaped == 's') {
        result += in_class ? kSpaces : std::string("[") + kSpaces + "]";
      } else if (escaped == 'S' && !in_class) {
        result += std::string("[^") + kSpaces + "]";
      } else {
        result += {c, escaped};
      }
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    result += c;
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
  std::string adapted = with_unicode_spaces(expression);
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
