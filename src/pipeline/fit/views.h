// The three views of a frame and the sample grid between its levels (zones.h).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/vec.h"
#include "pipeline/fit/arrangement.h"
#include "pipeline/fit/cloud_stack.h"
#include "pipeline/fit/levels.h"

namespace cadrecode::fit {

struct View {
  Frame frame;                // normal: the axis looked along
  std::vector<Level> levels;  // along the axis; the outermost bound the part
  Arrangement plane;
  std::vector<uint8_t> is_level;  // [curves]: a line that is a level of another axis
  std::vector<double> samples;    // heights of the grid along the axis, ascending
  std::vector<double> thickness;  // [samples] of the layer each stands for
  std::vector<uint32_t> slab;     // [samples]
  std::vector<uint32_t> faces;    // [samples of axis a+1][samples of axis a+2]
};

// A point on a wall: which, seen from where, and the wall's normal there.
struct OnWall {
  Vec3 point;   // on it, in the basis frame
  Vec3 normal;  // unit, either way
  bool found = false;
};

class Views {
 public:
  // `local` are points in the basis frame.
  Views(const std::vector<Vec3>& local, const Frame& basis, const CloudTraits& traits,
        const CloudStackOptions& options);

  std::array<View, 3> view;
  double wall_tolerance = 0, wall_claim = 0;

  // Sample (i, j, k) of the grid by axes 0, 1, 2.
  size_t count() const {
    return view[0].samples.size() * view[1].samples.size() * view[2].samples.size();
  }
  size_t index(size_t i, size_t j, size_t k) const {
    return (i * view[1].samples.size() + j) * view[2].samples.size() + k;
  }

  // The nearest wall or level within tolerance of a point of the cloud.
  OnWall wall_of(Vec3 local) const;
  // Points spread evenly on all walls and levels within the box, about `count`;
  // `area` is what each stands for.
  std::vector<OnWall> spread(size_t count, double& area) const;

  // Faces of p in the three views, all 0 if p is outside the box.
  std::array<uint32_t, 3> key(Vec3 p) const;

 private:
  void find_levels(const std::vector<Vec3>& local, const CloudStackOptions& options, double size);
  void find_planes(const std::vector<Vec3>& local, const CloudTraits& traits, uint64_t seed);
  void lay_samples(double size);
  bool on_level(Vec3 p, int& axis, double& offset) const;

  double level_tolerance_ = 0;
};

}  // namespace cadrecode::fit
