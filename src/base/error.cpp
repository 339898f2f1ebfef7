#include "base/error.h"

#include <array>

namespace cadrecode {
namespace {

constexpr std::array<const char*, 7> kWords = {"syntax", "unsupported", "value",   "geometry",
                                               "limit",  "input",       "internal"};

}  // namespace

const char* to_string(ErrorKind kind) { return kWords[static_cast<size_t>(kind)]; }

ErrorKind error_kind_from_string(const std::string& word) {
  for (size_t i = 0; i < kWords.size(); ++i) {
    if (word == kWords[i]) return static_cast<ErrorKind>(i);
  }
  throw Error(ErrorKind::kValue, "no such error kind: '" + word + "'");
}

std::string to_string(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += (text.empty() ? "" : ":") + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  return text;
}

}  // namespace cadrecode
