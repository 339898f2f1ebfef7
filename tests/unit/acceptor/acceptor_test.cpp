#include "language/acceptor/acceptor.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/random.h"
#include "language/script/parser.h"

namespace cadrecode::acceptor {
namespace {

bool is_program(const std::string& text) {
  Acceptor a;
  return a.accept(text) && a.complete();
}
bool is_prefix(const std::string& text) {
  Acceptor a;
  return a.accept(text);
}
std::string parse_error(const std::string& text) {
  try {
    script::parse(text);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Acceptor, TakesTheLanguage) {
  for (const char* text : {
           "",
           "\n",
           "# only this",
           "import cadquery as cq\nw0=cq.Workplane('XY',origin=(0,0,-43))\n"
           "r=w0.sketch().segment((-100,-67),(-97,-74)).close().assemble().finalize().extrude(86)",
           "import a.b, c as d\nfrom e.f import g as h, i\nfrom j import *\n",
           "x = -1.5e-3 # note\ny = [1, 2., .5, (), [], (1,),\n   ]\nz = y[0] // 2 % 3\n",
           "a, b.c, d[0] = e = f = 1, 'x', \"y'z\"\n",
           "a += 1\nb.c //= 2\n",
           "r = (a\n  .b(1) # here\n  .c(x = True, y=None,)\n)",
           "f(a, -b, c + d, e=g, h=(1 + 2) * -3)",
           "importer = fromage + asx\n",
           "x = 1\n\n\ny = 0",
       }) {
    EXPECT_TRUE(is_program(text)) << text;
    EXPECT_EQ(parse_error(text), "") << text;
  }
}

TEST(Acceptor, RefusesWhatCannotBecomeAProgram) {
  for (const char* text : {" x",
                           "x = )",
                           "f(a=1, b)",
                           "f(a=1, 2",
                           "f(a=1, a=",
                           "f(a=1, a ",
                           "f(a=1, True ",
                           "f(a.b=",
                           "f(1=",
                           "x = = ",
                           "x == ",
                           "a + b = ",
                           "a + b -= ",
                           "-a = ",
                           "f() = ",
                           "1 = ",
                           "None = ",
                           "(1]",
                           "x = [)",
                           "import 1",
                           "import a as b.",
                           "from a\n",
                           "from a import b c",
                           "class ",
                           "x = for ",
                           "lambda ",
                           "x = 01",
                           "1.5.2",
                           "1abc",
                           ". ",
                           "x = 'a\n",
                           "x = 'a\\",
                           "a b",
                           "x = a b",
                           "x, = ",
                           "x += y = ",
                           "a = b += ",
                           "x = --1",
                           "x = *",
                           "f(,",
                           "x[]",
                           "from a import b, *",
                           "\t",
                           "x = \xc3",
                           "a ** ",
                           "a.for ",
                           "f(*"}) {
    EXPECT_FALSE(is_prefix(text)) << text;
  }
}

TEST(Acceptor, KnowsWhenAProgramIsWhole) {
  for (const char* text : {"x = ", "f(", "x = 'a", "import ", "import a as ", "from a ", "x = 1 +",
                           "x.", "x = 1e", "f(a=", "x = [1,", "import", "x = for", "a,"}) {
    EXPECT_TRUE(is_prefix(text)) << text;
    EXPECT_FALSE(is_program(text)) << text;
  }
}

// From a random walk over accepted bytes: every whole prefix parses, and there
// is always a way on.
TEST(Acceptor, WhateverItAcceptsParses) {
  // Bytes that programs are made of, so that walks get somewhere.
  const std::string likely = "abimport from as=()[],.'\"+-*/% 0123456789e\n#TrueNonefor";
  size_t whole = 0;
  for (uint64_t walk = 0; walk < 400; ++walk) {
    RandomStream random(walk);
    Acceptor acceptor;
    std::string text = walk % 3 ? "" : "import cadquery as cq\nr=f(a=1,b";
    ASSERT_TRUE(acceptor.accept(text));
    for (int i = 0; i < 150; ++i) {
      std::string possible;
      for (int byte = 0; byte < 256; ++byte) {
        Acceptor next = acceptor;
        if (next.step(static_cast<uint8_t>(byte))) possible += static_cast<char>(byte);
      }
      ASSERT_FALSE(possible.empty()) << "a dead end after: " << text;
      std::string preferred;
      for (char c : likely) {
        if (possible.find(c) != std::string::npos) preferred += c;
      }
      const std::string& from = preferred.empty() || random.next_chance(0.1) ? possible : preferred;
      const char c = from[random.next_below(from.size())];
      ASSERT_TRUE(acceptor.step(static_cast<uint8_t>(c)));
      text += c;
      if (!acceptor.complete()) continue;
      ++whole;
      ASSERT_EQ(parse_error(text), "") << text;
    }
  }
  EXPECT_GT(whole, 5000u);
}

TEST(Acceptor, EqualKeysAcceptTheSame) {
  const auto key = [](const char* text) {
    Acceptor a;
    EXPECT_TRUE(a.accept(text));
    return a.key();
  };
  EXPECT_EQ(key("w0 = aa.xyz"), key("r = b.xzz"));
  EXPECT_EQ(key("x=f(1, (2,"), key("foo=g(12, (3,"));
  EXPECT_NE(key("x=f(a=1,"), key("x=f(b=1,"));
  EXPECT_NE(key("x=f(ab"), key("x=f(ac"));
  EXPECT_NE(key("x=f("), key("x=[f("));
}

TEST(Acceptor, TakesTheRealPrograms) {
  const char* given = std::getenv("CADRECODE_CORPUS");
  const std::string path = std::string(given ? given : "../shared/corpus") + "/dev.jsonl";
  if (!std::filesystem::exists(path)) {
    std::cout << "SKIPPED: no corpus at " << path << " (CADRECODE_CORPUS)\n";
    GTEST_SKIP();
  }
  std::ifstream file(path);
  size_t programs = 0, refused = 0;
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json row = nlohmann::json::parse(line);
    for (const char* key : {"code", "prediction_a", "prediction_b"}) {
      if (!row.contains(key) || !row[key].is_string()) continue;
      const std::string code = row[key];
      if (!parse_error(code).empty()) continue;  // a broken prediction
      ++programs;
      if (is_program(code)) continue;
      if (++refused < 5) ADD_FAILURE() << code;
    }
  }
  std::cout << programs << " programs, " << refused << " refused\n";
  EXPECT_EQ(refused, 0u);
}

}  // namespace
}  // namespace cadrecode::acceptor
