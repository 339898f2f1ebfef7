// Runs a parsed program under budgets.
//
//   Interpreter interpreter(limits);
//   interpreter.add_module(cadquery_module());
//   interpreter.set_builtin("show_object", make_function(...));
//   interpreter.run(program);              // throws Error with a place
//   const Value* r = interpreter.global("r");
//
// A program sees only the modules added here and the language's own (math,
// random, itertools, functools, typing, …). Nothing reaches files, network or
// environment. Budget errors (kind `limit`) cannot be caught by the program.
// An uncaught exception leaves run() as an Error of kind `value` whose message
// is "ValueError: …" at the innermost line of the program.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/beacon.h"
#include "base/error.h"
#include "language/interpreter/arguments.h"
#include "language/interpreter/containers.h"
#include "language/interpreter/object.h"
#include "language/interpreter/value.h"

namespace cadrecode::script {
struct Program;
}

namespace cadrecode::interpreter {

struct Limits {
  uint64_t steps = 100'000'000;       // statements, loop turns, calls, elements copied
  size_t memory = size_t{256} << 20;  // bytes alive in strings and containers, about
  size_t output = 64 << 10;           // bytes of print() kept; more is dropped and marked
  int recursion = 1000;               // nested calls of program functions
  size_t stack = size_t{4} << 20;     // bytes of native stack the evaluator may use
};

struct Evaluator;  // the tree walk, in evaluator.cpp

class Interpreter {
 public:
  struct State;  // evaluator.h
  explicit Interpreter(Limits limits = {});
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // --- Before running ---
  // `import name` and `from name import …` find it; dots are part of the name.
  void add_module(const Module& module);
  void add_module(std::string_view name, const Module& module);
  void set_builtin(std::string_view name, Value value);
  // When it becomes true, the program ends with an Error of kind `limit`.
  void set_cancel_flag(const std::atomic<bool>* flag) { cancel_ = flag; }
  // Told the byte of the program being evaluated, so that a program that had to
  // be killed still has a place. May be null.
  void set_beacon(Beacon* beacon) { beacon_ = beacon; }
  // Whatever the host wants to find again inside its functions.
  template <class T>
  void set_context(T* context) {
    context_ = context;
  }
  template <class T>
  T& context() const {
    return *static_cast<T*>(context_);
  }

  // --- Running ---
  // `program` must outlive every value it made.
  void run(const script::Program& program);
  // Null when the program never bound it.
  const Value* global(std::string_view name) const;
  // All bound globals, the one assigned last at the end.
  std::vector<std::pair<std::string, Value>> globals() const;
  // What print() wrote.
  const std::string& output() const { return output_; }
  uint64_t steps_used() const { return steps_used_; }

  // --- For host functions ---
  // Calls a function, lambda, type or any other callable of the program.
  Value call(const Value& callable, std::span<const Value> positional,
             std::span<const Keyword> keywords = {});
  Value call(const Value& callable, std::initializer_list<Value> positional) {
    return call(callable, std::span<const Value>(positional.begin(), positional.size()));
  }
  // Counts work against the step budget; call it for loops of the host's own.
  void charge(uint64_t steps = 1) {
    steps_used_ += steps;
    if (steps_used_ >= next_check_) check_budget();
  }
  // Error(limit) when the native stack is nearly used up; for host functions
  // that recurse.
  void check_stack() const {
    const char here = 0;
    if (stack_base_ && static_cast<size_t>(stack_base_ - &here) > limits_.stack)
      throw_stack_limit();
  }
  // Refuses before `bytes` are allocated.
  void charge_memory(size_t bytes);
  void print(std::string_view text);
  // Attributes that the program gave to host types (cq.Workplane.bolt = bolt), inherited by the
  // types derived from them; null when absent. They live as long as the interpreter.
  void extend(const Type& type, std::string_view name, Value value);
  const Value* extension(const Type& type, std::string_view name) const;
  // Where the program is: the expression being evaluated.
  Place place() const;
  const Limits& limits() const { return limits_; }

 private:
  friend struct Evaluator;
  void check_budget();
  [[noreturn]] void throw_stack_limit() const;

  Limits limits_;
  uint64_t steps_used_ = 0;
  uint64_t next_check_ = 0;
  const std::atomic<bool>* cancel_ = nullptr;
  Beacon* beacon_ = nullptr;
  void* context_ = nullptr;
  const char* stack_base_ = nullptr;
  std::string output_;
  std::unique_ptr<State> state_;
};

}  // namespace cadrecode::interpreter
