#include "learning/convert/program.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"

namespace cadrecode::convert {
namespace {

constexpr double kQuantisedSide = 200;

void require_valid(const part::Part& part, const char* what) {
  const prism::Verdict verdict = prism::verdict(part);
  if (!verdict.valid()) {
    throw Error(ErrorKind::kGeometry, fmt::format("{}: {}", what, verdict.message()));
  }
}

double decimal_grid(double size) { return std::pow(10.0, std::floor(std::log10(size)) - 7); }

part::Part centred(const part::Part& part, const Box3& box) {
  return part::scaled(part::translated(part, -box.center()), kQuantisedSide / box.longest());
}

// What rounding to the decimal grid gives, or the part itself where that is not
// valid (features near the grid): ugly numbers before wrong ones.
part::Part tidy(const part::Part& part, double size) {
  part::Part rounded = dialect::rounded(part, decimal_grid(size));
  const bool whole = rounded.steps.size() == part.steps.size() && prism::verdict(rounded).valid();
  return whole ? rounded : part::canonical(part);
}

}  // namespace

Program to_program(const part::Part& given, Form form) {
  require_valid(given, "the part");
  const Box3 box = prism::bounds(prism::Solid(given));
  Program out;
  if (form == Form::kExact) {
    out.part = tidy(given, box.longest());
  } else {
    const part::Part exact = centred(given, box);
    out.part = dialect::rounded(exact, 1);
    require_valid(out.part, "rounded to integers");
    out.iou = prism::iou(prism::Solid(exact), prism::Solid(out.part));
    if (!(out.iou >= 0.5)) {
      throw Error(ErrorKind::kGeometry,
                  fmt::format("rounded to integers, it overlaps by {:.3f} only", out.iou));
    }
  }
  out.code = dialect::print(out.part);
  const dialect::Recognition back = dialect::recognise(out.code);
  if (!back.part) {
    throw Error(ErrorKind::kUnsupported, "its program is not read back: " + back.reason);
  }
  out.part = *back.part;  // printing may move a plane by one unit in the last place
  const prism::Solid solid(out.part);
  out.box = prism::bounds(solid);
  out.volume = prism::volume(solid);
  return out;
}

dataset::Row read_program(const std::string& code, std::string id, std::string source) {
  const dialect::Recognition program = dialect::recognise(code);
  dataset::Row row;
  row.id = std::move(id);
  row.code = code;
  row.source = std::move(source);
  if (!program.part) return row;
  require_valid(*program.part, "the part");
  const prism::Solid solid(*program.part);
  row.bbox = prism::bounds(solid);
  row.volume = prism::volume(solid);
  row.hash = part::hash(*program.part);
  return row;
}

dataset::Row to_row(const Program& program, std::string id, std::string source) {
  dataset::Row row;
  row.id = std::move(id);
  row.code = program.code;
  row.source = std::move(source);
  row.bbox = program.box;
  row.volume = program.volume;
  row.hash = part::hash(program.part);
  return row;
}

}  // namespace cadrecode::convert
