#include "geometry/mesh/unit.h"

#include <array>
#include <cctype>

namespace cadrecode::mesh {
namespace {

struct Name {
  const char* word;
  Unit unit;
};
constexpr std::array<Name, 21> kNames = {{
    {"mm", Unit::kMillimeter},
    {"millimeter", Unit::kMillimeter},
    {"millimeters", Unit::kMillimeter},
    {"millimetre", Unit::kMillimeter},
    {"millimetres", Unit::kMillimeter},
    {"cm", Unit::kCentimeter},
    {"centimeter", Unit::kCentimeter},
    {"centimeters", Unit::kCentimeter},
    {"m", Unit::kMeter},
    {"meter", Unit::kMeter},
    {"meters", Unit::kMeter},
    {"metre", Unit::kMeter},
    {"in", Unit::kInch},
    {"inch", Unit::kInch},
    {"inches", Unit::kInch},
    {"ft", Unit::kFoot},
    {"foot", Unit::kFoot},
    {"feet", Unit::kFoot},
    {"micron", Unit::kMicron},
    {"microns", Unit::kMicron},
    {"um", Unit::kMicron},
}};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

}  // namespace

const char* to_string(Unit unit) {
  constexpr std::array<const char*, 7> kWords = {"", "micron", "mm", "cm", "m", "inch", "foot"};
  return kWords[static_cast<size_t>(unit)];
}

Unit unit_from_string(std::string_view word) {
  const std::string key = lower(word);
  for (const Name& name : kNames) {
    if (key == name.word) return name.unit;
  }
  return Unit::kUnknown;
}

double millimeters(Unit unit) {
  constexpr std::array<double, 7> kFactors = {1, 1e-3, 1, 10, 1000, 25.4, 304.8};
  return kFactors[static_cast<size_t>(unit)];
}

Unit unit_hint(std::string_view text) {
  const std::string s = lower(text);
  // "units" (then = : or a blank), then a unit's name: "unitsmm", "units=inch".
  for (size_t at = s.find("unit"); at != std::string::npos; at = s.find("unit", at + 1)) {
    size_t from = at + 4;
    if (from < s.size() && s[from] == 's') ++from;
    while (from < s.size() && (s[from] == '=' || s[from] == ':' || s[from] == ' ')) ++from;
    size_t to = from;
    while (to < s.size() && is_letter(s[to])) ++to;
    const Unit unit = unit_from_string(std::string_view(s).substr(from, to - from));
    if (unit != Unit::kUnknown) return unit;
  }
  // A unit's name as a word of its own after "_": "bracket_mm.stl". Single
  // letters and "in" are words of too many other meanings.
  for (size_t at = s.find('_'); at != std::string::npos; at = s.find('_', at + 1)) {
    size_t to = at + 1;
    while (to < s.size() && is_letter(s[to])) ++to;
    const std::string_view word = std::string_view(s).substr(at + 1, to - at - 1);
    if (word == "m" || word == "in" || word == "um") continue;
    const Unit unit = unit_from_string(word);
    if (unit != Unit::kUnknown) return unit;
  }
  return Unit::kUnknown;
}

}  // namespace cadrecode::mesh
