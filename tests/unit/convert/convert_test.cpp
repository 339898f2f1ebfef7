#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "geometry/part/build.h"
#include "geometry/part/loop.h"
#include "geometry/prism/solid.h"
#include "language/dialect/recognise.h"
#include "learning/convert/batch.h"
#include "learning/convert/facets.h"
#include "learning/convert/loops.h"
#include "learning/convert/program.h"
#include "learning/convert/sequence.h"
#include "learning/dataset/shard_set.h"

namespace cadrecode::convert {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using part::kPi;

// Hand-made, in the archives' formats (no archive's own file is in the project).
std::string deepcad() { return read_file("tests/unit/convert/data/deepcad_plate.json"); }
std::string fusion() { return read_file("tests/unit/convert/data/fusion_ring.json"); }

void expect_box(const Box3& box, Vec3 lo, Vec3 hi) {
  for (int a = 0; a < 3; ++a) {
    EXPECT_NEAR(box.lo[a], lo[a], 1e-6);
    EXPECT_NEAR(box.hi[a], hi[a], 1e-6);
  }
}

TEST(Sequence, DeepcadMeasuresRight) {
  const Sequence s = read_sequence(deepcad(), Archive::kDeepcad, "f");
  ASSERT_EQ(s.part.steps.size(), 3u);
  const prism::Solid solid(s.part);
  EXPECT_NEAR(prism::volume(solid), 4 * (800 - 25 + 6.25 * kPi - 9 * kPi + 150) - kPi, 1e-6);
  expect_box(prism::bounds(solid), {0, -2, -2}, {50, 21, 2});
  expect_box(s.box, {0, -2, -2}, {50, 21, 2});
}

TEST(Sequence, NeighbouringProfilesShareNoWall) {
  const Sequence s = read_sequence(deepcad(), Archive::kDeepcad, "f");
  ASSERT_EQ(s.part.steps[0].extrusion.profile.regions.size(), 1u);
  EXPECT_EQ(s.part.steps[0].extrusion.profile.regions[0].inner.size(), 1u);
}

TEST(Sequence, FusionMeasuresRight) {
  const Sequence s = read_sequence(fusion(), Archive::kFusion360, "f");
  const prism::Solid solid(s.part);
  const double beyond = 400 * std::acos(0.75) - 15 * std::sqrt(175.0);
  EXPECT_NEAR(prism::volume(solid), 20 * (300 * kPi - beyond), 1e-5);
  expect_box(prism::bounds(solid), {-10, -15, -10}, {10, 20, 30});
  EXPECT_TRUE(s.box.empty());
}

TEST(Sequence, NumbersBeyondMeasureAreRefused) {  // found by sequence_fuzz
  EXPECT_THROW(read_sequence("{\"a\": 1E2222222222}", Archive::kDeepcad, "x.json"), Error);
}

TEST(Sequence, EveryPrefixIsRefusedWithItsPlace) {
  for (const std::string& text : {deepcad(), fusion()}) {
    const size_t end = text.find_last_of('}');
    for (size_t n = 0; n <= end; ++n) {
      try {
        read_sequence(text.substr(0, n), Archive::kDeepcad, "cut.json");
        ADD_FAILURE() << n;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kInput);
        EXPECT_EQ(error.place().file, "cut.json");
        EXPECT_GE(error.place().line, 1);
        EXPECT_NE(std::string(error.what()).find("cut off"), std::string::npos)
            << n << error.what();
      }
    }
  }
}

// What `change` does to the good file is refused with a message that names
// `word` and the place in the text.
void refused(const std::function<void(json&)>& change, ErrorKind kind, const std::string& word) {
  json text = json::parse(deepcad());
  change(text);
  try {
    read_sequence(text.dump(), Archive::kDeepcad, "f.json");
    ADD_FAILURE() << word;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    EXPECT_EQ(error.place().file, "f.json");
    EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
  }
}

