// One sample of the procedural data set.
//
// Sample i is a function of (knobs, seed, i): attempt a of it draws from the
// stream RandomStream(seed, i).fork(a), and the first attempt that passes every
// gate is the sample. So samples may be made in any order, by any number of
// threads, shards and restarts.
//
// Gates, in order of cost
//   sketch    a sketch or the quantised part came out empty or unsound
//   length    the program is longer than most_chars
//   text      the program, read back, is not the same part
//   verdict   prism::verdict
//   box       quantisation moved the longest side by more than box_error
//   effect    leaving a step out does not change the volume
// Two indices may still give equal parts: unique.h decides which stays.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/vec.h"
#include "geometry/part/part.h"
#include "learning/procgen/knobs.h"

namespace cadrecode::procgen {

enum class Gate { kSketch, kLength, kText, kVerdict, kBox, kEffect };
inline constexpr size_t kGates = 6;
const char* to_string(Gate gate);

struct Sample {
  uint64_t index = 0;
  part::Part part;   // canonical
  std::string code;  // in the dialect of CAD-Recode v1.5
  Box3 bbox;         // exact
  double volume = 0;
  uint64_t hash = 0;                          // unique.h's
  std::array<uint32_t, kGates> refused = {};  // attempts stopped at each gate
};

// Throws Error(kLimit) where knobs.attempts attempts failed: the knobs leave
// (nearly) no part that passes.
Sample draw_sample(const Knobs& knobs, uint64_t seed, uint64_t index);

}  // namespace cadrecode::procgen
