// Any program ends within its budgets with a result or an Error with a place.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "language/interpreter/interpreter.h"
#include "language/script/parser.h"

using namespace cadrecode;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  interpreter::Limits limits;
  limits.steps = 20'000;
  limits.memory = size_t{8} << 20;
  limits.stack = size_t{1} << 20;
  try {
    const auto program = script::parse(std::string(reinterpret_cast<const char*>(data), size));
    interpreter::Interpreter interpreter(limits);
    interpreter.run(*program);
    for (const auto& [name, value] : interpreter.globals()) interpreter::type_name(value);
  } catch (const Error& e) {
    if (e.kind() == ErrorKind::kInternal || e.place().line < 1) std::abort();
  }
  return 0;
}
