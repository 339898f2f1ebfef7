// The methods of str.
#include <algorithm>
#include <cctype>

#include "language/interpreter/containers.h"
#include "language/interpreter/format.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

constexpr const char* kSpaces = " \t\n\r\f\v";

using Predicate = bool (*)(char);

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return is_upper(c) || is_lower(c) || (c & 0x80); }
bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
bool is_space(char c) {
  return c != '\0' && std::string_view(kSpaces).find(c) != std::string_view::npos;
}
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

const std::string& text_of(const Value& self) { return self.str(); }

void add_test(Type& type, const char* name, Predicate predicate) {
  type.method(name, "",
              HostMethod([predicate](const Value& self, Arguments&, Interpreter&) -> Value {
                const std::string& s = text_of(self);
                return !s.empty() && std::all_of(s.begin(), s.end(), predicate);
              }));
}

void add_map(Type& type, const char* name, std::string (*map)(const std::string&)) {
  type.method(name, "", HostMethod([map](const Value& self, Arguments&, Interpreter& in) -> Value {
                in.charge(text_of(self).size() / 16);
                return map(text_of(self));
              }));
}

std::string upper(const std::string& s) {
  std::string out = s;
  std::transform(out.begin(), out.end(), out.begin(), to_upper);
  return out;
}
std::string lower(const std::string& s) {
  std::string out = s;
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}
std::string capitalize(const std::string& s) {
  std::string out = lower(s);
  if (!out.empty()) out[0] = to_upper(out[0]);
  return out;
}
std::string title(const std::string& s) {
  std::string out = s;
  bool inside = false;
  for (char& c : out) {
    c = inside ? to_lower(c) : to_upper(c);
    inside = is_alpha(c);
  }
  return out;
}
std::string swapcase(const std::string& s) {
  std::string out = s;
  for (char& c : out) c = is_upper(c) ? to_lower(c) : to_upper(c);
  return out;
}

// --- Stripping and padding ---

enum Side { kLeft = 1, kRight = 2, kBoth = 3 };

Value strip(const Value& self, const Value& characters, int side) {
  const std::string& s = text_of(self);
  const std::string set = characters.is_none() ? kSpaces : characters.str();
  size_t begin = 0, end = s.size();
  if (side & kLeft) begin = std::min(s.find_first_not_of(set), s.size());
  if (side & kRight) {
    const size_t last = s.find_last_not_of(set);
    end = last == std::string::npos ? begin : std::max(begin, last + 1);
  }
  return s.substr(begin, end - begin);
}

void add_strip(Type& type, const char* name, int side) {
  type.method(name, "chars=None, /",
              HostMethod([side](const Value& self, Arguments& a, Interpreter&) {
                if (!a.is_none("chars")) a.string("chars");
                return strip(self, a["chars"], side);
              }));
}

std::string padded(const Value& self, int64_t width, const std::string& fill, int left_share,
                   Interpreter& in) {
  const auto length = static_cast<int64_t>(self.as_str().code_points());
  if (width <= length) return text_of(self);
  in.charge_memory(static_cast<size_t>(width) * fill.size());
  const int64_t missing = width - length;
  const int64_t left = left_share == 0   ? 0
                       : left_share == 2 ? missing
                                         : missing / 2 + (missing & width & 1);
  std::string out;
  for (int64_t i = 0; i < left; ++i) out += fill;
  out += text_of(self);
  for (int64_t i = left; i < missing; ++i) out += fill;
  return out;
}

void add_pad(Type& type, const char* name, int left_share) {
  type.method(name, "width, fillchar=' ', /",
              HostMethod([left_share](const Value& self, Arguments& a, Interpreter& in) -> Value {
                if (a["fillchar"].is_str() && a["fillchar"].as_str().code_points() != 1) {
                  throw_type_error("The fill character must be exactly one character long");
                }
                return padded(self, a.integer("width"), a.string("fillchar"), left_share, in);
              }));
}

Value zfill(const Value& self, Arguments& a, Interpreter& in) {
  const std::string& s = text_of(self);
  const auto length = static_cast<int64_t>(self.as_str().code_points());
  const int64_t width = a.integer("width");
  if (width <= length) return s;
  in.charge_memory(static_cast<size_t>(width));
  const bool sign = !s.empty() && (s[0] == '-' || s[0] == '+');
  return s.substr(0, sign) + std::string(static_cast<size_t>(width - length), '0') + s.substr(sign);
}

