#include "language/script/lexer.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>

#include "language/script/lexer_impl.h"

namespace cadrecode::script {
namespace {

struct Spelling {
  const char* text;
  Tok kind;
};

constexpr std::array<Spelling, 47> kOperators = {{
    // Longest first, so that the first match is the right one.
    {"**=", Tok::kDoubleStarAssign},
    {"//=", Tok::kDoubleSlashAssign},
    {"<<=", Tok::kShiftLeftAssign},
    {">>=", Tok::kShiftRightAssign},
    {"...", Tok::kEllipsis},
    {"**", Tok::kDoubleStar},
    {"//", Tok::kDoubleSlash},
    {"<<", Tok::kShiftLeft},
    {">>", Tok::kShiftRight},
    {"<=", Tok::kLessEqual},
    {">=", Tok::kGreaterEqual},
    {"==", Tok::kEqual},
    {"!=", Tok::kNotEqual},
    {"->", Tok::kArrow},
    {":=", Tok::kWalrus},
    {"+=", Tok::kPlusAssign},
    {"-=", Tok::kMinusAssign},
    {"*=", Tok::kStarAssign},
    {"/=", Tok::kSlashAssign},
    {"%=", Tok::kPercentAssign},
    {"&=", Tok::kAmpersandAssign},
    {"|=", Tok::kBarAssign},
    {"^=", Tok::kCaretAssign},
    {"@=", Tok::kAtAssign},
    {"(", Tok::kLeftParen},
    {")", Tok::kRightParen},
    {"[", Tok::kLeftBracket},
    {"]", Tok::kRightBracket},
    {"{", Tok::kLeftBrace},
    {"}", Tok::kRightBrace},
    {",", Tok::kComma},
    {":", Tok::kColon},
    {";", Tok::kSemicolon},
    {".", Tok::kDot},
    {"@", Tok::kAt},
    {"=", Tok::kAssign},
    {"+", Tok::kPlus},
    {"-", Tok::kMinus},
    {"*", Tok::kStar},
    {"/", Tok::kSlash},
    {"%", Tok::kPercent},
    {"&", Tok::kAmpersand},
    {"|", Tok::kBar},
    {"^", Tok::kCaret},
    {"~", Tok::kTilde},
    {"<", Tok::kLess},
    {">", Tok::kGreater},
}};

constexpr std::array<Spelling, 35> kKeywords = {{
    {"False", Tok::kFalse},
    {"None", Tok::kNone},
    {"True", Tok::kTrue},
    {"and", Tok::kAnd},
    {"as", Tok::kAs},
    {"assert", Tok::kAssert},
    {"async", Tok::kAsync},
    {"await", Tok::kAwait},
    {"break", Tok::kBreak},
    {"class", Tok::kClass},
    {"continue", Tok::kContinue},
    {"def", Tok::kDef},
    {"del", Tok::kDel},
    {"elif", Tok::kElif},
    {"else", Tok::kElse},
    {"except", Tok::kExcept},
    {"finally", Tok::kFinally},
    {"for", Tok::kFor},
    {"from", Tok::kFrom},
    {"global", Tok::kGlobal},
    {"if", Tok::kIf},
    {"import", Tok::kImport},
    {"in", Tok::kIn},
    {"is", Tok::kIs},
    {"lambda", Tok::kLambda},
    {"nonlocal", Tok::kNonlocal},
    {"not", Tok::kNot},
    {"or", Tok::kOr},
    {"pass", Tok::kPass},
    {"raise", Tok::kRaise},
    {"return", Tok::kReturn},
    {"try", Tok::kTry},
    {"while", Tok::kWhile},
    {"with", Tok::kWith},
    {"yield", Tok::kYield},
}};

// First operator of kOperators that starts with a given character; the scan
// then only compares spellings, in order, from there.
constexpr std::array<uint8_t, 256> make_operator_start() {
  std::array<uint8_t, 256> start{};
  start.fill(255);
  for (size_t i = kOperators.size(); i-- > 0;) {
    start[static_cast<unsigned char>(kOperators[i].text[0])] = static_cast<uint8_t>(i);
  }
  return start;
}
constexpr std::array<uint8_t, 256> kOperatorStart = make_operator_start();

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_word(char c) { return is_letter(c) || is_digit(c); }

// Code points outside ASCII that may stand in a name: the letters of the
// scripts in common use; punctuation, symbols and spaces are not among them.
bool is_name_code_point(uint32_t c) {
  struct Block {
    uint32_t first, last;
  };
  static constexpr Block kBlocks[] = {
      {0xAA, 0xAA},     {0xB5, 0xB5},     {0xB7, 0xB7},       {0xBA, 0xBA},       {0xC0, 0xD6},
      {0xD8, 0xF6},     {0xF8, 0x2C1},    {0x300, 0x374},     {0x376, 0x37D},     {0x37F, 0x481},
      {0x483, 0x559},   {0x560, 0x588},   {0x591, 0x5BD},     {0x5D0, 0x5F2},     {0x610, 0x669},
      {0x66E, 0x6D3},   {0x900, 0x963},   {0x966, 0x96F},     {0xE01, 0xE3A},     {0xE40, 0xE4E},
      {0x10A0, 0x10FA}, {0x1E00, 0x1FBC}, {0x2071, 0x2071},   {0x207F, 0x207F},   {0x2090, 0x209C},
      {0x2102, 0x2102}, {0x210A, 0x2113}, {0x3041, 0x3096},   {0x30A1, 0x30FA},   {0x3400, 0x4DBF},
      {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0x1D400, 0x1D7CB}, {0x20000, 0x2FA1F},
  };
  for (const Block& block : kBlocks) {
    if (c >= block.first && c <= block.last) return true;
  }
  return false;
}

}  // namespace

uint32_t Lexer::line_break_length(uint32_t offset) const {
  if (offset >= end_) return 0;
  if (text_[offset] == '\n') return 1;
  if (text_[offset] == '\r') return offset + 1 < end_ && text_[offset + 1] == '\n' ? 2 : 1;
  return 0;
}

// One logical line: its indentation, its tokens, its NEWLINE.
void Lexer::line() {
  uint32_t width = 0, tab_blind_width = 0;
  for (;; ++position_) {
    const char c = peek();
    if (c == ' ') {
      ++width, ++tab_blind_width;
    } else if (c == '\t') {
      width = (width / 8 + 1) * 8, ++tab_blind_width;
    } else if (c == '\f') {
      width = tab_blind_width = 0;
    } else {
      break;
    }
  }
  if (position_ >= end_) return;
  if (peek() == '#') skip_comment();
  if (position_ >= end_) return;
  if (const uint32_t n = line_break_length(position_)) {  // a blank line
    position_ += n;
    return;
  }
  if (!(peek() == '\\' && line_break_length(position_ + 1))) indentation(width, tab_blind_width);
  for (;;) {
    skip_space();
    if (position_ >= end_) return;
    if (const uint32_t n = line_break_length(position_)) {
      add(Tok::kNewline, position_, position_ + n);
      position_ += n;
      return;
    }
    token();
  }
}

void Lexer::finish_lines() {
  if (!brackets_.empty()) unclosed_bracket();
  if (!tokens_.empty() && tokens_.back().kind != Tok::kNewline) add(Tok::kNewline, end_, end_);
  while (indents_.size() > 1) {
    indents_.pop_back();
    add(Tok::kDedent, end_, end_);
  }
  add(Tok::kEnd, end_, end_);
}

void Lexer::indentation(uint32_t width, uint32_t tab_blind_width) {
  // Tabs count to the next multiple of 8; a line whose depth depends on that
  // choice is refused, as Python does.
  const Indent top = indents_.back();
  const auto inconsistent = [&] {
    fail(position_, "inconsistent use of tabs and spaces in indentation");
  };
  if (width == top.width) {
    if (tab_blind_width != top.tab_blind_width) inconsistent();
    return;
  }
  if (width > top.width) {
    if (tab_blind_width <= top.tab_blind_width) inconsistent();
    if (indents_.size() > static_cast<size_t>(kMaxIndentation)) {
      fail(position_,
           "too many levels of indentation (limit " + std::to_string(kMaxIndentation) + ")",
           ErrorKind::kLimit);
    }
    indents_.push_back({width, tab_blind_width});
    add(Tok::kIndent, position_, position_);
    return;
  }
  while (indents_.back().width > width) {
    indents_.pop_back();
    add(Tok::kDedent, position_, position_);
  }
  if (indents_.back().width != width) {
    fail(position_, "unindent does not match any outer indentation level");
  }
  if (indents_.back().tab_blind_width != tab_blind_width) inconsistent();
}

void Lexer::skip_comment() {
  while (position_ < end_ && !line_break_length(position_)) ++position_;
}

// Spaces, comments, joined lines.
void Lexer::skip_space() {
  while (position_ < end_) {
    const char c = text_[position_];
    if (c == ' ' || c == '\t' || c == '\f') {
      ++position_;
    } else if (c == '#' && !inside_expression_) {
      skip_comment();
    } else if (c == '\\' && line_break_length(position_ + 1)) {
      position_ += 1 + line_break_length(position_ + 1);
      if (position_ >= end_ && !inside_expression_)
        fail(position_, "unexpected end of text after a line continuation");
    } else if (joined() && line_break_length(position_)) {
      position_ += line_break_length(position_);
    } else {
      return;
    }
  }
}

void Lexer::token() {
  const char c = peek();
  if (is_letter(c) || (c & 0x80)) {
    name_or_string();
  } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
    number();
  } else if (c == '"' || c == '\'') {
    string(position_);
  } else {
    operator_token();
  }
}

