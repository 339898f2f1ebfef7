// Real files against facts computed by trimesh and manifold
// (tools/reference/mesh_facts.py). Needs the corpora: CADRECODE_CORPUS, or
// ../shared/corpus beside the source; skipped loudly without.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "geometry/mesh/dexel.h"
#include "geometry/mesh/io.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"

namespace cadrecode::mesh {
namespace {

namespace fs = std::filesystem;

// The corpora, unpacked for the life of the test; empty without them.
class Corpus {
 public:
  Corpus() {
    const char* variable = std::getenv("CADRECODE_CORPUS");
    const fs::path source = variable ? fs::path(variable) : fs::path("../shared/corpus");
    folder_ = testing::TempDir() + "cadrecode_mesh_corpus_" + std::to_string(getpid());
    for (const char* archive : {"trimesh_models", "scans", "cadprompt_deepcad200"}) {
      const fs::path tar = source / (std::string(archive) + ".tar.xz");
      if (!fs::exists(tar)) return;
      fs::create_directories(folder_ / archive);
      const std::string command =
          "tar -xf '" + tar.string() + "' -C '" + (folder_ / archive).string() + "'";
      if (std::system(command.c_str()) != 0) return;
    }
    complete_ = true;
  }
  ~Corpus() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  bool complete() const { return complete_; }
  fs::path operator/(const std::string& path) const { return folder_ / path; }

 private:
  fs::path folder_;
  bool complete_ = false;
};

const Corpus& corpus() {
  static const Corpus instance;
  return instance;
}

std::vector<std::vector<std::string>> rows(const std::string& name) {
  std::ifstream file("tests/unit/mesh/facts/" + name);
  std::vector<std::vector<std::string>> table;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    table.emplace_back();
    for (std::string cell; std::getline(cells, cell, '\t');) table.back().push_back(cell);
  }
  EXPECT_FALSE(table.empty()) << name;
  return table;
}

TEST(MeshCorpus, FactsEqualTrimesh) {
  if (!corpus().complete()) GTEST_SKIP() << "NO CORPUS; set CADRECODE_CORPUS";
  for (const auto& row : rows("mesh_facts.tsv")) {
    SCOPED_TRACE(row[1]);
    const TriangleMesh m = read_mesh((corpus() / (row[0] + "/" + row[1])).string()).mesh;
    EXPECT_EQ(std::to_string(m.vertices.size()), row[2]);
    EXPECT_EQ(std::to_string(m.triangles.size()), row[3]);
    EXPECT_EQ(closedness(m).manifold() ? "1" : "0", row[4]);
    const Box3 box = bounding_box(m);
    // trimesh reads text PLY as float32; suzanne's quads are not flat, and their
    // two halves may be cut along either diagonal.
    const bool ply = row[1].ends_with(".ply"), bent = row[1].ends_with("suzanne.ply");
    const double rounding = ply ? 1e-6 : 1e-12;
    for (int a = 0; a < 3; ++a) {
      const auto cell = static_cast<size_t>(7 + a);
      EXPECT_NEAR(box.lo[a], std::stod(row[cell]), rounding * box.longest());
      EXPECT_NEAR(box.hi[a], std::stod(row[cell + 3]), rounding * box.longest());
    }
    EXPECT_NEAR(area(m), std::stod(row[6]), (bent ? 2e-4 : ply ? 1e-6 : 1e-9) * area(m));
    if (row[4] == "1") {
      EXPECT_NEAR(volume(m), std::stod(row[5]),
                  (ply ? 1e-6 : 1e-9) * box.size().x * box.size().y * box.size().z);
    }
  }
}

TriangleMesh unit_mesh(const std::string& path) {
  TriangleMesh m = read_mesh((corpus() / ("cadprompt_deepcad200/" + path)).string()).mesh;
  const Box3 box = bounding_box(m);
  for (Vec3& p : m.vertices) p = (p - box.center()) / box.longest();
  return m;
}

TEST(MeshCorpus, OverlapsEqualManifold) {
  if (!corpus().complete()) GTEST_SKIP() << "NO CORPUS; set CADRECODE_CORPUS";
  double sum = 0, largest = 0;
  int pairs = 0, judged = 0, within = 0;
  for (const auto& row : rows("mesh_iou.tsv")) {
    SCOPED_TRACE(row[0] + " " + row[1]);
    const DexelOverlap o = dexel_overlap(unit_mesh(row[0]), unit_mesh(row[1]), {.rays = 128});
    ++pairs;
    if (!o.verdict.ok()) continue;
    ++judged;
    const double error = std::abs(o.iou - std::stod(row[5]));
    EXPECT_LE(error, 1e-3);
    EXPECT_NEAR(o.volume_a, std::stod(row[2]), 1e-2 * o.volume_a + 1e-4);
    sum += error;
    largest = std::max(largest, error);
    within += error <= o.iou_error + 1e-6;
  }
  std::printf("%d pairs, %d judged; IoU error mean %.2g, largest %.2g; %d within the estimate\n",
              pairs, judged, sum / judged, largest, within);
  EXPECT_GE(judged, pairs * 95 / 100);
  EXPECT_LE(sum / judged, 1e-4);
  EXPECT_GE(within, judged * 80 / 100);
}

}  // namespace
}  // namespace cadrecode::mesh
