#include "language/cadquery/selector_syntax.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace cadrecode::cadquery {
namespace {

using Node = SelectorSyntax;

constexpr int kDeepest = 200;        // nested parentheses and nots
constexpr int kMostOperands = 1000;  // keeps the tree shallow enough to walk

// Curve and surface types, as geomType() names them.
constexpr std::string_view kTypes[] = {
    "BEZIER", "BSPLINE", "CIRCLE", "CONE",     "CYLINDER", "ELLIPSE",    "EXTRUSION", "HYPERBOLA",
    "LINE",   "OFFSET",  "OTHER",  "PARABOLA", "PLANE",    "REVOLUTION", "SPHERE",    "TORUS"};

struct NamedDirection {
  std::string_view name;
  Vec3 direction;
};

// Two letters before one, so that XY is not read as X.
constexpr NamedDirection kDirections[] = {
    {"XY", {1, 1, 0}}, {"XZ", {1, 0, 1}}, {"YZ", {0, 1, 1}},
    {"X", {1, 0, 0}},  {"Y", {0, 1, 0}},  {"Z", {0, 0, 1}},
};

struct NamedView {
  std::string_view name;
  Vec3 direction;
  bool ascending;
};

constexpr NamedView kViews[] = {
    {"front", {0, 0, 1}, true}, {"back", {0, 0, 1}, false}, {"left", {1, 0, 0}, false},
    {"right", {1, 0, 0}, true}, {"top", {0, 1, 0}, true},   {"bottom", {0, 1, 0}, false},
};

// Recursive descent over the text. A method that returns optional leaves the
// position where it was when it returns nothing.
class SelectorParser {
 public:
  explicit SelectorParser(const std::string& text) : text_(text) {}

  Node parse() {
    Node result = expression();
    skip_space();
    if (at_ < text_.size()) fail("unexpected text");
    return result;
  }

 private:
  using Rule = Node (SelectorParser::*)();

  Node expression() {
    return chain(SelectorKind::kExcept, {"except", "exc"}, &SelectorParser::any_of);
  }
  Node any_of() { return chain(SelectorKind::kOr, {"or"}, &SelectorParser::all_of); }
  Node all_of() { return chain(SelectorKind::kAnd, {"and"}, &SelectorParser::operand); }

  Node chain(SelectorKind kind, std::initializer_list<std::string_view> words, Rule next) {
    Node left = (this->*next)();
    while (accept_any(words)) {
      Node right = (this->*next)();
      left = combine(kind, std::move(left), std::move(right));
    }
    return left;
  }

  static Node combine(SelectorKind kind, Node left, Node right) {
    Node node;
    node.kind = kind;
    node.left = std::make_shared<const Node>(std::move(left));
    node.right = std::make_shared<const Node>(std::move(right));
    return node;
  }

  Node operand() {
    if (++depth_ > kDeepest) fail("nested too deeply");
    if (++operands_ > kMostOperands) fail("too many terms");
    Node node = nested_operand();
    --depth_;
    return node;
  }

  Node nested_operand() {
    if (auto node = simple()) return *std::move(node);
    if (accept("not")) {
      Node node;
      node.kind = SelectorKind::kNot;
      node.left = std::make_shared<const Node>(expression());
      return node;
    }
    if (!accept("(")) fail("expected a selector");
    Node node = expression();
    if (!accept(")")) fail("expected ')'");
    return node;
  }

  std::optional<Node> simple() {
    if (auto node = directed()) return node;
    if (accept("%")) return type();
    if (accept(">>")) return nth(SelectorKind::kCenterNth, true);
    if (accept("<<")) return nth(SelectorKind::kCenterNth, false);
    if (accept(">")) return nth(SelectorKind::kExtreme, true);
    if (accept("<")) return nth(SelectorKind::kExtreme, false);
    if (accept("|")) return along(SelectorKind::kParallel, 1);
    if (accept("#")) return along(SelectorKind::kPerpendicular, 1);
    if (accept("+")) return along(SelectorKind::kAligned, 1);
    if (accept("-")) return along(SelectorKind::kAligned, -1);
    return view();
  }

