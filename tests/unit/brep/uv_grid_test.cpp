#include "geometry/brep/uv_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"

namespace cadrecode::brep {
namespace {

using mesh::UvGrids;

const float* sample(const UvGrids& g, size_t face, size_t i, size_t j) {
  return &g.faces[((face * 20 + i) * 20 + j) * 7];
}

double mask_share(const UvGrids& g, size_t face) {
  double sum = 0;
  for (size_t i = 0; i < 400; ++i) sum += sample(g, face, 0, 0)[7 * i + 6];
  return sum / 400;
}

void expect_unit_normals(const UvGrids& g) {
  for (size_t i = 0; i < g.faces.size(); i += 7) {
    const Vec3 n{g.faces[i + 3], g.faces[i + 4], g.faces[i + 5]};
    ASSERT_NEAR(norm(n), 1, 1e-5) << i / 7;
  }
}

TEST(UvGrids, ABoxIsSixFullFacesWithNormalsOutward) {
  const UvGrids g = uv_grids(make_box(40, 20, 10, {100, 0, 0}));
  ASSERT_EQ(g.face_count(), 6u);
  EXPECT_EQ(g.edge_count(), 12u);
  EXPECT_NEAR(g.centre.x, 120, 1e-6);
  EXPECT_NEAR(g.scale, 0.05, 1e-9);
  for (size_t f = 0; f < 6; ++f) {
    EXPECT_EQ(mask_share(g, f), 1) << f;
    const float* p = sample(g, f, 7, 11);
    const Vec3 position{p[0], p[1], p[2]}, normal{p[3], p[4], p[5]};
    const Vec3 half{1, 0.5, 0.25};
    // On a face of the unit box: position along the normal is the half side.
    EXPECT_NEAR(dot(position, normal), std::abs(dot(half, normal)), 1e-6) << f;
  }
  expect_unit_normals(g);
}

TEST(UvGrids, EdgesLieOnTheirFacesAndRunAlongThemselves) {
  const UvGrids g = uv_grids(cut(make_box(40, 30, 5), {make_cylinder(6, 20, {20, 15, -5})}));
  ASSERT_EQ(g.face_count(), 7u);
  ASSERT_EQ(g.edge_count(), 14u);  // 12 of the box, 2 rims; the seam of the bore has one face
  for (size_t e = 0; e < g.edge_count(); ++e) {
    EXPECT_NE(g.edge_faces[e][0], g.edge_faces[e][1]);
    for (size_t i = 0; i + 1 < 20; ++i) {
      const float *p = &g.edges[(e * 20 + i) * 6], *q = p + 6;
      const Vec3 step{q[0] - p[0], q[1] - p[1], q[2] - p[2]}, tangent{p[3], p[4], p[5]};
      EXPECT_NEAR(norm(tangent), 1, 1e-5);
      EXPECT_GT(dot(step, tangent), 0.9 * norm(step));
    }
    for (const int32_t f :
         g.edge_faces[e]) {  // the middle of the edge is near a sample of the face
      const float* m = &g.edges[(e * 20 + 10) * 6];
      double nearest = 9;
      for (size_t i = 0; i < 400; ++i) {
        const float* p = sample(g, static_cast<size_t>(f), 0, 0) + 7 * i;
        nearest = std::min(nearest, norm(Vec3{p[0] - m[0], p[1] - m[1], p[2] - m[2]}));
      }
      EXPECT_LT(nearest, 0.06);
    }
  }
}

TEST(UvGrids, TheMaskIsTheTrim) {
  const UvGrids g = uv_grids(cut(make_box(40, 40, 5), {make_cylinder(10, 20, {20, 20, -5})}));
  std::vector<double> shares;
  for (size_t f = 0; f < g.face_count(); ++f) shares.push_back(mask_share(g, f));
  std::sort(shares.begin(), shares.end());
  const double hole = 1 - 3.14159265 * 100 / 1600;
  EXPECT_NEAR(shares[0], hole, 0.02);
  EXPECT_NEAR(shares[1], hole, 0.02);
  EXPECT_EQ(shares[2], 1);
}

TEST(UvGrids, PolesApexesAndSeamsHaveNormals) {
  for (const Shape& shape :
       {make_sphere(5, {}, {0, 0, 1}, -90, 90), make_cone(5, 0, 8), make_torus(8, 2)}) {
    const UvGrids g = uv_grids(shape);
    expect_unit_normals(g);
    for (const float v : g.faces) ASSERT_TRUE(std::isfinite(v));
  }
  const UvGrids ball = uv_grids(make_sphere(5, {}, {0, 0, 1}, -90, 90));
  for (size_t i = 0; i < ball.faces.size(); i += 7) {  // the normal of a ball is its position
    for (size_t c = 0; c < 3; ++c) EXPECT_NEAR(ball.faces[i + c], ball.faces[i + 3 + c], 2e-2);
  }
  EXPECT_EQ(ball.edge_count(), 0u);
}

TEST(UvGrids, InAndOutSurvivesTheFileAndWhatHasNoFacesIsRefused) {
  const UvGrids g = uv_grids(make_cylinder(3, 9));
  const UvGrids again = mesh::parse_npz(mesh::npz_bytes(g), "c.npz");
  EXPECT_EQ(again.faces, g.faces);
  EXPECT_EQ(again.edge_faces, g.edge_faces);
  EXPECT_THROW(uv_grids(make_box(1, 1, 1).edges()[0]), Error);
}

}  // namespace
}  // namespace cadrecode::brep