// --- Searching ---

struct Window {
  size_t begin, end;  // bytes
  bool valid;
};

Window window(const Value& self, const Arguments& a) {
  const Str& s = self.as_str();
  const auto n = static_cast<int64_t>(s.code_points());
  const auto bound = [&](const char* name, int64_t fallback) {
    if (a.is_none(name)) return fallback;
    int64_t i = a.integer(name);
    if (i < 0) i = std::max<int64_t>(0, i + n);
    return i;
  };
  const int64_t begin = bound("start", 0), end = std::min(bound("end", n), n);
  if (begin > end) return {0, 0, false};
  return {s.offset_of(static_cast<size_t>(begin)), s.offset_of(static_cast<size_t>(end)), true};
}

// The code point index where `sub` is found, or -1.
int64_t find(const Value& self, Arguments& a, bool from_right) {
  const std::string& s = text_of(self);
  const std::string& sub = a.string("sub");
  const Window w = window(self, a);
  if (!w.valid) return -1;
  const std::string_view inside = std::string_view(s).substr(w.begin, w.end - w.begin);
  const size_t at = from_right ? inside.rfind(sub) : inside.find(sub);
  if (at == std::string_view::npos) return -1;
  const size_t bytes = w.begin + at;
  if (self.as_str().ascii()) return static_cast<int64_t>(bytes);
  return std::count_if(s.begin(), s.begin() + static_cast<std::ptrdiff_t>(bytes),
                       [](char c) { return (c & 0xC0) != 0x80; });
}

void add_find(Type& type, const char* name, bool from_right, bool raises) {
  type.method(name, "sub, start=None, end=None, /",
              HostMethod([=](const Value& self, Arguments& a, Interpreter& in) -> Value {
                in.charge(text_of(self).size() / 64);
                const int64_t at = find(self, a, from_right);
                if (at < 0 && raises) throw_value_error("substring not found");
                return at;
              }));
}

Value count(const Value& self, Arguments& a, Interpreter& in) {
  const std::string& sub = a.string("sub");
  const Window w = window(self, a);
  if (!w.valid) return int64_t{0};
  in.charge((w.end - w.begin) / 64);
  if (sub.empty()) return static_cast<int64_t>(self.as_str().code_points() + 1);
  int64_t n = 0;
  for (size_t i = w.begin;
       (i = text_of(self).find(sub, i)) != std::string::npos && i + sub.size() <= w.end;
       i += sub.size())
    ++n;
  return n;
}

void add_ends(Type& type, const char* name, bool at_start) {
  type.method(name, "sub, start=None, end=None, /",
              HostMethod([=](const Value& self, Arguments& a, Interpreter&) -> Value {
                const Window w = window(self, a);
                const std::string_view inside =
                    w.valid ? std::string_view(text_of(self)).substr(w.begin, w.end - w.begin) : "";
                const auto one = [&](const Value& v) {
                  if (!v.is_str()) a.fail("sub", "a string or a tuple of strings");
                  return w.valid &&
                         (at_start ? inside.starts_with(v.str()) : inside.ends_with(v.str()));
                };
                if (!a["sub"].is_tuple()) return one(a["sub"]);
                const auto& items = a["sub"].as_tuple().items();
                return std::any_of(items.begin(), items.end(), one);
              }));
}

// --- Splitting and joining ---

Value split(const Value& self, Arguments& a, Interpreter& in) {
  const std::string& s = text_of(self);
  int64_t left = a.integer("maxsplit");
  std::vector<Value> parts;
  const auto add = [&](std::string part) {
    in.charge();
    in.charge_memory(parts.size() * 2 * sizeof(Value));
    parts.emplace_back(std::move(part));
  };
  if (a.is_none("sep")) {
    size_t i = s.find_first_not_of(kSpaces);
    while (i != std::string::npos) {
      if (left-- == 0) {
        const size_t last = s.find_last_not_of(kSpaces);
        add(s.substr(i, last + 1 - i));
        break;
      }
      const size_t end = std::min(s.find_first_of(kSpaces, i), s.size());
      add(s.substr(i, end - i));
      i = s.find_first_not_of(kSpaces, end);
    }
    return make_list(std::move(parts));
  }
  const std::string& separator = a.string("sep");
  if (separator.empty()) throw_value_error("empty separator");
  size_t i = 0;
  for (size_t end; left-- != 0 && (end = s.find(separator, i)) != std::string::npos;
       i = end + separator.size()) {
    add(s.substr(i, end - i));
  }
  add(s.substr(i));
  return make_list(std::move(parts));
}

