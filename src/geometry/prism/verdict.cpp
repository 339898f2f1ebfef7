// Is a part one that builds?
#include <cmath>

#include "geometry/prism/pinch.h"
#include "geometry/prism/prepared.h"

namespace cadrecode::prism {
namespace {

bool orthonormal(const Frame& f) {
  const auto finite = [](Vec3 v) {
    return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
  };
  return finite(f.origin) && finite(f.x) && finite(f.normal) &&
         std::abs(dot(f.x, f.x) - 1) <= 1e-9 && std::abs(dot(f.normal, f.normal) - 1) <= 1e-9 &&
         std::abs(dot(f.x, f.normal)) <= 1e-9;
}

Verdict check_step(const part::Step& step, int index) {
  const part::Extrusion& e = step.extrusion;
  Verdict v;
  v.step = index;
  if (!orthonormal(e.frame)) {
    v.fault = Fault::kFrame;
  } else if (!(e.end - e.start > part::kTolerance) || !std::isfinite(e.end - e.start)) {
    v.fault = Fault::kNoHeight;
  } else if (v.profile = part::check(e.profile); !v.profile.ok()) {
    v.fault = Fault::kProfile;
  } else {
    v.step = -1;
  }
  return v;
}

bool vanishes(const part::Part& part) {
  const Solid solid(part);
  const double extent = solid.prepared().extent;
  return volume(solid) <= 1e-12 * extent * extent * extent;
}

}  // namespace

Verdict verdict(const part::Part& part) {
  if (part.steps.empty()) return {Fault::kNoSteps};
  if (part.steps.front().operation != part::Operation::kJoin) return {Fault::kFirstNotJoin, 0};
  for (int i = 0; i < static_cast<int>(part.steps.size()); ++i) {
    const Verdict v = check_step(part.steps[i], i);
    if (!v.valid()) return v;
  }
  part::Part so_far;
  for (int i = 0; i < static_cast<int>(part.steps.size()); ++i) {
    so_far.steps.push_back(part.steps[i]);
    const bool joins = part.steps[i].operation == part::Operation::kJoin;
    if (!joins && vanishes(so_far)) return {Fault::kVanishing, i};
  }
  if (part.steps.size() > 1) {
    if (const std::optional<int> step = pinched_step(part, Solid(part))) return {Fault::kPinched, *step};
  }
  return {};
}

std::string Verdict::message() const {
  const std::string where = step >= 0 ? "step " + std::to_string(step) + ": " : "";
  switch (fault) {
    case Fault::kNone:
      return "valid";
    case Fault::kNoSteps:
      return "a part without steps";
    case Fault::kFirstNotJoin:
      return where + "the first step has nothing to cut or intersect";
    case Fault::kNoHeight:
      return where + "an extrusion without height";
    case Fault::kFrame:
      return where + "a frame that is not orthonormal";
    case Fault::kVanishing:
      return where + "nothing is left of the part";
    case Fault::kPinched:
      return where + "touches the part along a line only";
    case Fault::kProfile:
      return where + (profile.fault == part::ProfileFault::kLoop
                          ? std::string("a loop that is ") + to_string(profile.loop_fault)
                          : to_string(profile.fault));
  }
  return "?";
}

}  // namespace cadrecode::prism
