// Few prisms along the axes of a frame that together are a given solid.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/part/part.h"
#include "pipeline/fit/views.h"

namespace cadrecode::fit {

// `solid`: 1 for samples of the views' grid that are inside. The part joins
// prisms that hold no empty sample (but for slivers); `uncovered` is the share
// of the solid volume they leave out.
part::Part cover_with_prisms(const Views& views, const std::vector<uint8_t>& solid,
                             double& uncovered);

}  // namespace cadrecode::fit
