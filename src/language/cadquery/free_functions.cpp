#include "language/cadquery/free_functions.h"

#include "base/error.h"
#include "language/cadquery/module_parts.h"

namespace cadrecode::cadquery {

namespace {

Value history(Arguments&, Interpreter&) {
  throw Error(ErrorKind::kUnsupported, "History(): operations keep no history here");
}

}  // namespace

void add_free_functions(interpreter::Module& module) {
  add_constructors(module);
  add_primitives(module);
  add_booleans(module);
  add_features(module);
  add_sweeps(module);
  module.function("History", "", history);
}

void no_history(const Arguments& a) {
  if (!a.is_none("history"))
    throw Error(ErrorKind::kUnsupported,
                a.signature().function() + "(): operations keep no history here");
}

Shapes shapes_or_sequence(const Arguments& a, Interpreter& interpreter) {
  if (a.rest().size() == 1 && !try_shape(a.rest().front()))
    return to_shapes(a.rest().front(), a.signature().function() + " shapes", interpreter);
  return rest_shapes(a);
}

brep::Shape optional_shape(const Arguments& a, std::string_view name) {
  return a.is_none(name) ? brep::Shape() : shape(a, name);
}

std::vector<brep::NSidedConstraint> surface_constraints(const Arguments& a, std::string_view name,
                                                        Interpreter& interpreter) {
  std::vector<brep::NSidedConstraint> result;
  for (const Value& value : a.items(name, interpreter)) {
    if (const brep::Shape* s = try_shape(value))
      result.emplace_back(*s);
    else if (auto v = try_vector(value))
      result.emplace_back(*v);
    else
      interpreter::throw_value_error("Invalid constraint " + interpreter::repr(value, interpreter));
  }
  return result;
}

brep::Transition transition_from(const std::string& word) {
  if (word == "transformed") return brep::Transition::kTransformed;
  if (word == "round") return brep::Transition::kRound;
  if (word == "right") return brep::Transition::kRight;
  interpreter::throw_value_error("'" + word + "' is not transformed, round or right");
}

int continuity_from(const std::string& word) {
  if (word.size() == 2 && (word[0] == 'C' || word[0] == 'c') && word[1] >= '1' && word[1] <= '3')
    return word[1] - '0';
  interpreter::throw_value_error("continuity '" + word + "' is not C1, C2 or C3");
}

}  // namespace cadrecode::cadquery