// The end of the name at position_; an invalid character throws.
uint32_t Lexer::name_end() {
  uint32_t i = position_;
  while (i < end_) {
    const auto c = static_cast<unsigned char>(text_[i]);
    if (is_word(text_[i])) {
      ++i;
      continue;
    }
    if (c < 0x80) break;
    const int extra = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
    uint32_t code_point = c & (0x3F >> extra);
    bool good = c >= 0xC2 && c < 0xF5 && i + extra < end_;
    for (int k = 1; good && k <= extra; ++k) {
      const auto next = static_cast<unsigned char>(text_[i + k]);
      good = (next & 0xC0) == 0x80;
      code_point = (code_point << 6) | (next & 0x3F);
    }
    if (!good) fail(i, "the text is not valid UTF-8");
    if (!is_name_code_point(code_point)) {
      char hex[16];
      std::snprintf(hex, sizeof hex, "U+%04X", code_point);
      fail(i, "invalid character '" + std::string(text_ + i, extra + 1) + "' (" + hex + ")");
    }
    i += 1 + extra;
  }
  return i;
}

Tok Lexer::keyword_or_name(uint32_t begin, uint32_t end) const {
  const uint32_t n = end - begin;
  if (n < 2 || n > 8) return Tok::kName;
  for (const Spelling& keyword : kKeywords) {
    if (keyword.text[0] == text_[begin] && keyword.text[1] == text_[begin + 1] &&
        std::strlen(keyword.text) == n && std::memcmp(keyword.text, text_ + begin, n) == 0) {
      return keyword.kind;
    }
  }
  return Tok::kName;
}

