// String literals.
#include <cstdio>

#include "language/script/printer_impl.h"

namespace cadrecode::script {
namespace {

// Characters that cannot be seen are written as escapes.
bool invisible(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFFF0 && c <= 0xFFFB);
}

}  // namespace

void append_escape(uint32_t c, std::string& out) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer,
                c < 0x100     ? "\\x%02x"
                : c < 0x10000 ? "\\u%04x"
                              : "\\U%08x",
                c);
  out += buffer;
}

namespace {

// One character of `text` at `i`, which moves on.
uint32_t next_code_point(std::string_view text, size_t& i) {
  const auto c = static_cast<unsigned char>(text[i++]);
  const int extra = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
  uint32_t code = extra == 0 ? c : c & (0x3F >> extra);
  for (int k = 0; k < extra && i < text.size(); ++k)
    code = code << 6 | (static_cast<unsigned char>(text[i++]) & 0x3F);
  return code;
}

}  // namespace

void append_escaped(std::string_view text, char mark, std::string& out) {
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const uint32_t c = next_code_point(text, i);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\\' || c == static_cast<unsigned char>(mark)) {
      out += '\\', out += text[begin];
    } else if (invisible(c)) {
      append_escape(c, out);
    } else {
      out += text.substr(begin, i - begin);
    }
  }
}

std::string quote(std::string_view text) {
  const bool doubled =
      text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
  const char mark = doubled ? '"' : '\'';
  std::string out(1, mark);
  append_escaped(text, mark, out);
  out += mark;
  return out;
}

}  // namespace cadrecode::script
