// The folder layout of CAD-Recode v1.5 and OpenCADRecode, and the defects of the
// latter's tools that are gone, by their numbers in the project's specification
// (opencadrecode_spec, section 9, "Data").
#include "learning/dataset/folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "geometry/cloud/io.h"

namespace cadrecode::dataset {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBox = "import cadquery as cq\nr=cq.Workplane('XY').box(20,10,4)";
constexpr const char* kPlate = "import cadquery as cq\nr=cq.Workplane('YZ').box(120,90,4)";

class Folder : public testing::Test {
 protected:
  Folder() {
    std::string name = (fs::temp_directory_path() / "cadrecode-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    put("train/batch_01/a.py", kBox);
    put("train/batch_01/b.py", kPlate);
    put("train/batch_02/a.py", kPlate);
    put("train/other/c.py", kBox);
    put("train/batch_02/deeper/d.py", kBox);
    put("val/x.py", kBox);
    put("val/y.py", kPlate);
    put("val/notes.txt", "");
  }
  ~Folder() override { fs::remove_all(root_); }

  std::string at(const std::string& name) const { return (fs::path(root_) / name).string(); }
  void put(const std::string& name, const std::string& text) const { write_file(at(name), text); }
  std::vector<std::string> ids(const std::string& split) const {
    std::vector<std::string> out;
    for (const FolderSample& s : read_split(at(split))) out.push_back(s.sample_id);
    return out;
  }

  std::string root_;
};
using Ids = std::vector<std::string>;

TEST_F(Folder, IdsAndFields) {
  const auto samples = scan_split(root_, "train");
  ASSERT_EQ(samples.size(), 3u);
  EXPECT_EQ(samples[0].sample_id, "batch_01_a");
  EXPECT_EQ(samples[0].relative_path, "batch_01/a.py");
  EXPECT_EQ(samples[0].split, "train");
  EXPECT_EQ(read_code(at("train"), samples[0]), kBox);
}

TEST_F(Folder, Defect7_IndicesAreWrittenWhereTheyAreRead) {
  EXPECT_EQ(write_indices(root_, {"train", "val"}, false), 5u);
  EXPECT_TRUE(fs::exists(at("train/train_index.json")));
  EXPECT_TRUE(fs::exists(at("index.json")));
  put("train/batch_01/new.py", kBox);  // not in the index: so it is the index that is read
  EXPECT_EQ(ids("train"), (Ids{"batch_01_a", "batch_01_b", "batch_02_a"}));
  EXPECT_EQ(write_indices(root_, {"train"}, true), 4u);
  EXPECT_EQ(ids("train").size(), 4u);
}

TEST_F(Folder, Defect8_FlatSplitsAreScanned) { EXPECT_EQ(ids("val"), (Ids{"x", "y"})); }

TEST_F(Folder, Defect9_AnErrorIsOneSamples) {
  add_error_samples(at("train"), {"batch_01_a"});
  EXPECT_EQ(ids("train"), (Ids{"batch_01_b", "batch_02_a"}));
  EXPECT_EQ(write_indices(root_, {"train"}, true), 2u);
}

TEST_F(Folder, Defect10and11_AllErrorsOfAPassWhereTheyAreRead) {
  for (const char* name : {"val/bad1.py", "val/bad2.py", "val/bad3.py"}) put(name, "r=(");
  const auto summary = make_caches(at("val"), read_split(at("val")), 256, 0, 2);
  EXPECT_EQ(summary.failed.size(), 3u);
  EXPECT_EQ(read_error_samples(at("val")), (Ids{"bad1", "bad2", "bad3"}));
  EXPECT_EQ(ids("val"), (Ids{"x", "y"}));
  EXPECT_FALSE(fs::exists(at("val/point_cloud_cache/error_samples.json")));
}

TEST_F(Folder, Defect12_NothingIsExecuted) {
  const std::string mark = at("mark");
  put("val/evil.py", "open('" + mark + "','w')\nwhile True: pass\n");
  const auto summary = make_caches(at("val"), read_split(at("val")), 256, 0, 1);
  ASSERT_EQ(summary.failed.size(), 1u);
  EXPECT_FALSE(fs::exists(mark));
}

TEST_F(Folder, Defect13_AWrongCacheIsDrawnAgain) {
  const auto samples = read_split(at("val"));
  EXPECT_EQ(make_caches(at("val"), samples, 256, 0, 2).made, 2u);
  const std::string path = cache_path(at("val"), "x"), good = read_file(path);
  for (size_t n = 0; n < good.size(); n += 97) {
    write_file(path, good.substr(0, n));
    EXPECT_THROW(read_cache(path), Error);
  }
  const auto summary = make_caches(at("val"), samples, 256, 0, 2);
  EXPECT_EQ(summary.remade, 1u);
  EXPECT_EQ(summary.present, 1u);
  EXPECT_TRUE(summary.failed.empty());
  EXPECT_EQ(read_file(path), good);
}

TEST_F(Folder, Defect14_MissingDataIsAFailure) {
  auto samples = read_split(at("val"));
  fs::remove(at("val/y.py"));
  const SampleStream stream(rows_of(at("val"), samples), {.shuffle = false});
  EXPECT_EQ(stream.at(0).error, "");
  EXPECT_NE(stream.at(1).error, "");
  EXPECT_TRUE(stream.at(1).points.empty());
}

TEST_F(Folder, Defect15_ProgramsStayWhole) {
  std::string code = "import cadquery as cq\nr=cq.Workplane('XY').box(20,10,4)";
  for (int i = 0; i < 60; ++i)
    code += ".union(cq.Workplane('XY').box(1," + std::to_string(i + 1) + ",2))";
  put("val/z.py", code);
  const SampleStream stream(rows_of(at("val"), read_split(at("val"))), {.shuffle = false});
  EXPECT_EQ(stream.at(2).code, code);
  EXPECT_EQ(stream.at(2).error, "");
}

TEST_F(Folder, Defect16_DoubledIdsAreRefusedAndFoldersMayMove) {
  write_indices(root_, {"train"}, false);
  const std::string moved = at("elsewhere");
  fs::rename(at("train"), moved);
  const auto samples = read_split(moved);  // its train_index.json has another split's name
  EXPECT_EQ(samples.size(), 3u);
  fs::rename(moved + "/train_index.json", moved + "/index.json");
  for (const FolderSample& s : read_split(moved)) EXPECT_NE(read_code(moved, s), "");
  put("val/batch_1_x.py", kBox);
  put("val/batch_1/x.py", kBox);
  try {
    read_split(at("val"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("batch_1_x"), std::string::npos);
  }
}

TEST_F(Folder, Defect17_CachesAreChecked) {
  const std::string path = cache_path(at("val"), "x");
  cloud::PointCloud cloud;
  cloud.points.assign(256, {0.5, 0, -1});
  cloud::write_npy(cloud, path);
  EXPECT_EQ(read_cache(path).size(), 768u);
  const auto refused = [&](const char* word) {
    try {
      read_cache(path);
      ADD_FAILURE() << word;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
  };
  cloud.points[7].y = 1.5;
  cloud::write_npy(cloud, path);
  refused("outside");
  cloud.points[7].y = std::nan("");
  cloud::write_npy(cloud, path);
  refused("finite");
  cloud.points.resize(255);
  cloud::write_npy(cloud, path);
  refused("float32 (256, 3)");
  cloud.points.assign(256, {});
  cloud::write_npy(cloud, path, true);
  refused("float32");
  write_file(path, "");
  refused(".npy");
}

TEST_F(Folder, CachesAreInTheUnitFrameAndTheSameEveryTime) {
  const auto samples = read_split(at("val"));
  make_caches(at("val"), samples, 256, 5, 3);
  const auto points = read_cache(cache_path(at("val"), "y"));
  float most = 0;
  for (const float v : points) most = std::max(most, std::abs(v));
  EXPECT_NEAR(most, 1, 0.02);
  const std::string first = read_file(cache_path(at("val"), "y"));
  fs::remove_all(at("val/point_cloud_cache"));
  make_caches(at("val"), {samples[1]}, 256, 5, 1);
  EXPECT_EQ(read_file(cache_path(at("val"), "y")), first);
}

TEST_F(Folder, SlashesInIdsStayInTheFolder) {
  EXPECT_EQ(cache_path("d", "a/b\\c"), "d/point_cloud_cache/a_b_c.npy");
}

TEST_F(Folder, OtherIndicesAreRead) {
  put("val/index.json",
      R"([{"id": "q", "py_file": ")" + at("val/y.py") +
          R"("}, {"sample_id": "p", "code_path": "nowhere.py", "relative_path": "x.py"}])");
  const auto samples = read_split(at("val"));
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(read_code(at("val"), samples[0]), kBox);
  EXPECT_EQ(read_code(at("val"), samples[1]), kPlate);
}

TEST_F(Folder, EveryPrefixOfAnIndexIsRefused) {
  write_indices(root_, {"val"}, false);
  const std::string path = at("val/val_index.json"), whole = read_file(path);
  for (size_t n = 0; n + 2 < whole.size(); ++n) {
    write_file(path, whole.substr(0, n));
    EXPECT_THROW(read_split(at("val")), Error) << n;
  }
  put("val/val_index.json", R"([{"sample_id": "x", "code_path": "a"}, {"sample_id": 3}])");
  try {
    read_split(at("val"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.place().line, 2);
  }
  fs::remove(path);
  put("val/error_samples.json", "[1]");
  EXPECT_THROW(read_split(at("val")), Error);
}

TEST_F(Folder, ShardsBecomeAFolder) {
  std::vector<ShardReader> shards;
  for (int k = 0; k < 2; ++k) {
    ShardBuilder builder(2);
    for (int i = 0; i < 3; ++i) {
      Row row;
      row.id = "s" + std::to_string(3 * k + i);
      row.code = kBox + std::string("\n# ") + row.id;
      builder.append(row);
    }
    shards.push_back(ShardReader::from_bytes(builder.finish({}), "s"));
  }
  const ShardSet set(std::move(shards));
  EXPECT_EQ(write_folder(set, at("out/train"), 4), 6u);
  EXPECT_EQ(write_folder(set, at("out/train"), 4), 0u);
  const auto samples = read_split(at("out/train"));
  ASSERT_EQ(samples.size(), 6u);
  EXPECT_EQ(samples[5].sample_id, "batch_0001_s5");
  EXPECT_EQ(read_code(at("out/train"), samples[5]), kBox + std::string("\n# s5"));
}

}  // namespace
}  // namespace cadrecode::dataset
