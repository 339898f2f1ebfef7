#include "pipeline/parametrize/ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"

namespace cadrecode::parametrize {
namespace {

constexpr double kLeastSize = 1e-3;    // of the part: thinner is nothing to a person
constexpr double kLeastEffect = 1e-6;  // of the part's volume
constexpr double kFarthest = 3;        // a size is tried up to so many times its value
constexpr int kSteps = 12;             // tried on each side before the limit is narrowed
constexpr int kHalvings = 7;
// Cells for a first look at the pieces, and for a second when it finds too many.
constexpr size_t kCoarse = 12, kFine = 40;

// Neighbouring levels of a chain keep their order: one "size" for each gap.
template <class Add>
void add_gaps(const Outline& o, const std::string& name, std::span<const double> values,
              double least, const Add& add) {
  for (const bool second : {false, true}) {
    std::vector<const Expr*> levels;
    for (const Position& p : o.corners) levels.push_back(second ? &p.y : &p.x);
    std::sort(levels.begin(), levels.end(),
              [&](const Expr* a, const Expr* b) { return a->at(values) < b->at(values); });
    for (size_t i = 0; i + 1 < levels.size(); ++i) {
      if (levels[i + 1]->at(values) - levels[i]->at(values) > least)
        add(*levels[i + 1] - *levels[i], fmt::format("an edge of {}", name));
    }
  }
}

template <class Add>
void add_sizes(const Shape& s, std::span<const double> values, double least, const Add& add) {
  if (s.outline.kind == Outline::Kind::kChain) {
    add_gaps(s.outline, s.name, values, least, add);
  } else {
    add(s.outline.width, s.name);
    if (s.outline.kind == Outline::Kind::kRectangle) add(s.outline.height, s.name);
  }
  if (s.pattern.kind == Pattern::Kind::kPolar) add(s.pattern.diameter, "the circle of " + s.name);
  if (s.pattern.kind == Pattern::Kind::kGrid) {
    if (!s.pattern.spacing_x.terms.empty()) add(s.pattern.spacing_x, "the spacing of " + s.name);
    if (!s.pattern.spacing_y.terms.empty()) add(s.pattern.spacing_y, "the spacing of " + s.name);
  }
}

std::vector<bool> acting(const prism::Solid& solid, double volume) {
  std::vector<bool> out;
  for (const prism::StepEffect& e : prism::step_effects(solid))
    out.push_back(std::abs(e.after - e.before) > kLeastEffect * volume);
  return out;
}

// The largest number with few digits that is not beyond `value`, counted from 0.
double towards(double value, double from) {
  const double unit =
      std::pow(10, std::floor(std::log10(std::max(std::abs(value - from), 1e-9))) - 2);
  const double k = value / unit;
  return (value < from ? std::ceil(k - 1e-9) : std::floor(k + 1e-9)) * unit;
}

double nice_step(double width) {
  const double raw = width / 200, unit = std::pow(10, std::floor(std::log10(raw)));
  const double k = raw / unit;
  return unit * (k < 1.5 ? 1 : k < 3.5 ? 2 : k < 7.5 ? 5 : 10);
}

class Search {
 public:
  Search(const Model& model, const Guard& guard, double size)
      : guard_(guard), values_(model.values()), size_(size) {}

  // The farthest sound value from the parameter's own towards `end`, and why not on.
  std::pair<double, std::string> reach(size_t p, const Parameter& parameter, double end) {
    const double from = parameter.value;
    double good = from, bad = end;
    std::string reason;
    for (int i = 1; i <= kSteps && reason.empty(); ++i) {
      // closer at first: many limits are near
      const double share = std::pow(static_cast<double>(i) / kSteps, 1.5);
      const double at = from + (end - from) * share;
      reason = ask(p, at);
      (reason.empty() ? good : bad) = at;
    }
    if (reason.empty()) return {end, ""};
    for (int i = 0; i < kHalvings; ++i) {
      const double at = (good + bad) / 2;
      const std::string r = ask(p, at);
      if (r.empty()) {
        good = at;
      } else {
        bad = at;
        reason = r;
      }
    }
    return {good, reason};
  }

  // The same for a whole number.
  std::pair<double, std::string> count(size_t p, const Parameter& parameter, int by, double end) {
    double good = parameter.value;
    while (good != end) {
      const std::string reason = ask(p, good + by);
      if (!reason.empty()) return {good, reason};
      good += by;
    }
    return {good, ""};
  }

