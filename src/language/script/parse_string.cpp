#include <cctype>

#include "language/script/parser_impl.h"

namespace cadrecode::script {
namespace {

void append_utf8(uint32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool valid_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const size_t n = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (n == 0 || i + n > text.size()) return false;
    for (size_t k = 1; k < n; ++k) {
      if ((text[i + k] & 0xC0) != 0x80) return false;
    }
    i += n;
  }
  return true;
}

}  // namespace

// Adjacent string literals make one.
Expr* Parser::strings() {
  const uint32_t begin = now().range.begin;
  std::vector<StringPart> parts;
  bool formatted = false;
  std::string plain;
  while (at(Tok::kString)) {
    const Token token = take();
    const StringToken string = split(token);
    if (!valid_utf8(source_.at(string.body))) fail(token.range, "the text is not valid UTF-8");
    if (string.formatted) {
      if (!plain.empty()) add_text(parts, std::exchange(plain, {}));
      formatted = true;
      formatted_parts(string, string.body.begin, false, parts);
    } else {
      decode(string.body, string.raw, plain);
    }
  }
  if (!formatted) {
    auto* literal = node<String>(begin);
    literal->text = arena_.copy(plain);
    literal->id = program_.literal_count++;
    return literal;
  }
  if (!plain.empty()) add_text(parts, plain);
  auto* joined = node<JoinedString>(begin);
  joined->parts = arena_.copy(parts);
  return joined;
}

// Text next to text becomes one part, so that equal strings are equal trees.
void Parser::add_text(std::vector<StringPart>& parts, std::string_view text) {
  if (text.empty()) return;
  if (!parts.empty() && !parts.back().value) {
    parts.back().text = arena_.copy(std::string(parts.back().text) + std::string(text));
  } else {
    parts.push_back({arena_.copy(text), nullptr, 0, false, {}});
  }
}

Parser::StringToken Parser::split(const Token& token) const {
  StringToken result{token.range, false, false};
  int prefixes = 0, unicode = 0;
  for (;; ++result.body.begin, ++prefixes) {
    const char c = source_.text[result.body.begin];
    if (c == '"' || c == '\'') break;
    if ((c | 0x20) == 'r') result.raw = true;
    if ((c | 0x20) == 'f') result.formatted = true;
    if ((c | 0x20) == 'u') ++unicode;
    if ((c | 0x20) == 'b') refuse(token.range, "bytes literals");
  }
  if (prefixes == 2 && (unicode > 0 || result.raw != true || result.formatted != true)) {
    fail(token.range, "invalid string prefix");
  }
  const std::string_view quoted = source_.at(result.body);
  const uint32_t width =
      quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0] ? 3 : 1;
  result.body.begin += width;
  result.body.end -= width;
  return result;
}

// Escapes done, line ends as "\n".
void Parser::decode(Range range, bool raw, std::string& out) const {
  for (uint32_t i = range.begin; i < range.end;) {
    const char c = source_.text[i];
    if (c == '\\' && !raw && i + 1 < range.end) {
      i = decode_escape(i + 1, range.end, out);
    } else if (c == '\r') {
      out += '\n';
      i += i + 1 < range.end && source_.text[i + 1] == '\n' ? 2 : 1;
    } else {
      out += c;
      ++i;
    }
  }
}

