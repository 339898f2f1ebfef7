#include "language/dialect/recognise.h"

#include <gtest/gtest.h>

#include "geometry/part/canonical.h"
#include "geometry/part/curve.h"
#include "geometry/part/loop.h"
#include "geometry/prism/solid.h"

namespace cadrecode::dialect {
namespace {

const std::string kHead = "import cadquery as cq\n";

part::Part part_of(const std::string& text) {
  const Recognition r = recognise(kHead + text);
  EXPECT_TRUE(r.part) << r.reason << "\n" << text;
  return r.part ? part::canonical(*r.part) : part::Part{};
}

Refusal refusal_of(const std::string& text) {
  const Recognition r = recognise(kHead + text);
  EXPECT_FALSE(r.part) << text;
  EXPECT_FALSE(r.reason.empty()) << text;
  return r.refusal;
}

// Volume of a part whose steps are disjoint joins.
double volume(const part::Part& p) {
  double sum = 0;
  for (const part::Step& s : p.steps) {
    sum += part::area(s.extrusion.profile) * (s.extrusion.end - s.extrusion.start);
  }
  return sum;
}

TEST(Recognise, BoxOfTheV15Dialect) {
  const part::Part p = part_of(
      "w0=cq.Workplane('YZ',origin=(-6,0,0))\nr=w0.workplane(offset=-45/"
      "2).moveTo(-99,-48.5).box(2,103,45)");
  ASSERT_EQ(p.steps.size(), 1u);
  const Box3 b = part::bounds(p.steps[0].extrusion);
  EXPECT_EQ(b.lo, (Vec3{-51, -100, -100}));
  EXPECT_EQ(b.hi, (Vec3{-6, -98, 3}));
}

TEST(Recognise, CylinderOfTheV15Dialect) {
  const part::Part p = part_of(
      "w1=cq.Workplane('YZ',origin=(-2,0,0))\nr=w1.workplane(offset=4/"
      "2).moveTo(86,-30).cylinder(4,14)");
  const Box3 b = part::bounds(p.steps[0].extrusion);
  EXPECT_EQ(b.lo, (Vec3{-2, 72, -44}));
  EXPECT_EQ(b.hi, (Vec3{2, 100, -16}));
}

TEST(Recognise, SketchModesPushAndFaces) {
  const std::string w = "w0=cq.Workplane('XY')\n";
  EXPECT_NEAR(volume(part_of(w + "r=w0.sketch().rect(10,4).finalize().extrude(-3)")), 120, 1e-12);
  EXPECT_NEAR(
      volume(part_of(w + "r=w0.sketch().push([(1,0),(20,0)]).circle(2).finalize().extrude(1)")),
      8 * part::kPi, 1e-9);
  EXPECT_NEAR(
      volume(part_of(
          w + "r=w0.sketch().rect(10,4).push([(5,0)]).rect(2,2,mode='s').finalize().extrude(1)")),
      38, 1e-12);
  EXPECT_NEAR(
      volume(part_of(w + "r=w0.sketch().rect(10,4).rect(2,20,mode='i').finalize().extrude(1)")), 8,
      1e-12);
  EXPECT_NEAR(
      volume(part_of(w + "r=w0.sketch().rect(10,4).reset().face(w0.sketch().segment((0,0),(1,0))."
                         "segment((1,1)).close().assemble(),mode='s').finalize().extrude(2)")),
      79, 1e-12);
  EXPECT_NEAR(volume(part_of(w + "r=w0.sketch().push([(3,3)]).circle(2).circle(1,mode='s').reset()."
                                 "circle(1).finalize().extrude(1)")),
              4 * part::kPi, 1e-9);
  EXPECT_NEAR(
      volume(part_of(
          w +
          "r=w0.sketch().segment((-5,-5),(5,-5)).segment((5,5)).segment((-5,5)).close().segment((-"
          "1,-1),(1,-1)).segment((1,1)).segment((-1,-1)).assemble().finalize().extrude(1)")),
      98, 1e-12);
  EXPECT_NEAR(volume(part_of(w + "r=w0.sketch().slot(6,2).finalize().extrude(1)")), 12 + part::kPi,
              1e-9);
}

TEST(Recognise, OperationsInOrder) {
  const part::Part p = part_of(
      "a=cq.Workplane('XY').box(4,4,4)\nb=cq.Workplane('XY').box(1,1,9)\nr=a.union(b).cut(b)."
      "intersect(a)");
  ASSERT_EQ(p.steps.size(), 4u);
  EXPECT_EQ(p.steps[1].operation, part::Operation::kJoin);
  EXPECT_EQ(p.steps[2].operation, part::Operation::kCut);
  EXPECT_EQ(p.steps[3].operation, part::Operation::kIntersect);
  EXPECT_EQ(
      part_of("a=cq.Workplane('XY').box(4,4,4)\nb=cq.Workplane('XY').box(1,1,9)\nr=(a+b-b)*a"), p);
}

TEST(Recognise, ReusingAWorkplaneDoesNotFuse) {
  EXPECT_EQ(part_of("w=cq.Workplane('XY')\na=w.box(1,1,1)\nr=w.box(2,2,2)").steps.size(), 1u);
  EXPECT_EQ(part_of("r=cq.Workplane('XY').box(1,1,1).union(cq.Workplane('XY').workplane(offset=5)."
                    "box(1,1,1))")
                .steps.size(),
            2u);
}

TEST(Recognise, CommonVariants) {
  const std::string w = "w=cq.Workplane('XY')\n";
  EXPECT_NEAR(volume(part_of(w + "r=w.rect(4,3).extrude(2)")), 24, 1e-12);
  EXPECT_NEAR(volume(part_of(w + "r=w.rect(4,4).circle(1).extrude(2)")), 2 * (16 - part::kPi),
              1e-9);
  EXPECT_NEAR(volume(part_of(w + "r=w.circle(1).extrude(2,both=True)")), 4 * part::kPi, 1e-9);
  EXPECT_NEAR(
      volume(part_of(w + "r=w.center(5,5).polyline([(0,0),(2,0),(2,2)]).close().extrude(1)")), 2,
      1e-12);
  EXPECT_NEAR(
      volume(part_of(
          w +
          "r=w.moveTo(1,1).lineTo(3,1).threePointArc((4,2),(3,3)).hLine(-2).close().extrude(1)")),
      4 + part::kPi / 2, 1e-9);
  EXPECT_EQ(part::bounds(part_of(w + "r=w.box(2,4,6,centered=False)").steps[0].extrusion).lo,
            Vec3{});
  EXPECT_EQ(
      part::bounds(part_of(w + "r=w.box(2,4,6,centered=(True,False,False))").steps[0].extrusion).lo,
      (Vec3{-1, 0, 0}));
  const part::Part hole =
      part_of("p=cq.Workplane('XY').box(4,4,4)\nr=p.cut(cq.Workplane('XY').circle(1).extrude(9))");
  EXPECT_EQ(hole.steps[1].operation, part::Operation::kCut);
}

TEST(Recognise, NamesNumbersAndTuples) {
  const part::Part p = part_of(
      "import math\nwidth, height = 4, 2.5\nd = width / 2 + math.pi * 0\nr = cq.Workplane('XY', "
      "origin=(0, 0, -d)).box(width, 2 * d, height)");
  EXPECT_EQ(part::bounds(p.steps[0].extrusion).hi, (Vec3{2, 2, -0.75}));
  EXPECT_EQ(
      recognise("from cadquery import *\nresult = Workplane('XY').box(1,1,1)").part.has_value(),
      true);
}

TEST(Recognise, ObliquePlanes) {
  const part::Part p = part_of(
      "r=cq.Workplane(cq.Plane(origin=(1,2,3),xDir=(0,1,1),normal=(1,0,0))).circle(2).extrude(5)");
  EXPECT_NEAR(norm(p.steps[0].extrusion.frame.x - Vec3{0, std::sqrt(0.5), std::sqrt(0.5)}), 0,
              1e-15);
}

TEST(Recognise, RefusesWhatItMustNotGuess) {
  const std::string w = "w0=cq.Workplane('XY')\n";
  EXPECT_EQ(refusal_of(w + "r=w0.box(1,1,1).faces('>Z').hole(0.5)"), Refusal::kOutside);
  EXPECT_EQ(refusal_of(w + "r=w0.box(1,1,1).edges().fillet(0.1)"), Refusal::kOutside);
  EXPECT_EQ(refusal_of(w + "r=w0.sphere(1)"), Refusal::kOutside);
  EXPECT_EQ(refusal_of(w + "r=w0.circle(1).extrude(2,taper=5)"), Refusal::kOutside);
  EXPECT_EQ(refusal_of(w + "r=w0.box(1,1,1).workplane(offset=1).box(1,1,1)"), Refusal::kOutside);
  EXPECT_EQ(refusal_of(w + "for i in range(3):\n  r=w0.box(1,1,1)"), Refusal::kOutside);
  EXPECT_EQ(refusal_of(w + "r=w0"), Refusal::kOutside);
  EXPECT_EQ(refusal_of("r=cq.Workplane('XY').box(2,2,2).cut(cq.Workplane('XY').box(3,3,3).cut(cq."
                       "Workplane('XY').box(1,1,1)))"),
            Refusal::kOutside);
  EXPECT_EQ(refusal_of(w + "r=w0.sketch().segment((0,0),(2,2)).segment((2,0)).segment((0,2)).close("
                           ").assemble().finalize().extrude(1)"),
            Refusal::kProfile);
  EXPECT_EQ(
      refusal_of(
          w + "r=w0.sketch().segment((0,0),(2,2)).segment((2,0)).assemble().finalize().extrude(1)"),
      Refusal::kProfile);
  EXPECT_EQ(refusal_of(w + "r=w0.rect(20,20).rect(10,10).rect(4,4).extrude(1)"), Refusal::kProfile);
  EXPECT_EQ(refusal_of(w + "r=w0.box(0,1,1)"), Refusal::kValue);
  EXPECT_EQ(refusal_of(w + "r=w0.sketch().circle(2).finalize().extrude(0)"), Refusal::kValue);
  EXPECT_EQ(
      refusal_of(w +
                 "r=w0.sketch().arc((0,0),(1,1),(2,2)).close().assemble().finalize().extrude(1)"),
      Refusal::kValue);
  EXPECT_EQ(refusal_of(w + "r=w0.sketch().segment((0,0),(2,0)).segment((2,2)).segment((0,0)).close("
                           ").assemble().finalize().extrude(1)"),
            Refusal::kValue);
  EXPECT_EQ(refusal_of("r=cq.Workplane('XX').box(1,1,1)"), Refusal::kValue);
}

TEST(Recognise, LeavesMonstersToTheInterpreter) {
  EXPECT_EQ(refusal_of("r=cq.Workplane('XY').box(1e300,1,1)"), Refusal::kOutside);
  EXPECT_EQ(refusal_of("r=cq.Workplane('XY').sketch().arc((0,0),(1e300,1e300),(2e300,0)).close()."
                       "assemble().finalize().extrude(1)"),
            Refusal::kValue);
  std::string many = "r=cq.Workplane('XY').sketch().push([";
  for (int i = 0; i < 20000; ++i) many += "(" + std::to_string(i) + ",0),";
  EXPECT_EQ(refusal_of(many + "]).circle(0.2).finalize().extrude(1)"), Refusal::kOutside);
  std::string chain = "w=cq.Workplane('XY')\nr=w.box(1,1,1)";
  for (int i = 0; i < 2000; ++i) chain += ".union(w.box(1,1,1))";
  EXPECT_EQ(refusal_of(chain), Refusal::kOutside);
}

TEST(Recognise, FunctionsWithDefaults) {
  const char* text = R"py(import cadquery as cq
def plate(length=6, width=4, count=2):
    """A plate with holes."""
    body = cq.Workplane("XY").rect(length, width).rarray(2, 2, count, 1).circle(0.5).extrude(1)
    pegs = cq.Workplane("XY", origin=(0, 0, 1)).polarArray(1, 0, 360, 4, rotate=False).circle(0.2).extrude(1)
    return body.union(pegs)
result = plate(length=8)
)py";
  const Recognition r = recognise(text);
  ASSERT_TRUE(r.part) << r.reason;
  const double pi = part::kPi;
  EXPECT_NEAR(prism::volume(prism::Solid(*r.part)), 8 * 4 - 2 * pi / 4 + 4 * pi * 0.04, 1e-9);
}

TEST(Recognise, FunctionsItMustNotGuess) {
  const std::string head = "import cadquery as cq\nx = 1\n";
  const std::string box = "cq.Workplane().box(1,1,1)";
  for (const std::string& body : std::vector<std::string>{
           "def f():\n    return f()\nresult = f()\n",                         // recursion
           "def f():\n    x = 2\n    return " + box + "\nresult = f()\n",      // hides x
           "def f(*a):\n    return " + box + "\nresult = f()\n",               // stars
           "def f(a):\n    return " + box + "\nresult = f()\n",                // nothing for a
           "def f(a=1):\n    return " + box + "\nresult = f(2, a=3)\n",        // twice
           "def f(a=1):\n    b = " + box + "\nresult = f()\n",                 // returns nothing
           "def f(a=x):\n    return " + box + "\nresult = f()\n",              // a name as default
           "def f():\n    if x:\n        return " + box + "\nresult = f()\n",  // branches
           std::string("result = cq.Workplane().polarArray(2,0,360,3).rect(1,1).extrude(1)\n")}) {
    EXPECT_FALSE(recognise(head + body).part) << body;
  }
}

TEST(Recognise, SaysWhere) {
  const std::string text = kHead + "r=cq.Workplane('XY').box(1,1,1).shell(1)";
  const Recognition r = recognise(text);
  EXPECT_EQ(r.reason, "Workplane.shell with these arguments");
  EXPECT_GT(r.range.end, kHead.size());
}

TEST(Refused, GoingOnFromNothing) {
  const std::string apart = "import cadquery as cq\nw=cq.Workplane('XY')\nr=w.box(2,2,2)";
  const std::string elsewhere = ".intersect(w.moveTo(9,9).box(1,1,1))",
                    again = ".union(w.box(3,1,1))";
  EXPECT_EQ(recognise(apart + elsewhere + again).refusal, Refusal::kOutside);
  EXPECT_EQ(recognise(apart + ".cut(w.box(5,5,5))" + again).refusal, Refusal::kOutside);
  EXPECT_TRUE(recognise(apart + elsewhere).part);  // for the verdict
  EXPECT_TRUE(recognise(apart + ".cut(w.box(1,5,5))" + again).part);
}

TEST(Refused, FacesOutOfNothing) {
  const auto sketch = [](const std::string& calls) {
    return recognise("import cadquery as cq\nw=cq.Workplane('XY')\nr=w.sketch()" + calls +
                     ".finalize().extrude(2)")
        .refusal;
  };
  EXPECT_EQ(
      sketch(".rect(9,9).face(w.sketch().segment((0,0),(1,0)).segment((1,1)).close(),mode='s')"),
      Refusal::kValue);
  EXPECT_EQ(sketch(".rect(2,2,mode='s').rect(3,3)"), Refusal::kValue);
  EXPECT_EQ(sketch(".rect(2,2).rect(9,9,mode='s').rect(1,1,mode='i').rect(3,3)"), Refusal::kValue);
  EXPECT_EQ(sketch(".rect(2,2).rect(9,9,mode='s').rect(3,3)"), Refusal::kNone);
}

}  // namespace
}  // namespace cadrecode::dialect
