// Parts extruded along several axes of one frame: space cut into zones by every
// wall seen along every axis, zones labelled solid or empty, solid covered by
// few prisms.
//
// Notation
//   view a     the plane across axis a: an arrangement of the wall curves along
//              a and of the levels of the other two axes as lines
//   zone       the points that lie in the same face of all three views
//   sample     one point of a rectilinear grid that has points in every slab of
//              every axis; zones are known by the samples in them
// Evidence that two zones differ is counted as in cell_labels.h; how many
// points a wall between them would have is measured by laying points on all
// walls, so corners and slivers need no case of their own.
//
// The cover is logic minimisation (Quine 1952, McCluskey 1956) with prisms for
// implicants: prisms that cannot grow, essential ones first, then the one that
// covers most of what is left.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"
#include "pipeline/fit/cloud_stack.h"

namespace cadrecode::fit {

// 1 for points known to be inside; what meshes have and clouds have not.
using InsideTest = std::function<std::vector<uint8_t>(const std::vector<Vec3>&)>;

struct ZonePart {
  part::Part part;       // empty when nothing solid was found
  double uncovered = 0;  // share of the solid's volume no prism holds
  double agreement = 0;  // of the evidence; 1 with an inside test
};

// `basis` gives the three axes (x, y, normal). `inside` may be empty.
ZonePart zone_part(const std::vector<Vec3>& points, const Frame& basis, const CloudTraits& traits,
                   const CloudStackOptions& options, const InsideTest& inside = {});

}  // namespace cadrecode::fit
