// Each programs/*.py must print what CPython printed (programs/*.out, made by
// tools/reference/python_semantics.py).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "unit/interpreter/run_program.h"

namespace cadrecode::interpreter {
namespace {

const std::filesystem::path kFolder = "tests/unit/interpreter/programs";

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in) << path << " is missing";
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

class Semantics : public testing::TestWithParam<std::string> {};

TEST_P(Semantics, AsCPython) {
  const std::vector<std::string> expected = lines(read(kFolder / (GetParam() + ".out")));
  std::vector<std::string> actual = lines(run_program(read(kFolder / (GetParam() + ".py"))));
  // The error that ends a program: CPython tells no column.
  if (!actual.empty() && actual.back().starts_with("value ")) {
    std::string& last = actual.back();
    last.erase(last.find(':'), last.find(' ', 6) - last.find(':'));
  }
  for (size_t i = 0; i < std::min(expected.size(), actual.size()); ++i)
    EXPECT_EQ(actual[i], expected[i]) << "line " << i + 1;
  EXPECT_EQ(actual.size(), expected.size()) << (actual.empty() ? "" : actual.back());
}

std::vector<std::string> programs() {
  std::vector<std::string> names;
  if (std::filesystem::exists(kFolder)) {
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
      if (entry.path().extension() == ".py") names.push_back(entry.path().stem());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Programs, Semantics, testing::ValuesIn(programs()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace cadrecode::interpreter