Value rsplit(const Value& self, Arguments& a, Interpreter& in) {
  if (a.integer("maxsplit") < 0) return split(self, a, in);
  const std::string& s = text_of(self);
  int64_t left = a.integer("maxsplit");
  const bool spaces = a.is_none("sep");
  const std::string separator = spaces ? "" : a.string("sep");
  if (!spaces && separator.empty()) throw_value_error("empty separator");
  std::vector<Value> parts;
  size_t end = s.size();
  if (spaces) {
    for (;;) {
      const size_t last = end == 0 ? std::string::npos : s.find_last_not_of(kSpaces, end - 1);
      if (last == std::string::npos) break;
      end = last + 1;
      if (left-- == 0) {
        parts.emplace_back(s.substr(0, end));
        break;
      }
      const size_t gap = s.find_last_of(kSpaces, last);
      const size_t begin = gap == std::string::npos ? 0 : gap + 1;
      parts.emplace_back(s.substr(begin, end - begin));
      end = begin;
    }
  } else {
    while (left-- != 0 && end >= separator.size()) {
      const size_t at = s.rfind(separator, end - separator.size());
      if (at == std::string::npos) break;
      parts.emplace_back(s.substr(at + separator.size(), end - at - separator.size()));
      end = at;
    }
    parts.emplace_back(s.substr(0, end));
  }
  std::reverse(parts.begin(), parts.end());
  return make_list(std::move(parts));
}

Value splitlines(const Value& self, Arguments& a, Interpreter& in) {
  const std::string& s = text_of(self);
  const bool keep = a.boolean("keepends", in);
  std::vector<Value> lines;
  for (size_t i = 0; i < s.size();) {
    size_t end = std::min(s.find_first_of("\n\r\v\f", i), s.size());
    const size_t text_end = end;
    if (end < s.size()) end += s[end] == '\r' && end + 1 < s.size() && s[end + 1] == '\n' ? 2 : 1;
    lines.emplace_back(s.substr(i, (keep ? end : text_end) - i));
    in.charge();
    i = end;
  }
  return make_list(std::move(lines));
}

Value join(const Value& self, Arguments& a, Interpreter& in) {
  std::string out;
  bool first = true;
  size_t i = 0;
  for (const Value& item : a.items("iterable", in)) {
    if (!item.is_str()) {
      throw_type_error("sequence item " + std::to_string(i) + ": expected str instance, " +
                       type_name(item) + " found");
    }
    if (!first) out += text_of(self);
    first = false;
    in.charge_memory(out.size() + item.str().size());
    out += item.str();
    ++i;
  }
  in.charge(out.size() / 64);
  return out;
}

Value replace(const Value& self, Arguments& a, Interpreter& in) {
  const std::string &s = text_of(self), &old = a.string("old"), &with = a.string("new");
  int64_t left = a.integer("count");
  std::string out;
  size_t i = 0;
  if (old.empty()) {
    for (size_t k = 0; k <= s.size() && left-- != 0; ++k) {
      out += with;
      in.charge_memory(out.size());
      if (k == s.size()) return out;
      out += s[k];
      for (i = k + 1; i < s.size() && (s[i] & 0xC0) == 0x80; ++i, ++k) out += s[i];
    }
    return out + s.substr(i);
  }
  for (size_t at; left-- != 0 && (at = s.find(old, i)) != std::string::npos; i = at + old.size()) {
    out.append(s, i, at - i);
    out += with;
    in.charge();
    in.charge_memory(out.size());
  }
  return out + s.substr(i);
}

