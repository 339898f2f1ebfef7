// A boundary representation as regular samples: what a neural network reads of a
// STEP model (Jayaraman et al. 2021, "UV-Net").
//
// Every face is sampled on a 20 × 20 grid over its parameter rectangle, borders
// included, u along the rows: x y z, outward unit normal, and 1 where the sample
// lies on the face, 0 where a trim curve cuts it away. Every edge between two
// different faces is sampled at 20 parameters, ends included: x y z, unit
// tangent. Coordinates are in the unit frame, unit = (source - centre) * scale,
// with the part's box centred and its longest side 2.
//
// The file is a NumPy .npz: faces [F,20,20,7], edges [E,20,6] and centre_scale
// [4] as float32, edge_faces [E,2] as int32.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/vec.h"

namespace cadrecode::mesh {

inline constexpr size_t kUvSide = 20, kFaceChannels = 7, kEdgeChannels = 6;

struct UvGrids {
  std::vector<float> faces;  // F * 20 * 20 * 7
  std::vector<float> edges;  // E * 20 * 6
  std::vector<std::array<int32_t, 2>> edge_faces;
  Vec3 centre;
  double scale = 1;

  size_t face_count() const { return faces.size() / (kUvSide * kUvSide * kFaceChannels); }
  size_t edge_count() const { return edge_faces.size(); }
};

std::string npz_bytes(const UvGrids& grids);

// Errors: kInput naming the file and the array for damage, a missing array, a
// shape that does not fit, a face index out of range or a value that is no number.
UvGrids parse_npz(std::string_view bytes, const std::string& file);

}  // namespace cadrecode::mesh
