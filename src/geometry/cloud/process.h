// Making a raw cloud fit for use: normals, outliers, thinning, frames.
#pragma once

#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::cloud {

// Unit normals from the plane through the k nearest neighbours (smallest
// principal axis), turned alike along a minimum spanning tree of neighbours
// (Hoppe et al. 1992) and outwards as a whole: the extreme point along each
// axis votes. `flatness` (0 flat … 1/3 round) is the plane's share of spread.
struct NormalEstimate {
  std::vector<Vec3> normals;     // [N]
  std::vector<double> flatness;  // [N]
};
NormalEstimate estimate_normals(const std::vector<Vec3>& points, size_t k = 16);

// Points whose mean distance to their k nearest exceeds the cloud's average of
// it by `deviations` standard deviations are outliers (as PCL's statistical
// outlier removal). Returns the indices kept, in order.
std::vector<uint32_t> inliers(const std::vector<Vec3>& points, size_t k = 16,
                              double deviations = 3);

// One point a cube of side `size`: the mean of those in it (normals too, made
// unit again), in order of each cube's first point.
PointCloud thin(const PointCloud& cloud, double size);

// Coordinates normalised = (source - center) * scale, and the way back.
struct Normalisation {
  Vec3 center;
  double scale = 1;
  Vec3 apply(Vec3 source) const { return (source - center) * scale; }
  Vec3 invert(Vec3 normalised) const { return normalised / scale + center; }
};

// The frame "unit": box centre at the origin, longest side 2. Errors: kValue
// for an empty or one-point box.
Normalisation unit_normalisation(const Box3& box);
Box3 bounding_box(const std::vector<Vec3>& points);
PointCloud apply(const Normalisation& n, const PointCloud& cloud);
mesh::TriangleMesh apply(const Normalisation& n, const mesh::TriangleMesh& mesh);

}  // namespace cadrecode::cloud
