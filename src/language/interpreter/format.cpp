// Formatting after the Python library reference, "Format Specification
// Mini-Language", "Format String Syntax" and "printf-style String Formatting".
#include "language/interpreter/format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "language/interpreter/arguments.h"
#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

constexpr int kMaxWidth = 100000;  // a wider field is a mistake or an attack
constexpr int kMaxPrecision = 1000;

struct Spec {
  std::string fill = " ";
  char align = 0;  // < > = ^
  char sign = '-';
  bool alternate = false;
  bool zero = false;
  int width = 0;
  char grouping = 0;
  int precision = -1;
  char type = 0;
};

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

std::string utf8(int64_t code) {
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
  if (spec.type == 'c') return pad(spec, "", utf8(value), '<');
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

}  // namespace

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

// --- % ---

namespace {

// One %-conversion: everything between "%" and its letter.
struct Conversion {
  std::string key;
  bool has_key = false, left = false, plus = false, space = false, zero = false, alternate = false;
  int width = 0, precision = -1;
  char type = 0;
};

class PercentFormatter {
 public:
  PercentFormatter(const std::string& text, const Value& arguments, Interpreter& interpreter)
      : text_(text), arguments_(arguments), in_(interpreter) {
    if (arguments.is_tuple()) tuple_ = &arguments.as_tuple().items();
  }

  std::string run() {
    std::string out;
    while (i_ < text_.size()) {
      if (text_[i_] != '%') {
        out += text_[i_++];
        continue;
      }
      ++i_;
      const Conversion c = conversion();
      out += c.type == '%' ? "%" : convert(c);
      in_.charge_memory(out.size());
    }
    const bool unused =
        tuple_ ? used_ < tuple_->size() : (used_ == 0 && !arguments_.is_dict() && !used_key_);
    if (unused) throw_type_error("not all arguments converted during string formatting");
    return out;
  }

 private:
  const Value& next() {
    if (tuple_) {
      if (used_ >= tuple_->size()) throw_type_error("not enough arguments for format string");
      return (*tuple_)[used_++];
    }
    if (used_++ > 0) throw_type_error("not enough arguments for format string");
    return arguments_;
  }

  int star_or_number(int limit) {
    if (i_ < text_.size() && text_[i_] == '*') {
      ++i_;
      const Value& v = next();
      if (!v.is_integral()) throw_type_error("* wants int");
      if (v.as_int() > limit)
        throw Error(ErrorKind::kLimit, "a width above " + std::to_string(limit) + " in a format");
      return static_cast<int>(v.as_int());
    }
    return number_at(text_, i_, limit);
  }

  Conversion conversion() {
    Conversion c;
    if (i_ < text_.size() && text_[i_] == '(') {
      const size_t end = text_.find(')', i_);
      if (end == std::string::npos) throw_value_error("incomplete format key");
      c.key = text_.substr(i_ + 1, end - i_ - 1);
      c.has_key = used_key_ = true;
      i_ = end + 1;
    }
    for (; i_ < text_.size(); ++i_) {
      const char flag = text_[i_];
      if (flag == '-')
        c.left = true;
      else if (flag == '+')
        c.plus = true;
      else if (flag == ' ')
        c.space = true;
      else if (flag == '0')
        c.zero = true;
      else if (flag == '#')
        c.alternate = true;
      else
        break;
    }
    c.width = star_or_number(kMaxWidth);
    if (c.width < 0) c.left = true, c.width = -c.width;
    if (i_ < text_.size() && text_[i_] == '.') {
      ++i_;
      c.precision = std::max(0, star_or_number(kMaxPrecision));
    }
    while (i_ < text_.size() && (text_[i_] == 'l' || text_[i_] == 'h' || text_[i_] == 'L')) ++i_;
    if (i_ >= text_.size()) throw_value_error("incomplete format");
    c.type = text_[i_++];
    return c;
  }

  std::string convert(const Conversion& c) {
    Value value;
    if (c.has_key) {
      if (!arguments_.is_dict()) throw_type_error("format requires a mapping");
      value = get_item(arguments_, Value(c.key), in_);
    } else {
      value = next();
    }
    Spec spec;
    spec.width = c.width;
    spec.align = c.left ? '<' : 0;
    spec.sign = c.plus ? '+' : c.space ? ' ' : '-';
    spec.alternate = c.alternate;
    if (c.zero && !c.left) spec.align = '=', spec.fill = "0";
    switch (c.type) {
      case 's':
      case 'r':
      case 'a': {
        spec.precision = c.precision;
        if (spec.align == '=') spec.align = '>', spec.fill = " ";
        const std::string body = c.type == 's' ? to_str(value, in_) : repr(value, in_);
        if (!spec.align) spec.align = '>';
        return format_string(spec, body);
      }
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o': {
        if (!value.is_number() ||
            (value.is_float() && c.type != 'd' && c.type != 'i' && c.type != 'u')) {
          throw_type_error(std::string("%") + c.type + " format: a real number is required, not " +
                           type_name(value));
        }
        spec.type = c.type == 'i' || c.type == 'u' ? 'd' : c.type;
        return format_integer(spec,
                              value.is_float() ? float_to_int(value.as_double()) : value.as_int());
      }
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        if (!value.is_number()) throw_type_error("must be real number, not " + type_name(value));
        spec.type = c.type;
        spec.precision = c.precision;
        return format_float(spec, value.as_double());
      case 'c':
        if (value.is_str()) return format_string(spec, value.str());
        return format_string(spec, utf8(value.is_integral() ? value.as_int() : -1));
      default:
        throw_value_error(std::string("unsupported format character '") + c.type + "'");
    }
  }

