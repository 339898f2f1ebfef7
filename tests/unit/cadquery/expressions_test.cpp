// Every line of expressions.txt gives in a native program what real CadQuery gave
// (tools/reference/expressions.py, whose `show` this repeats).
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "language/cadquery/run.h"

namespace cadrecode::cadquery {
namespace {

constexpr const char* kPrelude = R"(
from cadquery import *
from cadquery import func
def show(v):
    if isinstance(v, Vector):
        v = v.toTuple()
    if isinstance(v, bool) or v is None or isinstance(v, (int, str)):
        return v
    if isinstance(v, float):
        return round(v, 7) + 0.0
    if isinstance(v, (tuple, list)):
        return [show(x) for x in v]
    return "object"
r = Solid.makeBox(1, 1, 1)
)";

struct Line {
  std::string expression, expected;
};

std::vector<Line> read_lines() {
  std::vector<Line> lines;
  std::ifstream file("tests/unit/cadquery/expressions.txt");
  for (std::string text; std::getline(file, text);) {
    const size_t arrow = text.find(" => ");
    if (text[0] != '#' && arrow != std::string::npos)
      lines.push_back({text.substr(0, arrow), text.substr(arrow + 4)});
  }
  return lines;
}

std::string evaluated(const std::string& expression) {
  RunOptions options;
  options.measure = false;
  try {
    std::string log = run_program(kPrelude + ("print(show(" + expression + "))\n"), options).log;
    if (!log.empty() && log.back() == '\n') log.pop_back();
    return log;
  } catch (const Error& e) {
    if (e.kind() == ErrorKind::kUnsupported || e.kind() == ErrorKind::kInternal)
      return std::string(to_string(e.kind())) + ": " + e.what();
    return "error";
  }
}

// The numbers of a shown value, and what is left without them.
std::pair<std::string, std::vector<double>> taken_apart(const std::string& text) {
  std::pair<std::string, std::vector<double>> result;
  for (size_t i = 0; i < text.size();) {
    size_t used = 0;
    const bool starts = std::isdigit(static_cast<unsigned char>(text[i])) || text[i] == '-';
    const bool in_word = i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1]));
    if (starts && !in_word) {
      try {
        result.second.push_back(std::stod(text.substr(i), &used));
      } catch (const std::exception&) {
        used = 0;
      }
    }
    if (used == 0) result.first += text[i++];
    i += used;
  }
  return result;
}

bool close(const std::string& a, const std::string& b) {
  const auto [words_a, numbers_a] = taken_apart(a);
  const auto [words_b, numbers_b] = taken_apart(b);
  if (words_a != words_b || numbers_a.size() != numbers_b.size()) return false;
  for (size_t i = 0; i < numbers_a.size(); ++i)
    if (std::abs(numbers_a[i] - numbers_b[i]) > 2e-6 * std::max(1.0, std::abs(numbers_b[i])))
      return false;
  return true;
}

TEST(Expressions, GiveWhatCadQueryGives) {
  const std::vector<Line> lines = read_lines();
  ASSERT_GT(lines.size(), 300u);
  for (const Line& line : lines) {
    const std::string got = evaluated(line.expression);
    EXPECT_TRUE(close(got, line.expected))
        << line.expression << "\n  gives    " << got << "\n  CadQuery " << line.expected;
  }
}

}  // namespace
}  // namespace cadrecode::cadquery