TEST(Sequence, WhatCannotBeSaidIsNamed) {
  using K = ErrorKind;
  const auto entity = [](const char* id) {
    return [id](json& j) -> json& { return j["entities"][id]; };
  };
  const auto e0 = entity("E0"), s0 = entity("S0"), s1 = entity("S1");
  const auto curve = [&](json& j) -> json& {
    return s0(j)["profiles"]["P"]["loops"][1]["profile_curves"][2];
  };
  refused([&](json& j) { e0(j)["profiles"] = json::array(); }, K::kUnsupported,
          "entities.E0: an extrusion without profiles");
  refused([&](json& j) { e0(j)["extent_one"]["taper_angle"]["value"] = 0.1; }, K::kUnsupported,
          "tapered");
  refused([&](json& j) { e0(j)["extent_one"]["type"] = "ToEntityExtentDefinition"; },
          K::kUnsupported, "ToEntity");
  refused([&](json& j) { e0(j)["extent_one"]["distance"]["value"] = 0; }, K::kGeometry,
          "without height");
  refused([&](json& j) { e0(j)["operation"] = "CutFeatureOperation"; }, K::kUnsupported,
          "first extrusion");
  refused([&](json& j) { e0(j)["operation"] = "NewComponent"; }, K::kUnsupported, "NewComponent");
  refused([&](json& j) { e0(j)["extent_type"] = "AllFeatureExtentType"; }, K::kUnsupported,
          "AllFeature");
  refused([&](json& j) { e0(j)["start_extent"]["type"] = "EntityStart"; }, K::kUnsupported,
          "EntityStart");
  refused([&](json& j) { e0(j).erase("extent_one"); }, K::kInput, "'extent_one' is missing");
  refused([&](json& j) { e0(j)["extent_one"]["distance"]["value"] = "1"; }, K::kInput,
          "is no number");
  refused([&](json& j) { e0(j)["profiles"][0]["profile"] = "no"; }, K::kInput, "'no' is missing");
  refused([&](json& j) { s1(j)["transform"]["x_axis"]["x"] = 0.9; }, K::kUnsupported, "axes");
  refused([&](json& j) { curve(j)["type"] = "NurbsCurve3D"; }, K::kUnsupported,
          "loops[1].profile_curves[2]: a curve 'NurbsCurve3D'");
  refused([&](json& j) { curve(j)["end_angle"] = 1.0; }, K::kGeometry, "angles");
  refused([&](json& j) { curve(j)["start_point"]["z"] = 0.01; }, K::kUnsupported, "off the sketch");
  refused([&](json& j) { curve(j)["end_point"]["x"] = 1e300; }, K::kInput, "too large");
  refused([&](json& j) { s0(j)["profiles"]["P"]["loops"][1]["profile_curves"].erase(0); },
          K::kGeometry, "does not close");
  refused([&](json& j) { j["sequence"][1]["type"] = "RevolveFeature"; }, K::kUnsupported,
          "Revolve");
  refused([&](json& j) { j["sequence"] = json::array(); }, K::kUnsupported, "without extrusions");
  refused([&](json& j) { j["sequence"] = 3; }, K::kInput, "is no list");
}

TEST(Sequence, ArcsGoBothWays) {
  // The arc's ends swapped: the same set of points.
  json text = json::parse(deepcad());
  json& arc = text["entities"]["S0"]["profiles"]["P"]["loops"][1]["profile_curves"][2];
  std::swap(arc["start_point"], arc["end_point"]);
  const Sequence a = read_sequence(deepcad(), Archive::kDeepcad, "f"),
                 b = read_sequence(text.dump(), Archive::kDeepcad, "f");
  EXPECT_NEAR(prism::iou(prism::Solid(a.part), prism::Solid(b.part)), 1, 1e-9);
}