  double size() const { return size_; }

 private:
  std::string ask(size_t p, double value) {
    const double own = std::exchange(values_[p], value);
    std::string reason = guard_.break_reason(values_);
    values_[p] = own;
    return reason;
  }

  const Guard& guard_;
  std::vector<double> values_;
  double size_;
};

void find_range(Parameter& p, size_t index, Search& search) {
  if (p.count) {
    std::tie(p.low, p.below) = search.count(index, p, -1, 1);
    std::tie(p.high, p.above) = search.count(index, p, 1, std::max(24.0, 3 * p.value));
    p.step = 1;
    return;
  }
  // an offset from a middle may be negative, a size not
  const bool offset = p.what.starts_with("middle of ");
  const double reach = std::max(std::abs(p.value) * (kFarthest - 1), 0.25 * search.size());
  double low, high;
  std::tie(low, p.below) = search.reach(index, p, offset ? p.value - reach : 0.02 * p.value);
  std::tie(high, p.above) = search.reach(index, p, p.value + reach);
  // a little inside, where a kernel is sure as well
  if (!p.below.empty()) low += 0.03 * (p.value - low);
  if (!p.above.empty()) high -= 0.03 * (high - p.value);
  p.low = std::min(towards(low, p.value), p.value);
  p.high = std::max(towards(high, p.value), p.value);
  p.step = p.high > p.low ? nice_step(p.high - p.low) : 0;
}

}  // namespace

Guard::Guard(const Model& model) : model_(model) {
  const std::vector<double> values = model.values();
  const part::Part part = evaluate(model, values);
  least_ = kLeastSize * part::outer_bounds(part).longest();
  const auto add = [&](const Expr& e, const std::string& what) {
    if (!e.fixed()) sizes_.push_back({e, what});
  };
  for (const Feature& f : model.features) {
    add(f.end - f.start, f.name);
    for (const Outer& o : f.outers) {
      add_sizes(o.shape, values, least_, add);
      for (const Shape& s : o.inner) add_sizes(s, values, least_, add);
    }
  }
  const prism::Solid solid(part);
  acts_ = acting(solid, prism::volume(solid));
  pieces_ = count_pieces(part, kCoarse);
  fine_pieces_ = count_pieces(part, kFine);
}

std::string Guard::break_reason(std::span<const double> values) const {
  const std::vector<double> own = model_.values();
  for (const Size& s : sizes_) {
    // what was thinner from the start may stay so
    if (s.expr.at(values) < std::min(least_, 0.5 * s.expr.at(own)))
      return s.what + " would have no size left";
  }
  const part::Part part = evaluate(model_, values);
  const prism::Verdict verdict = prism::verdict(part);
  const auto name = [&](int step) {
    return step >= 0 ? model_.features[static_cast<size_t>(step)].name : std::string("the part");
  };
  switch (verdict.fault) {
    case prism::Fault::kNone:
      break;
    case prism::Fault::kProfile:
      return fmt::format("the outlines of {} would cross", name(verdict.step));
    case prism::Fault::kPinched:
      return fmt::format("{} would hang on by an edge only", name(verdict.step));
    case prism::Fault::kVanishing:
      return fmt::format("nothing would be left after {}", name(verdict.step));
    default:
      return fmt::format("{}: {}", name(verdict.step), verdict.message());
  }
  try {
    const prism::Solid solid(part);
    const std::vector<bool> acts = acting(solid, prism::volume(solid));
    for (size_t i = 0; i < acts.size(); ++i) {
      if (acts_[i] && !acts[i])
        return fmt::format("{} would no longer change the part", name(static_cast<int>(i)));
    }
  } catch (const Error& error) {
    return error.what();
  }
  if (count_pieces(part, kCoarse) > pieces_) {
    const int pieces = count_pieces(part, kFine);
    if (pieces > fine_pieces_) return fmt::format("the part would fall into {} pieces", pieces);
  }
  return "";
}

void find_ranges(Model& model) {
  const Guard guard(model);
  const double size = part::outer_bounds(evaluate(model)).longest();
  Search search(model, guard, size);
  for (size_t i = 0; i < model.parameters.size(); ++i) {
    Parameter p = model.parameters[i];
    find_range(p, i, search);
    model.parameters[i] = p;
  }
}

}  // namespace cadrecode::parametrize
