#include "language/cadquery/selector_syntax.h"

#include <gtest/gtest.h>

#include <string>

#include "base/error.h"

namespace cadrecode::cadquery {
namespace {

std::string number(double v) {
  std::string s = std::to_string(v);
  while (s.back() == '0') s.pop_back();
  if (s.back() == '.') s.pop_back();
  return s == "-0" ? "0" : s;
}

std::string number(Vec3 v) { return number(v.x) + "," + number(v.y) + "," + number(v.z); }

// The tree in one line, operators as functions.
std::string show(const SelectorSyntax& s) {
  const std::string order = s.ascending ? "max" : "min";
  switch (s.kind) {
    case SelectorKind::kParallel:
      return "|" + number(s.direction);
    case SelectorKind::kPerpendicular:
      return "#" + number(s.direction);
    case SelectorKind::kAligned:
      return "+" + number(s.direction);
    case SelectorKind::kType:
      return "%" + s.type;
    case SelectorKind::kExtreme:
      return order + " " + number(s.direction);
    case SelectorKind::kDirectionNth:
      return order + " " + number(s.direction) + "[" + std::to_string(s.index) + "]";
    case SelectorKind::kCenterNth:
      return order + " center " + number(s.direction) + "[" + std::to_string(s.index) + "]";
    case SelectorKind::kAnd:
      return "and(" + show(*s.left) + "; " + show(*s.right) + ")";
    case SelectorKind::kOr:
      return "or(" + show(*s.left) + "; " + show(*s.right) + ")";
    case SelectorKind::kExcept:
      return "exc(" + show(*s.left) + "; " + show(*s.right) + ")";
    case SelectorKind::kNot:
      return "not(" + show(*s.left) + ")";
  }
  return "?";
}

std::string parsed(const std::string& text) { return show(parse_selector_syntax(text)); }

// The message of the error that `text` gives, or "" when it parses.
std::string refusal(const std::string& text) {
  try {
    parse_selector_syntax(text);
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kValue);
    return e.what();
  }
  return "";
}

TEST(SelectorSyntax, SimpleOperators) {
  EXPECT_EQ(parsed("|Z"), "|0,0,1");
  EXPECT_EQ(parsed("#XY"), "#1,1,0");
  EXPECT_EQ(parsed("+X"), "+1,0,0");
  EXPECT_EQ(parsed("-X"), "+-1,0,0");
  EXPECT_EQ(parsed("X"), "+1,0,0");
  EXPECT_EQ(parsed(">Y"), "max 0,1,0");
  EXPECT_EQ(parsed("<YZ"), "min 0,1,1");
  EXPECT_EQ(parsed(">Y[1]"), "max 0,1,0[1]");
  EXPECT_EQ(parsed("<Y[-2]"), "min 0,1,0[-2]");
  EXPECT_EQ(parsed(">>X"), "max center 1,0,0[-1]");
  EXPECT_EQ(parsed("<<XZ[0]"), "min center 1,0,1[0]");
  EXPECT_EQ(parsed("%Plane"), "%PLANE");
  EXPECT_EQ(parsed("% bspline"), "%BSPLINE");
}

TEST(SelectorSyntax, NamedViews) {
  EXPECT_EQ(parsed("front"), "max 0,0,1");
  EXPECT_EQ(parsed("back"), "min 0,0,1");
  EXPECT_EQ(parsed("left"), "min 1,0,0");
  EXPECT_EQ(parsed("right"), "max 1,0,0");
  EXPECT_EQ(parsed("top"), "max 0,1,0");
  EXPECT_EQ(parsed("bottom"), "min 0,1,0");
}

TEST(SelectorSyntax, VectorsAndSpaces) {
  EXPECT_EQ(parsed(" >( 1. , -0.5,+2 ) "), "max 1,-0.5,2");
  EXPECT_EQ(parsed("(1,0,0)"), "+1,0,0");
  EXPECT_EQ(parsed("((1,0,0))"), "+1,0,0");
  EXPECT_EQ(parsed("-(1,0,0)"), "+-1,0,0");
  EXPECT_EQ(parsed(">X [ - 1 ]"), "max 1,0,0[-1]");
  EXPECT_EQ(parsed("|X\n and |Y"), "and(|1,0,0; |0,1,0)");
  EXPECT_EQ(parsed("|Xor|Y"), "or(|1,0,0; |0,1,0)");
}

// Expected trees printed by CadQuery 2.8 with pyparsing 3.3.
TEST(SelectorSyntax, Precedence) {
  EXPECT_EQ(parsed("X and Y or Z"), "or(and(+1,0,0; +0,1,0); +0,0,1)");
  EXPECT_EQ(parsed("X or Y and Z"), "or(+1,0,0; and(+0,1,0; +0,0,1))");
  EXPECT_EQ(parsed("X exc Y except Z"), "exc(exc(+1,0,0; +0,1,0); +0,0,1)");
  EXPECT_EQ(parsed("not X and Y"), "not(and(+1,0,0; +0,1,0))");
  EXPECT_EQ(parsed("(not X) and Y"), "and(not(+1,0,0); +0,1,0)");
  EXPECT_EQ(parsed("X and not Y or Z"), "and(+1,0,0; not(or(+0,1,0; +0,0,1)))");
  EXPECT_EQ(parsed("X exc not Y exc Z"), "exc(+1,0,0; not(exc(+0,1,0; +0,0,1)))");
  EXPECT_EQ(parsed("not not X"), "not(not(+1,0,0))");
}

TEST(SelectorSyntax, RefusalsQuoteTextAndColumn) {
  EXPECT_EQ(refusal(">X["), "selector '>X[', column 3: unexpected text at '['");
  EXPECT_EQ(refusal(">X[+1]"), "selector '>X[+1]', column 3: unexpected text at '[+1]'");
  EXPECT_EQ(refusal("frontX"), "selector 'frontX', column 6: unexpected text at 'X'");
  EXPECT_EQ(refusal(">X and"), "selector '>X and', column 7: expected a selector at its end");
  for (const char* text : {"", " ", ">", ">x", ">YX", "|ZY", "%FOO", "Front", ">(.5,0,0)", "> > X",
                           ">(1e1,0,0)", "(1,0)", "(X", "X)", "|XX", ">X[1.5]", "%%PLANE", "and X"})
    EXPECT_NE(refusal(text), "") << text;
}

TEST(SelectorSyntax, DeepNestingIsRefused) {
  EXPECT_NE(refusal(std::string(100000, '(') + "X" + std::string(100000, ')')), "");
  std::string nots;
  for (int i = 0; i < 100000; ++i) nots += "not ";
  EXPECT_NE(refusal(nots + "X"), "");
}

TEST(SelectorSyntax, EveryPrefixParsesOrIsRefused) {
  const std::string text = "(not >X[-1] and #XY) or <<(1.5,-2,0)[3] exc %CYLINDER";
  for (std::size_t n = 0; n <= text.size(); ++n) {
    try {
      parse_selector_syntax(text.substr(0, n));
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::kValue);
    }
  }
}

}  // namespace
}  // namespace cadrecode::cadquery
