#include "geometry/mesh/uv_grid.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "geometry/mesh/zip.h"

namespace cadrecode::mesh {
namespace {

UvGrids some_grids() {
  UvGrids g;
  RandomStream random(1);
  g.faces.resize(2 * 400 * 7);
  g.edges.resize(3 * 20 * 6);
  for (float& v : g.faces) v = static_cast<float>(std::floor(random.next_uniform(-8, 8)) / 8);
  for (float& v : g.edges) v = static_cast<float>(std::floor(random.next_uniform(-8, 8)) / 8);
  g.edge_faces = {{0, 1}, {1, 0}, {0, 0}};
  g.centre = {1, 2, 3};
  g.scale = 0.5;
  return g;
}

void expect_equal(const UvGrids& a, const UvGrids& b) {
  EXPECT_EQ(a.faces, b.faces);
  EXPECT_EQ(a.edges, b.edges);
  EXPECT_EQ(a.edge_faces, b.edge_faces);
  EXPECT_EQ(a.centre, b.centre);
  EXPECT_EQ(a.scale, b.scale);
}

TEST(UvGridFile, RoundTripsAndIsDeterministic) {
  const UvGrids g = some_grids();
  EXPECT_EQ(npz_bytes(g), npz_bytes(g));
  expect_equal(parse_npz(npz_bytes(g), "a.npz"), g);
  UvGrids ball = g;
  ball.edges.clear();
  ball.edge_faces.clear();
  expect_equal(parse_npz(npz_bytes(ball), "a.npz"), ball);
}

TEST(UvGridFile, EveryPrefixAndManyDamagesAreErrorsOrNothing) {
  const std::string bytes = npz_bytes(some_grids());
  for (size_t n = 0; n < bytes.size(); n += n < 200 || n + 400 > bytes.size() ? 1 : 97) {
    EXPECT_THROW(parse_npz(bytes.substr(0, n), "a.npz"), Error) << n;
  }
  RandomStream random(2);
  for (int round = 0; round < 3000; ++round) {
    std::string bad = bytes;
    bad[random.next_below(bad.size())] = static_cast<char>(random.next_below(256));
    try {
      const UvGrids g = parse_npz(bad, "a.npz");
      for (const auto& pair : g.edge_faces)
        EXPECT_LT(pair[0], static_cast<int32_t>(g.face_count()));
    } catch (const Error& error) {
      EXPECT_EQ(error.place().file, "a.npz");
    }
  }
}

TEST(UvGridFile, WhatDoesNotFitIsNamed) {
  const auto refusal = [](UvGrids g) -> std::string {
    try {
      parse_npz(npz_bytes(g), "a.npz");
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  UvGrids g = some_grids();
  g.edge_faces[1][0] = 7;
  EXPECT_NE(refusal(g).find("array 'edge_faces' names face 7 of 2"), std::string::npos);
  g = some_grids();
  g.faces[5] = NAN;
  EXPECT_NE(refusal(g).find("array 'faces' holds a value"), std::string::npos);
  ZipWriter empty;
  EXPECT_THROW(parse_npz(empty.finish(), "a.npz"), Error);
}

}  // namespace
}  // namespace cadrecode::mesh
