#include "pipeline/reconstruct/improve.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "base/error.h"
#include "pipeline/fit/residual.h"

namespace cadrecode::reconstruct {
namespace {

constexpr double kResidualWork = 0.026;  // seconds, about
constexpr size_t kInFull = 3;            // changes judged on all points in a round
constexpr size_t kMostOthers = 60;       // steps of other candidates tried in a round
constexpr double kWorthIt = 3e-4;        // score a change must gain

struct Change {
  part::Part part;
  double score = 0;
};

void add_removals(const part::Part& part, std::vector<Change>& out) {
  for (size_t i = 0; i < part.steps.size(); ++i) {
    if (part.steps.size() > 1) {
      part::Part less = part;
      less.steps.erase(less.steps.begin() + static_cast<long>(i));
      if (less.steps.front().operation == part::Operation::kJoin) out.push_back({std::move(less)});
    }
    const auto& regions = part.steps[i].extrusion.profile.regions;
    for (size_t r = 0; r < regions.size(); ++r) {
      if (regions.size() > 1) {
        part::Part less = part;
        auto& own = less.steps[i].extrusion.profile.regions;
        own.erase(own.begin() + static_cast<long>(r));
        out.push_back({std::move(less)});
      }
      for (size_t h = 0; h < regions[r].inner.size(); ++h) {
        part::Part less = part;
        auto& inner = less.steps[i].extrusion.profile.regions[r].inner;
        inner.erase(inner.begin() + static_cast<long>(h));
        out.push_back({std::move(less)});
      }
    }
  }
}

void add_step(const part::Part& part, const part::Step& step, part::Operation operation,
              std::vector<Change>& out) {
  part::Part more = part;
  more.steps.push_back(step);
  more.steps.back().operation = operation;
  out.push_back({std::move(more)});
}

void add_both(const part::Part& part, const part::Step& step, std::vector<Change>& out) {
  add_step(part, step, part::Operation::kJoin, out);
  add_step(part, step, part::Operation::kCut, out);
}

void add_from_others(const part::Part& part, const std::vector<Candidate>& others,
                     std::vector<Change>& out) {
  size_t taken = 0;
  for (const Candidate& other : others)
    for (const part::Step& step : other.part.steps) {
      const bool own = std::any_of(part.steps.begin(), part.steps.end(),
                                   [&](const auto& s) { return s.extrusion == step.extrusion; });
      if (own || taken >= kMostOthers) continue;
      ++taken;
      add_step(part, step, step.operation, out);
    }
}

std::vector<Vec3> axes_of(const part::Part& part) {
  std::vector<Vec3> out;
  for (const auto& step : part.steps) {
    const Frame& f = step.extrusion.frame;
    for (Vec3 axis : {f.normal, f.x, f.y()}) {
      const bool known =
          std::any_of(out.begin(), out.end(), [&](Vec3 a) { return norm(cross(a, axis)) < 0.02; });
      if (!known && out.size() < 5) out.push_back(axis);
    }
  }
  return out;
}

}  // namespace

Candidate improved(const Candidate& start, const std::vector<Candidate>& others,
                   const std::vector<Vec3>& points, const Judge& judge,
                   const ImproveOptions& options) {
  Candidate best = start;
  fit::ResidualOptions residual;
  residual.traits = judge.traits();
  residual.spacing = judge.spacing();
  residual.seed = options.seed;
  residual.cancelled = options.cancelled;
  const auto cancelled = [&] { return options.cancelled && options.cancelled(); };
  for (int round = 0; round < options.rounds && !cancelled(); ++round) {
    std::vector<Change> changes;
    add_removals(best.part, changes);
    judge.add_work(kResidualWork);
    try {
      for (const auto& step : fit::residual_steps(best.part, points, axes_of(best.part), residual))
        add_both(best.part, step, changes);
    } catch (const Error&) {
    }
    add_from_others(best.part, others, changes);
    const double before = judge.quick_score(best.part);
    for (Change& c : changes) c.score = cancelled() ? -INFINITY : judge.quick_score(c.part);
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.score > b.score; });
    bool better = false;
    for (size_t i = 0; i < std::min(kInFull, changes.size()) && !better; ++i) {
      if (!(changes[i].score > before)) break;
      Candidate c = best;
      c.part = std::move(changes[i].part);
      if (!judge.judge(c) || !(c.score > best.score + kWorthIt)) continue;
      best = std::move(c);
      better = true;
    }
    if (!better) break;
  }
  if (!(best.part == start.part)) best.how += ", changed";
  return best;
}

}  // namespace cadrecode::reconstruct
