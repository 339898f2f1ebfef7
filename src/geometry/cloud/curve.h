// Points along a space-filling curve: near in the order is near in space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/aligned.h"
#include "base/vec.h"

namespace cadrecode::cloud {

// Lanes of the widest target: what arrays below are padded to.
inline constexpr size_t kCurvePadding = 64;
inline constexpr int kMostCurveBits = 10;

// Coordinates rounded to float, each padded by copies of the last point.
struct FloatPoints {
  AlignedVector<float> x, y, z;  // [N rounded up to kCurvePadding]
  size_t count = 0;
  bool finite = true;  // every coordinate, as a float

  void load(std::span<const Vec3> points);  // not empty; keeps its memory
};

// Each point's place on a Hilbert curve (Skilling 2004) through cubes, 2^bits
// of them along the longest side; below 2^(3 bits). The same on every machine.
void find_curve_keys(const FloatPoints& points, int bits, AlignedVector<uint32_t>& keys);

}  // namespace cadrecode::cloud
