// Bytes as a program: whatever the acceptor takes whole, the parser takes; and
// after any accepted byte there is a way on.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "language/acceptor/acceptor.h"
#include "language/script/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using cadrecode::acceptor::Acceptor;
  Acceptor acceptor;
  std::string text;
  for (size_t i = 0; i < size && i < 2000; ++i) {
    // Bytes it refuses are passed over, so that inputs get deep.
    Acceptor next = acceptor;
    if (!next.step(data[i])) continue;
    acceptor = next;
    text += static_cast<char>(data[i]);
  }
  bool way_on = acceptor.complete();
  for (int byte = 0; byte < 256 && !way_on; ++byte) {
    Acceptor next = acceptor;
    way_on = next.step(static_cast<uint8_t>(byte));
  }
  if (!way_on) std::abort();
  if (acceptor.complete()) cadrecode::script::parse(text);  // throws: a finding
  return 0;
}
