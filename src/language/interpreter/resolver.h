// Where each name of a program lives, found once before it runs.
//
// Scopes are Python's: module, function and lambda, class, comprehension. A
// frame holds one scope's values in slots; names of enclosing functions are
// reached by `hops` frames outwards. A name bound nowhere is a global slot that
// may stay empty (the builtin of that name is used then).
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/script/ast.h"

namespace cadrecode::interpreter {

struct Binding {
  enum Place : uint8_t { kLocal, kGlobal, kClass };
  Place place = kGlobal;
  uint16_t hops = 0;
  uint32_t slot = 0;
  uint32_t fallback = 0;  // kClass: the global slot used while the class has none
};

struct ScopeNames {
  std::vector<std::string_view> names;  // by slot; parameters first, in order
};

struct Resolution {
  std::vector<Binding> names;             // by script::Name::id
  std::vector<ScopeNames> scopes;         // by scope number
  std::vector<std::string_view> globals;  // by slot
};

// Throws Error(syntax) for declarations that contradict each other.
Resolution resolve(const script::Program& program);

}  // namespace cadrecode::interpreter
