// What a model is shown: points of a surface, as CAD-Recode's demo draws them.
//
// Frame `unit`: the box's centre to the origin, its longest side to 2; of 8192
// points drawn by area, the 256 farthest from each other (first index 0), in the
// order they were chosen, no normals. A cloud is taken as the dense sample.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/cloud/process.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::infer {

enum class Frame { kUnit, kRaw100, kSource };      // raw100: coordinates / 100
Frame frame_from_string(const std::string& word);  // "unit", "raw100", "source"

struct Prepared {
  std::vector<std::array<float, 3>> points;
  cloud::Normalisation frame;  // of the source's coordinates into the points'
};

// Errors: kValue for a surface without area, or a cloud of fewer than `count`
// points.
Prepared prepare(const mesh::TriangleMesh& mesh, size_t count, size_t dense, Frame frame,
                 uint64_t seed);
Prepared prepare(const cloud::PointCloud& cloud, size_t count, Frame frame);

}  // namespace cadrecode::infer
