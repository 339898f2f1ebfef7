#include "language/script/parser.h"

#include <gtest/gtest.h>

#include "unit/script/samples.h"

namespace cadrecode::script {
namespace {

// The tree of one statement.
std::string tree(const std::string& text) {
  const std::string all = dump(*parse(text));
  return all.substr(9, all.size() - 10);  // without "(program " and ")"
}
std::string expr(const std::string& text) {
  const std::string all = tree(text);
  return all.substr(4, all.size() - 5);  // without "(do " and ")"
}

Error error_of(const std::string& text) {
  try {
    parse(text, "t.py");
  } catch (const Error& e) {
    return e;
  }
  ADD_FAILURE() << "no error for: " << text;
  return Error(ErrorKind::kInternal, "none");
}
std::string failure(const std::string& text) {
  const Error e = error_of(text);
  return std::string(to_string(e.kind())) + " " + to_string(e.place());
}

TEST(Parser, Precedence) {
  EXPECT_EQ(expr("a + b * c - d"), "(- (+ a (* b c)) d)");
  EXPECT_EQ(expr("-a ** -b ** c"), "(neg (** a (neg (** b c))))");
  EXPECT_EQ(expr("not a == b and c or d"), "(or (and (not (compare a == b)) c) d)");
  EXPECT_EQ(expr("a < b <= c is not d not in e"), "(compare a < b <= c is-not d not-in e)");
  EXPECT_EQ(expr("a | b ^ c & d << e + f"), "(| a (^ b (& c (<< d (+ e f)))))");
  EXPECT_EQ(expr("a if b else c if d else e"), "(if b a (if d c e))");
  EXPECT_EQ(expr("lambda x, y=1: x if y else z"), "(lambda ([x - -][y - 1]) (if y x z))");
  EXPECT_EQ(expr("a - b - c"), "(- (- a b) c)");
  EXPECT_EQ(expr("a - (b - c)"), "(- a (- b c))");
  EXPECT_EQ(expr("~a.b[c](d)"), "(~ (call (index (. a b) c) d))");
}

TEST(Parser, Calls) {
  EXPECT_EQ(expr("f(1, *a, k=2, **b)"), "(call f 1 *a k=2 **b)");
  EXPECT_EQ(expr("f(x for x in y)"), "(call f (gen-for x - (for x y)))");
  EXPECT_EQ(expr("a.b().c(d)"), "(call (. (call (. a b)) c) d)");
  EXPECT_EQ(expr("x[1:2, ::3]"), "(index x (tuple (slice 1 2 -) (slice - - 3)))");
}

TEST(Parser, Displays) {
  EXPECT_EQ(expr("(1,), (), [1, *a], {1}, {}, {**a, 'b': 2}"),
            "(tuple (tuple 1) (tuple) (list 1 (star a)) (set 1) (dict) (dict - a 'b' 2))");
  EXPECT_EQ(expr("{k: v for k, v in d if k if v}"), "(dict-for k v (for (tuple k v) d k v))");
}

TEST(Parser, Strings) {
  EXPECT_EQ(expr(R"('a' "b" r'\n' '\n\x41\u00e9\101\q')"), R"('ab\\n\nAéA\\q')");
  EXPECT_EQ(expr(R"(f'a{b}c{{d}}' 'e' f"{f!r:>{g}}")"), "(f 'a' {b} 'c{d}e' {f!r: '>' {g}})");
  EXPECT_EQ(expr("f'{x = }'"), "(f 'x = ' {x!r})");
  EXPECT_EQ(expr("f'{x=:.2f}'"), "(f 'x=' {x: '.2f'})");
  EXPECT_EQ(expr("f'{a==b} {a!=b} {a<=b} {d[\"k\"]} { {1: 2} }'"),
            "(f {(compare a == b)} ' ' {(compare a != b)} ' ' {(compare a <= b)} ' ' {(index d "
            "'k')} ' ' {(dict 1 2)})");
  EXPECT_EQ(expr("'''a\r\nb'''"), "'a\\nb'");
}

TEST(Parser, Numbers) {
  EXPECT_EQ(expr("(0x_ff, 0o17, 0b11, 1_000, 1e3, .5, 1e400, 9223372036854775807)"),
            "(tuple 255 15 3 1000 1000.0 0.5 inf 9223372036854775807)");
  EXPECT_EQ(failure("a = 9223372036854775808"), "limit t.py:1:5");
}

TEST(Parser, Statements) {
  EXPECT_EQ(tree("a, *b = c = d, 1"), "(= (tuple a (star b)) c (tuple d 1))");
  EXPECT_EQ(tree("x: int = 3"), "(: x int 3)");
  EXPECT_EQ(tree("a.b[c] += 1"), "(aug0 (index (. a b) c) 1)");
  EXPECT_EQ(tree("if a: b\nelif c: d\nelse: e"),
            "(if a (then (do b)) c (then (do d)) (else (do e)))");
  EXPECT_EQ(tree("for a, b in c, d: pass\nelse: e"),
            "(for (tuple a b) (tuple c d) (do (pass)) (else (do e)))");
  EXPECT_EQ(tree("import a.b as c, d"), "(import a.b>c d)");
  EXPECT_EQ(tree("from a.b import (c as d, e,)"), "(from a.b c>d e)");
  EXPECT_EQ(tree("def f(a, /, b: int = 1, *c, d, **e) -> int: return"),
            "(def f ([/a - -][b int 1][*c - -][k:d - -][**e - -]) int (do (return -)))");
  EXPECT_EQ(tree("def f(): yield 1"), "(generator f () - (do (do (yield 1))))");
  EXPECT_EQ(tree("try: a\nexcept B as c: d\nfinally: e"),
            "(try (do (do a)) (except B c (do (do d))) (else) (finally (do e)))");
  EXPECT_EQ(tree("match = 1; match(2)").substr(0, 11), "(= match 1)");
}

TEST(Parser, EveryNodeKnowsItsPlace) {
  const auto program = parse("a = 1\nbb = f(cc,\n    'd').g[0]\n", "t.py");
  const auto& assign = as<Assign>(*program->body[1]);
  EXPECT_EQ(program->source.at(assign.range), "bb = f(cc,\n    'd').g[0]");
  const auto& index = as<Subscript>(*assign.value);
  const auto& attribute = as<Attribute>(*index.object);
  EXPECT_EQ(program->source.at(attribute.range), "f(cc,\n    'd').g");
  EXPECT_EQ(to_string(program->place(attribute.name_range)), "t.py:3:10");
  const auto& call = as<CallExpr>(*attribute.object);
  EXPECT_EQ(program->source.at(call.arguments[1].value->range), "'d'");
}

TEST(Parser, PlacesOfErrors) {
  EXPECT_EQ(failure("x = (1 +\n"), "syntax t.py:1:5");
  EXPECT_EQ(failure("x = 1 +"), "syntax t.py:1:8");
  EXPECT_EQ(failure("a\nf(x y)"), "syntax t.py:2:5");
  EXPECT_EQ(failure("f() = 1"), "syntax t.py:1:1");
  EXPECT_EQ(failure("a + b += 1"), "syntax t.py:1:1");
  EXPECT_EQ(failure("*a, *b = c"), "syntax t.py:1:5");
  EXPECT_EQ(failure("f(a=1, 2)"), "syntax t.py:1:8");
  EXPECT_EQ(failure("f(a=1, a=2)"), "syntax t.py:1:8");
  EXPECT_EQ(failure("def f(a, a): pass"), "syntax t.py:1:10");
  EXPECT_EQ(failure("def f(a=1, b): pass"), "syntax t.py:1:12");
  EXPECT_EQ(failure("return 1"), "syntax t.py:1:1");
  EXPECT_EQ(failure("if a:\n    break"), "syntax t.py:2:5");
  EXPECT_EQ(failure("if a:\nb"), "syntax t.py:2:1");
  EXPECT_EQ(failure("  a"), "syntax t.py:1:3");
  EXPECT_EQ(failure("f'{}'"), "syntax t.py:1:4");
  EXPECT_EQ(failure("f'{a b}'"), "syntax t.py:1:6");
  EXPECT_EQ(failure("f'a}'"), "syntax t.py:1:4");
  EXPECT_EQ(failure("class A: return 1"), "syntax t.py:1:10");
}

TEST(Parser, RefusesWhatTheLanguageLacks) {
  EXPECT_EQ(failure("with open('f') as g: pass"), "unsupported t.py:1:1");
  EXPECT_EQ(failure("async def f(): pass"), "unsupported t.py:1:1");
  EXPECT_EQ(failure("def f():\n  await g"), "unsupported t.py:2:3");
  EXPECT_EQ(failure("match x:\n  case 1: pass"), "unsupported t.py:1:1");
  EXPECT_EQ(failure("x = b'12'"), "unsupported t.py:1:5");
  EXPECT_EQ(failure("from . import a"), "unsupported t.py:1:6");
}

TEST(Parser, DeepNestingIsALimitNotACrash) {
  const auto nested = [](const std::string& open, const std::string& middle,
                         const std::string& close) {
    std::string text;
    for (int i = 0; i < 100000; ++i) text += open;
    text += middle;
    for (int i = 0; i < 100000; ++i) text += close;
    return text;
  };
  EXPECT_EQ(error_of(nested("(", "1", ")")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("f(", "1", ")")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("[", "", "]")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("-", "1", "")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("not ", "1", "")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("lambda: ", "1", "")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("1 if 1 else ", "1", "")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("2 ** ", "1", "")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("a[", "1", "]")).kind(), ErrorKind::kLimit);
  EXPECT_EQ(error_of(nested("f'{", "1", "}'")).kind(), ErrorKind::kLimit);
  std::string blocks;
  for (int i = 0; i < 1000; ++i) blocks += std::string(static_cast<size_t>(i), ' ') + "if 1:\n";
  EXPECT_EQ(error_of(blocks).kind(), ErrorKind::kLimit);
}

TEST(Parser, LongChainsAreNotDeep) {
  std::string sum = "x = 0", calls = "y = a";
  for (int i = 0; i < 50000; ++i) sum += " + 1", calls += ".b(1)[2]";
  const auto program = parse(sum + "\n" + calls + "\n");
  EXPECT_EQ(program->body.size(), 2U);
  EXPECT_GT(dump(*program).size(), 100000U);
}

TEST(Parser, EveryPrefixGivesATreeOrAPlacedError) {
  for (const std::string& sample : samples()) {
    for (size_t n = 0; n <= sample.size(); ++n) {
      try {
        parse(sample.substr(0, n), "t.py");
      } catch (const Error& e) {
        EXPECT_NE(e.kind(), ErrorKind::kInternal);
        EXPECT_GT(e.place().line, 0) << e.what();
      }
    }
    EXPECT_NO_THROW(parse(sample)) << sample;
  }
}

}  // namespace
}  // namespace cadrecode::script
