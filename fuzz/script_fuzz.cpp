// Any bytes: the parser gives a tree or an Error with a place, never anything
// else; a tree prints to a text that parses to the same tree.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "language/script/parser.h"
#include "language/script/printer.h"

using namespace cadrecode;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::unique_ptr<script::Program> program;
  try {
    program = script::parse(std::string(reinterpret_cast<const char*>(data), size));
  } catch (const Error& e) {
    if (e.kind() == ErrorKind::kInternal || e.place().line < 1) std::abort();
    return 0;
  }
  const std::string tree = script::dump(*program), printed = script::print(*program);
  try {
    const auto again = script::parse(printed);
    if (script::dump(*again) != tree || script::print(*again) != printed) {
      std::fprintf(stderr, "printed as\n%s\n%s\n%s\n", printed.c_str(), tree.c_str(),
                   script::dump(*again).c_str());
      std::abort();
    }
  } catch (const Error& e) {
    // Parentheses added by printing may cross the nesting limit.
    if (e.kind() == ErrorKind::kLimit) return 0;
    std::fprintf(stderr, "printed as\n%s\n%s\n", printed.c_str(), e.what());
    std::abort();
  }
  return 0;
}
