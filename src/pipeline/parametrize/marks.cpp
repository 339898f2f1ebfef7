#include "pipeline/parametrize/marks.h"

#include <cmath>

namespace cadrecode::parametrize {

std::optional<Axis::Found> Axis::find(double value) const {
  const auto at = [&](double v) -> const Mark* {
    for (const Mark& m : marks_) {
      if (std::abs(m.value - v) <= tolerance_) return &m;
    }
    return nullptr;
  };
  if (const Mark* m = at(value)) {
    return Found{m->expr, m->what,
                 m->center ? Relation::Kind::kConcentric : Relation::Kind::kAligned};
  }
  if (!datum_) return std::nullopt;
  if (const Mark* m = at(2 * datum_->value - value))
    return Found{datum_->expr * 2 - m->expr, m->what, Relation::Kind::kSymmetric};
  return std::nullopt;
}

std::optional<Axis::Found> Axis::find_direct(double value) const {
  for (const Mark& m : marks_) {
    if (std::abs(m.value - value) <= tolerance_ && !m.minor)
      return Found{m.expr, m.what,
                   m.center ? Relation::Kind::kConcentric : Relation::Kind::kAligned};
  }
  return std::nullopt;
}

void Axis::add(Mark mark) {
  for (const Mark& m : marks_) {
    if (std::abs(m.value - mark.value) <= tolerance_) return;
  }
  marks_.push_back(std::move(mark));
}

}  // namespace cadrecode::parametrize
