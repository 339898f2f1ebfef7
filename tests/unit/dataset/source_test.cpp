#include "learning/dataset/source.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "learning/dataset/shard.h"

namespace cadrecode::dataset {
namespace {

namespace fs = std::filesystem;

class Source : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "source_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }
  std::string message(const std::string& path) const {
    try {
      open_rows(path);
      return "";
    } catch (const Error& e) {
      return e.what();
    }
  }
  std::string root_;
};

TEST_F(Source, JsonLinesWithBlankOnesAndWithoutIds) {
  const std::string path = root_ + "/rows.jsonl";
  write_file(path, "{\"code\": \"a\"}\n\n{\"id\": \"x\", \"code\": \"b\"}\r\n{\"code\": \"c\"}");
  const Rows rows = open_rows(path);
  ASSERT_EQ(rows.size, 3u);
  EXPECT_EQ(rows.at(0).id, "00000000");
  EXPECT_EQ(rows.at(1).id, "x");
  EXPECT_EQ(rows.at(2).id, "00000002");
  EXPECT_EQ(rows.at(2).code, "c");
}

TEST_F(Source, ADamagedRowIsToldByItsLine) {
  const std::string path = root_ + "/rows.jsonl";
  write_file(path, "{\"code\": \"a\"}\n\n{\"id\": 3}\n");
  const Rows rows = open_rows(path);
  EXPECT_EQ(rows.at(0).code, "a");
  try {
    rows.at(1);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.place().line, 3);
  }
}

TEST_F(Source, FoldersOfProgramsAtAnyDepth) {
  write_file(root_ + "/b/2.py", "two");
  write_file(root_ + "/a/1.py", "one");
  write_file(root_ + "/a/notes.txt", "no program");
  Rows rows = open_rows(root_);
  ASSERT_EQ(rows.size, 2u);
  EXPECT_EQ(rows.at(0).id, "1");
  EXPECT_EQ(rows.at(1).code, "two");
  write_file(root_ + "/b/1.py", "three");  // the name alone tells no more
  rows = open_rows(root_);
  EXPECT_EQ(rows.at(0).id, "a_1");
  EXPECT_EQ(rows.at(1).id, "b_1");
  write_file(root_ + "/a_1.py", "four");
  EXPECT_NE(message(root_).find("two files would be called 'a_1'"), std::string::npos);
}

TEST_F(Source, ASplitsErrorListIsObeyed) {
  write_file(root_ + "/train/batch_0001/0001.py", "good");
  write_file(root_ + "/train/batch_0001/0002.py", "bad");
  write_file(root_ + "/train/error_samples.json", "[\"batch_0001_0002\"]");
  const Rows rows = open_rows(root_ + "/train/");
  ASSERT_EQ(rows.size, 1u);
  EXPECT_EQ(rows.at(0).id, "batch_0001_0001");
  EXPECT_EQ(rows.at(0).code, "good");
}

TEST_F(Source, WhatIsNotThereIsNamed) {
  EXPECT_NE(message(root_ + "/none").find("is no file or folder"), std::string::npos);
  EXPECT_NE(message(root_).find("holds no file named like *.py"), std::string::npos);
  write_file(root_ + "/empty.jsonl", "\n");
  EXPECT_NE(message(root_ + "/empty.jsonl").find("holds no row"), std::string::npos);
  write_file(root_ + "/picture.png", "\x89PNG");
  EXPECT_NE(message(root_ + "/picture.png"), "");
}

// One face and one edge in the unit frame of a part 4 long around (2, 0, 0).
mesh::UvGrids one_face() {
  mesh::UvGrids grids;
  for (size_t i = 0; i < 400; ++i) {
    for (const float v : {0.5f, 0.25f, -1.0f, 1.0f, 0.0f, 0.0f, 1.0f}) grids.faces.push_back(v);
  }
  for (size_t i = 0; i < 20; ++i) {
    for (const float v : {0.5f, 0.25f, -1.0f, 0.0f, 0.0f, 1.0f}) grids.edges.push_back(v);
  }
  grids.edge_faces = {{0, 0}};
  grids.centre = {2, 0, 0};
  grids.scale = 0.5;
  return grids;
}

TEST_F(Source, GridsComeInTheFrameOfThePoints) {
  write_file(brep_path(root_, "a/b"), mesh::npz_bytes(one_face()));
  ASSERT_TRUE(fs::exists(root_ + "/a_b.npz"));
  const auto unit = read_brep(root_, "a/b", CloudFrame::kUnit, 0);
  EXPECT_EQ(unit->faces, one_face().faces);
  const auto raw = read_brep(root_, "a/b", CloudFrame::kRaw100, 0);
  EXPECT_FLOAT_EQ(raw->faces[0], 0.03f);  // (0.5 / 0.5 + 2) / 100
  EXPECT_FLOAT_EQ(raw->faces[1], 0.005f);
  EXPECT_FLOAT_EQ(raw->faces[3], 1.0f);
  EXPECT_FLOAT_EQ(raw->faces[6], 1.0f);
  EXPECT_FLOAT_EQ(raw->edges[2], -0.02f);
  EXPECT_FLOAT_EQ(raw->edges[5], 1.0f);
}

