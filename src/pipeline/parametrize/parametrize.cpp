#include "pipeline/parametrize/parametrize.h"

#include <fmt/format.h>

#include <cctype>
#include <optional>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "pipeline/parametrize/finder.h"
#include "pipeline/parametrize/ranges.h"

namespace cadrecode::parametrize {
namespace {

constexpr double kSameVolume = 1e-6;  // what may differ, of the volume

std::string plural(const std::string& what) {
  return what.starts_with("outline") ? "outlines" + what.substr(7) : what + "s";
}

std::string shape_text(const Shape& s, std::span<const double> values) {
  const size_t n = places_of(s.pattern, values).size();
  if (n == 1) return (s.what[0] == 'o' ? "an " : "a ") + s.what;
  if (s.pattern.kind == Pattern::Kind::kGrid)
    return fmt::format("{} {} in a grid of {} by {}", n, plural(s.what),
                       s.pattern.columns.at(values), s.pattern.rows.at(values));
  return fmt::format("{} {}{}", n, plural(s.what),
                     s.pattern.kind == Pattern::Kind::kPolar ? " on a circle" : "");
}

// "plate: a rectangle, with hole (4 circles in a grid of 2 by 2)"
void describe(Model& model) {
  const std::vector<double> values = model.values();
  for (Feature& f : model.features) {
    for (const Outer& o : f.outers) {
      f.what += (f.what.empty() ? "" : " and ") + shape_text(o.shape, values);
      for (size_t i = 0; i < o.inner.size(); ++i)
        f.what += fmt::format("{} {} ({})", i == 0 ? " with" : ",", o.inner[i].name,
                              shape_text(o.inner[i], values));
    }
  }
}

bool same_solid(const part::Part& a, const part::Part& b) {
  if (!prism::verdict(b).valid()) return false;
  const prism::Overlap o = prism::overlap(prism::Solid(a), prism::Solid(b));
  return o.a + o.b - 2 * o.common <= kSameVolume * o.a;
}

std::optional<Model> attempt(const part::Part& part, const Options& options, double tolerance) {
  Model model;
  model.name = identifier(options.name);
  model.unit = options.unit;
  Finder(tolerance, model).take(raw_features(part, tolerance));
  if (!same_solid(part, evaluate(model))) return std::nullopt;
  return model;
}

}  // namespace

std::string identifier(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 128;
    if (plain) {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.empty() || std::isdigit(static_cast<unsigned char>(out[0]))) out = "part_" + out;
  if (out.back() == '_') out.pop_back();
  static const std::set<std::string> kReserved = {
      "and",   "as",     "assert", "async",  "await",    "break",   "class",   "continue",
      "cq",    "def",    "del",    "elif",   "else",     "except",  "finally", "for",
      "from",  "global", "if",     "import", "in",       "is",      "lambda",  "not",
      "or",    "pass",   "raise",  "result", "return",   "try",     "while",   "with",
      "yield", "None",   "True",   "False",  "nonlocal", "cadquery"};
  return kReserved.count(out) ? out + "_part" : out;
}

Model parametrize(const part::Part& part, const Options& options) {
  const prism::Verdict verdict = prism::verdict(part);
  if (!verdict.valid())
    throw Error(ErrorKind::kGeometry, "no valid solid to give parameters to: " + verdict.message());
  const double size = part::outer_bounds(part).longest();
  // Numbers from files are rounded; where tying what nearly agrees changes the
  // part, only what agrees is tied.
  for (const double tolerance : {2e-7 * size, 1e-9 * size}) {
    if (auto model = attempt(part, options, tolerance)) {
      if (options.ranges) find_ranges(*model);
      describe(*model);
      return *model;
    }
  }
  throw Error(ErrorKind::kInternal, "the part with parameters is not the part it was made from");
}

}  // namespace cadrecode::parametrize
