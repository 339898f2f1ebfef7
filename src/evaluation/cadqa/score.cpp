#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <regex>

#include "evaluation/cadqa/cadqa.h"

namespace cadrecode::cadqa {
namespace {

// A Python literal of numbers and lists; whole numbers are kept apart, as the
// published scoring leaves whatever contains one as it is written.
struct Literal {
  bool list = false, whole = false;
  double number = 0;
  std::vector<Literal> items;
};

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}
  std::optional<Literal> all() {
    auto out = value(0);
    skip();
    return out && at_ == text_.size() ? out : std::nullopt;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  std::optional<Literal> value(int depth) {
    skip();
    if (at_ >= text_.size() || depth > 4) return {};
    if (text_[at_] == '[' || text_[at_] == '(') return list(text_[at_] == '[' ? ']' : ')', depth);
    const char* start = text_.c_str() + at_;
    const char c = *start;
    if (!(c == '-' || c == '+' || c == '.' || (c >= '0' && c <= '9'))) return {};
    char* end = nullptr;
    Literal out;
    out.number = std::strtod(start, &end);
    if (end == start) return {};
    const std::string token(start, static_cast<size_t>(end - start));
    out.whole = token.find_first_of(".eEnN") == std::string::npos;
    at_ += token.size();
    return out;
  }
  std::optional<Literal> list(char close, int depth) {
    Literal out;
    out.list = true;
    ++at_;
    for (skip(); at_ < text_.size() && text_[at_] != close; skip()) {
      auto item = value(depth + 1);
      if (!item) return {};
      out.items.push_back(std::move(*item));
      skip();
      if (at_ < text_.size() && text_[at_] == ',') ++at_;
    }
    if (at_ >= text_.size()) return {};
    ++at_;
    return out;
  }

  const std::string& text_;
  size_t at_ = 0;
};

bool has_whole(const Literal& l) {
  return l.list ? std::any_of(l.items.begin(), l.items.end(), has_whole) : l.whole;
}

void round_all(Literal& l) {
  for (Literal& i : l.items) round_all(i);
  if (l.list) return;
  l.number = std::round(std::round(l.number * 1e8) / 1e8 * 1e4) / 1e4;
  if (l.number == 0) l.number = 0;
}

// numpy's squeeze: axes of one element fall away.
Literal squeezed(Literal l) {
  if (!l.list) return l;
  if (l.items.size() == 1) return squeezed(l.items[0]);
  const bool single = !l.items.empty() &&
                      std::all_of(l.items.begin(), l.items.end(),
                                  [](const Literal& i) { return i.list && i.items.size() == 1; });
  for (Literal& i : l.items) {
    if (single) i = Literal(i.items[0]);
  }
  return l;
}

std::vector<double> flat(const Literal& l) {
  if (!l.list) return {l.number};
  std::vector<double> out;
  for (const Literal& i : l.items) {
    for (double x : flat(i)) out.push_back(x);
  }
  return out;
}

std::string python(const Literal& l) {
  if (!l.list) {
    std::string s = fmt::format("{}", l.number);
    if (s.find_first_of(".e") == std::string::npos) s += ".0";
    return s;
  }
  std::string out = "[";
  for (size_t i = 0; i < l.items.size(); ++i) out += (i ? ", " : "") + python(l.items[i]);
  return out + "]";
}

std::string processed(const std::string& text, bool sorted) {
  auto l = Parser(text).all();
  if (!l || has_whole(*l)) return text;
  round_all(*l);
  Literal value = squeezed(std::move(*l));
  if (sorted && value.list)
    std::sort(value.items.begin(), value.items.end(),
              [](const Literal& a, const Literal& b) { return flat(a) < flat(b); });
  return python(value);
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(".^$|()[]{}*+?\\/-").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string literal(const question::Value& v, double millimetres) {
  using Shape = question::Value::Shape;
  double scale = 1;
  const double metre = millimetres / 1000;
  if (v.dimension == question::Dimension::kLength) scale = metre;
  if (v.dimension == question::Dimension::kArea) scale = metre * metre;
  if (v.dimension == question::Dimension::kVolume) scale = metre * metre * metre;
  if (v.dimension == question::Dimension::kMass) scale = 1e-3;
  const auto one = [&](double x) {
    std::string s = fmt::format("{:.9f}", x * scale);
    return s;
  };
  if (v.shape == Shape::kNumber) return v.whole ? fmt::format("{:.0f}", v.number) : one(v.number);
  if (v.shape == Shape::kTruth) return v.truth ? "True" : "False";
  if (v.shape == Shape::kWords) return v.words;
  std::string out = "[";
  for (size_t i = 0; i < v.numbers.size(); ++i) out += (i ? ", " : "") + one(v.numbers[i]);
  for (size_t i = 0; i < v.points.size(); ++i)
    out += fmt::format("{}[{}, {}, {}]", i ? ", " : "", one(v.points[i].x), one(v.points[i].y),
                       one(v.points[i].z));
  return out + "]";
}

Score score(const Question& q, const std::string& answer) {
  const std::string label = processed(q.label, q.sorted), given = processed(answer, q.sorted);
  const std::string pattern = label.rfind("re", 0) == 0 ? label.substr(2) : escaped(label);
  try {
    const std::regex expression(pattern);
    Score s;
    s.right = std::regex_search(given, expression, std::regex_constants::match_continuous);
    s.exact = std::regex_match(given, expression);
    return s;
  } catch (const std::regex_error&) {
    return {};
  }
}

}  // namespace cadrecode::cadqa