Value partition(const Value& self, Arguments& a, bool from_right) {
  const std::string &s = text_of(self), &separator = a.string("sep");
  if (separator.empty()) throw_value_error("empty separator");
  const size_t at = from_right ? s.rfind(separator) : s.find(separator);
  if (at == std::string::npos) {
    return from_right ? make_tuple({"", "", self}) : make_tuple({self, "", ""});
  }
  return make_tuple({s.substr(0, at), separator, s.substr(at + separator.size())});
}

Value remove_affix(const Value& self, const std::string& affix, bool prefix) {
  const std::string& s = text_of(self);
  if (prefix) return s.starts_with(affix) ? s.substr(affix.size()) : s;
  return s.ends_with(affix) && !affix.empty() ? s.substr(0, s.size() - affix.size()) : s;
}

bool is_identifier(const std::string& s) {
  if (s.empty() || is_digit(s[0])) return false;
  return std::all_of(s.begin(), s.end(), [](char c) { return is_alnum(c) || c == '_'; });
}

bool has_case(const Value& self, Predicate wanted, Predicate unwanted) {
  const std::string& s = text_of(self);
  return std::any_of(s.begin(), s.end(), wanted) && std::none_of(s.begin(), s.end(), unwanted);
}

Type& fill(Type& type) {
  add_test(type, "isdigit", is_digit), add_test(type, "isdecimal", is_digit),
      add_test(type, "isnumeric", is_digit);
  add_test(type, "isalpha", is_alpha), add_test(type, "isalnum", is_alnum),
      add_test(type, "isspace", is_space);
  add_map(type, "upper", upper), add_map(type, "lower", lower), add_map(type, "casefold", lower);
  add_map(type, "capitalize", capitalize), add_map(type, "title", title),
      add_map(type, "swapcase", swapcase);
  add_strip(type, "strip", kBoth), add_strip(type, "lstrip", kLeft),
      add_strip(type, "rstrip", kRight);
  add_pad(type, "ljust", 0), add_pad(type, "center", 1), add_pad(type, "rjust", 2);
  add_find(type, "find", false, false), add_find(type, "rfind", true, false);
  add_find(type, "index", false, true), add_find(type, "rindex", true, true);
  add_ends(type, "startswith", true), add_ends(type, "endswith", false);
  type.method("isupper", "", [](const Value& s, Arguments&, Interpreter&) -> Value {
    return has_case(s, is_upper, is_lower);
  });
  type.method("islower", "", [](const Value& s, Arguments&, Interpreter&) -> Value {
    return has_case(s, is_lower, is_upper);
  });
  type.method("isidentifier", "", [](const Value& s, Arguments&, Interpreter&) -> Value {
    return is_identifier(text_of(s));
  });
  type.method("zfill", "width, /", HostMethod(zfill));
  type.method("count", "sub, start=None, end=None, /", HostMethod(count));
  type.method("split", "sep=None, maxsplit=-1", HostMethod(split));
  type.method("rsplit", "sep=None, maxsplit=-1", HostMethod(rsplit));
  type.method("splitlines", "keepends=False", HostMethod(splitlines));
  type.method("join", "iterable, /", HostMethod(join));
  type.method("replace", "old, new, count=-1, /", HostMethod(replace));
  type.method("partition", "sep, /",
              [](const Value& s, Arguments& a, Interpreter&) { return partition(s, a, false); });
  type.method("rpartition", "sep, /",
              [](const Value& s, Arguments& a, Interpreter&) { return partition(s, a, true); });
  type.method("removeprefix", "prefix, /", [](const Value& s, Arguments& a, Interpreter&) {
    return remove_affix(s, a.string("prefix"), true);
  });
  type.method("removesuffix", "suffix, /", [](const Value& s, Arguments& a, Interpreter&) {
    return remove_affix(s, a.string("suffix"), false);
  });
  type.method("format", "*args, **kwargs",
              [](const Value& s, Arguments& a, Interpreter& in) -> Value {
                return format_template(text_of(s), a, in);
              });
  type.constructor("object='', /", [](Arguments& a, Interpreter& in) -> Value {
    return a["object"].is_str() ? a["object"] : Value(to_str(a["object"], in));
  });
  return type.raises_attribute_error();
}

}  // namespace

const Type& str_type() {
  static const Type& type = fill(define_type("str"));
  return type;
}

}  // namespace cadrecode::interpreter
