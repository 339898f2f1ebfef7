// The published CAD-Recode v1.5 programs against the meshes they were published with.
//
// Every 10th of the 1309 here; all of them with CADRECODE_CORPUS_STRIDE=1:
//   CADRECODE_CORPUS_STRIDE=1 build/dev/bin/test_cadquery --gtest_filter=Corpus.*
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "geometry/brep/facts.h"
#include "geometry/brep/tessellate.h"
#include "language/cadquery/run.h"

namespace cadrecode::cadquery {
namespace {

namespace fs = std::filesystem;

std::string corpus_file() {
  const char* given = std::getenv("CADRECODE_CORPUS");
  const fs::path folder = given ? fs::path(given) : fs::path("../shared/corpus");
  const fs::path file = folder / "cadrecode_v15_dev.jsonl.xz";
  return fs::exists(file) ? file.string() : "";
}

std::string unpacked(const std::string& path) {
  std::string text;
  FILE* pipe = popen(("xz -dc '" + path + "'").c_str(), "r");
  if (!pipe) return text;
  char block[1 << 16];
  for (size_t n; (n = fread(block, 1, sizeof block, pipe)) > 0;) text.append(block, n);
  pclose(pipe);
  return text;
}

// Empty when the program's solid agrees with the published mesh.
std::string disagreement(const nlohmann::json& row) {
  brep::Facts facts;
  // Box and volume of the tessellation, which is what was published: a chord lies inside its arc.
  Box3 box;
  double meshed = 0;
  try {
    const RunResult result = run_program(row["code"].get<std::string>());
    facts = result.facts;
    const auto mesh = brep::tessellate(brep::whole(result.bodies)).mesh;
    for (const auto& v : mesh.vertices) box.add(v);
    for (const auto& t : mesh.triangles) {
      meshed += dot(mesh.vertices[t[0]], cross(mesh.vertices[t[1]], mesh.vertices[t[2]])) / 6;
    }
  } catch (const Error& error) {
    return std::string(to_string(error.kind())) + " " + to_string(error.place()) + ": " +
           error.what();
  }
  if (!facts.valid) return "not valid";
  const double volume = row["mesh_volume"];
  if (std::abs(meshed - volume) > 0.005 * std::abs(volume)) {
    return "volume " + std::to_string(meshed) + ", mesh " + std::to_string(volume);
  }
  for (int axis = 0; axis < 3; ++axis) {
    const double lo = row["mesh_bbox"][0][axis], hi = row["mesh_bbox"][1][axis];
    if (std::abs(box.lo[axis] - lo) > 0.01 || std::abs(box.hi[axis] - hi) > 0.01) {
      return "box differs on axis " + std::to_string(axis);
    }
  }
  return "";
}

TEST(Corpus, PublishedProgramsGiveThePublishedSolids) {
  const std::string path = corpus_file();
  if (path.empty()) {
    GTEST_SKIP() << "NOT TESTED: no corpus (set CADRECODE_CORPUS to the folder that holds "
                    "cadrecode_v15_dev.jsonl.xz)";
  }
  const char* given = std::getenv("CADRECODE_CORPUS_STRIDE");
  const size_t stride = given ? std::max(1, std::atoi(given)) : 10;
  const std::string text = unpacked(path);
  size_t line = 0, tested = 0;
  for (size_t at = 0; at < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (line % stride == 0) {
      const auto row = nlohmann::json::parse(text.substr(at, end - at));
      EXPECT_EQ(disagreement(row), "") << row["id"];
      ++tested;
    }
    at = end + 1;
  }
  EXPECT_GE(tested, 1309 / stride);
}

}  // namespace
}  // namespace cadrecode::cadquery
