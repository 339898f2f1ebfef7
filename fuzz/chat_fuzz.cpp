// Streams of language-model servers, in pieces; and programs inside answers.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/error.h"
#include "pipeline/chat/stream.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t piece = data[0] % 32 + 1;
  cadrecode::chat::Assembler whole, pieces;
  const auto run = [&](cadrecode::chat::Assembler& a, size_t step) {
    try {
      for (size_t at = 0; at < text.size(); at += step)
        a.feed(text.data() + at, std::min(step, text.size() - at));
      a.finish();
    } catch (const cadrecode::Error&) {
      return false;
    }
    return true;
  };
  // the pieces it comes in do not matter
  const bool good = run(whole, text.size() + 1);
  if (good != run(pieces, piece)) __builtin_trap();
  if (good && (whole.text != pieces.text || whole.calls.size() != pieces.calls.size()))
    __builtin_trap();
  return 0;
}
