// Steps that could explain points which a part leaves unexplained.
//
// Method: points farther from the part than scatter allows are parted into
// connected groups; each is looked at along given axes as if it were a small part
// of its own (cloud_stack.h), and every step found there is offered, with its
// unseen ends as found and reaching a little further.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"
#include "pipeline/fit/cloud_stack.h"

namespace cadrecode::fit {

struct ResidualOptions {
  CloudTraits traits;      // of the whole cloud
  double spacing = 0;      // between its points
  size_t most_groups = 4;  // largest first
  uint64_t seed = 0;
  std::function<bool()> cancelled;
};

// Steps as joins; whether one joins or cuts is for who judges. `axes`: normals to
// sketch across.
std::vector<part::Step> residual_steps(const part::Part& part, const std::vector<Vec3>& points,
                                       const std::vector<Vec3>& axes,
                                       const ResidualOptions& options);

}  // namespace cadrecode::fit
