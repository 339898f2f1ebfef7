// str.format and the % operator: templates around format specifications.
#include <algorithm>

#include "language/interpreter/arguments.h"
#include "language/interpreter/containers.h"
#include "language/interpreter/format.h"
#include "language/interpreter/format_spec.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

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
        return format_string(spec, character(value.is_integral() ? value.as_int() : -1));
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

}  // namespace cadrecode::interpreter