  const std::string& text_;
  const Value& arguments_;
  Interpreter& in_;
  const std::vector<Value>* tuple_ = nullptr;
  size_t i_ = 0, used_ = 0;
  bool used_key_ = false;
};

// --- str.format ---

class TemplateFormatter {
 public:
  TemplateFormatter(const Arguments& arguments, Interpreter& interpreter)
      : arguments_(arguments), in_(interpreter) {}

  std::string run(std::string_view text, int depth = 0) {
    if (depth > 2) throw_value_error("Max string recursion exceeded");
    std::string out;
    for (size_t i = 0; i < text.size();) {
      const char c = text[i];
      const bool doubled = i + 1 < text.size() && text[i + 1] == c;
      if ((c == '{' || c == '}') && doubled) {
        out += c, i += 2;
      } else if (c == '}') {
        throw_value_error("Single '}' encountered in format string");
      } else if (c == '{') {
        const size_t end = closing(text, i + 1);
        out += field(text.substr(i + 1, end - i - 1), depth);
        in_.charge_memory(out.size());
        i = end + 1;
      } else {
        out += c, ++i;
      }
    }
    return out;
  }

 private:
  static size_t closing(std::string_view text, size_t i) {
    for (int open = 1; i < text.size(); ++i) {
      if (text[i] == '{') ++open;
      if (text[i] == '}' && --open == 0) return i;
    }
    throw_value_error("expected '}' before end of string");
  }

  std::string field(std::string_view text, int depth) {
    // name, then !r, then :spec; brackets of an index may hold either sign
    size_t end = 0, bracket = 0;
    for (; end < text.size(); ++end) {
      if (text[end] == '[') ++bracket;
      if (text[end] == ']' && bracket > 0) --bracket;
      if (bracket == 0 && (text[end] == '!' || text[end] == ':')) break;
    }
    Value value = lookup(text.substr(0, end));
    if (end < text.size() && text[end] == '!') {
      const char conversion = end + 1 < text.size() ? text[end + 1] : '\0';
      if (conversion != 'r' && conversion != 's' && conversion != 'a')
        throw_value_error("Unknown conversion specifier");
      value = conversion == 's' ? Value(to_str(value, in_)) : Value(repr(value, in_));
      end += 2;
      if (end < text.size() && text[end] != ':')
        throw_value_error("expected ':' after conversion specifier");
    }
    const std::string spec = end < text.size() ? run(text.substr(end + 1), depth + 1) : "";
    return format_value(value, spec, in_);
  }

  Value lookup(std::string_view name) {
    const size_t end = std::min(name.find_first_of(".["), name.size());
    Value value = first(std::string(name.substr(0, end)));
    for (size_t i = end; i < name.size();) {
      if (name[i] == '.') {
        const size_t stop = std::min(name.find_first_of(".[", i + 1), name.size());
        value = get_attribute(value, name.substr(i + 1, stop - i - 1), in_);
        i = stop;
      } else {
        const size_t stop = name.find(']', i);
        if (stop == std::string_view::npos) throw_value_error("Missing ']' in format string");
        const std::string key(name.substr(i + 1, stop - i - 1));
        const bool number = !key.empty() && key.size() < 18 &&
                            key.find_first_not_of("0123456789") == std::string::npos;
        value = get_item(value, number ? Value(int64_t{std::stoll(key)}) : Value(key), in_);
        i = stop + 1;
      }
    }
    return value;
  }

  Value first(const std::string& name) {
    const bool number =
        name.size() < 9 && name.find_first_not_of("0123456789") == std::string::npos;
    if (number) {
      if (name.empty() ? next_ < 0 : next_ > 0) {
        throw_value_error(
            "cannot switch between manual field specification and automatic field numbering");
      }
      const size_t i = name.empty() ? static_cast<size_t>(next_++) : (next_ = -1, std::stoul(name));
      if (i >= arguments_.rest().size()) {
        throw_index_error("Replacement index " + std::to_string(i) +
                          " out of range for positional args tuple");
      }
      return arguments_.rest()[i];
    }
    for (const auto& [key, value] : arguments_.keywords()) {
      if (key == name) return value;
    }
    throw_key_error(Value(name), in_);
  }

  const Arguments& arguments_;
  Interpreter& in_;
  int next_ = 0;  // -1: fields are numbered by hand
};

}  // namespace

Value format_percent(const std::string& text, const Value& arguments, Interpreter& interpreter) {
  return PercentFormatter(text, arguments, interpreter).run();
}

std::string format_template(const std::string& text, const Arguments& arguments,
                            Interpreter& interpreter) {
  return TemplateFormatter(arguments, interpreter).run(text);
}

std::string character(int64_t code) { return utf8(code); }

}  // namespace cadrecode::interpreter
