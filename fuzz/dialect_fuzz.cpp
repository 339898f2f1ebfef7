// Any bytes as a program: a part, a refusal, or a syntax error with its place;
// a part prints to a text that means the same part, and can be measured.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "part_checks.h"

using namespace cadrecode;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  dialect::Recognition found;
  try {
    found = dialect::recognise(std::string(reinterpret_cast<const char*>(data), size));
  } catch (const Error& e) {
    if (e.kind() == ErrorKind::kInternal || e.place().line < 1) std::abort();
    return 0;
  }
  if (found.part.has_value() == (found.refusal != dialect::Refusal::kNone)) std::abort();
  if (!found.part) {
    if (found.reason.empty()) std::abort();
    return 0;
  }
  const part::Part& part = *found.part;
  fuzz::check_form(part);
  fuzz::check_text(part);
  size_t curves = 0;
  for (const part::Step& step : part.steps) {
    for (const part::Region& r : step.extrusion.profile.regions) {
      curves += r.outer.curves.size();
      for (const part::Loop& l : r.inner) curves += l.curves.size();
    }
  }
  if (curves > 200) return 0;  // measuring grows with the square
  if (prism::verdict(part).valid()) fuzz::check_measures(part, 1);
  return 0;
}
