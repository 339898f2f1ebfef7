// One row of a data set: a program and what is known of it.
//
// As a line of JSON, keys in this order:
//   {"id": "g-00000012", "code": "import cadquery ...", "source": "generate",
//    "seed": 12, "bbox": [-100.0, -3.0, ..., 8.0], "volume": 51200.0,
//    "hash": "00af54..."}
// Fractions always carry a point or an exponent and the hash is text, so that
// readers which infer a column's type from its first rows (Hugging Face's
// load_dataset, which goes by blocks) infer float64 and string everywhere.
// What is missing is null, never NaN.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/vec.h"

namespace cadrecode::dataset {

struct Row {
  std::string id;               // unique in its set
  std::string code;             // the program, UTF-8
  std::string source;           // which generator, archive or folder it is from
  std::optional<int64_t> seed;  // what it was drawn with
  Box3 bbox;                    // of the solid, program units; empty: unknown
  std::optional<double> volume;
  std::optional<uint64_t> hash;  // part::hash or a coarser one; 16 hexadecimal digits

  bool operator==(const Row& o) const;
};

// The line, without its line feed. Throws Error(kValue) where a text is not
// UTF-8 or a number not finite.
std::string to_line(const Row& row);

// Accepts keys in any order, unknown keys, and missing ones but `code`. `place`
// is where the line stands; errors carry it: Error(kInput) for text that is no
// such row, naming the key.
Row from_line(std::string_view line, const Place& place = {});

}  // namespace cadrecode::dataset
