#include "geometry/cloud/scanner.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geometry/mesh/query.h"

namespace cadrecode::cloud {
namespace {

// A unit cube standing on a wide plate: the plate's top is partly hidden.
mesh::TriangleMesh box(Vec3 lo, Vec3 hi) {
  mesh::TriangleMesh m;
  for (int i = 0; i < 8; ++i) {
    m.vertices.push_back({i & 1 ? hi.x : lo.x, i & 2 ? hi.y : lo.y, i & 4 ? hi.z : lo.z});
  }
  m.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                 {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  return m;
}

ScanOptions clean() {
  ScanOptions o;
  o.points = 2000;
  o.noise = o.edge_radius = o.outliers = 0;
  return o;
}

double spread_from(const mesh::TriangleMesh& mesh, const std::vector<Vec3>& points) {
  mesh::MeshIndex index(mesh);
  double sum = 0;
  for (Vec3 p : points) sum += std::pow(index.nearest(p).distance, 2);
  return std::sqrt(sum / static_cast<double>(points.size()));
}

TEST(Scanner, CleanScanLiesOnTheSurfaceAndRepeats) {
  auto part = box({0, 0, 0}, {4, 3, 2});
  auto a = simulate_scan(part, clean()), b = simulate_scan(part, clean());
  ASSERT_EQ(a.cloud.points.size(), 2000u);
  EXPECT_LT(spread_from(part, a.cloud.points), 1e-12);
  EXPECT_EQ(a.cloud.points, b.cloud.points);
  EXPECT_GT(a.visible, 0.99);
}

TEST(Scanner, ASingleViewSeesHalf) {
  ScanOptions o = clean();
  o.views = 1;
  o.normals = true;
  auto scan = simulate_scan(box({0, 0, 0}, {1, 1, 1}), o);
  EXPECT_LT(scan.visible, 0.6);
  EXPECT_EQ(scan.cloud.normals.size(), scan.cloud.points.size());
}

TEST(Scanner, InsideOfAClosedBoxIsNeverSeen) {
  auto part = box({0, 0, 0}, {4, 4, 4});
  auto inner = box({1, 1, 1}, {3, 3, 3});
  for (auto t : inner.triangles) part.triangles.push_back({t[0] + 8, t[2] + 8, t[1] + 8});
  part.vertices.insert(part.vertices.end(), inner.vertices.begin(), inner.vertices.end());
  for (Vec3 p : simulate_scan(part, clean()).cloud.points) {
    bool on_inner = true;
    for (int k = 0; k < 3; ++k) on_inner = on_inner && p[k] > 0.5 && p[k] < 3.5;
    ASSERT_FALSE(on_inner);
  }
}

TEST(Scanner, NoiseHasTheStatedSize) {
  auto part = box({0, 0, 0}, {10, 10, 10});
  ScanOptions o = clean();
  o.points = 8000;
  o.noise = 0.005;  // 0.05 along the line of sight; less across the surface
  double rms = spread_from(part, simulate_scan(part, o).cloud.points);
  EXPECT_GT(rms, 0.02);
  EXPECT_LT(rms, 0.06);
}

TEST(Scanner, MissingSidesHideSurface) {
  ScanOptions o = clean();
  o.views = 60;
  auto part = box({0, 0, 0}, {2, 2, 2});
  o.missing = 0.85;  // views left on a cap of 46 degrees
  EXPECT_LT(simulate_scan(part, o).visible, 0.8);
}

TEST(Scanner, PoseIsRigidAndInverted) {
  auto part = box({0, 0, 0}, {4, 3, 2});
  ScanOptions o = clean();
  o.random_pose = true;
  auto scan = simulate_scan(part, o);
  EXPECT_NEAR(dot(scan.pose.x, scan.pose.normal), 0, 1e-12);
  std::vector<Vec3> back;
  for (Vec3 p : scan.cloud.points) back.push_back(scan.pose.to_local(p));
  EXPECT_LT(spread_from(part, back), 1e-12);
}

TEST(Scanner, OutliersLeaveTheSurface) {
  auto part = box({0, 0, 0}, {2, 2, 2});
  ScanOptions o = clean();
  o.outliers = 0.05;
  mesh::MeshIndex index(part);
  int off = 0;
  for (Vec3 p : simulate_scan(part, o).cloud.points) off += index.nearest(p).distance > 1e-9;
  EXPECT_GT(off, 60);
  EXPECT_LT(off, 140);
}

}  // namespace
}  // namespace cadrecode::cloud
