#include "pipeline/fit/sound.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "geometry/part/loop.h"
#include "pipeline/fit/loop_trace.h"

namespace cadrecode::fit {
namespace {

using part::Extrusion;
using part::Loop;
using part::Operation;
using part::Profile;
using part::Region;
using part::Step;

bool is_sound(const Profile& profile) { return part::check(profile).ok(); }
bool is_sound(const Loop& loop) { return part::check(loop) == part::LoopFault::kNone; }

// The loop itself, a tidied one, or none.
Loop sound_loop(const Loop& loop, double tolerance) {
  if (is_sound(loop)) return loop;
  for (double t : {tolerance, 3 * tolerance, 8 * tolerance})
    if (Loop l = tidy(loop, t); !l.curves.empty() && is_sound(l)) return l;
  // Corners without the arcs between them: coarse, but a loop.
  Loop straight;
  for (const auto& c : loop.curves) straight.curves.push_back(part::Curve::line(c.start, c.end));
  if (Loop l = tidy(straight, tolerance); !l.curves.empty() && is_sound(l)) return l;
  return {};
}

Step with(const Step& step, Operation operation, Region region) {
  Step out = step;
  out.operation = operation;
  out.extrusion.profile.regions = {std::move(region)};
  return out;
}

// One region as a join, and its holes as cuts where they cannot stay holes.
void take_apart(const Step& step, const Region& region, double tolerance, std::vector<Step>& out) {
  Region kept{sound_loop(region.outer, tolerance), {}};
  if (kept.outer.curves.empty()) return;
  std::vector<Loop> cuts;
  for (const Loop& hole : region.inner) {
    Loop l = sound_loop(hole, tolerance);
    if (l.curves.empty()) continue;
    kept.inner.push_back(l);
    if (is_sound(Profile{{kept}})) continue;
    kept.inner.pop_back();
    cuts.push_back(std::move(l));
  }
  const bool joins = step.operation == Operation::kJoin;
  out.push_back(with(step, step.operation, std::move(kept)));
  if (joins)
    for (Loop& l : cuts) out.push_back(with(step, Operation::kCut, {std::move(l), {}}));
}

}  // namespace

part::Part sound(const part::Part& part, double tolerance) {
  std::vector<Step> first, rest;
  const bool joins_only = std::all_of(part.steps.begin(), part.steps.end(), [](const Step& s) {
    return s.operation == Operation::kJoin;
  });
  for (const Step& step : part.steps) {
    if (is_sound(step.extrusion.profile)) {
      rest.push_back(step);
      continue;
    }
    std::vector<Step> apart;
    for (const Region& r : step.extrusion.profile.regions) take_apart(step, r, tolerance, apart);
    const bool cuts = std::any_of(apart.begin(), apart.end(),
                                  [](const Step& s) { return s.operation == Operation::kCut; });
    auto& to = cuts && joins_only ? first : rest;
    to.insert(to.end(), std::make_move_iterator(apart.begin()),
              std::make_move_iterator(apart.end()));
  }
  part::Part out;
  out.steps = std::move(first);
  out.steps.insert(out.steps.end(), std::make_move_iterator(rest.begin()),
                   std::make_move_iterator(rest.end()));
  return out;
}

}  // namespace cadrecode::fit
