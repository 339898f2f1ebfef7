// Programs in, and values by name.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/nearest_word.h"
#include "language/dialect/recognise.h"
#include "language/script/lexer.h"
#include "language/script/parser.h"
#include "pipeline/parametrize/parametrize.h"
#include "pipeline/parametrize/ranges.h"

namespace cadrecode::parametrize {

part::Part part_of_program(const std::string& code, const std::string& file) {
  const auto program = script::parse(code, file);
  dialect::Recognition found = dialect::recognise(*program);
  if (found.part) return *found.part;
  const Place place = program->place(found.range);
  if (found.refusal == dialect::Refusal::kProfile)
    throw Error(ErrorKind::kGeometry, found.reason, place);
  if (found.refusal == dialect::Refusal::kValue)
    throw Error(ErrorKind::kValue, found.reason, place);
  throw Error(
      ErrorKind::kUnsupported,
      found.reason +
          ": only sketches and extrusions get dimensions so far; 'cadrecode run' writes its "
          "solid, and 'cadrecode reconstruct' of that a plain program",
      place);
}

size_t count_numbers(const std::string& code) {
  const auto tokens = script::tokenize({code, ""});
  return static_cast<size_t>(std::count_if(
      tokens.begin(), tokens.end(), [](const auto& t) { return t.kind == script::Tok::kNumber; }));
}

void set_values(Model& model, const std::vector<std::pair<std::string, double>>& values) {
  const std::vector<std::string> names = model.names();
  std::vector<double> now = model.values();
  for (const auto& [name, value] : values) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) {
      const std::string near = nearest_word(name, names);
      throw Error(ErrorKind::kValue,
                  fmt::format("there is no dimension '{}'{}", name,
                              near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
    now[static_cast<size_t>(at - names.begin())] = value;
  }
  const std::string reason = Guard(model).break_reason(now);
  if (!reason.empty()) throw Error(ErrorKind::kValue, "the part would break: " + reason);
  if (values.empty()) return;
  for (size_t i = 0; i < now.size(); ++i) model.parameters[i].value = now[i];
  find_ranges(model);
}

}  // namespace cadrecode::parametrize
