// Formatting after the Python library reference, "Format Specification
// Mini-Language".
#include "language/interpreter/format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "language/interpreter/containers.h"
#include "language/interpreter/format_spec.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
size_t character_length(std::string_view text, size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  const size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  return std::min(n, text.size() - i);
}

int number_at(std::string_view text, size_t& i, int limit) {
  int64_t n = 0;
  while (i < text.size() && text[i] >= '0' && text[i] <= '9') {
    n = n * 10 + (text[i++] - '0');
    if (n > limit)
      throw Error(ErrorKind::kLimit,
                  "a width or precision above " + std::to_string(limit) + " in a format");
  }
  return static_cast<int>(n);
}

namespace {

bool is_digit_at(std::string_view text, size_t i) {
  return i < text.size() && text[i] >= '0' && text[i] <= '9';
}

Spec parse_spec(std::string_view text) {
  Spec spec;
  size_t i = 0;
  const auto is_align = [&](size_t k) {
    return k < text.size() && std::string_view("<>=^").find(text[k]) != std::string_view::npos;
  };
  const size_t first = text.empty() ? 0 : character_length(text, 0);
  if (!text.empty() && is_align(first)) {
    spec.fill = std::string(text.substr(0, first));
    spec.align = text[first];
    i = first + 1;
  } else if (is_align(0)) {
    spec.align = text[i++];
  }
  const auto at = [&](char c) { return i < text.size() && text[i] == c; };
  if (at('+') || at('-') || at(' ')) spec.sign = text[i++];
  if (at('z')) ++i;
  if (at('#')) spec.alternate = true, ++i;
  if (at('0')) {
    spec.zero = true, ++i;
    if (!spec.align) spec.align = '=', spec.fill = "0";
  }
  if (is_digit_at(text, i)) spec.width = number_at(text, i, kMaxWidth);
  if (at(',') || at('_')) spec.grouping = text[i++];
  if (at('.')) {
    ++i;
    if (!is_digit_at(text, i)) throw_value_error("Format specifier missing precision");
    spec.precision = number_at(text, i, kMaxPrecision);
  }
  if (i < text.size()) spec.type = text[i++];
  if (i < text.size()) throw_value_error("Invalid format specifier '" + std::string(text) + "'");
  return spec;
}

size_t code_points(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Fills `body` to the width; `sign` and prefix stay in front of '=' padding.
std::string pad(const Spec& spec, const std::string& sign, const std::string& body,
                char default_align) {
  const size_t length = code_points(sign) + code_points(body);
  const size_t missing =
      static_cast<size_t>(spec.width) > length ? static_cast<size_t>(spec.width) - length : 0;
  const char align = spec.align ? spec.align : default_align;
  const auto fill = [&](size_t n) {
    std::string out;
    for (size_t i = 0; i < n; ++i) out += spec.fill;
    return out;
  };
  switch (align) {
    case '<':
      return sign + body + fill(missing);
    case '^':
      return fill(missing / 2) + sign + body + fill(missing - missing / 2);
    case '=':
      return sign + fill(missing) + body;
    default:
      return fill(missing) + sign + body;
  }
}

// Separators between groups of digits of the integer part; with '=' and '0'
// padding the zeros are grouped, too.
std::string group_digits(const Spec& spec, std::string digits, size_t sign_length,
                         size_t tail_length) {
  if (!spec.grouping) return digits;
  const size_t every =
      spec.grouping == '_' && std::string_view("bBoxX").find(spec.type) != std::string_view::npos &&
              spec.type
          ? 4
          : 3;
  const auto grouped = [&](const std::string& d) {
    std::string out;
    for (size_t i = 0; i < d.size(); ++i) {
      if (i > 0 && (d.size() - i) % every == 0) out += spec.grouping;
      out += d[i];
    }
    return out;
  };
  if (spec.align == '=' && spec.fill == "0") {
    while (grouped(digits).size() + sign_length + tail_length < static_cast<size_t>(spec.width)) {
      const std::string longer = "0" + digits;
      if (grouped(longer).size() + sign_length + tail_length > static_cast<size_t>(spec.width)) {
        if (grouped(longer).size() > grouped(digits).size() + 1) digits = longer;
        break;
      }
      digits = longer;
    }
  }
  return grouped(digits);
}

std::string sign_text(const Spec& spec, bool negative) {
  return negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

std::string print_double(const char* format, int precision, double value) {
  char small[64];
  const int n = std::snprintf(small, sizeof small, format, precision, value);
  if (n < static_cast<int>(sizeof small)) return std::string(small, static_cast<size_t>(n));
  std::string out(static_cast<size_t>(n) + 1, '\0');
  std::snprintf(out.data(), out.size(), format, precision, value);
  out.pop_back();
  return out;
}

// The digits of |value|, without sign.
std::string float_digits(const Spec& spec, double value) {
  const bool upper = spec.type == 'E' || spec.type == 'F' || spec.type == 'G';
  if (std::isnan(value)) return upper ? "NAN" : "nan";
  if (std::isinf(value)) return upper ? "INF" : "inf";
  const int precision = spec.precision < 0 ? 6 : spec.precision;
  switch (spec.type) {
    case 'e':
      return print_double(spec.alternate ? "%#.*e" : "%.*e", precision, value);
    case 'E':
      return print_double(spec.alternate ? "%#.*E" : "%.*E", precision, value);
    case 'f':
    case 'F':
      return print_double(spec.alternate ? "%#.*f" : "%.*f", precision, value);
    case 'g':
    case 'n':
      return print_double(spec.alternate ? "%#.*g" : "%.*g", precision, value);
    case 'G':
      return print_double(spec.alternate ? "%#.*G" : "%.*G", precision, value);
    case '%':
      return print_double("%.*f", precision, value * 100) + "%";
    default:
      break;
  }
  if (spec.precision < 0) return float_repr(value);
  // No type: like 'g', but with a digit after the point, and with an exponent
  // as soon as the integer part would use up the precision.
  const int digits = std::max(1, spec.precision);
  const std::string scientific = print_double("%.*e", digits - 1, value);
  const size_t mark = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + mark + 1);
  if (exponent < -4 || exponent >= digits - 1) {
    std::string mantissa = scientific.substr(0, mark);
    if (mantissa.find('.') != std::string::npos) {
      while (mantissa.back() == '0') mantissa.pop_back();
      if (mantissa.back() == '.') mantissa.pop_back();
    }
    return mantissa + scientific.substr(mark);
  }
  const std::string out = print_double("%.*g", digits, value);
  return out.find('.') == std::string::npos ? out + ".0" : out;
}

std::string digits_in_base(uint64_t value, unsigned base, bool upper) {
  std::string out;
  do {
    const unsigned d = static_cast<unsigned>(value % base);
    out += d < 10 ? static_cast<char>('0' + d) : static_cast<char>((upper ? 'A' : 'a') + d - 10);
    value /= base;
  } while (value > 0);
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

std::string format_float(const Spec& spec, double value) {
  if (spec.type && std::string_view("eEfFgGn%").find(spec.type) == std::string_view::npos) {
    throw_value_error(std::string("Unknown format code '") + spec.type +
                      "' for object of type 'float'");
  }
  const bool negative = std::signbit(value) && !std::isnan(value);
  std::string digits = float_digits(spec, std::abs(value));
  const std::string sign = sign_text(spec, negative);
  const size_t whole = std::min(digits.find_first_not_of("0123456789"), digits.size());
  const std::string tail = digits.substr(whole);
  if (whole > 0)
    digits = group_digits(spec, digits.substr(0, whole), sign.size(), tail.size()) + tail;
  return pad(spec, sign, digits, '>');
}

std::string character(int64_t code) {
  std::string out;
  if (code < 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
    throw_value_error("chr() arg not in range(0x110000)");
  const auto c = static_cast<uint32_t>(code);
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6), out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12), out += static_cast<char>(0x80 | (c >> 6 & 0x3F)),
        out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18), out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F)), out += static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

