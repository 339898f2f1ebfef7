// Many parts at once, on threads: what data generation, filtering and rewards
// ask. Answer i depends on part i, the options and i alone: the same bits
// whatever the number of threads, and whatever stands beside it but its place.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geometry/prism/solid.h"

namespace cadrecode::prism {

struct BatchOptions {
  int threads = 0;           // 0: all cores
  bool measure_area = true;  // the dearest of the measures
  size_t samples = 0;        // surface points of each part
  uint64_t seed = 0;         // of the samples; part i has a stream of its own
};

struct BatchAnswer {
  Verdict verdict;
  // Only for valid parts:
  double volume = 0, area = 0;
  Box3 box;
  SurfaceSamples samples;
  std::string error;  // why a valid part has no measures; empty otherwise
};

std::vector<BatchAnswer> measure_all(std::span<const part::Part> parts,
                                     const BatchOptions& options = {});

// overlap(a, b) of every pair; nothing where either part cannot be prepared.
using PartPair = std::pair<const part::Part*, const part::Part*>;
std::vector<std::optional<Overlap>> overlap_all(std::span<const PartPair> pairs, int threads = 0);

}  // namespace cadrecode::prism
