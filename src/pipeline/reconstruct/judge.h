// How well a part explains a scan: distances both ways, and overlap where the
// scan is closed. The input is all that is known; no truth is looked at.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geometry/part/part.h"
#include "pipeline/fit/cloud_stack.h"
#include "pipeline/reconstruct/reconstruct.h"

namespace cadrecode::reconstruct {

// A scan prepared for many comparisons. Keeps what it needs.
class Judge {
 public:
  // Errors: kInput when the scan is empty.
  Judge(const Scan& scan, uint64_t seed);
  ~Judge();

  // Fills fit, iou, cd and score of `candidate` from its part; false (score
  // -infinity) when the part is nothing a kernel would build.
  bool judge(Candidate& candidate) const;

  // The score alone, from a sixth of the points: for comparing many changes of a part
  // with each other. -infinity where judge() would be false.
  double quick_score(const part::Part& part) const;

  // Where the two do not agree; empty where all is within tolerance.
  std::vector<Gap> gaps(const Candidate& candidate) const;

  // Work done so far, in seconds of a usual core: counted, not measured, so that what a
  // budget allows is the same on every run.
  double work() const;
  void add_work(double seconds) const;

  double size() const;     // longest side of the input's box
  double spacing() const;  // typical distance between neighbouring input points; 0 for meshes
  double noise() const;    // scatter of the input's points about their surface; 0 for meshes
  fit::CloudTraits traits() const;  // of a cloud
  bool noisy() const;               // points scatter so much that likelihood ranks, not distances
  bool closed() const;
  const std::string& open_reason() const;  // why there is no overlap; empty when closed

  // How far from the input the surface of a part may be and count as explained.
  double tolerance() const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

// The plain word for figures, and the sentence that says why.
// Noise is the input's, not the part's, and taken off; what the part shows and
// the input does not can be a missing view or a wrong guess: it costs certainty.
Verdict verdict_of(const Candidate& candidate, double size, double spacing, std::string& reason);

}  // namespace cadrecode::reconstruct
