#include "geometry/brep/shape.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/face.h"
#include "geometry/brep/facts.h"
#include "geometry/brep/feature.h"
#include "geometry/brep/limits.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/tessellate.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"
#include "geometry/mesh/measure.h"

namespace cadrecode::brep {
namespace {

template <class Body>
ErrorKind kind_thrown(Body&& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::kInternal;
}

TEST(Shape, NullShapesRefuseEveryQuestion) {
  Shape none;
  EXPECT_TRUE(none.is_null());
  EXPECT_EQ(kind_thrown([&] { none.kind(); }), ErrorKind::kValue);
  EXPECT_EQ(kind_thrown([&] { volume(none); }), ErrorKind::kValue);
  EXPECT_EQ(kind_thrown([&] { fuse(make_box(1, 1, 1), {none}); }), ErrorKind::kValue);
}

TEST(Shape, SameIsNotEqualWhenTurnedRound) {
  Shape box = make_box(1, 1, 1);
  EXPECT_TRUE(box.is_same(box.reversed()));
  EXPECT_FALSE(box.is_equal(box.reversed()));
  EXPECT_EQ(box.hash(), box.reversed().hash());
  EXPECT_FALSE(box == make_box(1, 1, 1));
  EXPECT_FALSE(box == moved(box, Location(Vec3{1, 0, 0})));
}

TEST(Shape, ASeamCountsOnceAndPolesAreNotEdges) {
  Shape ball = make_sphere(1, {}, {0, 0, 1}, -90);
  EXPECT_EQ(ball.edges().size(), 1u);
  EXPECT_EQ(ball.entities(Kind::kEdge).size(), 3u);
  EXPECT_EQ(make_cylinder(1, 1).edges().size(), 3u);
}

TEST(Shape, ClassIsKeptWhereTheKernelReturnsACompound) {
  Shape box = make_box(10, 10, 10);
  Shape rounded = fillet(box, 1, box.edges());
  EXPECT_EQ(rounded.type(), Kind::kSolid);
  EXPECT_EQ(rounded.kind(), Kind::kCompound);
  EXPECT_EQ(translate(rounded, {1, 0, 0}).type(), Kind::kSolid);
  EXPECT_EQ(rounded.geom_type(), "Compound");
  EXPECT_EQ(box.geom_type(), "CompSolid");  // CadQuery's answer for a solid
}

TEST(Shape, ConstructionFlagFollowsMovesOnly) {
  Shape wire = make_polygon({{0, 0, 0}, {1, 0, 0}, {1, 1, 0}}, true, true);
  EXPECT_TRUE(wire.for_construction);
  EXPECT_TRUE(moved(wire, Location(Vec3{1, 0, 0})).for_construction);
  EXPECT_TRUE(transform_shape(wire, Transform::to_world({{1, 1, 1}})).for_construction);
  EXPECT_FALSE(translate(wire, {1, 0, 0}).for_construction);
  EXPECT_FALSE(mirror(wire, {1, 0, 0}).for_construction);
}

TEST(Shape, SetOperationsKeepTheLeftOrder) {
  std::vector<Shape> f = make_box(1, 1, 1).faces();
  Shape a = make_compound({f[3], f[1], f[2]}), b = make_compound({f[2], f[3], f[5]});
  EXPECT_EQ(set_intersection(a, b).children(), (std::vector<Shape>{f[3], f[2]}));
  EXPECT_EQ(set_difference(a, b).children(), (std::vector<Shape>{f[1]}));
  EXPECT_EQ(set_union(a, b).children().size(), 4u);
  EXPECT_EQ(set_union(f[0], b).children().size(), 4u);
}

TEST(Shape, ReplacingAndRemovingLeaveTheSourceAlone) {
  Shape two = make_compound({make_box(1, 1, 1), make_box(1, 1, 1, {5, 0, 0})});
  Shape one = compound_without(two, {two.children()[0]});
  EXPECT_EQ(one.children().size(), 1u);
  EXPECT_EQ(two.children().size(), 2u);
  EXPECT_TRUE(is_subshape(two.faces()[0], two));
  EXPECT_FALSE(is_subshape(make_box(1, 1, 1).faces()[0], two));
}

TEST(Limits, NumbersTheKernelCannotTakeAreRefusedBeforeIt) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  double inf = std::numeric_limits<double>::infinity();
  for (double bad : {nan, inf, -inf, 1e300, 1e16}) {
    EXPECT_EQ(kind_thrown([&] { make_box(bad, 1, 1); }), ErrorKind::kValue) << bad;
    EXPECT_EQ(kind_thrown([&] { make_line({0, 0, 0}, {bad, 0, 0}); }), ErrorKind::kValue);
    EXPECT_EQ(kind_thrown([&] {
                extrude_linear(make_plane(1, 1), {0, 0, bad});
              }),
              ErrorKind::kValue);
    EXPECT_EQ(kind_thrown([&] {
                rotate(make_box(1, 1, 1), {}, {0, 0, 1}, bad);
              }),
              ErrorKind::kValue);
    EXPECT_EQ(kind_thrown([&] { Location(Vec3{0, 0, bad}); }), ErrorKind::kValue);
    EXPECT_EQ(kind_thrown([&] { Location(Vec3{0, bad, 0}, Vec3{1, 0, 0}); }), ErrorKind::kValue);
  }
  EXPECT_NEAR(volume(make_box(1e9, 1e9, 1)), 1e18, 1e12);
}

TEST(Limits, KernelFailuresSayWhatWasTriedAndWhatOcctSaid) {
  try {
    make_box(0, 1, 1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kGeometry);
    EXPECT_EQ(std::string(error.what()).substr(0, 39), "could not make a box: Standard_DomainEr");
  }
  EXPECT_EQ(kind_thrown([] { make_line({0, 0, 0}, {0, 0, 0}); }), ErrorKind::kGeometry);
  EXPECT_EQ(kind_thrown([] { make_circle(1, {}, {0, 0, 0}); }), ErrorKind::kGeometry);
  Shape box = make_box(1, 1, 1);
  EXPECT_EQ(kind_thrown([&] {
              fillet(box, 0.1, {make_line({5, 5, 5}, {6, 6, 6})});
            }),
            ErrorKind::kGeometry);
}

TEST(Limits, ShapesThatGrowTooLargeAreRefused) {
  size_t before = size_limit();
  set_size_limit(100);
  std::vector<Shape> boxes;
  for (int i = 0; i < 5; ++i) boxes.push_back(make_box(1, 1, 1, {2.0 * i, 0, 0}));
  EXPECT_EQ(kind_thrown([&] { make_compound(boxes); }), ErrorKind::kLimit);
  EXPECT_EQ(kind_thrown([&] {
              fuse(boxes[0], {boxes.begin() + 1, boxes.end()});
            }),
            ErrorKind::kLimit);
  set_size_limit(0);
  EXPECT_NO_THROW(make_compound(boxes));
  set_size_limit(before);
}

TEST(Facts, SeveralBodiesAreMeasuredTogether) {
  Facts facts = measure({make_box(1, 1, 1), make_box(1, 1, 3, {4, 0, 0})});
  EXPECT_TRUE(facts.valid);
  EXPECT_NEAR(facts.volume, 4, 1e-12);
  EXPECT_NEAR(facts.center.x, (0.5 * 1 + 4.5 * 3) / 4, 1e-12);
  EXPECT_EQ(facts.solids, 2);
  EXPECT_EQ(facts.vertices, 16);
  EXPECT_NEAR(facts.bbox.hi.x, 5, 1e-6);
}

TEST(Facts, NothingIsNotMeasured) {
  EXPECT_EQ(kind_thrown([] { measure({}); }), ErrorKind::kValue);
  EXPECT_EQ(kind_thrown([] { measure({make_compound({})}); }), ErrorKind::kValue);
}

TEST(Tessellate, FacesAreNumberedAndTheSolidIsClosed) {
  Shape shape = cut(make_box(10, 10, 10), {make_cylinder(2, 20, {5, 5, -5})});
  Tessellation faces = tessellate(shape);
  ASSERT_EQ(faces.face_of_triangle.size(), faces.mesh.triangles.size());
  std::set<uint32_t> used(faces.face_of_triangle.begin(), faces.face_of_triangle.end());
  EXPECT_EQ(used.size(), shape.faces().size());
  mesh::TriangleMesh welded = welded_mesh(shape);
  EXPECT_LT(welded.vertices.size(), faces.mesh.vertices.size());
  EXPECT_NEAR(mesh::volume(welded), volume(shape), 0.01 * volume(shape));
  std::map<std::pair<uint32_t, uint32_t>, int> directed;
  for (const auto& t : welded.triangles) {
    for (int i = 0; i < 3; ++i) ++directed[{t[i], t[(i + 1) % 3]}];
  }
  for (const auto& [edge, count] : directed) {
    EXPECT_EQ(count, 1);
    EXPECT_TRUE(directed.contains({edge.second, edge.first}));
  }
}

TEST(Tessellate, RefusesTolerancesThatMakeNoSense) {
  EXPECT_EQ(kind_thrown([] { tessellate(make_box(1, 1, 1), {.tolerance = 0}); }),
            ErrorKind::kValue);
}

}  // namespace
}  // namespace cadrecode::brep