void Lexer::name_or_string() {
  const uint32_t begin = position_;
  const uint32_t end = name_end();
  const char next = end < end_ ? text_[end] : '\0';
  if ((next == '"' || next == '\'') && end - begin <= 2) {
    bool prefix = true;
    for (uint32_t i = begin; i < end; ++i) prefix &= std::strchr("rRbBfFuU", text_[i]) != nullptr;
    if (prefix) {
      position_ = end;
      string(begin);
      return;
    }
  }
  add(keyword_or_name(begin, end), begin, end);
  position_ = end;
}

// Digits with single underscores between them.
void Lexer::digits(bool (*accept)(char)) {
  const uint32_t begin = position_;
  while (position_ < end_ && (accept(text_[position_]) || text_[position_] == '_')) {
    if (text_[position_] == '_' &&
        (position_ == begin ? text_[begin - 1] == '.' : text_[position_ - 1] == '_')) {
      fail(position_, "invalid number: misplaced '_'");
    }
    ++position_;
  }
  if (position_ > begin && text_[position_ - 1] == '_')
    fail(position_, "invalid number: misplaced '_'");
}

void Lexer::number() {
  const uint32_t begin = position_;
  const char marker = static_cast<char>(peek(1) | 0x20);
  if (peek() == '0' && (marker == 'x' || marker == 'o' || marker == 'b')) {
    position_ += 2;
    const uint32_t first = position_;
    digits(marker == 'x'   ? is_hex
           : marker == 'o' ? +[](char c) { return c >= '0' && c <= '7'; }
                           : +[](char c) { return c == '0' || c == '1'; });
    if (position_ == first) fail(begin, "invalid number: no digits");
  } else {
    digits(is_digit);
    bool is_float = false;
    const uint32_t integer_end = position_;
    if (peek() == '.') {
      is_float = true;
      ++position_;
      digits(is_digit);
    }
    const uint32_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
    if ((peek() == 'e' || peek() == 'E') && is_digit(peek(sign))) {
      is_float = true;
      position_ += sign;
      digits(is_digit);
    }
    if (peek() == 'j' || peek() == 'J') {
      fail(begin, "complex numbers are not part of this language", ErrorKind::kUnsupported);
    }
    if (!is_float && text_[begin] == '0') {
      for (uint32_t i = begin; i < integer_end; ++i) {
        if (text_[i] != '0' && text_[i] != '_')
          fail(begin, "leading zeros in decimal integer literals are not permitted");
      }
    }
  }
  // `1if x else 2` is legal Python; `1x` is not.
  if (is_letter(peek())) {
    const uint32_t end = name_end();
    const Tok word = keyword_or_name(position_, end);
    if (word == Tok::kName)
      fail(begin, "invalid number: '" + std::string(text_ + begin, end - begin) + "'");
  } else if (is_digit(peek())) {
    fail(begin, "invalid number");
  }
  add(Tok::kNumber, begin, position_);
}

