// The farthest-point loop of pytorch3d's CPU extension, as a yardstick.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cadrecode::perf {

// points: x y z, float32, one after another. Start index 0.
std::vector<uint32_t> farthest_plain(std::span<const float> points, size_t count);

}  // namespace cadrecode::perf
