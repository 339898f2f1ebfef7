// What a written program is worth: the judge of generated text, in a fifth of a
// millisecond and without a CAD kernel.
//
//   text --dialect--> Part --verdict--> solid --overlap--> IoU with the target
//                                           `--distance--> fit to the input points
//
// Used where a model learns from its own samples (reward tuning), where it is
// evaluated while it trains, and where one of several samples is chosen.
// Program units throughout; a program whose scale or place is off pays for it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geometry/part/part.h"
#include "geometry/prism/solid.h"

namespace cadrecode::reward {

enum class Outcome {
  kValid,
  kSyntax,   // no program
  kBeyond,   // a program, but no sketch-and-extrude part
  kInvalid,  // a part no kernel would build: crossing profile, vanishing step, …
};
const char* to_string(Outcome outcome);

// A program read and judged.
struct Attempt {
  Outcome outcome = Outcome::kSyntax;
  std::string reason;  // of every outcome but kValid
  part::Part part;     // only when valid
  bool valid() const { return outcome == Outcome::kValid; }
};
// Never throws for what the text says.
Attempt attempt(const std::string& program);

// A part that is known, prepared for many comparisons.
class Target {
 public:
  // Errors: kGeometry for a part that is not valid.
  explicit Target(const part::Part& part);
  double iou(const prism::Solid& other) const { return prism::iou(solid_, other); }
  const prism::Solid& solid() const { return solid_; }

 private:
  prism::Solid solid_;
};

struct Worth {
  Outcome outcome = Outcome::kSyntax;
  double iou = 0;  // 0 unless valid
};
Worth worth(const std::string& program, const Target& target);

// worth() of each program against its target (targets[i] for programs[i]), on
// `threads` threads; the result does not depend on their number.
std::vector<Worth> worths(std::span<const std::string> programs,
                          std::span<const Target* const> targets, size_t threads);

// cadrille's scale (arXiv 2505.22914, section 3.3): 10 IoU, -10 if there is no
// valid solid. The overlap is of volumes, both ways: a wall thinner than the
// target's, which a distance between sparse points would not see, costs in
// full.
struct Scale {
  double iou = 10, invalid = -10;
};
double reward(const Worth& worth, const Scale& scale = {});

// What one sample of a group teaches: its reward less the group's mean (not
// divided by the deviation: Dr. GRPO, Liu et al. 2025). Only the `keep` samples
// of largest |advantage| take part (CPPO, Lin et al. 2025); the others are 0.
// Ties go to the earlier sample.
std::vector<double> advantages(std::span<const double> rewards, size_t keep);

// How far a solid and the points it should explain are apart: the mean squared
// distance of the points to the surface plus that of surface samples to the
// points (less what a perfect part would show at the points' density, so that
// sparse clouds do not drown the first term). Lower is better.
double misfit(const prism::Solid& solid, std::span<const Vec3> points, uint64_t seed);

// The valid program with the least misfit; shorter text wins a tie. -1 if none
// is valid. The truth is not asked.
struct Choice {
  int index = -1;
  double misfit = 0;
};
Choice choose(std::span<const std::string> programs, std::span<const Vec3> points, uint64_t seed);

}  // namespace cadrecode::reward
