// From scan to program: what is answered, and that something always is.
#include "pipeline/reconstruct/reconstruct.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "geometry/prism/solid.h"
#include "pipeline/fit/propose.h"
#include "pipeline/fit/snap.h"
#include "pipeline/reconstruct/judge.h"
#include "unit/fit/shapes.h"

namespace cadrecode::reconstruct {
namespace {

using test::circle_corners;

mesh::TriangleMesh prism_mesh(const std::vector<Vec2>& corners, double lo, double hi) {
  return test::prism_mesh(corners, (corners[0] + corners[corners.size() / 2]) / 2, lo, hi);
}

Scan scan_of(mesh::TriangleMesh mesh) {
  Scan scan;
  scan.mesh = std::move(mesh);
  return scan;
}

Scan scan_of(const part::Part& part, size_t points) {
  Scan scan;
  scan.cloud.points = test::surface_points(part, points, 1);
  return scan;
}

TEST(Judge, TheTruePartBeatsShiftedScaledAndSimplerOnes) {
  const part::Part truth = test::plate();
  const Judge judge(scan_of(truth, 6000), 0);
  auto score = [&](const part::Part& p) {
    Candidate c;
    c.part = p;
    return judge.judge(c) ? c.score : -1e9;
  };
  const double best = score(truth);
  EXPECT_GT(best, 0.97);
  part::Part shifted = truth;
  shifted.steps[0].extrusion.end += 2;
  EXPECT_GT(best, score(shifted));
  part::Part filled = truth;
  filled.steps[0].extrusion.profile.regions[0].inner.clear();
  EXPECT_GT(best, score(filled));
  EXPECT_GT(best, score(fit::bounding_box_part({{-50, -30, 0}, {50, 30, 10}})));
}

TEST(Judge, ClosedMeshesHaveAnOverlapOpenOnesAReason) {
  auto mesh = prism_mesh({{0, 0}, {40, 0}, {40, 20}, {0, 20}}, 0, 10);
  Candidate c;
  c.part = fit::bounding_box_part({{0, 0, 0}, {40, 20, 5}});
  const Judge closed(scan_of(mesh), 0);
  ASSERT_TRUE(closed.judge(c));
  ASSERT_TRUE(c.iou.has_value());
  EXPECT_NEAR(*c.iou, 0.5, 0.03);
  mesh.triangles.pop_back();
  const Judge open(scan_of(mesh), 0);
  ASSERT_TRUE(open.judge(c));
  EXPECT_FALSE(c.iou.has_value());
  EXPECT_FALSE(open.open_reason().empty());
}

TEST(Judge, NonsenseIsRefusedNotThrown) {
  const Judge judge(scan_of(test::plate(), 3000), 0);
  Candidate c;
  EXPECT_FALSE(judge.judge(c));  // no steps
  c.part = test::plate();
  c.part.steps[0].extrusion.profile.regions[0].outer.curves.pop_back();  // open
  EXPECT_FALSE(judge.judge(c));
}

TEST(Snap, IntegersComeBackAndOddValuesStay) {
  part::Part p = test::plate();
  p.steps[0].extrusion.end = 10.0003;
  p.steps[0].extrusion.profile.regions[0].inner[0].curves[0].mid = {20.0004, 4.9997};
  p.steps[0].extrusion.profile.regions[0].inner[0].curves[0].radius = 12.4137;
  const part::Part s = fit::snapped(p, 0.1, 1e-4);
  EXPECT_EQ(s.steps[0].extrusion.end, 10);
  const auto& hole = s.steps[0].extrusion.profile.regions[0].inner[0].curves[0];
  EXPECT_EQ(hole.mid, (Vec2{20, 5}));
  EXPECT_NEAR(hole.radius, 12.4137, 1e-9);
}

TEST(Snap, AThinPlateKeepsItsThickness) {
  const auto r =
      reconstruct(scan_of(prism_mesh({{0, 0}, {0.75, 0}, {0.75, 0.5}, {0, 0.5}}, 0, 0.001953125)));
  EXPECT_NEAR(prism::volume(prism::Solid(r.part)) / (0.75 * 0.5 * 0.001953125), 1, 1e-3);
}

TEST(Reconstruct, BoxMeshIsExactlyTheBox) {
  const auto r = reconstruct(scan_of(prism_mesh({{1, 2}, {41, 2}, {41, 22}, {1, 22}}, 3, 13)));
  EXPECT_TRUE(r.valid);
  EXPECT_EQ(r.verdict, Verdict::kExact);
  ASSERT_TRUE(r.iou.has_value());
  EXPECT_GT(*r.iou, 0.999);
  ASSERT_EQ(r.part.steps.size(), 1u);
  EXPECT_NEAR(prism::volume(prism::Solid(r.part)), 8000, 1e-6);
  EXPECT_NE(r.program.find("cadquery"), std::string::npos);
}

TEST(Reconstruct, TessellatedCylinderHasItsTrueRadius) {
  const auto r = reconstruct(scan_of(prism_mesh(circle_corners(25, 48), 0, 30)));
  EXPECT_TRUE(r.valid);
  ASSERT_EQ(r.part.steps.size(), 1u);
  const auto& curve = r.part.steps[0].extrusion.profile.regions[0].outer.curves[0];
  EXPECT_EQ(curve.kind, part::Curve::Kind::kCircle);
  EXPECT_NEAR(curve.radius, 25, 1e-6);
}

TEST(Reconstruct, CloudsOfSeveralPartsAreGoodAndValid) {
  for (const auto& truth : {test::plate(), test::bracket(), test::shaft(), test::crossed()}) {
    const Scan scan = scan_of(truth, 8000);
    const auto r = reconstruct(scan, {.budget_seconds = 60});
    EXPECT_TRUE(r.valid);
    EXPECT_FALSE(r.iou.has_value());
    EXPECT_FALSE(r.iou_reason.empty());
    EXPECT_LE(r.verdict, Verdict::kGood) << r.reason;
    EXPECT_GT(prism::iou(prism::Solid(r.part), prism::Solid(truth)), 0.985);
  }
}

TEST(Reconstruct, SameSeedSameProgram) {
  const Scan scan = scan_of(test::crossed(), 5000);
  const Options options{.budget_seconds = 60};
  EXPECT_EQ(reconstruct(scan, options).program, reconstruct(scan, options).program);
}

Scan noisy_scan(const part::Part& truth, size_t count, double sigma) {
  Scan scan = scan_of(truth, count);
  RandomStream random(11);
  const auto normal = [&] {  // of twelve uniform numbers: near enough
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += random.next_uniform();
    return sum * sigma;
  };
  for (Vec3& p : scan.cloud.points) p += Vec3{normal(), normal(), normal()};
  return scan;
}

double score_of(const Reconstruction& r) {
  return r.candidates[static_cast<size_t>(r.chosen)].score;
}

TEST(Reconstruct, PartsFromOtherSourcesAreJudgedLikeItsOwn) {
  const part::Part truth = test::crossed();
  Options options;
  options.budget_seconds = 1;
  options.proposers.push_back([&](const Scan&, uint64_t) {
    return std::vector<Proposed>{{truth, "told"}, {part::Part{}, "nothing"}};
  });
  options.proposers.push_back([](const Scan&, uint64_t) -> std::vector<Proposed> {
    throw Error(ErrorKind::kInput, "no model");
  });
  const auto r = reconstruct(noisy_scan(truth, 4000, 0.5), options);
  const bool judged = std::any_of(r.candidates.begin(), r.candidates.end(),
                                  [](const Candidate& c) { return c.how.starts_with("told"); });
  EXPECT_TRUE(judged);
  EXPECT_GT(prism::iou(prism::Solid(r.part), prism::Solid(truth)), 0.95);
}

TEST(Reconstruct, NoiseLeavesPartsWhole) {
  for (const auto& truth : {test::bracket(), test::crossed()}) {
    const double size = prism::bounds(prism::Solid(truth)).longest();
    const auto r = reconstruct(noisy_scan(truth, 6000, 0.005 * size), {.budget_seconds = 1.5});
    EXPECT_TRUE(r.valid);
    EXPECT_GT(prism::iou(prism::Solid(r.part), prism::Solid(truth)), 0.95);
    ASSERT_TRUE(r.fit.misfit.has_value());
    EXPECT_LT(*r.fit.misfit, 0.3);
    EXPECT_LE(r.verdict, Verdict::kApproximate);
  }
}

TEST(Reconstruct, MoreBudgetIsNeverWorseAndNoiseIsRepeatable) {
  const Scan scan = noisy_scan(test::crossed(), 4000, 0.7);
  double before = -INFINITY;
  for (double budget : {0.6, 1.0, 2.0}) {
    const auto r = reconstruct(scan, {.budget_seconds = budget});
    EXPECT_TRUE(r.valid);
    EXPECT_GE(score_of(r), before) << budget;
    before = score_of(r);
  }
  const Options options{.budget_seconds = 1};
  EXPECT_EQ(reconstruct(scan, options).program, reconstruct(scan, options).program);
}

TEST(Likelihood, TheRightPartCostsLeast) {
  const Scan scan = noisy_scan(test::plate(), 6000, 0.2);
  const Judge judge(scan, 0);
  ASSERT_TRUE(judge.noisy());
  Candidate right, filled, doubled;
  right.part = test::plate();
  filled.part = test::plate();
  filled.part.steps[0].extrusion.profile.regions[0].inner.clear();
  // One more prism within the scatter of a face explains nothing.
  doubled.part = test::plate();
  auto more = doubled.part.steps[0];
  more.extrusion.start = more.extrusion.end + 0.2, more.extrusion.end += 0.5;
  doubled.part.steps.push_back(more);
  for (Candidate* c : {&right, &filled, &doubled}) ASSERT_TRUE(judge.judge(*c));
  EXPECT_GT(right.score, filled.score);
  EXPECT_GT(right.score, doubled.score);
  EXPECT_NEAR(*right.fit.misfit, 0, 0.2);
  EXPECT_NEAR(right.fit.noise, 0.2, 0.05);
  EXPECT_GT(judge.quick_score(right.part), judge.quick_score(filled.part));
}

TEST(Reconstruct, ASphereStillGetsAValidHonestAnswer) {
  Scan scan;
  RandomStream random(3);
  while (scan.cloud.points.size() < 3000) {
    const Vec3 p{random.next_uniform(-1, 1), random.next_uniform(-1, 1),
                 random.next_uniform(-1, 1)};
    if (norm(p) > 0.1 && norm(p) < 1) scan.cloud.points.push_back(normalized(p) * 20);
  }
  const auto r = reconstruct(scan);
  EXPECT_TRUE(r.valid);
  EXPECT_GE(r.verdict, Verdict::kApproximate);
}

TEST(Reconstruct, RefusesWhatHasNoExtent) {
  EXPECT_THROW(reconstruct(Scan{}), Error);
  Scan flat;
  for (int i = 0; i < 50; ++i) flat.cloud.points.push_back({i * 1.0, i % 7 * 1.0, 0});
  EXPECT_THROW(reconstruct(flat), Error);
}

TEST(Reconstruct, WritesProgramSolidMeshPictureAndReport) {
  const Scan scan = scan_of(prism_mesh({{0, 0}, {40, 0}, {40, 20}, {0, 20}}, 0, 10));
  const auto r = reconstruct(scan, {.units = "mm"});
  const auto dir = std::filesystem::temp_directory_path() / "cadrecode_reconstruct_test";
  const auto written = write_outputs(r, scan, dir.string(), "box");
  for (const char* ending : {".py", ".step", ".stl", ".svg", ".png", ".json"})
    EXPECT_TRUE(std::filesystem::exists(dir / ("box" + std::string(ending)))) << ending;
  for (const auto& path : written) EXPECT_GT(std::filesystem::file_size(path), 0u) << path;
  EXPECT_NE(read_file((dir / "box.py").string()).find("import cadquery"), std::string::npos);
  const auto row = nlohmann::json::parse(read_file((dir / "box.json").string()));
  for (const char* key : {"id", "status", "valid", "cd", "iou", "seconds", "candidates", "chosen",
                          "code", "verdict", "reason", "fit", "unit"})
    EXPECT_TRUE(row.contains(key)) << key;
  EXPECT_EQ(row["unit"], "mm");
  EXPECT_EQ(row["status"], "ok");
  std::filesystem::remove_all(dir);
}

// A kernel that merges the faces of this one spoils it (OCCT 7.6): the program
// then leaves the seams in.
TEST(Reconstruct, ARingWithABlockThroughItsWallIsBuilt) {
  using namespace part;
  const Frame at = named_plane("YZ", {2, 0, 0});
  const Part truth{{join({at, profile(circle({34, 0}, 66), {circle({34, 0}, 56)}), -13, 8}),
                    join({at, profile(rectangle({-60, -28}, 80, 70)), 0, 8})}};
  const auto result = reconstruct(scan_of(truth, 8000));
  EXPECT_TRUE(result.valid);
  EXPECT_GT(prism::iou(prism::Solid(truth), prism::Solid(result.part)), 0.97);
}

TEST(Verdict, NoiseAndMissingViewsCostCertainty) {
  Candidate c;
  c.part = test::plate();
  c.fit = {.p95 = 0.1, .covered = 1};
  std::string reason;
  EXPECT_EQ(verdict_of(c, 100, 1, reason), Verdict::kExact);
  c.fit.unseen = 0.07;
  EXPECT_EQ(verdict_of(c, 100, 1, reason), Verdict::kGood);
  c.fit.unseen = 0.2;
  EXPECT_EQ(verdict_of(c, 100, 1, reason), Verdict::kApproximate);
  c.fit = {.p95 = 1, .covered = 1, .noise = 0.5};
  EXPECT_EQ(verdict_of(c, 100, 1, reason), Verdict::kGood);
  c.fit.noise = 4;  // of a plate 10 thick
  EXPECT_EQ(verdict_of(c, 100, 1, reason), Verdict::kPoor);
}

}  // namespace
}  // namespace cadrecode::reconstruct
