#include "language/script/lexer.h"

#include <gtest/gtest.h>

namespace cadrecode::script {
namespace {

// "kind:text" of every token; layout tokens by their names.
std::string tokens(const std::string& text) {
  const Source source{text, "t.py"};
  std::string out;
  for (const Token& t : tokenize(source)) {
    if (!out.empty()) out += ' ';
    switch (t.kind) {
      case Tok::kEnd:
        out += "END";
        break;
      case Tok::kNewline:
        out += "NL";
        break;
      case Tok::kIndent:
        out += "IN";
        break;
      case Tok::kDedent:
        out += "OUT";
        break;
      case Tok::kName:
        out += "n:" + std::string(source.at(t.range));
        break;
      case Tok::kNumber:
        out += "#:" + std::string(source.at(t.range));
        break;
      case Tok::kString:
        out += "s:" + std::string(source.at(t.range));
        break;
      default:
        EXPECT_EQ(source.at(t.range), describe(t.kind));
        out += describe(t.kind);
    }
  }
  return out;
}

Error error_of(const std::string& text) {
  try {
    tokens(text);
  } catch (const Error& e) {
    return e;
  }
  ADD_FAILURE() << "no error for: " << text;
  return Error(ErrorKind::kInternal, "none");
}

std::string place_of(const std::string& text) {
  const Error e = error_of(text);
  EXPECT_EQ(to_string(e.kind()), std::string("syntax")) << e.what();
  return to_string(e.place());
}

TEST(Lexer, Lines) {
  EXPECT_EQ(tokens(""), "END");
  EXPECT_EQ(tokens("\n\n  # only a comment\n"), "END");
  EXPECT_EQ(tokens("a=1"), "n:a = #:1 NL END");
  EXPECT_EQ(tokens("a\r\nb\rc"), "n:a NL n:b NL n:c NL END");
  EXPECT_EQ(tokens("a # note\nb"), "n:a NL n:b NL END");
  EXPECT_EQ(tokens("\xEF\xBB\xBF" "a"), "n:a NL END");
}

TEST(Lexer, Indentation) {
  EXPECT_EQ(tokens("if a:\n  b\n\n  # c\n  if d:\n      e\nf"),
            "if n:a : NL IN n:b NL if n:d : NL IN n:e NL OUT OUT n:f NL END");
  EXPECT_EQ(tokens("if a:\n\tb\n\tc\n"), "if n:a : NL IN n:b NL n:c NL OUT END");
  EXPECT_EQ(place_of("if a:\n    b\n  c\n"), "t.py:3:3");
  EXPECT_EQ(place_of("if a:\n        b\n\tc\n"), "t.py:3:2");
}

TEST(Lexer, JoinedLines) {
  EXPECT_EQ(tokens("f(a,\n  b # c\n ,\n)\nd"), "n:f ( n:a , n:b , ) NL n:d NL END");
  EXPECT_EQ(tokens("a = 1 + \\\n  2\n"), "n:a = #:1 + #:2 NL END");
}

TEST(Lexer, OperatorsAreLongestFirst) {
  EXPECT_EQ(tokens("a**=b//=c<<=d>>=e"), "n:a **= n:b //= n:c <<= n:d >>= n:e NL END");
  EXPECT_EQ(tokens("a**b//c<<d>>e<=f>=g==h!=i->j:=k"),
            "n:a ** n:b // n:c << n:d >> n:e <= n:f >= n:g == n:h != n:i -> n:j := n:k NL END");
  EXPECT_EQ(tokens("...x.y@z~w"), "... n:x . n:y @ n:z ~ n:w NL END");
}

TEST(Lexer, Numbers) {
  EXPECT_EQ(tokens("0 00 1_000 0xFF 0o17 0b1_0 1. .5 1e5 1.5E-3 1_0.0_1e1_0"),
            "#:0 #:00 #:1_000 #:0xFF #:0o17 #:0b1_0 #:1. #:.5 #:1e5 #:1.5E-3 #:1_0.0_1e1_0 NL END");
  EXPECT_EQ(tokens("1if x else 2"), "#:1 if n:x else #:2 NL END");
  for (const char* bad :
       {"1__0", "1_", "0x", "0xg", "012", "1x", "0b12", "1._5", "1e5x", "1.real"}) {
    EXPECT_EQ(error_of(bad).kind(), ErrorKind::kSyntax) << bad;
  }
  EXPECT_EQ(error_of("2j").kind(), ErrorKind::kUnsupported);
}

TEST(Lexer, Strings) {
  EXPECT_EQ(tokens(R"('a' "b" r'\'' Rf'{a}' u"")"),
            R"(s:'a' s:"b" s:r'\'' s:Rf'{a}' s:u"" NL END)");
  EXPECT_EQ(tokens("'''a\nb''' \"\"\"c\"d\"\"\""), "s:'''a\nb''' s:\"\"\"c\"d\"\"\" NL END");
  EXPECT_EQ(tokens("'a\\\nb'"), "s:'a\\\nb' NL END");
  EXPECT_EQ(tokens(R"(f'{a['b']}' f"{x!r:>{w}}" f'{{}}')"),
            R"(s:f'{a['b']}' s:f"{x!r:>{w}}" s:f'{{}}' NL END)");
  EXPECT_EQ(place_of("x = 'abc\ny"), "t.py:1:5");
  EXPECT_EQ(place_of("\n'''abc"), "t.py:2:1");
  EXPECT_EQ(place_of("f'{a"), "t.py:1:1");
}

TEST(Lexer, Brackets) {
  EXPECT_EQ(place_of("f(a]"), "t.py:1:4");
  EXPECT_EQ(place_of("a)"), "t.py:1:2");
  EXPECT_EQ(place_of("x = [1,\n2"), "t.py:1:5");
  EXPECT_EQ(error_of(std::string(300, '(')).kind(), ErrorKind::kLimit);
}

TEST(Lexer, Characters) {
  EXPECT_EQ(tokens("größe = π"), "n:größe = n:π NL END");
  EXPECT_EQ(place_of("ä = “x”"), "t.py:1:5");  // columns count characters
  EXPECT_EQ(place_of("a ? b"), "t.py:1:3");
  EXPECT_EQ(place_of("a $"), "t.py:1:3");
  EXPECT_EQ(place_of(std::string("a \0 b", 5)), "t.py:1:3");
  EXPECT_EQ(place_of("a\xff"), "t.py:1:2");
}

}  // namespace
}  // namespace cadrecode::script