// `i` is after the backslash; returns where the escape ends.
uint32_t Parser::decode_escape(uint32_t i, uint32_t end, std::string& out) const {
  const std::string& text = source_.text;
  const auto hex = [&](uint32_t count) {
    uint32_t code = 0;
    for (uint32_t k = 1; k <= count; ++k) {
      if (i + k >= end || !std::isxdigit(static_cast<unsigned char>(text[i + k]))) {
        fail({i - 1, i + 1}, std::string("truncated \\") + text[i] + " escape");
      }
      code = code * 16 + static_cast<uint32_t>(std::stoi(text.substr(i + k, 1), nullptr, 16));
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
      fail({i - 1, i + 1}, "escape is not a character");
    append_utf8(code, out);
    return i + 1 + count;
  };
  switch (const char c = text[i]) {
    case '\r':
      return i + 1 < end && text[i + 1] == '\n' ? i + 2 : i + 1;
    case '\n':
      return i + 1;
    case '\\':
    case '\'':
    case '"':
      out += c;
      return i + 1;
    case 'a':
      out += '\a';
      return i + 1;
    case 'b':
      out += '\b';
      return i + 1;
    case 'f':
      out += '\f';
      return i + 1;
    case 'n':
      out += '\n';
      return i + 1;
    case 'r':
      out += '\r';
      return i + 1;
    case 't':
      out += '\t';
      return i + 1;
    case 'v':
      out += '\v';
      return i + 1;
    case 'x':
      return hex(2);
    case 'u':
      return hex(4);
    case 'U':
      return hex(8);
    case 'N':
      refuse({i - 1, i + 1}, "\\N{…} escapes");
    default:
      break;
  }
  if (text[i] >= '0' && text[i] <= '7') {
    uint32_t code = 0, k = 0;
    for (; k < 3 && i + k < end && text[i + k] >= '0' && text[i + k] <= '7'; ++k)
      code = code * 8 + static_cast<uint32_t>(text[i + k] - '0');
    append_utf8(code, out);
    return i + k;
  }
  out += '\\';  // an unknown escape stands for itself
  return i;
}

// Splits the text from `begin` into parts; in a format, up to its "}". Returns
// where it stopped.
uint32_t Parser::formatted_parts(const StringToken& token, uint32_t begin, bool in_format,
                                 std::vector<StringPart>& parts) {
  const std::string& text = source_.text;
  uint32_t i = begin, literal = begin;
  const auto flush = [&](uint32_t end) {
    std::string out;
    decode({literal, end}, token.raw, out);
    add_text(parts, out);
  };
  while (i < token.body.end) {
    const char c = text[i];
    const bool doubled = !in_format && i + 1 < token.body.end && text[i + 1] == c;
    if (c == '\\' && i + 1 < token.body.end && text[i + 1] != '{' && text[i + 1] != '}') {
      i += 2;
    } else if ((c == '{' || c == '}') && doubled) {
      flush(i + 1);
      i += 2;
      literal = i;
    } else if (c == '{') {
      flush(i);
      i = replacement_field(token, i + 1, parts);
      literal = i;
    } else if (c == '}') {
      if (!in_format) fail({i, i + 1}, "f-string: single '}' is not allowed");
      break;
    } else {
      ++i;
    }
  }
  flush(i);
  return i;
}

// From after "{" to after "}".
uint32_t Parser::replacement_field(const StringToken& token, uint32_t begin,
                                   std::vector<StringPart>& parts) {
  const Level level(*this);
  const std::string& text = source_.text;
  const uint32_t end = token.body.end;
  uint32_t i = field_expression_end(source_, begin, end);
  StringPart part{{}, field_expression({begin, i}), 0, false, {}};
  bool debug = false;
  if (i < end && text[i] == '=') {
    debug = true;
    do ++i;
    while (i < end && (text[i] == ' ' || text[i] == '\t'));
    add_text(parts, source_.at({begin, i}));
  }
  if (i < end && text[i] == '!') {
    const char c = i + 1 < end ? text[i + 1] : '\0';
    if (c != 'r' && c != 's' && c != 'a') fail({i, i + 1}, "f-string: expected '!r', '!s' or '!a'");
    part.conversion = c;
    i += 2;
  }
  if (i < end && text[i] == ':') {
    std::vector<StringPart> format;
    i = formatted_parts(token, i + 1, true, format);
    part.has_format = !format.empty();
    part.format = arena_.copy(format);
  }
  if (debug && !part.conversion && !part.has_format) part.conversion = 'r';
  if (i >= end || text[i] != '}') fail({i, i + 1}, "f-string: expecting '}'");
  parts.push_back(part);
  return i + 1;
}

Expr* Parser::field_expression(Range range) {
  std::vector<Token> tokens = tokenize_expression(source_, range, level_ / 2);
  std::swap(tokens, tokens_);
  const size_t next = std::exchange(next_, 0);
  if (at(Tok::kEnd)) fail(range, "f-string: empty expression not allowed");
  Expr* value = at(Tok::kYield) ? yield() : expression_list(true, "in an f-string");
  if (!at(Tok::kEnd)) fail_here("'}'");
  if (value->kind == ExprKind::kStarred) fail(range, "cannot use starred expression here");
  std::swap(tokens, tokens_);
  next_ = next;
  return value;
}

}  // namespace cadrecode::script