std::string format_integer(const Spec& spec, int64_t value) {
  if (spec.type && std::string_view("eEfFgG%").find(spec.type) != std::string_view::npos) {
    return format_float(spec, static_cast<double>(value));
  }
  if (spec.precision >= 0) throw_value_error("Precision not allowed in integer format specifier");
  if (spec.type == 'c') return pad(spec, "", character(value), '<');
  unsigned base = 10;
  std::string prefix;
  switch (spec.type) {
    case 0:
    case 'd':
    case 'n':
      break;
    case 'b':
      base = 2, prefix = "0b";
      break;
    case 'o':
      base = 8, prefix = "0o";
      break;
    case 'x':
      base = 16, prefix = "0x";
      break;
    case 'X':
      base = 16, prefix = "0X";
      break;
    default:
      throw_value_error(std::string("Unknown format code '") + spec.type +
                        "' for object of type 'int'");
  }
  const uint64_t magnitude =
      value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  std::string sign = sign_text(spec, value < 0);
  if (spec.alternate) sign += prefix;
  const std::string digits = digits_in_base(magnitude, base, spec.type == 'X');
  return pad(spec, sign, group_digits(spec, digits, sign.size(), 0), '>');
}

std::string format_string(const Spec& spec, const std::string& text) {
  if (spec.type && spec.type != 's') {
    throw_value_error(std::string("Unknown format code '") + spec.type +
                      "' for object of type 'str'");
  }
  if (spec.align == '=' && !spec.zero)
    throw_value_error("'=' alignment not allowed in string format specifier");
  std::string body = text;
  if (spec.precision >= 0) {
    size_t end = 0;
    for (int i = 0; i < spec.precision && end < body.size(); ++i)
      end += character_length(body, end);
    body.resize(end);
  }
  Spec plain = spec;
  if (plain.align == '=') plain.align = '<';
  return pad(plain, "", body, '<');
}

std::string format_value(const Value& value, std::string_view text, Interpreter& interpreter) {
  if (text.empty()) return to_str(value, interpreter);
  if (value.is_object() && !value.is_str()) {
    throw_type_error("unsupported format string passed to " + type_name(value) + ".__format__");
  }
  if (value.is_none()) throw_type_error("unsupported format string passed to NoneType.__format__");
  const Spec spec = parse_spec(text);
  if (value.is_str()) return format_string(spec, value.str());
  if (value.is_float()) return format_float(spec, value.as_double());
  if (value.is_bool() && !spec.type) return format_string(spec, value.as_bool() ? "True" : "False");
  return format_integer(spec, value.as_int());
}

}  // namespace cadrecode::interpreter
