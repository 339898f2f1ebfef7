// Expected facts are those of CadQuery 2.8 for the same calls.
#include "language/cadquery/sketch.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/measure.h"

namespace cadrecode::cadquery {
namespace {

using brep::Location;
using Mode = Sketch::Mode;
using Part = Sketch::Part;

constexpr Sketch::Join kAdd{};
const Sketch::Join kCut{Mode::kSubtract, ""};

Sketch rect(double w, double h) {
  Sketch s;
  s.rect(w, h, 0, kAdd);
  return s;
}

void expect_faces(const Sketch& s, double area, std::size_t faces, std::size_t edges,
                  std::size_t vertices) {
  EXPECT_NEAR(brep::area(s.faces()), area, 1e-8);
  EXPECT_EQ(s.faces().faces().size(), faces);
  EXPECT_EQ(s.faces().edges().size(), edges);
  EXPECT_EQ(s.faces().vertices().size(), vertices);
}

std::vector<Location> at(std::initializer_list<Vec3> points) {
  std::vector<Location> places;
  for (Vec3 p : points) places.emplace_back(p);
  return places;
}

TEST(Sketch, Figures) {
  Sketch s;
  s.rect(4, 2, 30, kAdd);
  expect_faces(s, 8, 1, 4, 4);
  s = Sketch();
  s.slot(4, 2, 0, kAdd);
  expect_faces(s, 11.141592654, 1, 4, 4);
  s = Sketch();
  s.trapezoid(4, 2, 60, std::nullopt, 0, kAdd);
  expect_faces(s, 5.690598923, 1, 4, 4);
  s = Sketch();
  s.trapezoid(4, 2, 60, 80, 0, kAdd);
  expect_faces(s, 6.4926455, 1, 4, 4);
  s = Sketch();
  s.regular_polygon(2, 6, 0, kAdd);
  expect_faces(s, 10.392304845, 1, 6, 6);
  s = Sketch();
  s.ellipse(1, 2, 30, kAdd);
  expect_faces(s, 6.283185307, 1, 1, 1);
}

TEST(Sketch, ModesJoinWhatIsDrawn) {
  Sketch s = rect(10, 10);
  s.push(at({{2, 2, 0}, {-2, -2, 0}}));
  s.circle(1, kCut);
  expect_faces(s, 93.716814693, 1, 6, 6);
  s = rect(4, 4);
  s.circle(2.2, {Mode::kIntersect, ""});
  expect_faces(s, 14.218444019, 1, 8, 8);
  s = rect(4, 4);
  s.circle(2.2, {Mode::kReplace, ""});
  expect_faces(s, 15.205308443, 1, 1, 1);
  s = Sketch();
  s.rect(4, 4, 0, {Mode::kConstruct, "b"});
  EXPECT_FALSE(s.has_faces());
  s.select({"b"});
  s.select_parts(Part::kVertices, std::nullopt);
  s.circle(1, kAdd);
  expect_faces(s, 12.566370614, 4, 4, 4);
  EXPECT_THROW(s.rect(4, 4, 0, {Mode::kConstruct, ""}), Error);
  EXPECT_THROW(Sketch().rect(1, 1, 0, kCut), Error);
  EXPECT_THROW(Sketch::mode_from("x"), Error);
}

TEST(Sketch, Arrays) {
  Sketch s;
  s.rarray(3, 4, 2, 3);
  s.rect(1, 1, 0, kAdd);
  expect_faces(s, 6, 6, 24, 24);
  s = Sketch();
  s.parray(5, 0, 360, 6);
  s.rect(1, 1, 0, kAdd);
  expect_faces(s, 6, 6, 24, 24);
  s = Sketch();
  s.rarray(1.5, 1, 2, 1);
  s.parray(5, 0, 90, 3);
  s.circle(.3, kAdd);
  expect_faces(s, 1.696460033, 6, 6, 6);
  EXPECT_THROW(s.rarray(1, 1, 0, 2), Error);
  EXPECT_THROW(s.parray(1, 0, 90, 0), Error);
}

TEST(Sketch, DistributeAlongEdgesAndWires) {
  Sketch s;
  s.circle(5, kAdd);
  s.select_parts(Part::kEdges, std::nullopt);
  s.distribute(6);
  s.rect(1, .5, 0, kCut);
  expect_faces(s, 77.046068686, 1, 24, 24);
  s = rect(8, 8);
  s.select_parts(Part::kWires, std::nullopt);
  s.distribute(8, 0, 1, false);
  s.circle(.5, kAdd);
  s.reset();
  s.clean();
  expect_faces(s, 67.926990817, 1, 16, 16);
  EXPECT_THROW(s.distribute(2), Error);
  s.select_parts(Part::kFaces, std::nullopt);
  EXPECT_THROW(s.distribute(2), Error);
}

TEST(Sketch, CornersHullsAndOffsets) {
  Sketch s = rect(4, 4);
  s.select_parts(Part::kVertices, std::nullopt);
  s.fillet(.5);
  expect_faces(s, 15.785398163, 1, 8, 8);
  s = rect(4, 4);
  s.select_parts(Part::kVertices, parse_selector(">X"));
  s.chamfer(.5);
  expect_faces(s, 15.75, 1, 6, 6);
  s = Sketch();
  s.arc_about({0, 0, 0}, 1, 0, 360);
  s.arc_about({4, 1, 0}, .5, 0, 360);
  s.segment({0, 3, 0}, {0, 4, 0});
  s.hull(kAdd);
  expect_faces(s, 15.623708553, 1, 5, 5);
  s = Sketch();
  s.push(at({{0, 0, 0}, {5, 1, 0}}));
  s.circle(1, kAdd);
  s.reset();
  s.hull(kAdd);
  expect_faces(s, 13.339631681, 3, 8, 6);
  s = rect(4, 4);
  s.select_parts(Part::kWires, std::nullopt);
  s.offset(-1, kCut);
  expect_faces(s, 12, 1, 8, 8);
  EXPECT_THROW(rect(1, 1).fillet(.1), Error);
  EXPECT_THROW(rect(1, 1).offset(.1, kAdd), Error);
  EXPECT_THROW(Sketch().hull(kAdd), Error);
}

TEST(Sketch, EdgesFollowEachOther) {
  Sketch s;
  s.segment({0, 0, 0}, {4, 0, 0});
  s.arc_to({5, 2, 0}, {4, 4, 0});
  s.segment_to({0, 4, 0});
  s.close();
  s.assemble(kAdd);
  expect_faces(s, 18.795595113, 1, 4, 4);
  s = Sketch();
  s.segment({0, 0, 0}, {4, 0, 0});
  s.segment_along(3, 90);
  s.segment_along(4, 180);
  s.close();
  s.arc_about({2, 1.5, 0}, .5, 0, 360);
  s.assemble(kAdd);
  expect_faces(s, 11.214601837, 1, 5, 5);
  s = Sketch();
  s.spline({{0, 0, 0}, {2, 2, 0}, {4, 0, 0}}, {}, false);
  s.close();
  s.assemble(kAdd);
  expect_faces(s, 5.333333333, 1, 2, 2);
  s = Sketch();
  s.bezier({{0, 0, 0}, {2, 2, 0}, {4, 0, 0}});
  s.close();
  s.assemble(kAdd);
  expect_faces(s, 2.666666667, 1, 2, 2);
  EXPECT_THROW(Sketch().segment_to({1, 1, 0}), Error);
  EXPECT_THROW(Sketch().close(), Error);
  EXPECT_THROW(Sketch().assemble(kAdd), Error);
}

TEST(Sketch, ConstructionEdgesAreLeftOut) {
  Sketch s;
  s.segment({-9, -9, 0}, {9, 9, 0}, {"line", true});
  s.segment({0, 0, 0}, {2, 0, 0});
  s.segment_to({2, 2, 0});
  s.close();  // to the first edge that is not for construction
  s.assemble(kAdd);
  expect_faces(s, 2, 1, 3, 3);
  s.select({"line"});
  EXPECT_EQ(s.vals().size(), 1u);
}

TEST(Sketch, AnotherSketchAsFace) {
  Sketch s = rect(10, 10);
  s.push(at({{1, 1, 0}}));
  s.face(rect(2, 2), 45, kCut);
  expect_faces(s, 96, 1, 8, 8);
}

TEST(Sketch, Operators) {
  const Sketch a = rect(4, 2), b = rect(2, 4);
  using Operation = Sketch::Operation;
  expect_faces(Sketch::combined(Operation::kFuse, a, b), 12, 5, 16, 12);
  expect_faces(Sketch::combined(Operation::kCut, a, b), 4, 2, 8, 8);
  expect_faces(Sketch::combined(Operation::kIntersect, a, b), 4, 1, 4, 4);
  expect_faces(Sketch::combined(Operation::kSplit, a, b), 8, 3, 10, 8);
}

TEST(Sketch, SelectionsAreAddedSubtractedReplacedDeleted) {
  auto with_tagged = [](double w, double h) {
    Sketch s = rect(4, 4);
    s.rect(w, h, 0, {Mode::kConstruct, "x"});
    s.select({"x"});
    return s;
  };
  Sketch s = with_tagged(1, 1);
  s.subtract();
  expect_faces(s, 15, 1, 8, 8);
  s = with_tagged(6, 1);
  s.add();
  expect_faces(s, 18, 5, 16, 12);
  s = with_tagged(6, 1);
  s.replace();
  expect_faces(s, 6, 1, 4, 4);
  s = Sketch();
  s.push(at({{0, 0, 0}, {3, 0, 0}}));
  s.rect(1, 1, 0, kAdd);
  s.reset();
  s.select_parts(Part::kFaces, parse_selector(">X"));
  s.delete_selected();
  expect_faces(s, 1, 1, 4, 4);
  EXPECT_THROW(s.delete_selected(), Error);
  EXPECT_THROW(s.select({"unknown"}), Error);
  EXPECT_THROW(s.tag("t"), Error);
}

TEST(Sketch, CopiesAndPlaces) {
  expect_faces(rect(1, 1).moved(at({{2, 0, 0}, {4, 0, 0}}), true), 2, 2, 8, 8);
  Sketch s(at({{0, 0, 0}, {5, 0, 0}}));
  s.rect(1, 1, 0, kAdd);
  ASSERT_EQ(s.placed().size(), 2u);
  EXPECT_NEAR(brep::center(s.placed()[1]).x, 5, 1e-12);
  EXPECT_EQ(s.copy().locations().size(), 1u);
  EXPECT_NEAR(brep::center(rect(1, 1).located(Location(Vec3{0, 0, 7})).placed().front()).z, 7,
              1e-12);
}

TEST(Sketch, ValuesAreTheSelectionElseTheFacesElseTheEdges) {
  Sketch s;
  s.segment({0, 0, 0}, {1, 0, 0});
  EXPECT_EQ(std::get<brep::Shape>(s.val()).kind(), brep::Kind::kEdge);
  s.rect(1, 1, 0, kAdd);
  EXPECT_EQ(std::get<brep::Shape>(s.val()).kind(), brep::Kind::kFace);
  s.push(at({{1, 1, 0}}));
  EXPECT_TRUE(std::holds_alternative<Location>(s.val()));
  s.set_selection({});
  EXPECT_THROW(s.val(), Error);
}

}  // namespace
}  // namespace cadrecode::cadquery
