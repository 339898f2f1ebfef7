// One format specification, taken apart; private to the format*.cpp files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cadrecode::interpreter {

constexpr int kMaxWidth = 100000;  // a wider field is a mistake or an attack
constexpr int kMaxPrecision = 1000;

struct Spec {
  std::string fill = " ";
  char align = 0;  // < > = ^
  char sign = '-';
  bool alternate = false;
  bool zero = false;
  int width = 0;
  char grouping = 0;
  int precision = -1;
  char type = 0;
};

std::string format_float(const Spec& spec, double value);
std::string format_integer(const Spec& spec, int64_t value);
std::string format_string(const Spec& spec, const std::string& text);

// A decimal number at `i`, which moves past it; Error(limit) above `limit`.
int number_at(std::string_view text, size_t& i, int limit);
// Bytes of the character at `i`.
size_t character_length(std::string_view text, size_t i);

}  // namespace cadrecode::interpreter
