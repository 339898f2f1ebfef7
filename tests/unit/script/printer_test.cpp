#include "language/script/printer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

#include "language/script/parser.h"
#include "unit/script/samples.h"

namespace cadrecode::script {
namespace {

void expect_round_trip(const std::string& text) {
  const auto first = parse(text);
  const std::string printed = print(*first);
  std::unique_ptr<Program> second;
  ASSERT_NO_THROW(second = parse(printed)) << text << "\nprinted as\n" << printed;
  EXPECT_EQ(dump(*first), dump(*second)) << text << "\nprinted as\n" << printed;
  EXPECT_EQ(print(*second), printed);
}

std::string again(const std::string& text) {
  const std::string out = print(*parse(text));
  return out.substr(0, out.size() - 1);
}

TEST(Printer, Style) {
  EXPECT_EQ(again("a=b+c*( d-e )"), "a = b + c * (d - e)");
  EXPECT_EQ(again("f( x,k = 1,*a,** b )[1 :2]"), "f(x, k=1, *a, **b)[1:2]");
  EXPECT_EQ(again("a,b=(1,2)"), "a, b = 1, 2");
  EXPECT_EQ(again("if a:b\nelse:\n  c"), "if a:\n    b\nelse:\n    c");
  EXPECT_EQ(again("x=[-1,(-1)**2,-1**2,not(a)]"), "x = [-1, (-1) ** 2, -1 ** 2, not a]");
  EXPECT_EQ(again("(a+b).c; (1).d; 1.5.e; (a-b)-(c-d); (a**b)**c; a**(b**c)"),
            "(a + b).c\n(1).d\n1.5.e\na - b - (c - d)\n(a ** b) ** c\na ** b ** c");
  EXPECT_EQ(again("f'{a}{b!r:>{c}}' \"d'\""), "f'{a}{b!r:>{c}}d\\''");
  EXPECT_EQ(again("f'{d[\"k\"]}'"), "f'{d[\"k\"]}'");
}

TEST(Printer, Numbers) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(-0.0), "-0.0");
  EXPECT_EQ(number_text(1e16), "1e+16");
  EXPECT_EQ(number_text(123456789012345680.0), "1.2345678901234568e+17");
  EXPECT_EQ(number_text(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(number_text(0.0001), "0.0001");
  EXPECT_EQ(number_text(0.00001234), "1.234e-05");
  EXPECT_EQ(number_text(5e-324), "5e-324");
  EXPECT_EQ(number_text(-12.5), "-12.5");
  EXPECT_EQ(again("x = 1e999"), "x = 1e999");
}

TEST(Printer, Strings) {
  EXPECT_EQ(quote("it's"), "\"it's\"");
  EXPECT_EQ(quote("a\"b'"), "'a\"b\\''");
  EXPECT_EQ(quote("\n\t\\\x01é\u200b"), "'\\n\\t\\\\\\x01é\\u200b'");
}

TEST(Printer, SamplesRoundTrip) {
  for (const std::string& sample : samples()) expect_round_trip(sample);
}

TEST(Printer, AwkwardFormsRoundTrip) {
  for (const char* text : {"f'{(lambda: 1)()} {(lambda: 1)} {a if b else c} {x!s:{y}.{z}}'",
                           "f'{ {1: 2}[1] } { {3} }{f\"{g}\"}{f\"{f\"{h}\"}\"}'",
                           "f'{x:%H\\x3a%M}{y:\\x27}'",
                           "f'\\{a}' rf'\\{b}\\n'",
                           "f'''{\nx\n}'''",
                           "f'{\"a\\n'\"}'",
                           "f''",
                           "f'{x,}{(yield_)}'",
                           "x = *a, b",
                           "x = (yield_)",
                           "for x in *a, b: pass",
                           "for (x,) in y: pass",
                           "a[b:=1]",
                           "print(f(a)(b), (lambda *a, **k: (a, k))(1))",
                           "x = (y := 1), 2",
                           "def f(a, /): pass",
                           "def f(a, /, *, b): pass",
                           "def f(*, b=1): pass",
                           "lambda *, a: a",
                           "assert (a, b), c",
                           "del (a, b), c",
                           "x = (a for b in (lambda: c, d))",
                           "[a for b in c if (d if e else f)]",
                           "{**(a or b)}",
                           "f(*(a or b), **(c or d))",
                           "not (not a)",
                           "-(-a)",
                           "(-a) ** b",
                           "(a < b) < c",
                           "a < (b < c)",
                           "(a and b) and c",
                           "a or (b or c)",
                           "(a if b else c) if d else e",
                           "(a, b)[0]",
                           "(lambda: a)()",
                           "-a.b",
                           "(await_)",
                           "x = 'a' 'b' f'{c}' 'd'",
                           "(x): int = 1",
                           "x.y: int",
                           "(yield_).z",
                           "class A:\n  def f(self):\n    x = (yield)\n    return (yield x), 1",
                           "if a:\n  if b: c\n  else: d\nelse:\n  if e: f"}) {
    expect_round_trip(text);
  }
}

// Random expressions, printed from trees no parser shaped: parentheses in
// random places, every operator, then the round trip.
class RandomText {
 public:
  explicit RandomText(uint32_t seed) : engine_(seed) {}
  std::string expr(int depth) {
    if (depth == 0) return atom();
    switch (pick(14)) {
      case 0:
        return "(" + expr(depth - 1) + ")";
      case 1:
        return expr(depth - 1) + binary() + expr(depth - 1);
      case 2:
        return "(" + expr(depth - 1) + ")" + binary() + "(" + expr(depth - 1) + ")";
      case 3:
        return "-" + atom() + binary() + "(" + expr(depth - 1) + ")";
      case 4:
        return "(" + expr(depth - 1) + ")" + (pick(2) ? " and " : " or ") + "(" + expr(depth - 1) +
               ")";
      case 5:
        return "(" + expr(depth - 1) + ")" + (pick(2) ? " < " : " not in ") + "(" +
               expr(depth - 1) + ")";
      case 6:
        return "(" + expr(depth - 1) + " if " + expr(depth - 1) + " else " + expr(depth - 1) + ")";
      case 7:
        return "(not " + expr(depth - 1) + ")";
      case 8:
        return "(" + expr(depth - 1) + ").m(" + expr(depth - 1) + ", k=" + expr(depth - 1) + ")";
      case 9:
        return "(" + expr(depth - 1) + ")[" + expr(depth - 1) + ":" + expr(depth - 1) + "]";
      case 10:
        return "[" + expr(depth - 1) + ", " + expr(depth - 1) + "]";
      case 11:
        return "(" + expr(depth - 1) + ",)";
      case 12:
        return "(lambda x: " + expr(depth - 1) + ")";
      default:
        return "{" + expr(depth - 1) + ": " + expr(depth - 1) + "}";
    }
  }

 private:
  uint32_t pick(uint32_t n) { return engine_() % n; }
  std::string atom() {
    static const char* kAtoms[] = {"a",  "1",   "2.5", "'s'", "None", "()",
                                   "[]", "x.y", "f()", "-3",  "1e-7", "f'{q}'"};
    return kAtoms[pick(12)];
  }
  std::string binary() {
    static const char* kOps[] = {" + ",  " - ", " * ", " / ", " // ", " % ",
                                 " ** ", " @ ", " & ", " | ", " ^ ",  " << "};
    return kOps[pick(12)];
  }
  std::mt19937 engine_;
};

TEST(Printer, RandomExpressionsRoundTrip) {
  RandomText random(20261121);
  int parsed = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = "x = " + random.expr(1 + i % 4);
    try {
      parse(text);
    } catch (const Error&) {
      continue;  // the generator does not know where a conditional may stand
    }
    ++parsed;
    expect_round_trip(text);
  }
  EXPECT_GT(parsed, 2500);
}

// Every .py below the corpus, and every `code` of its JSON Lines files.
TEST(Printer, CorpusRoundTrips) {
  const char* folder = std::getenv("CADRECODE_CORPUS");
  const std::filesystem::path corpus = folder ? folder : "../shared/corpus";
  if (!std::filesystem::exists(corpus))
    GTEST_SKIP() << "NO CORPUS at " << corpus << "; set CADRECODE_CORPUS";
  int programs = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (entry.path().extension() != ".py") continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    try {
      parse(text.str());
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::kUnsupported) << entry.path() << ": " << e.what();
      continue;
    }
    expect_round_trip(text.str());
    ++programs;
  }
  if (programs == 0)
    GTEST_SKIP() << "NO PROGRAMS below " << corpus << " (the archives are not unpacked)";
  RecordProperty("programs", programs);
}

}  // namespace
}  // namespace cadrecode::script
