// A program's text and the places in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace cadrecode::script {

// Bytes [begin, end) of the text.
struct Range {
  uint32_t begin = 0, end = 0;
};

struct Source {
  std::string text;  // UTF-8
  std::string file;  // shown in places; may be empty

  std::string_view at(Range range) const {
    return std::string_view(text).substr(range.begin, range.end - range.begin);
  }
  // 1-based line and column of a byte; columns count characters.
  Place place(uint32_t offset) const;
};

}  // namespace cadrecode::script
