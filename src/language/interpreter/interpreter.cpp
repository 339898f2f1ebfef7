#include "language/interpreter/interpreter.h"

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>

#include "language/interpreter/evaluator.h"
#include "language/script/ast.h"

namespace cadrecode::interpreter {
namespace {

// The cancel flag is looked at every so many steps.
constexpr uint64_t kCheckEvery = 4096;

}  // namespace

Interpreter::Interpreter(Limits limits)
    : limits_(limits), state_(std::make_unique<State>(limits.memory)) {
  next_check_ = std::min(kCheckEvery, limits_.steps);
}

Interpreter::~Interpreter() {
  const Heap::Scope scope(&state_->heap);
  state_->handling.clear();
  state_->literals.clear();
  state_->globals = nullptr;
  state_->heap.empty_containers();
}

void Interpreter::add_module(const Module& module) { add_module(module.name(), module); }

void Interpreter::add_module(std::string_view name, const Module& module) {
  state_->modules[std::string(name)] = &module;
}

void Interpreter::set_builtin(std::string_view name, Value value) {
  state_->extra_builtins[std::string(name)] = std::move(value);
}

void Interpreter::check_budget() {
  if (steps_used_ >= limits_.steps) {
    throw Error(ErrorKind::kLimit, "the program needs more than its limit of " +
                                       std::to_string(limits_.steps) + " steps");
  }
  if (cancel_ && cancel_->load(std::memory_order_relaxed))
    throw Error(ErrorKind::kLimit, "the program was cancelled");
  next_check_ = std::min(steps_used_ + kCheckEvery, limits_.steps);
}

void Interpreter::throw_stack_limit() const {
  throw Error(ErrorKind::kLimit,
              "the program is nested too deeply: maximum recursion depth exceeded");
}

void Interpreter::charge_memory(size_t bytes) { state_->heap.require(bytes); }

void Interpreter::print(std::string_view text) {
  if (output_.size() >= limits_.output) return;
  const size_t room = limits_.output - output_.size();
  output_ += text.substr(0, room);
  if (text.size() > room) output_ += "\n[output cut here]\n";
}

void Interpreter::extend(const Type& type, std::string_view name, Value value) {
  state_->extensions[{&type, std::string(name)}] = std::move(value);
}

const Value* Interpreter::extension(const Type& type, std::string_view name) const {
  if (state_->extensions.empty()) return nullptr;
  for (const Type* t = &type; t; t = t->base()) {
    const auto found = state_->extensions.find({t, std::string(name)});
    if (found != state_->extensions.end()) return &found->second;
  }
  return nullptr;
}

Place Interpreter::place() const {
  return state_->program ? state_->program->source.place(state_->where) : Place{};
}

Value Interpreter::call(const Value& callable, std::span<const Value> positional,
                        std::span<const Keyword> keywords) {
  if (!callable.is_object())
    throw_type_error("'" + type_name(callable) + "' object is not callable");
  charge();
  const uint32_t where = state_->where;
  Value value = callable.object().call({positional, keywords}, *this);
  state_->where = where;
  return value;
}

namespace {

void bind_builtins(Interpreter::State& state) {
  const auto& names = state.resolution.globals;
  state.builtins.resize(names.size());
  for (size_t slot = 0; slot < names.size(); ++slot) {
    if (!state.extra_builtins.empty()) {
      const auto it = state.extra_builtins.find(std::string(names[slot]));
      if (it != state.extra_builtins.end()) {
        state.builtins[slot] = it->second;
        continue;
      }
    }
    if (const Value* value = find_builtin(names[slot])) state.builtins[slot] = *value;
  }
}

}  // namespace

void Interpreter::run(const script::Program& program) {
  if (state_->program) throw Error(ErrorKind::kInternal, "an interpreter runs one program");
  const char here = 0;
  const char* outer_base = std::exchange(stack_base_, &here);
  struct Restore {
    const char*& base;
    const char* value;
    ~Restore() { base = value; }
  } restore{stack_base_, outer_base};
  const Heap::Scope scope(&state_->heap);
  state_->program = &program;
  try {
    state_->resolution = resolve(program);
    state_->literals.resize(program.literal_count);
    state_->globals = make<Frame>(nullptr, state_->resolution.globals.size(), nullptr);
    state_->bound_at.resize(state_->resolution.globals.size());
    bind_builtins(*state_);
    // `if __name__ == "__main__":` holds, as in a program that is run.
    for (size_t slot = 0; slot < state_->resolution.globals.size(); ++slot) {
      if (state_->resolution.globals[slot] == "__name__")
        state_->builtins[slot] = Value("__main__");
    }
    Evaluator(*this).exec(program.body, *state_->globals);
  } catch (const Error& error) {
    throw error.at(place());
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::kLimit, "out of memory", place());
  } catch (const std::length_error& error) {
    throw Error(ErrorKind::kLimit, error.what(), place());
  }
}

const Value* Interpreter::global(std::string_view name) const {
  if (!state_->globals) return nullptr;
  const auto& names = state_->resolution.globals;
  for (size_t slot = 0; slot < names.size(); ++slot) {
    if (names[slot] != name) continue;
    const Value& value = state_->globals->slots[slot];
    return value.is_unset() ? nullptr : &value;
  }
  return nullptr;
}

std::vector<std::pair<std::string, Value>> Interpreter::globals() const {
  std::vector<std::pair<std::string, Value>> out;
  if (!state_->globals) return out;
  std::vector<size_t> slots;
  for (size_t slot = 0; slot < state_->globals->slots.size(); ++slot) {
    if (!state_->globals->slots[slot].is_unset()) slots.push_back(slot);
  }
  std::sort(slots.begin(), slots.end(),
            [&](size_t a, size_t b) { return state_->bound_at[a] < state_->bound_at[b]; });
  for (size_t slot : slots) {
    out.emplace_back(std::string(state_->resolution.globals[slot]), state_->globals->slots[slot]);
  }
  return out;
}

}  // namespace cadrecode::interpreter
