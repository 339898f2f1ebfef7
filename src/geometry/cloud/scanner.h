// What a 3-D scanner would make of a part: for tests and training, where the
// clean samples of the published protocols are too kind.
//
// Views look at the part from directions spread evenly over the sphere. A
// surface point is seen by a view if it faces it (within `grazing` of edge-on
// it is not) and nothing stands between. What is seen gets range noise along
// the line of sight, growing towards grazing incidence; edges are rounded as
// overlapping views and filters round them; some points are outliers; whole
// sides may be missing; and the part may lie anyhow.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::cloud {

struct ScanOptions {
  size_t points = 8192;
  int views = 12;
  double grazing = 80;         // degrees between normal and line of sight, at most
  double noise = 0.002;        // standard deviation, share of the longest side
  double edge_radius = 0.005;  // rounding, share of the longest side; 0: sharp
  double outliers = 0.01;      // share of the points
  double missing = 0;          // share of the sphere of directions without a view
  bool random_pose = false;    // turned and moved at random
  bool normals = false;        // keep the true normals (turned with the pose)
  uint64_t seed = 0;
};

struct SimulatedScan {
  PointCloud cloud;
  Frame pose;          // scan = pose.to_world(source); the identity without random_pose
  double visible = 0;  // share of the surface some view saw
};

// Errors: kValue for a mesh without area, or when no view sees anything. Fewer
// points come back only if that little of the surface was seen.
SimulatedScan simulate_scan(const mesh::TriangleMesh& mesh, const ScanOptions& options);

// A rotation drawn uniformly (Shoemake 1992), as a frame at the origin.
Frame random_rotation(uint64_t seed);

}  // namespace cadrecode::cloud
