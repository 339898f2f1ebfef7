#include "language/script/source.h"

#include <algorithm>

namespace cadrecode::script {

Place Source::place(uint32_t offset) const {
  const size_t end = std::min<size_t>(offset, text.size());
  Place place{file, 1, 1};
  for (size_t i = 0; i < end; ++i) {
    const bool line_end = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
    if (line_end) {
      ++place.line;
      place.column = 1;
    } else if ((text[i] & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace cadrecode::script