void Lexer::bracket(Tok kind, uint32_t offset) {
  const char c = text_[offset];
  if (kind == Tok::kLeftParen || kind == Tok::kLeftBracket || kind == Tok::kLeftBrace) {
    if (base_depth_ + brackets_.size() >= static_cast<size_t>(kMaxNesting)) {
      fail(offset, "too many nested brackets (limit " + std::to_string(kMaxNesting) + ")",
           ErrorKind::kLimit);
    }
    brackets_.push_back({c == '(' ? ')' : c == '[' ? ']' : '}', offset});
  } else if (c == ')' || c == ']' || c == '}') {
    if (brackets_.empty()) fail(offset, std::string("unmatched '") + c + "'");
    if (brackets_.back().closing != c) {
      fail(offset, std::string("closing '") + c + "' does not match the bracket opened at line " +
                       std::to_string(source_.place(brackets_.back().offset).line));
    }
    brackets_.pop_back();
  }
}

void Lexer::operator_token() {
  const uint32_t begin = position_;
  const uint8_t first = kOperatorStart[static_cast<unsigned char>(text_[begin])];
  for (size_t i = first; i < kOperators.size(); ++i) {
    const Spelling& op = kOperators[i];
    if (op.text[0] != text_[begin]) continue;
    const size_t n = std::strlen(op.text);
    if (begin + n > end_ || std::memcmp(op.text, text_ + begin, n) != 0) continue;
    bracket(op.kind, begin);
    position_ += static_cast<uint32_t>(n);
    add(op.kind, begin, position_);
    return;
  }
  if (text_[begin] == '\\') fail(begin, "unexpected character after a line continuation");
  if (static_cast<unsigned char>(text_[begin]) < 0x20)
    fail(begin, "the text holds a control character");
  fail(begin, "invalid character '" + std::string(1, text_[begin]) + "'");
}

void Lexer::unclosed_bracket() const {
  const uint32_t offset = brackets_.back().offset;
  fail(offset, std::string("'") + text_[offset] + "' was never closed");
}

std::vector<Token> tokenize(const Source& source) {
  if (source.text.size() > (size_t{64} << 20)) {
    throw Error(ErrorKind::kLimit, "the program is longer than 64 MiB", {source.file, 1, 1});
  }
  return Lexer(source, {0, static_cast<uint32_t>(source.text.size())}, 0).program();
}

std::vector<Token> tokenize_expression(const Source& source, Range range, int base_depth) {
  return Lexer(source, range, base_depth).expression();
}

uint32_t field_expression_end(const Source& source, uint32_t begin, uint32_t limit) {
  return Lexer(source, {begin, limit}, 0).field_end();
}

const char* describe(Tok kind) {
  switch (kind) {
    case Tok::kEnd:
      return "end of text";
    case Tok::kNewline:
      return "end of line";
    case Tok::kIndent:
      return "indent";
    case Tok::kDedent:
      return "unindent";
    case Tok::kName:
      return "name";
    case Tok::kNumber:
      return "number";
    case Tok::kString:
      return "string";
    default:
      break;
  }
  for (const Spelling& op : kOperators) {
    if (op.kind == kind) return op.text;
  }
  for (const Spelling& keyword : kKeywords) {
    if (keyword.kind == kind) return keyword.text;
  }
  return "token";
}

}  // namespace cadrecode::script
