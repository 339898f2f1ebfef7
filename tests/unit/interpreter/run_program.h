// Runs a program text and gives what it printed, or how it failed.
#pragma once

#include <string>

#include "language/interpreter/interpreter.h"
#include "language/script/parser.h"

namespace cadrecode::interpreter {

// The output; an error is its last line: "kind line:column message".
inline std::string run_program(const std::string& text, Limits limits = {}) {
  limits.output = 1 << 20;
  std::string output;
  try {
    const auto program = script::parse(text);
    Interpreter interpreter(limits);
    try {
      interpreter.run(*program);
      output = interpreter.output();
    } catch (const Error&) {
      output = interpreter.output();
      throw;
    }
  } catch (const Error& e) {
    output += std::string(to_string(e.kind())) + " " + to_string(e.place()) + " " + e.what();
  }
  return output;
}

}  // namespace cadrecode::interpreter
