#include "pipeline/parametrize/parametrize.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "geometry/part/build.h"
#include "geometry/prism/solid.h"
#include "pipeline/parametrize/program.h"
#include "pipeline/parametrize/ranges.h"

namespace cadrecode::parametrize {
namespace {

using part::Part;

const Frame kFloor;

// A plate 120 x 80 x 10 with four holes, a boss on it and a hole through both.
Part bracket() {
  std::vector<part::Loop> holes;
  for (const double x : {-50.0, 50.0}) {
    for (const double y : {-30.0, 30.0}) holes.push_back(part::circle({x, y}, 3));
  }
  Part p;
  p.steps.push_back(part::join(
      part::extrude(kFloor, part::profile(part::rectangle({0, 0}, 120, 80), holes), 10)));
  Frame top = kFloor;
  top.origin.z = 10;
  p.steps.push_back(part::join(part::extrude(top, part::profile(part::circle({20, 0}, 15)), 25)));
  p.steps.push_back(part::cut(part::extrude(kFloor, part::profile(part::circle({20, 0}, 8)), 35)));
  return p;
}

const Parameter& named(const Model& m, const std::string& name) {
  for (const Parameter& p : m.parameters) {
    if (p.name == name) return p;
  }
  throw Error(ErrorKind::kValue, "no parameter " + name + " in\n" + program_text(m));
}

double volume_with(const Model& m, const std::string& name, double value) {
  std::vector<double> values = m.values();
  for (size_t i = 0; i < values.size(); ++i) {
    if (m.parameters[i].name == name) values[i] = value;
  }
  return prism::volume(prism::Solid(evaluate(m, values)));
}

double difference(const Part& a, const Part& b) {
  const prism::Overlap o = prism::overlap(prism::Solid(a), prism::Solid(b));
  return (o.a + o.b - 2 * o.common) / o.a;
}

bool relates(const Model& m, Relation::Kind kind, const std::string& words) {
  for (const Relation& r : m.relations) {
    if (r.kind == kind && r.what.find(words) != std::string::npos) return true;
  }
  return false;
}

TEST(Parametrize, NamesWhatAnEngineerWould) {
  const Model m = parametrize(bracket());
  ASSERT_EQ(m.features.size(), 3u);
  EXPECT_EQ(m.features[0].name, "plate");
  EXPECT_EQ(m.features[1].name, "boss");
  EXPECT_EQ(m.features[0].outers[0].inner[0].name, "hole1");
  EXPECT_EQ(named(m, "plate_length").value, 120);
  EXPECT_EQ(named(m, "plate_thickness").value, 10);
  EXPECT_EQ(named(m, "hole1_spacing_x").value, 100);
  EXPECT_EQ(named(m, "hole1_diameter").value, 6);
  EXPECT_EQ(named(m, "boss_x").value, 20);
  EXPECT_EQ(named(m, "boss_height").value, 25);
  EXPECT_EQ(m.parameters.size(), 10u);
}

TEST(Parametrize, RebuildsTheSameSolid) {
  EXPECT_LT(difference(bracket(), evaluate(parametrize(bracket()))), 1e-9);
}

TEST(Parametrize, RelationsHoldWhenAThingMoves) {
  const Model m = parametrize(bracket());
  EXPECT_TRUE(relates(m, Relation::Kind::kConcentric, "hole2 with the middle of boss"));
  EXPECT_TRUE(relates(m, Relation::Kind::kAligned, "the bottom of boss with the top of plate"));
  // the hole stays through boss and plate, and within the boss
  const double pi = part::kPi;
  const double rest = 10 * (120 * 80 - 4 * pi * 9 - pi * 64) + 25 * pi * (225 - 64);
  EXPECT_NEAR(volume_with(m, "boss_x", -7), rest, 1e-6 * rest);
  EXPECT_NEAR(volume_with(m, "plate_thickness", 12), rest + 2 * (120 * 80 - pi * (36 + 64)),
              1e-6 * rest);
}

TEST(Parametrize, RangesSayWhyTheyEnd) {
  const Model m = parametrize(bracket());
  const Parameter& length = named(m, "plate_length");
  // the holes stand 100 apart and are 6 wide: at 106 they touch the edge
  EXPECT_GT(length.low, 106);
  EXPECT_LT(length.low, 107);
  EXPECT_NE(length.below.find("cross"), std::string::npos) << length.below;
  for (const Parameter& p : m.parameters) {
    EXPECT_LE(p.low, p.value) << p.name;
    EXPECT_GE(p.high, p.value) << p.name;
    EXPECT_GT(p.step, 0) << p.name;
  }
}

TEST(Parametrize, EverySingleMoveInRangeIsAValidPart) {
  const Model m = parametrize(bracket());
  for (size_t i = 0; i < m.parameters.size(); ++i) {
    for (const double share : {0.0, 0.2, 0.5, 0.8, 1.0}) {
      std::vector<double> values = m.values();
      const Parameter& p = m.parameters[i];
      values[i] = p.low + share * (p.high - p.low);
      EXPECT_TRUE(prism::verdict(evaluate(m, values)).valid()) << p.name << " " << values[i];
    }
  }
}

TEST(Parametrize, PatternsAreCounted) {
  std::vector<part::Loop> holes;
  for (int i = 0; i < 6; ++i)
    holes.push_back(
        part::circle({30 * std::cos(i * part::kPi / 3), 30 * std::sin(i * part::kPi / 3)}, 2));
  Part p;
  p.steps.push_back(
      part::join(part::extrude(kFloor, part::profile(part::circle({0, 0}, 40), holes), 6)));
  const Model m = parametrize(p);
  EXPECT_EQ(named(m, "hole_count").value, 6);
  EXPECT_TRUE(named(m, "hole_count").count);
  EXPECT_NEAR(named(m, "hole_circle_diameter").value, 60, 1e-9);
  EXPECT_NE(program_text(m).find(
                ".polarArray(hole_circle_diameter / 2, 0, 360, hole_count, rotate=False)"),
            std::string::npos);
  const double one = part::kPi * 4 * 6, disc = part::kPi * 1600 * 6;
  EXPECT_NEAR(volume_with(m, "hole_count", 8), disc - 8 * one, 1e-6 * disc);
}

TEST(Parametrize, OneWallAllRound) {
  Part p;
  p.steps.push_back(part::join(part::extrude(
      kFloor, part::profile(part::rectangle({0, 0}, 60, 40), {part::rectangle({0, 0}, 54, 34)}),
      20)));
  const Model m = parametrize(p);
  EXPECT_EQ(named(m, "frame_wall").value, 3);
  EXPECT_TRUE(relates(m, Relation::Kind::kOffset, "inside frame"));
  EXPECT_NEAR(volume_with(m, "frame_wall", 4), 20 * (60 * 40 - 52 * 32), 1e-6);
}

TEST(Parametrize, RoundedCornersShareARadius) {
  using part::Curve;
  const double r = 5, x = 30, y = 20, c = r * (1 - std::sqrt(0.5));
  part::Loop loop{
      {Curve::line({-x + r, -y}, {x - r, -y}),
       Curve::arc({x - r, -y}, {x - c, -y + c}, {x, -y + r}), Curve::line({x, -y + r}, {x, y - r}),
       Curve::arc({x, y - r}, {x - c, y - c}, {x - r, y}), Curve::line({x - r, y}, {-x + r, y}),
       Curve::arc({-x + r, y}, {-x + c, y - c}, {-x, y - r}),
       Curve::line({-x, y - r}, {-x, -y + r}),
       Curve::arc({-x, -y + r}, {-x + c, -y + c}, {-x + r, -y})}};
  Part p;
  p.steps.push_back(part::join(part::extrude(kFloor, part::profile(loop), 4)));
  const Model m = parametrize(p);
  EXPECT_EQ(named(m, "body_corner_radius").value, 5);
  EXPECT_EQ(m.parameters.size(), 4u);
  EXPECT_NEAR(volume_with(m, "body_corner_radius", 8), 4 * (2400 - (4 - part::kPi) * 64), 1e-6);
}

TEST(Parametrize, ObliqueFramesKeepTheirPlace) {
  Part p = bracket();
  Frame tilted;
  tilted.normal = normalized(Vec3{1, 2, 3});
  tilted.x = normalized(cross(Vec3{0, 0, 1}, tilted.normal));
  tilted.origin = {5, 6, 7};
  p.steps.push_back(
      part::join(part::extrude(tilted, part::profile(part::rectangle({3, 1}, 8, 6)), 30)));
  Frame turned = kFloor;
  turned.normal = {0, 0, -1};
  turned.x = normalized(Vec3{1, 1, 0});
  turned.origin = {1, 2, 4};
  p.steps.push_back(
      part::cut(part::extrude(turned, part::profile(part::polygon({{0, 0}, {9, 1}, {3, 5}})), 3)));
  const Model m = parametrize(p);
  EXPECT_LT(difference(p, evaluate(m)), 1e-6);
}

TEST(Parametrize, RefusesWhatIsNoSolid) {
  EXPECT_THROW(parametrize(Part{}), Error);
  EXPECT_THROW(part_of_program(
                   "import cadquery as cq\nr=cq.Workplane().box(1,2,3).edges().fillet(.1)", "f.py"),
               Error);
}

TEST(Parametrize, SetValues) {
  Model m = parametrize(bracket());
  set_values(m, {{"boss_diameter", 40}});
  EXPECT_EQ(named(m, "boss_diameter").value, 40);
  EXPECT_THROW(set_values(m, {{"bos_diameter", 4}}), Error);
  EXPECT_THROW(set_values(m, {{"hole1_spacing_x", 118}}), Error);
  EXPECT_EQ(named(m, "hole1_spacing_x").value, 100);
}

TEST(Parametrize, ReadsItsOwnPrograms) {
  const std::string text = program_text(parametrize(bracket()));
  const Part again = part_of_program(text, "bracket.py");
  EXPECT_LT(difference(bracket(), again), 1e-9);
  EXPECT_EQ(parametrize(again).parameters.size(), 10u);
}

TEST(Parametrize, TextIsTheSameEveryTime) {
  EXPECT_EQ(program_text(parametrize(bracket())), program_text(parametrize(bracket())));
  EXPECT_EQ(identifier("2nd bracket (old)"), "part_2nd_bracket_old");
  EXPECT_EQ(identifier("class"), "class_part");
  EXPECT_EQ(identifier(""), "part");
}

TEST(Pieces, CountsBodies) {
  Part p;
  p.steps.push_back(part::join(part::box({0, 0, 0}, {1, 1, 1})));
  p.steps.push_back(part::join(part::box({2, 0, 0}, {3, 1, 1})));
  EXPECT_EQ(count_pieces(p, 12), 2);
  p.steps.push_back(part::join(part::box({0.5, 0.4, 0.4}, {2.5, 0.6, 0.6})));
  EXPECT_EQ(count_pieces(p, 12), 1);
}

}  // namespace
}  // namespace cadrecode::parametrize
