// A program's training pair: its text, and points on its surface drawn afresh.
//
//   program --dialect--> Part --prism--> 8192 points --farthest--> 256 --noise--> x
//
// No cloud is stored: drawing one takes about a millisecond, and every epoch
// sees other points. The result is a pure function of the row and the stream of
// random numbers, on every machine and for any number of threads.
//
// Frames (design, section 6)
//   raw100   x = p / 100, not moved: training clouds of CAD-Recode v1.5, whose
//            programs live in [-100, 100]^3
//   unit     x = (p - c) * 2 / longest side of the box, c the box's centre, by
//            the solid's exact box: [-1, 1]^3
// Points come in the order of farthest-point sampling, the first being the
// first of the dense sample (as pytorch3d has it).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "geometry/mesh/uv_grid.h"
#include "geometry/part/part.h"
#include "learning/dataset/row.h"

namespace cadrecode::dataset {

enum class CloudFrame { kRaw100, kUnit };

// The field's two readings of "noise 0.01 with probability 0.5" (spec, section 2).
enum class NoiseKind {
  kNormalised,  // on the chosen points, in the final frame (the paper's words, OpenCADRecode)
  kSource,      // on the surface before points are chosen, in program units: a hundredth of
                // it in raw100 (cadrille moves the mesh's vertices; here, without a mesh,
                // each dense point by itself)
};

struct CloudOptions {
  size_t dense = 8192;
  size_t points = 256;   // 0: no cloud is drawn
  bool normals = false;  // of the surface, outward, behind each point's coordinates
  CloudFrame frame = CloudFrame::kRaw100;
  double noise_probability = 0.5;
  double noise_sigma = 0.01;
  NoiseKind noise_kind = NoiseKind::kNormalised;
  // Turns the part, and with it the program, by one of the cube's 24 rotations,
  // drawn evenly; the program is then printed anew.
  bool rotations = false;
};

// Dense surface points of a program that is no Part, in program units (at least
// `count`; the first `count` are used), or an Error. Called by many threads.
using Execute = std::function<std::vector<Vec3>(const Row& row, size_t count, uint64_t seed)>;

struct Sample {
  uint64_t row = 0;           // its number in the set
  std::string id, code;       // code: as in the row, or turned
  std::vector<float> points;  // [N * 3], x y z of each point in turn; [N * 6] with normals
  std::shared_ptr<const mesh::UvGrids> brep;  // faces and edges (brep.h); none: not asked for
  int rotation = 0;                           // which of the 24; 0: as it was
  bool noisy = false;
  std::string error;  // not empty: there is no cloud, and why
};

// Never throws for what a row holds: the sample carries the reason. Without
// `execute`, programs beyond Part are such failures, and rotations leave them
// out in any case.
Sample draw(const Row& row, const CloudOptions& options, const RandomStream& random,
            const Execute& execute = {});

// The cube's rotation k < 24 about the origin; 0 is the identity.
Frame cube_rotation(int k);

}  // namespace cadrecode::dataset
