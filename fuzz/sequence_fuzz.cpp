// Any bytes as a construction sequence: a Part or an Error, and a Part that is
// valid becomes a program that reads back.
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "geometry/prism/solid.h"
#include "learning/convert/program.h"
#include "learning/convert/sequence.h"

using namespace cadrecode;

// The first byte chooses the archive.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto archive = data[0] & 1 ? convert::Archive::kFusion360 : convert::Archive::kDeepcad;
  try {
    const convert::Sequence s = convert::read_sequence(text, archive, "x");
    for (const convert::Form form : {convert::Form::kExact, convert::Form::kQuantised}) {
      const convert::Program p = convert::to_program(s.part, form);
      if (!prism::verdict(p.part).valid() || p.code.empty()) std::abort();
    }
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInternal) std::abort();
  }
  return 0;
}
