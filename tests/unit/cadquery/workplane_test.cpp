// Workplane's rules about the chain: parents, pending wires, tags, combining. What each method
// builds is compared with the real package in tests/program.
#include "language/cadquery/workplane.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "language/cadquery/run.h"

namespace cadrecode::cadquery {
namespace {

brep::Facts facts(const std::string& code) {
  return run_program("import cadquery as cq\nw = cq.Workplane()\n" + code).facts;
}
double volume(const std::string& code) { return facts(code).volume; }

// What the program's assertions say; a failed one is an error.
void expect(const std::string& code) {
  EXPECT_NO_THROW(run_program("import cadquery as cq\nw = cq.Workplane()\n" + code +
                              "\nr = cq.Workplane().box(1, 1, 1)"))
      << code;
}

TEST(Workplane, NewObjectsKnowTheirParentAndShareTheContext) {
  expect("c = w.rect(1, 1)\nassert c.parent is w and c.end() is w and c.ctx is w.ctx");
  expect("assert cq.Workplane().ctx is not w.ctx");
  expect("assert w.rect(1, 1).circle(2).end(2) is w");
}

TEST(Workplane, PendingWiresAreUsedOnce) {
  expect(
      "w.rect(1, 1)\nassert len(w.ctx.pendingWires) == 1\nw.extrude(1)\n"
      "assert len(w.ctx.pendingWires) == 0");
  expect("w.rect(1, 1, forConstruction=True)\nassert len(w.ctx.pendingWires) == 0");
  expect(
      "w.lineTo(1, 0).lineTo(1, 1).close()\n"
      "assert len(w.ctx.pendingEdges) == 0 and len(w.ctx.pendingWires) == 1");
}

TEST(Workplane, TheStackIsALiveList) {
  expect("b = w.box(1, 1, 1)\nb.objects.append(cq.Vector(1, 2, 3))\nassert b.size() == 2");
  expect("b = w.box(1, 1, 1)\nassert b.vals() is b.objects\nb.objects = []\nassert b.size() == 0");
}

TEST(Workplane, FeaturesFindTheSolidUpTheChain) {
  EXPECT_NEAR(volume("r = w.box(4, 4, 4).faces('>Z').workplane().circle(1).cutBlind(-2)"),
              64 - 2 * 3.141592653589793, 1e-9);
  EXPECT_NEAR(volume("r = w.box(2, 2, 2).faces('>X').workplane().rect(1, 1).extrude(1)"), 9, 1e-9);
  EXPECT_NEAR(volume("r = w.box(2, 2, 2).faces('>X').workplane().rect(1, 1)"
                     ".extrude(1, combine=False)"),
              1, 1e-9);
}

TEST(Workplane, CombineModes) {
  const std::string base = "r = w.box(2, 2, 2).rect(1, 1).extrude(5, combine=";
  EXPECT_NEAR(volume(base + "True)"), 8 + 4, 1e-9);
  EXPECT_NEAR(volume(base + "'a')"), 8 + 4, 1e-9);
  EXPECT_NEAR(volume(base + "'cut')"), 8 - 1, 1e-9);
  EXPECT_NEAR(volume(base + "'s')"), 8 - 1, 1e-9);
  EXPECT_NEAR(volume(base + "None)"), 5, 1e-9);
  EXPECT_THROW(volume(base + "'x')"), Error);
}

TEST(Workplane, TagsAreSharedAlongTheChainAndMergedByBooleans) {
  expect("b = w.box(1, 1, 1).tag('b')\nassert b.faces('>Z').workplaneFromTagged('b').size() == 1");
  expect(
      "b = w.box(1, 1, 1)\nc = cq.Workplane().box(2, 2, 2).tag('c')\n"
      "assert b.union(c).faces('>Z', tag='c').size() == 1");
}

TEST(Workplane, WorkplaneStandsOnFacesVerticesAndPoints) {
  expect(
      "p = w.box(1, 2, 3).faces('>Z').workplane(offset=1).plane.origin\n"
      "assert p.toTuple() == (0, 0, 2.5)");
  expect(
      "p = w.box(1, 2, 3).faces('>X').workplane(invert=True).plane.zDir\n"
      "assert abs(p.x + 1) < 1e-9");
  expect(
      "p = w.center(1, 1).box(2, 2, 2).faces('>Z').workplane(centerOption='CenterOfMass')\n"
      "assert (p.plane.origin - cq.Vector(1, 1, 1)).Length < 1e-9");
  expect("try:\n  w.box(1, 1, 1).faces().workplane()\n  assert False\nexcept ValueError:\n  pass");
}

TEST(Workplane, IndexingAndIteration) {
  expect(
      "f = w.box(1, 1, 1).faces()\n"
      "assert f[0].size() == 1 and f[-2:].size() == 2 and f[[0, 2, 4]].size() == 3\n"
      "assert len([x for x in f]) == 6");
  expect(
      "s = w.box(1, 2, 3).faces().sort(lambda f: f.Area())\n"
      "assert abs(s[-1].val().Area() - 6) < 1e-9\n"
      "assert s.filter(lambda f: f.Area() > 5).size() == 2\n"
      "assert s.map(lambda f: f.Center()).size() == 6\n"
      "assert s.apply(lambda l: list(l)[:2]).size() == 2");
}

TEST(Workplane, OperatorsAreBooleans) {
  const std::string two = "a = w.box(2, 2, 2)\nb = cq.Workplane().box(1, 1, 4)\n";
  EXPECT_NEAR(volume(two + "r = a + b"), 10, 1e-9);
  EXPECT_NEAR(volume(two + "r = a - b"), 6, 1e-9);
  EXPECT_NEAR(volume(two + "r = a * b"), 2, 1e-9);
}

}  // namespace
}  // namespace cadrecode::cadquery
