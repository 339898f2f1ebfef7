// The facts of programs whose answers are known by construction.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/error.h"
#include "pipeline/ask/load.h"
#include "pipeline/sheet/json.h"

namespace cadrecode::ask {
namespace {

using sheet::Feature;
using sheet::FeatureKind;

execute::Executor& executor() {
  static execute::Executor e(1);
  return e;
}

sheet::Sheet sheet_of(const std::string& body) {
  return sheet_of_program("import cadquery as cq\nr = " + body + "\n", "part.py", executor());
}

std::vector<const Feature*> of(const sheet::Sheet& s, FeatureKind kind) {
  std::vector<const Feature*> out;
  for (const Feature& f : s.features) {
    if (f.kind == kind) out.push_back(&f);
  }
  return out;
}

constexpr double kPi = std::numbers::pi;

TEST(Sheet, PlateWithEveryHole) {
  const auto s = sheet_of(
      "cq.Workplane('XY').box(100, 60, 10).faces('>Z').workplane().pushPoints([(-40,-20)]).hole(6)"
      ".pushPoints([(-20,-20)]).hole(5, 4).pushPoints([(10,-15)]).cboreHole(6, 11, "
      "4).pushPoints([(35,-15)]).cskHole(6, 12, 90)");
  const auto holes = of(s, FeatureKind::kHole);
  ASSERT_EQ(holes.size(), 4u);
  const Feature *plain = holes[0], *blind = holes[1], *bored = holes[2], *sunk = holes[3];
  for (const Feature* f : holes) {
    if (!f->through)
      blind = f;
    else if (f->form == "counterbored")
      bored = f;
    else if (f->form == "countersunk")
      sunk = f;
    else
      plain = f;
  }
  EXPECT_NEAR(plain->diameter, 6, 1e-9);
  EXPECT_NEAR(plain->depth, 10, 1e-6);
  EXPECT_EQ(plain->sides, sheet::kTop | sheet::kBottom);
  EXPECT_NEAR(plain->center.x, -40, 1e-6);
  EXPECT_NEAR(blind->depth, 4, 1e-6);
  EXPECT_FALSE(blind->through);
  EXPECT_EQ(blind->sides, sheet::kTop);
  EXPECT_NEAR(blind->axis.z, 1, 1e-9);
  ASSERT_EQ(bored->steps.size(), 2u);
  EXPECT_NEAR(bored->steps[0].diameter, 11, 1e-9);
  EXPECT_NEAR(bored->steps[0].depth, 4, 1e-6);
  EXPECT_NEAR(bored->diameter, 6, 1e-9);
  EXPECT_EQ(sunk->form, "countersunk");
  EXPECT_NEAR(sunk->steps[0].diameter, 12, 1e-6);
  EXPECT_NEAR(s.wall.usual, 10, 1e-2);
  EXPECT_EQ(s.bodies.size(), 1u);
}

TEST(Sheet, WholePartNumbers) {
  const auto s = sheet_of("cq.Workplane('XY').box(40, 30, 20)");
  EXPECT_NEAR(s.volume, 24000, 1e-6);
  EXPECT_NEAR(s.area, 2 * (1200 + 800 + 600), 1e-6);
  EXPECT_NEAR(s.box.size().x, 40, 1e-5);
  EXPECT_NEAR(s.inertia[0][0], 24000.0 * (30 * 30 + 20 * 20) / 12, 1e-3);
  EXPECT_NEAR(s.principal[2], 24000.0 * (40 * 40 + 30 * 30) / 12, 1e-3);
  EXPECT_NEAR(sheet::mass_grams(s, sheet::material("steel")), 188.4, 1e-9);
  EXPECT_EQ(s.symmetry.mirror_normals.size(), 3u);
  EXPECT_EQ(s.symmetry.turns, 2);
  EXPECT_EQ(of(s, FeatureKind::kFlat).size(), 6u);
  EXPECT_TRUE(of(s, FeatureKind::kHole).empty());
  EXPECT_THROW(sheet::material("unobtainium"), Error);
}

TEST(Sheet, OpeningsAndBosses) {
  const auto s = sheet_of(
      "cq.Workplane('XY').box(100, 60, "
      "10).faces('>Z').workplane().pushPoints([(-25,0)]).rect(20,8).cutBlind(-4)"
      ".faces('>Z').workplane(origin=(0,0,5)).pushPoints([(25,0)]).slot2D(24,6).cutThruAll()"
      ".faces('>Z').workplane(origin=(0,0,5)).pushPoints([(0,18)]).circle(5).extrude(7)");
  const auto openings = of(s, FeatureKind::kOpening);
  ASSERT_EQ(openings.size(), 2u);
  const Feature* pocket = openings[0]->form == "rectangle" ? openings[0] : openings[1];
  const Feature* slot = openings[0]->form == "slot" ? openings[0] : openings[1];
  EXPECT_NEAR(pocket->length, 20, 1e-6);
  EXPECT_NEAR(pocket->width, 8, 1e-6);
  EXPECT_NEAR(pocket->depth, 4, 1e-6);
  EXPECT_FALSE(pocket->through);
  EXPECT_EQ(slot->form, "slot");
  EXPECT_TRUE(slot->through);
  EXPECT_NEAR(slot->length, 24, 1e-6);
  EXPECT_NEAR(slot->width, 6, 1e-6);
  const auto bosses = of(s, FeatureKind::kBoss);
  ASSERT_EQ(bosses.size(), 1u);
  EXPECT_NEAR(bosses[0]->diameter, 10, 1e-9);
  EXPECT_NEAR(bosses[0]->depth, 7, 1e-6);
}

TEST(Sheet, PatternsAndTurns) {
  const auto s = sheet_of(
      "cq.Workplane('XY').circle(50).extrude(8).faces('>Z').workplane().polarArray(35, 0, 360, "
      "6).hole(5)");
  ASSERT_EQ(s.patterns.size(), 1u);
  EXPECT_EQ(s.patterns[0].form, "circle");
  EXPECT_EQ(s.patterns[0].features.size(), 6u);
  EXPECT_NEAR(s.patterns[0].diameter, 70, 1e-3);
  EXPECT_EQ(s.symmetry.turns, 6);
  EXPECT_NEAR(std::abs(s.symmetry.axis.z), 1, 1e-6);
  const auto grid = sheet_of(
      "cq.Workplane('XY').box(100, 60, 5).faces('>Z').workplane().rarray(20, 15, 4, 3).hole(4)");
  ASSERT_EQ(grid.patterns.size(), 1u);
  EXPECT_EQ(grid.patterns[0].form, "grid");
  EXPECT_EQ(grid.patterns[0].rows * grid.patterns[0].columns, 12);
  EXPECT_NEAR(std::min(grid.patterns[0].pitch, grid.patterns[0].pitch_across), 15, 1e-6);
}

TEST(Sheet, RoundsChamfersDimples) {
  const auto s = sheet_of(
      "cq.Workplane('XY').box(40, 40, 20).edges('|Z').fillet(3).faces('>Z').edges().chamfer(1)");
  int rounds = 0;
  for (const Feature* f : of(s, FeatureKind::kRound))
    rounds += std::abs(f->diameter - 6) < 1e-6 && f->form == "outside";
  EXPECT_EQ(rounds, 4);
  EXPECT_GE(of(s, FeatureKind::kChamfer).size(), 4u);
  const auto dimpled = sheet_of(
      "cq.Workplane('XY').box(40, 40, 20).cut(cq.Workplane('XY').sphere(6).translate((0,0,12)))");
  const auto dimples = of(dimpled, FeatureKind::kDimple);
  ASSERT_EQ(dimples.size(), 1u);
  EXPECT_NEAR(dimples[0]->diameter, 12, 1e-6);
  EXPECT_NEAR(dimples[0]->depth, 4, 1e-6);
  EXPECT_EQ(of(dimpled, FeatureKind::kHole).size(), 0u);
}

TEST(Sheet, RoundPartAndTube) {
  const auto s = sheet_of("cq.Workplane('XZ').circle(10).circle(6).extrude(30)");
  const auto holes = of(s, FeatureKind::kHole);
  ASSERT_EQ(holes.size(), 1u);
  EXPECT_TRUE(holes[0]->through);
  EXPECT_TRUE(holes[0]->in_boss);
  EXPECT_NEAR(holes[0]->depth, 30, 1e-6);
  EXPECT_EQ(holes[0]->sides, sheet::kFront | sheet::kBack);
  EXPECT_EQ(s.symmetry.turns, 0);
  EXPECT_NEAR(s.wall.usual, 4, 0.05);
  EXPECT_NEAR(s.volume, kPi * (100 - 36) * 30, 1e-6);
}

TEST(Sheet, MeshSaysTheSame) {
  execute::Job job;
  job.code =
      "import cadquery as cq\nr = cq.Workplane('XY').box(100, 60, "
      "10).faces('>Z').workplane().rect(80, 40, forConstruction=True).vertices().cboreHole(6, 11, "
      "4).faces('>Z').workplane().hole(16, 5)\n";
  job.tessellate = true;
  const execute::Outcome outcome = executor().run(job);
  ASSERT_FALSE(outcome.failure);
  const auto mesh = sheet::make_sheet(sheet::survey_of_mesh(outcome.mesh), {});
  const auto program = sheet_of_program(job.code, "p.py", executor());
  const auto a = of(mesh, FeatureKind::kHole), b = of(program, FeatureKind::kHole);
  ASSERT_EQ(a.size(), b.size());
  ASSERT_EQ(a.size(), 5u);
  const auto summary = [](const std::vector<const Feature*>& holes) {
    std::vector<std::string> out;
    for (const Feature* f : holes)
      out.push_back(f->form + (f->through ? " through " : " blind ") +
                    std::to_string(std::lround(f->diameter * 100)) + " " +
                    std::to_string(std::lround(f->depth * 10)));
    std::sort(out.begin(), out.end());
    return out;
  };
  EXPECT_EQ(summary(a), summary(b));
  EXPECT_EQ(mesh.patterns.size(), program.patterns.size());
  EXPECT_NEAR(mesh.volume, program.volume, 1e-3 * program.volume);
  EXPECT_TRUE(of(mesh, FeatureKind::kOpening).empty());
}

TEST(Sheet, JsonAndTextHoldTogether) {
  const auto s = sheet_of("cq.Workplane('XY').box(10, 10, 10).faces('>Z').workplane().hole(3)");
  const auto j = nlohmann::json::parse(sheet::to_json(s));
  EXPECT_EQ(j["counts"]["features"]["hole"], 1);
  EXPECT_EQ(j["features"][0]["diameter"], 3.0);
  EXPECT_EQ(j["features"].size(), s.features.size());
  EXPECT_NE(sheet::to_text(s).find("plain hole ⌀3 through"), std::string::npos);
}

TEST(Load, ErrorsKeepTheirPlace) {
  try {
    sheet_of_program("import cadquery as cq\nr = cq.Workplane().box(1, 2)\n", "p.py", executor());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.place().line, 2);
  }
  EXPECT_THROW(load_sheet("/nowhere/a.stl", executor()), Error);
}

}  // namespace
}  // namespace cadrecode::ask
