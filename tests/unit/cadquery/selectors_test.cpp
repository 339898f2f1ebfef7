#include "language/cadquery/selectors.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"

namespace cadrecode::cadquery {
namespace {

using brep::Shape;

// A 10 x 20 x 30 box about the origin with an upright hole of radius 3.
Shape drilled_box() {
  const Shape box = brep::make_box(10, 20, 30, {-5, -10, -15});
  return brep::cut(box, {brep::make_cylinder(3, 30, {0, 0, -15})});
}

std::size_t count(const Shapes& shapes, const std::string& selector) {
  return parse_selector(selector)(shapes).size();
}

// Message of the error that selecting gives; empty if it does not fail.
std::string refusal(const Shapes& shapes, const std::string& selector) {
  try {
    parse_selector(selector)(shapes);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

// Expected numbers are CadQuery 2.8's for the same solid.
TEST(Selectors, FacesOfADrilledBox) {
  const Shapes faces = drilled_box().faces();
  ASSERT_EQ(faces.size(), 7u);
  EXPECT_EQ(count(faces, "|Z"), 2u);
  EXPECT_EQ(count(faces, "#Z"), 4u);
  EXPECT_EQ(count(faces, "+Z"), 1u);
  EXPECT_EQ(count(faces, "-Z"), 1u);
  EXPECT_EQ(count(faces, "%CYLINDER"), 1u);
  EXPECT_EQ(count(faces, "%plane"), 6u);
  EXPECT_EQ(count(faces, ">X"), 1u);
  EXPECT_EQ(count(faces, ">XY"), 1u);
  EXPECT_EQ(count(faces, ">>Z[1]"), 5u);
  EXPECT_EQ(count(faces, ">Z[0]"), 1u);
  EXPECT_EQ(count(faces, "not |Z"), 5u);
  EXPECT_EQ(count(faces, "|Z or |X"), 4u);
  EXPECT_EQ(count(faces, "(|Z or |X) exc >Z"), 3u);
  EXPECT_EQ(count(faces, "%PLANE and #Z"), 4u);
}

TEST(Selectors, EdgesOfADrilledBox) {
  const Shapes edges = drilled_box().edges();
  ASSERT_EQ(edges.size(), 15u);
  EXPECT_EQ(count(edges, "|Z"), 5u);  // four corners and the hole's seam
  EXPECT_EQ(count(edges, "#Z"), 8u);
  EXPECT_EQ(count(edges, "%CIRCLE"), 2u);
  EXPECT_EQ(count(edges, ">Z"), 5u);
  EXPECT_EQ(count(edges, ">Z[0]"), 5u);  // the upright ones: parallel first, then by centre
  EXPECT_EQ(count(edges, ">Z[-1]"), 5u);
  EXPECT_EQ(count(edges, "%CIRCLE and >Z"), 1u);
}

TEST(Selectors, ExtremesAreByCentre) {
  const Shapes faces = drilled_box().faces();
  EXPECT_NEAR(brep::center(parse_selector(">Z")(faces).front()).z, 15, 1e-9);
  EXPECT_NEAR(brep::center(parse_selector("<Z")(faces).front()).z, -15, 1e-9);
  EXPECT_NEAR(brep::center(parse_selector("back")(faces).front()).z, -15, 1e-9);
  EXPECT_NEAR(brep::center(parse_selector(">Z[1]")(faces).front()).z, 15, 1e-9);
  EXPECT_NEAR(brep::center(parse_selector("<Z[1]")(faces).front()).z, 15, 1e-9 + 30);
}

TEST(Selectors, NthClustersReachFromTheirFirst) {
  Shapes points;
  for (double x : {0.0, 0.00008, 0.00016, 1.0}) points.push_back(brep::make_vertex({x, 0, 0}));
  EXPECT_EQ(count(points, ">>X[0]"), 2u);
  EXPECT_EQ(count(points, ">>X[1]"), 1u);
  EXPECT_EQ(count(points, "<<X[0]"), 1u);
  EXPECT_EQ(center_nth({1, 0, 0}, {0, true, 0.001})(points).size(), 3u);
}

TEST(Selectors, IndicesOutOfRangeAndEmptyListsAreErrors) {
  const Shapes faces = drilled_box().faces();
  EXPECT_EQ(refusal(faces, ">Z[2]"), "Attempted to access index 2 of a list with length 2");
  EXPECT_EQ(refusal(faces, ">Z[-3]"), "Attempted to access index -3 of a list with length 2");
  EXPECT_EQ(refusal({}, ">Z"), "Can not return the Nth element of an empty list");
  EXPECT_NE(refusal({brep::make_vertex({0, 0, 0})}, ">Z[0]"), "");
  EXPECT_EQ(refusal({}, "|Z"), "");
}

TEST(Selectors, NullDirectionFailsInTheKernelsWay) {
  const Shapes faces = drilled_box().faces();
  EXPECT_NE(refusal(faces, "+(0,0,0)"), "");
  EXPECT_EQ(count(faces, "|(0,0,0)"), 6u);   // the cross product is null, hence within tolerance
  EXPECT_EQ(count(faces, ">>(0,0,0)"), 7u);  // all centres project to zero
}

TEST(Selectors, ByRadiusLengthAndArea) {
  const Shape solid = brep::cut(drilled_box(), {brep::make_cylinder(1, 30, {3, 7, -15}),
                                                brep::make_cylinder(1, 30, {-3, -7, -15})});
  const Shapes edges = solid.edges();
  EXPECT_EQ(radius_nth({0})(edges).size(), 4u);
  EXPECT_EQ(radius_nth({-1})(edges).size(), 2u);
  EXPECT_EQ(radius_nth({0, false})(edges).size(), 2u);
  EXPECT_EQ(length_nth({0})(edges).size(), 4u);   // 2 pi
  EXPECT_EQ(length_nth({-1})(edges).size(), 7u);  // 30: corners and seams
  const Shapes wires = solid.faces().front().wires();
  EXPECT_EQ(area_nth({-1})(solid.faces()).size(), 2u);
  EXPECT_EQ(area_nth({-1})(wires).size(), 1u);
  EXPECT_THROW(radius_nth({0})(solid.faces()), Error);
  EXPECT_THROW(length_nth({0})(solid.faces()), Error);
}

TEST(Selectors, NearestAndBox) {
  const Shapes vertices = drilled_box().vertices();
  const Shape nearest = nearest_to_point({9, 9, 9})(vertices).front();
  EXPECT_NEAR(norm(brep::center(nearest) - Vec3{5, 10, 15}), 0, 1e-9);
  EXPECT_EQ(inside_box({0, 0, 0}, {20, 20, 20})(vertices).size(), 1u);
  EXPECT_EQ(inside_box({20, 20, 20}, {0, 0, 0})(vertices).size(), 1u);
  const Shapes faces = drilled_box().faces();
  EXPECT_EQ(inside_box({-6, -11, 14}, {6, 11, 16})(faces).size(), 1u);
  EXPECT_EQ(inside_box({-4, -11, 14}, {6, 11, 16}, true)(faces).size(), 0u);
  EXPECT_THROW(nearest_to_point({})({}), Error);
}

TEST(Selectors, CombinationsKeepTheListsOrder) {
  const Shapes faces = drilled_box().faces();
  const Shapes together = either(parse_selector("<Z"), parse_selector(">Z"))(faces);
  ASSERT_EQ(together.size(), 2u);
  EXPECT_NEAR(brep::center(together[0]).z, -15, 1e-9);
  EXPECT_EQ(inverse(parse_selector("|Z"))(faces).size(), 5u);
  EXPECT_EQ(both(parse_selector("|Z"), parse_selector(">Z"))(faces).size(), 1u);
  EXPECT_EQ(difference(parse_selector("|Z"), parse_selector(">Z"))(faces).size(), 1u);
}

}  // namespace
}  // namespace cadrecode::cadquery