TEST(Loops, ChainsAnyOrderAndDirection) {
  using part::Curve;
  const Vec2 p[4] = {{0, 0}, {4, 0}, {4, 3}, {0, 3}};
  std::vector<Curve> curves = {Curve::line(p[0], p[1]), Curve::line(p[1], p[2]),
                               Curve::line(p[2], p[3]), Curve::line(p[3], p[0])};
  std::vector<int> order = {0, 1, 2, 3};
  do {
    for (int flips = 0; flips < 16; ++flips) {
      std::vector<Curve> in;
      for (const int i : order)
        in.push_back(flips >> i & 1 ? part::reversed(curves[i]) : curves[i]);
      const part::Loop loop = chain(in, 1e-5);
      ASSERT_EQ(part::check(loop), part::LoopFault::kNone);
      EXPECT_NEAR(std::abs(part::signed_area(loop)), 12, 1e-12);
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Loops, SmallGapsAreClosedLargeOnesNamed) {
  using part::Curve;
  const auto triangle = [](double gap) {
    return std::vector<Curve>{Curve::line({0, 0}, {4, 0}), Curve::line({4, gap}, {0, 3}),
                              Curve::line({0, 3}, {gap, 0})};
  };
  const part::Loop loop = chain(triangle(1e-6), 1e-5);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(loop.curves[i].end, loop.curves[(i + 1) % 3].start);
  EXPECT_THROW(chain(triangle(1e-3), 1e-5), Error);
}

TEST(Loops, HolesMayTouchTheOutside) {
  const part::Profile p =
      profile_of({part::rectangle({1, 1}, 2, 2), part::rectangle({5, 5}, 10, 10),
                  part::rectangle({5, 5}, 2, 2)});
  EXPECT_NEAR(part::area(p), 100 - 4 - 4, 1e-9);
}

TEST(Facets, AreChordsFromTheXAxis) {
  part::Part p;
  p.steps.push_back(part::join(part::cylinder({}, 2, 5)));
  const part::Part f = faceted(p, 10);
  ASSERT_EQ(f.steps[0].extrusion.profile.regions[0].outer.curves.size(), 36u);
  EXPECT_NEAR(prism::volume(prism::Solid(f)), 5 * 36 * 2 * std::sin(kPi / 18), 1e-9);
  EXPECT_EQ(f.steps[0].extrusion.profile.regions[0].outer.curves[0].start, (Vec2{2, 0}));
}

TEST(Program, ExactFormIsShortAndTheSame) {
  const Sequence s = read_sequence(deepcad(), Archive::kDeepcad, "f");
  const Program p = to_program(s.part, Form::kExact);
  EXPECT_EQ(p.iou, 1);
  EXPECT_NEAR(prism::iou(prism::Solid(s.part), prism::Solid(p.part)), 1, 1e-6);
  EXPECT_EQ(*dialect::recognise(p.code).part, p.part);
  EXPECT_EQ(p.code.find("00000"), std::string::npos) << p.code;
  expect_box(p.box, {0, -2, -2}, {50, 21, 2});
}

TEST(Program, QuantisedFormIsOfIntegersWithin100) {
  const Program p =
      to_program(read_sequence(fusion(), Archive::kFusion360, "f").part, Form::kQuantised);
  EXPECT_GT(p.iou, 0.97);
  EXPECT_NEAR(p.box.longest(), 200, 2);
  for (const part::Step& step : p.part.steps) {
    EXPECT_EQ(step.extrusion.start, std::round(step.extrusion.start));
    for (const part::Region& r : step.extrusion.profile.regions) {
      for (const part::Curve& c : r.outer.curves) EXPECT_EQ(c.radius, std::round(c.radius));
    }
  }
  const dataset::Row row = to_row(p, "ring", "fusion360");
  EXPECT_EQ(dataset::from_line(dataset::to_line(row)), row);
}

TEST(Program, WhatRoundingLosesIsRefused) {
  part::Part thin;
  thin.steps.push_back(part::join(part::box({0, 0, 0}, {1000, 1000, 1})));
  EXPECT_NO_THROW(to_program(thin, Form::kExact));
  EXPECT_THROW(to_program(thin, Form::kQuantised), Error);
}

TEST(Program, OthersProgramsComeAsTheyAre) {
  const std::string box = "import cadquery as cq\nr=cq.Workplane('XY').box(1,2,3)";
  const dataset::Row row = read_program(box, "b", "s");
  EXPECT_EQ(row.code, box);
  EXPECT_NEAR(*row.volume, 6, 1e-12);
  EXPECT_TRUE(row.hash);
  EXPECT_FALSE(read_program("import cadquery as cq\nr=cq.Workplane().sphere(3)", "b", "s").volume);
  EXPECT_THROW(read_program("r=(", "b", "s"), Error);
}

// The volume is CadQuery 2.8's for the same text.
TEST(Program, GenCadsWayOfAddingLoops) {
  const std::string head =
      "import cadquery as cq\n"
      "wp_sketch0 = cq.Workplane(cq.Plane(cq.Vector(-0.75, 0.0, 0.0), cq.Vector(1.0, 0.0, 0.0), "
      "cq.Vector(0.0, 0.0, 1.0)))\n"
      "loop0=wp_sketch0.moveTo(1.5, 0.0).lineTo(1.5, 0.5).threePointArc((0.75, 0.8), (0.0, "
      "0.5)).lineTo(0.0, 0.0).close()\n"
      "loop1=wp_sketch0.moveTo(0.75, 0.3).circle(0.1)\n"
      "solid0=wp_sketch0.add(loop0).add(loop1).extrude(0.75)\n"
      "solid=solid0\n";
  const std::string tail =
      "wp_sketch1 = cq.Workplane(cq.Plane(cq.Vector(0.0, 0.2, 0.75), cq.Vector(1.0, 0.0, 0.0), "
      "cq.Vector(0.0, 0.0, 1.0)))\n"
      "loop2=wp_sketch1.moveTo(0.2, 0.0).circle(0.1)\n"
      "solid1=wp_sketch1.add(loop2).extrude(0.25)\n"
      "solid=solid.union(solid1)\n"
      "wp_sketch2 = cq.Workplane(cq.Plane(cq.Vector(0.0, 0.2, 0.75), cq.Vector(1.0, 0.0, 0.0), "
      "cq.Vector(0.0, 0.0, 1.0)))\n"
      "loop3=wp_sketch2.moveTo(0.3, 0.1).circle(0.05)\n"
      "solid2=wp_sketch2.add(loop3).extrude(-0.5)\n"
      "solid=solid.cut(solid2)\n";
  const dialect::Recognition all = dialect::recognise(head + tail);
  ASSERT_TRUE(all.part) << all.reason;
  EXPECT_EQ(all.part->steps.size(), 3u);
  EXPECT_NEAR(prism::volume(prism::Solid(*all.part)), 0.7749086635002569, 1e-9);
  // add() changed wp_sketch0 itself: a circle there would lie elsewhere.
  EXPECT_FALSE(dialect::recognise(head + "r=wp_sketch0.circle(1).extrude(1)").part);
  EXPECT_FALSE(dialect::recognise(head + "r=cq.Workplane().add(loop0).extrude(1)").part);
}

// ---- batches ----------------------------------------------------------------------

class Batches : public testing::Test {
 protected:
  Batches() {
    std::string name = (fs::temp_directory_path() / "cadrecode-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    for (int i = 0; i < 40; ++i) {
      write_file(at("in/" + std::to_string(i / 10) + "/p" + std::to_string(100 + i) + ".py"),
                 i % 7 == 3 ? "r=("
                            : "import cadquery as cq\nr=cq.Workplane('XY').box(" +
                                  std::to_string(1 + i % 15) + ",2,3)");
    }
  }
  ~Batches() override { fs::remove_all(root_); }
  std::string at(const std::string& name) const { return (fs::path(root_) / name).string(); }

  BatchOptions options(const std::string& out) const {
    BatchOptions o;
    o.out = at(out), o.settings = "test", o.shard_rows = 4, o.drop_duplicates = true, o.threads = 2;
    o.convert = [this](const Input& input) {
      return read_program(read_file(at("in/" + input.file)), input.id, "s");
    };
    return o;
  }
  std::string all_files(const std::string& out) const {
    std::vector<fs::path> files;
    for (const auto& f : fs::directory_iterator(at(out))) files.push_back(f.path());
    std::sort(files.begin(), files.end());
    std::string text;
    for (const auto& f : files) text += f.filename().string() + "\n" + read_file(f.string());
    return text;
  }
  std::string root_;
};

TEST_F(Batches, RowsFailuresAndDuplicates) {
  const auto inputs = find_inputs(at("in"), "*.py");
  ASSERT_EQ(inputs.size(), 40u);
  EXPECT_EQ(inputs[12].id, "p112");
  const BatchSummary sum = run_batch(inputs, options("out"));
  EXPECT_TRUE(sum.finished);
  EXPECT_EQ(sum.failed, 6u);
  EXPECT_EQ(sum.rows + sum.failed + sum.duplicates, 40u);
  EXPECT_EQ(sum.rows, 15u);
  const dataset::ShardSet set(at("out"));
  EXPECT_EQ(set.size(), 15u);
  const std::string failures = read_file(at("out/failures.jsonl"));
  EXPECT_NE(failures.find("\"kind\":\"syntax\""), std::string::npos) << failures;
  EXPECT_NE(failures.find("\"duplicate_of\":\"p100\""), std::string::npos) << failures;
}

TEST_F(Batches, StoppedAnywhereItEndsTheSame) {
  const auto inputs = find_inputs(at("in"), "*.py");
  run_batch(inputs, options("straight"));
  const std::string expected = all_files("straight");
  for (size_t stop = 0; stop < 40; stop += 3) {
    const std::string out = "stopped" + std::to_string(stop);
    BatchOptions killed = options(out);
    killed.threads = 1;
    // As if killed: an exception out of the middle, the rest never written.
    size_t seen = 0;
    killed.check = {};
    killed.convert = [&, inner = killed.convert](const Input& i) {
      if (seen++ == stop) throw 1;
      return inner(i);
    };
    EXPECT_ANY_THROW(run_batch(inputs, killed));
    run_batch(inputs, options(out));
    EXPECT_EQ(all_files(out), expected) << stop;
  }
}

TEST_F(Batches, GoesOnBehindTheLastShard) {
  const auto inputs = find_inputs(at("in"), "*.py");
  run_batch(inputs, options("straight"));
  const std::string expected = all_files("straight");
  fs::create_directories(at("cut"));
  // What a kill in the third shard leaves: two shards, and failures beyond them.
  for (const char* name : {"shard-00000.jsonl.zst", "shard-00001.jsonl.zst", "failures.jsonl"}) {
    fs::copy(at("straight/" + std::string(name)), at("cut/" + std::string(name)));
  }
  write_file(at("cut/failures.jsonl"),
             read_file(at("straight/failures.jsonl")) + "{\"index\": 39, \"id");
  const BatchSummary sum = run_batch(inputs, options("cut"));
  EXPECT_GT(sum.resumed_at, 0u);
  EXPECT_EQ(all_files("cut"), expected);
  const BatchSummary again = run_batch(inputs, options("cut"));
  EXPECT_EQ(again.resumed_at, 40u);
  EXPECT_EQ(again.rows, sum.rows);
  EXPECT_EQ(again.failed, sum.failed);
  EXPECT_EQ(all_files("cut"), expected);
}

TEST_F(Batches, OtherInputsAreRefused) {
  run_batch(find_inputs(at("in"), "*.py"), options("out"));
  write_file(at("in/new.py"), "r=1");
  EXPECT_THROW(run_batch(find_inputs(at("in"), "*.py"), options("out")), Error);
  EXPECT_THROW(find_inputs(at("in"), "*.json"), Error);
  EXPECT_THROW(find_inputs(at("nowhere"), "*.py"), Error);
}

TEST_F(Batches, ChecksMayRefuseAndFillIn) {
  BatchOptions o = options("out");
  o.drop_duplicates = false;
  o.check = [](std::vector<dataset::Row>& rows) {
    std::vector<Check> out(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      rows[i].source = "checked";
      out[i].json = R"({"id": ")" + rows[i].id + R"("})";
      if (rows[i].id == "p105") out[i].refusal = Error(ErrorKind::kGeometry, "no");
    }
    return out;
  };
  const BatchSummary sum = run_batch(find_inputs(at("in"), "*.py"), o);
  EXPECT_EQ(sum.failed, 7u);
  EXPECT_EQ(dataset::ShardSet(at("out")).row(0).source, "checked");
  EXPECT_NE(read_file(at("out/checks.jsonl")).find("{\"index\":5,\"id\":\"p105\"}"),
            std::string::npos);
}

}  // namespace
}  // namespace cadrecode::convert