TEST_F(Source, GridsTurnWithTheProgram) {
  write_file(brep_path(root_, "p"), mesh::npz_bytes(one_face()));
  for (int k = 0; k < 24; ++k) {
    const Frame turn = cube_rotation(k);
    const auto turned = read_brep(root_, "p", CloudFrame::kRaw100, k);
    const Vec3 point = turn.direction_to_world({0.03, 0.005, -0.02});
    const Vec3 normal = turn.direction_to_world({1, 0, 0});
    for (int a = 0; a < 3; ++a) {
      EXPECT_NEAR(turned->faces[static_cast<size_t>(a)], point[a], 1e-7);
      EXPECT_NEAR(turned->faces[static_cast<size_t>(3 + a)], normal[a], 1e-7);
    }
  }
}

constexpr const char* kBox =
    "import cadquery as cq\nw0=cq.Workplane('XY',origin=(0,0,-50))\nr=w0.box(200,100,60)";

StreamOptions stream_options(Modality modality, const std::string& folder) {
  StreamOptions options;
  options.modality = modality;
  options.breps = folder;
  options.cloud.points = 16;
  return options;
}

TEST_F(Source, ASampleHoldsWhatItsModalitySays) {
  write_file(brep_path(root_, "p"), mesh::npz_bytes(one_face()));
  const Rows rows = {1, [](uint64_t) {
                       Row row;
                       row.id = "p", row.code = kBox;
                       return row;
                     }};
  const auto drawn = [&](Modality m, uint64_t k) {
    const Sample sample = SampleStream(rows, stream_options(m, root_)).at(k);
    EXPECT_EQ(sample.error, "");
    return std::pair(!sample.points.empty(), sample.brep != nullptr);
  };
  EXPECT_EQ(drawn(Modality::kPoints, 0), std::pair(true, false));
  EXPECT_EQ(drawn(Modality::kBrep, 0), std::pair(false, true));
  EXPECT_EQ(drawn(Modality::kBoth, 0), std::pair(true, true));
  int points = 0, breps = 0;
  for (uint64_t k = 0; k < 60; ++k) {
    const auto [p, b] = drawn(Modality::kMixed, k);
    EXPECT_TRUE(p || b);
    points += p, breps += b;
  }
  EXPECT_GT(points, 25);
  EXPECT_LT(points, 55);
  EXPECT_GT(breps, 25);
  EXPECT_LT(breps, 55);
}

TEST_F(Source, MissingOrDamagedGridsAreFailures) {
  const Rows rows = {1, [](uint64_t) {
                       Row row;
                       row.id = "p", row.code = kBox;
                       return row;
                     }};
  const SampleStream stream(rows, stream_options(Modality::kBoth, root_));
  EXPECT_NE(stream.at(0).error.find("p.npz"), std::string::npos);
  EXPECT_NE(stream.at(0).error.find("sample --brep"), std::string::npos);
  write_file(brep_path(root_, "p"), mesh::npz_bytes(one_face()).substr(0, 500));
  EXPECT_NE(stream.at(0).error, "");
  EXPECT_TRUE(stream.at(0).points.empty());
}

TEST_F(Source, NormalsFollowThePoints) {
  CloudOptions options;
  options.points = 32;
  options.noise_probability = 0;
  Row row;
  row.code = kBox;
  const Sample bare = draw(row, options, RandomStream(3));
  options.normals = true;
  const Sample sample = draw(row, options, RandomStream(3));
  ASSERT_EQ(sample.points.size(), 6u * 32);
  for (size_t i = 0; i < 32; ++i) {
    const float* p = &sample.points[6 * i];
    // The same points, and the normal of the box's side they lie on.
    for (size_t a = 0; a < 3; ++a) EXPECT_EQ(p[a], bare.points[3 * i + a]);
    const double half[3] = {1, 0.5, 0.3}, centre[3] = {0, 0, -0.5};
    double out = 0;
    for (int a = 0; a < 3; ++a) {
      if (std::abs(p[3 + a]) > 0.5) out = (p[a] - centre[a]) * p[3 + a] - half[a];
    }
    EXPECT_NEAR(out, 0, 1e-6) << i;
  }
}

}  // namespace
}  // namespace cadrecode::dataset