  std::optional<Node> directed() {
    auto direction = optional_direction();
    if (!direction) return std::nullopt;
    Node node;
    node.direction = *direction;
    return node;
  }

  Node along(SelectorKind kind, double sign) {
    Node node;
    node.kind = kind;
    node.direction = direction() * sign;
    return node;
  }

  Node nth(SelectorKind kind, bool ascending) {
    Node node;
    node.kind = kind;
    node.direction = direction();
    node.ascending = ascending;
    if (auto index = optional_index()) {
      node.index = *index;
      if (kind == SelectorKind::kExtreme) node.kind = SelectorKind::kDirectionNth;
    }
    return node;
  }

  Node type() {
    skip_space();
    for (std::string_view name : kTypes) {
      if (!matches_in_any_case(name)) continue;
      at_ += name.size();
      Node node;
      node.kind = SelectorKind::kType;
      node.type = std::string(name);
      return node;
    }
    fail("expected a curve or surface type");
  }

  std::optional<Node> view() {
    for (const NamedView& view : kViews) {
      if (!accept(view.name)) continue;
      Node node;
      node.kind = SelectorKind::kExtreme;
      node.direction = view.direction;
      node.ascending = view.ascending;
      return node;
    }
    return std::nullopt;
  }

  Vec3 direction() {
    if (auto found = optional_direction()) return *found;
    fail("expected a direction: X, Y, Z, XY, XZ, YZ or (x,y,z)");
  }

  std::optional<Vec3> optional_direction() {
    for (const NamedDirection& named : kDirections)
      if (accept(named.name)) return named.direction;
    const std::size_t start = at_;
    Vec3 v;
    if (accept("(") && number(v.x) && accept(",") && number(v.y) && accept(",") && number(v.z) &&
        accept(")"))
      return v;
    at_ = start;
    return std::nullopt;
  }

  std::optional<int> optional_index() {
    const std::size_t start = at_;
    if (accept("[")) {
      const bool negative = accept("-");
      skip_space();
      const std::size_t first = at_;
      skip_digits();
      if (at_ > first) {
        // Nine digits are beyond any list; clipping them keeps the value an int.
        const int value =
            std::atoi(text_.substr(first, std::min<std::size_t>(at_ - first, 9)).c_str());
        if (accept("]")) return negative ? -value : value;
      }
    }
    at_ = start;
    return std::nullopt;
  }

  bool number(double& value) {
    skip_space();
    const std::size_t start = at_;
    if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    const std::size_t digits = at_;
    skip_digits();
    if (at_ == digits) return false;
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      skip_digits();
    }
    value = std::strtod(text_.substr(start, at_ - start).c_str(), nullptr);
    return true;
  }

  bool accept(std::string_view word) {
    std::size_t start = at_;
    skip_space();
    if (std::string_view(text_).substr(at_, word.size()) == word) {
      at_ += word.size();
      return true;
    }
    at_ = start;
    return false;
  }

  bool accept_any(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return accept(word); });
  }

  bool matches_in_any_case(std::string_view name) const {
    if (text_.size() - at_ < name.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i)
      if (std::toupper(static_cast<unsigned char>(text_[at_ + i])) != name[i]) return false;
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  void skip_digits() {
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  [[noreturn]] void fail(const std::string& why) {
    skip_space();
    throw Error(
        ErrorKind::kValue,
        "selector '" + text_ + "', column " + std::to_string(at_ + 1) + ": " + why +
            (at_ < text_.size() ? " at '" + text_.substr(at_) + "'" : std::string(" at its end")));
  }

  const std::string& text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int operands_ = 0;
};

}  // namespace

SelectorSyntax parse_selector_syntax(const std::string& text) {
  return SelectorParser(text).parse();
}

}  // namespace cadrecode::cadquery
