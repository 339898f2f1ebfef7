// The lexer's state; private to the lexer*.cpp files.
#pragma once

#include <string>
#include <vector>

#include "language/script/lexer.h"

namespace cadrecode::script {

inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Lexer {
 public:
  Lexer(const Source& source, Range range, int base_depth)
      : source_(source),
        text_(source.text.data()),
        position_(range.begin),
        end_(range.end),
        base_depth_(base_depth) {}

  std::vector<Token> program() {
    tokens_.reserve((end_ - position_) / 2 + 8);
    if (source_.text.starts_with("\xEF\xBB\xBF")) position_ = 3;
    while (position_ < end_) line();
    finish_lines();
    return std::move(tokens_);
  }

  std::vector<Token> expression() {
    inside_expression_ = true;
    while (skip_space(), position_ < end_) token();
    if (!brackets_.empty()) unclosed_bracket();
    add(Tok::kEnd, end_, end_);
    return std::move(tokens_);
  }

  uint32_t field_end();

 private:
  struct Bracket {
    char closing;
    uint32_t offset;
  };

  [[noreturn]] void fail(uint32_t offset, const std::string& message,
                         ErrorKind kind = ErrorKind::kSyntax) const {
    throw Error(kind, message, source_.place(offset));
  }
  char peek(uint32_t ahead = 0) const {
    return position_ + ahead < end_ ? text_[position_ + ahead] : '\0';
  }
  void add(Tok kind, uint32_t begin, uint32_t end) { tokens_.push_back({kind, {begin, end}}); }
  bool joined() const { return inside_expression_ || !brackets_.empty(); }

  void line();
  void finish_lines();
  void indentation(uint32_t width, uint32_t tab_blind_width);
  uint32_t line_break_length(uint32_t offset) const;
  void skip_space();
  void skip_comment();
  void token();
  void name_or_string();
  uint32_t name_end();
  Tok keyword_or_name(uint32_t begin, uint32_t end) const;
  void number();
  void digits(bool (*accept)(char));
  void string(uint32_t begin);
  void skip_string_body(uint32_t begin, bool formatted);
  void skip_field(uint32_t begin, int depth);
  void operator_token();
  void bracket(Tok kind, uint32_t offset);
  [[noreturn]] void unclosed_bracket() const;

  const Source& source_;
  const char* text_;
  uint32_t position_;
  uint32_t end_;
  int base_depth_;
  int string_depth_ = 0;
  struct Quote {
    char character;
    bool triple;
  } quote_{'\0', false};
  bool inside_expression_ = false;
  std::vector<Token> tokens_;
  std::vector<Bracket> brackets_;
  struct Indent {
    uint32_t width, tab_blind_width;
  };
  std::vector<Indent> indents_{{0, 0}};
};

}  // namespace cadrecode::script
