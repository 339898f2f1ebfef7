// Any bytes as a shard: its rows or an Error, never a crash; and any bytes as
// one row's line, which, once read, is written and read back as the same row.
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "learning/dataset/shard.h"

using namespace cadrecode;
using namespace cadrecode::dataset;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void read_shard(std::string bytes) {
  const ShardReader shard = ShardReader::from_bytes(std::move(bytes), "x");
  for (uint64_t b = 0; b < shard.blocks() && b < 16; ++b) {
    const auto lines = shard.lines(b);
    require(shard.line(b * shard.about().block_rows) == lines.front());
    for (const std::string& line : lines) from_line(line, {"x", 1, 0});
  }
}

void read_line(const std::string& text) {
  const Row row = from_line(text, {"x", 1, 0});
  require(from_line(to_line(row)) == row);
}

}  // namespace

// The first byte chooses which.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    if (data[0] & 1) {
      read_line(bytes);
    } else {
      read_shard(bytes);
    }
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput);
    require(!error.place().file.empty());
  }
  return 0;
}
