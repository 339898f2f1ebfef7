// The generator's configuration from any bytes: knobs, or an Error.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/error.h"
#include "learning/procgen/knobs.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    (void)cadrecode::procgen::fingerprint(cadrecode::procgen::parse_knobs(text));
  } catch (const cadrecode::Error&) {
  }
  return 0;
}
