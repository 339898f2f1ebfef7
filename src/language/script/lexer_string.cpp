// Where strings end, f-strings with their replacement fields among them.
#include <algorithm>
#include <cstring>
#include <utility>

#include "language/script/lexer_impl.h"

namespace cadrecode::script {

// position_ is at the opening quote, `begin` at the prefix.
void Lexer::string(uint32_t begin) {
  bool formatted = false;
  for (uint32_t i = begin; i < position_; ++i) formatted |= (text_[i] | 0x20) == 'f';
  skip_string_body(begin, formatted);
  add(Tok::kString, begin, position_);
}

void Lexer::skip_string_body(uint32_t begin, bool formatted) {
  if (++string_depth_ > 20) fail(begin, "f-strings nested too deeply", ErrorKind::kLimit);
  const char q = text_[position_];
  const bool triple = peek(1) == q && peek(2) == q;
  const uint32_t width = triple ? 3 : 1;
  const Quote outer = std::exchange(quote_, Quote{q, triple});
  position_ += width;
  for (;;) {
    if (position_ >= end_)
      fail(begin, triple ? "unterminated triple-quoted string" : "unterminated string");
    const char c = text_[position_];
    if (c == '\\' && formatted && peek(1) == '{') {
      ++position_;  // a backslash, then a replacement field
    } else if (c == '\\') {
      position_ += 1 + std::max<uint32_t>(1, line_break_length(position_ + 1));
    } else if (c == q && (!triple || (peek(1) == q && peek(2) == q))) {
      position_ += width;
      --string_depth_;
      quote_ = outer;
      return;
    } else if (!triple && line_break_length(position_)) {
      fail(begin, "unterminated string");
    } else if (formatted && c == '{' && peek(1) != '{') {
      ++position_;
      skip_field(begin, 0);
    } else {
      position_ += formatted && c == '{' ? 2 : 1;
    }
  }
}

// From after "{" to after the "}" that closes the replacement field.
void Lexer::skip_field(uint32_t begin, int depth) {
  if (depth > 4) fail(begin, "f-string replacement fields nested too deeply", ErrorKind::kLimit);
  position_ = field_end();
  if (position_ >= end_) fail(begin, "unterminated replacement field in an f-string");
  if (peek() == '=') {
    ++position_;
    while (peek() == ' ' || peek() == '\t') ++position_;
  }
  if (peek() == '!') {
    ++position_;
    if (is_letter(peek())) position_ = name_end();
    while (peek() == ' ') ++position_;
  }
  if (peek() == ':') {
    ++position_;
    while (position_ < end_ && peek() != '}') {
      if (peek() == '{') {
        ++position_;
        skip_field(begin, depth + 1);
      } else {
        const bool closes = peek() == quote_.character &&
                            (!quote_.triple || (peek(1) == peek() && peek(2) == peek()));
        if (closes) fail(position_, "expecting '}' in an f-string");
        if (line_break_length(position_)) fail(begin, "line end in an f-string's format");
        ++position_;
      }
    }
  }
  if (peek() != '}') fail(position_, "expecting '}' in an f-string");
  ++position_;
}

// Scans an expression: strings are skipped whole, brackets must balance.
uint32_t Lexer::field_end() {
  std::string open;
  while (position_ < end_) {
    const char c = text_[position_];
    if (c == '"' || c == '\'') {
      uint32_t prefix = position_;
      while (prefix > 0 && position_ - prefix < 2 && std::strchr("rRbBfFuU", text_[prefix - 1]))
        --prefix;
      bool formatted = false;
      for (uint32_t i = prefix; i < position_; ++i) formatted |= (text_[i] | 0x20) == 'f';
      skip_string_body(position_, formatted);
      continue;
    }
    if (c == '#' || c == '\\')
      fail(position_, std::string("'") + c + "' in an f-string's expression");
    if (c == '(' || c == '[' || c == '{') {
      open += c;
      if (open.size() > static_cast<size_t>(kMaxNesting))
        fail(position_, "too many nested brackets", ErrorKind::kLimit);
    } else if (open.empty()) {
      if (c == '}' || c == ':') return position_;
      if (c == '!' && peek(1) != '=') return position_;
      const bool comparison =
          peek(1) == '=' || std::strchr("=!<>", position_ > 0 ? text_[position_ - 1] : ' ');
      if (c == '=' && !comparison) return position_;
      if (c == ')' || c == ']') fail(position_, "unmatched bracket in an f-string");
    } else if (c == ')' || c == ']' || c == '}') {
      open.pop_back();
    }
    ++position_;
  }
  return position_;
}

}  // namespace cadrecode::script
