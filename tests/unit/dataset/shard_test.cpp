#include "learning/dataset/shard.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "learning/dataset/shard_set.h"

namespace cadrecode::dataset {
namespace {

namespace fs = std::filesystem;

Row sample_row(uint64_t i) {
  Row row;
  row.id = "g-" + std::to_string(i);
  row.code = "import cadquery as cq\nr=cq.Workplane('XY').box(" + std::to_string(i + 1) + ",2,3)";
  row.source = "test";
  row.seed = static_cast<int64_t>(i);
  row.bbox = {{-1, -1, -1.5}, {static_cast<double>(i), 1, 1.5}};
  row.volume = 6.0 * static_cast<double>(i + 1);
  row.hash = i * 0x9E3779B97F4A7C15ull;
  return row;
}

std::string shard_of(uint64_t rows, uint64_t block_rows) {
  ShardBuilder builder(block_rows);
  for (uint64_t i = 0; i < rows; ++i) builder.append(sample_row(i));
  ShardAbout about;
  about.fingerprint = "f";
  about.state = "after \"all\"";
  return builder.finish(about);
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "cadrecode-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (fs::path(path_) / name).string(); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Row, KeepsEverything) {
  Row row = sample_row(7);
  row.code = "# \"quoted\" \\ \t \n \xC3\xA9";
  row.volume = 0.1;
  EXPECT_EQ(from_line(to_line(row)), row);
  EXPECT_EQ(to_line(row).find('\n'), std::string::npos);
}

TEST(Row, MissingIsNull) {
  Row row;
  row.id = "a";
  EXPECT_EQ(
      to_line(row),
      R"({"id": "a", "code": "", "source": "", "seed": null, "bbox": null, "volume": null, "hash": null})");
  EXPECT_EQ(from_line(to_line(row)), row);
}

TEST(Row, FractionsNeverLookLikeWholeNumbers) {
  Row row = sample_row(0);
  row.volume = 6;
  const auto json = nlohmann::json::parse(to_line(row));
  EXPECT_TRUE(json["volume"].is_number_float());
  for (const auto& v : json["bbox"]) EXPECT_TRUE(v.is_number_float());
  EXPECT_TRUE(json["hash"].is_string());
}

TEST(Row, RefusesWhatIsNotFinite) {
  Row row = sample_row(0);
  row.volume = std::nan("");
  EXPECT_THROW(to_line(row), Error);
  row = sample_row(0);
  row.bbox.hi.z = std::numeric_limits<double>::infinity();
  EXPECT_THROW(to_line(row), Error);
  row = sample_row(0);
  row.code = "\xFF";
  EXPECT_THROW(to_line(row), Error);
}

TEST(Row, SaysWhichKeyIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"id": "a"})", "'code'"},
      {R"({"code": "a", "seed": 1.5})", "'seed'"},
      {R"({"code": "a", "seed": 18446744073709551615})", "'seed'"},
      {R"({"code": "a", "bbox": [1, 2]})", "'bbox'"},
      {R"({"code": "a", "bbox": [1, 2, 3, 4, 5, "6"]})", "'bbox'"},
      {R"({"code": "a", "volume": "1"})", "'volume'"},
      {R"({"code": "a", "hash": "xyz"})", "'hash'"},
      {R"({"code": "a", "hash": "00112233445566778"})", "'hash'"},
      {R"([1])", "object"},
      {R"({"code": "a")", "object"},
  };
  for (const auto& [line, word] : cases) {
    try {
      from_line(line, {"f.jsonl", 3, 0});
      ADD_FAILURE() << line;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
      EXPECT_EQ(error.place().line, 3);
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
  }
}

TEST(Shard, EveryRowByItsNumber) {
  for (const uint64_t rows : {1, 7, 8, 9, 100}) {
    const ShardReader shard = ShardReader::from_bytes(shard_of(rows, 8), "s");
    ASSERT_EQ(shard.size(), rows);
    EXPECT_EQ(shard.about().state, "after \"all\"");
    for (uint64_t i = rows; i-- > 0;) EXPECT_EQ(shard.row(i), sample_row(i));
    uint64_t seen = 0;
    for (uint64_t b = 0; b < shard.blocks(); ++b) {
      for (const std::string& line : shard.lines(b)) EXPECT_EQ(from_line(line), sample_row(seen++));
    }
    EXPECT_EQ(seen, rows);
    EXPECT_THROW(shard.row(rows), Error);
  }
}

TEST(Shard, EmptyOneIsAShardToo) {
  EXPECT_EQ(ShardReader::from_bytes(shard_of(0, 8), "s").size(), 0u);
}

TEST(Shard, EveryPrefixIsRefusedAndNamed) {
  const std::string whole = shard_of(40, 8);
  for (size_t n = 0; n < whole.size(); ++n) {
    try {
      ShardReader::from_bytes(whole.substr(0, n), "cut.zst");
      ADD_FAILURE() << n << " of " << whole.size() << " bytes";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
      EXPECT_EQ(error.place().file, "cut.zst");
      EXPECT_NE(std::string(error.what()).find("cut off"), std::string::npos) << error.what();
    }
  }
}

TEST(Shard, EveryFlippedByteIsNoticedOrHarmless) {
  const std::string whole = shard_of(20, 4);
  for (size_t n = 0; n < whole.size(); ++n) {
    std::string bytes = whole;
    bytes[n] = static_cast<char>(bytes[n] ^ 0x10);
    try {
      const ShardReader shard = ShardReader::from_bytes(bytes, "s");
      for (uint64_t i = 0; i < std::min<uint64_t>(shard.size(), 20); ++i) {
        EXPECT_EQ(shard.row(i), sample_row(i)) << "byte " << n;
      }
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
      EXPECT_EQ(error.place().file, "s");
    }
  }
}

TEST(Shard, DamageIsPlacedAtItsRows) {
  std::string bytes = shard_of(20, 4);
  const ShardReader good = ShardReader::from_bytes(bytes, "s");
  bytes[20] = static_cast<char>(~bytes[20]);  // within the first block
  const ShardReader shard = ShardReader::from_bytes(bytes, "s");
  EXPECT_EQ(shard.row(4), good.row(4));
  try {
    shard.row(2);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.place().line, 1);
    EXPECT_NE(std::string(error.what()).find("rows 1 to 4"), std::string::npos) << error.what();
  }
}

TEST(Shard, RefusesLineFeeds) {
  ShardBuilder builder;
  EXPECT_THROW(builder.append(std::string_view("{}\n{}")), Error);
}

ShardSetOptions small_set() {
  ShardSetOptions o;
  o.shard_rows = 10;
  o.block_rows = 4;
  o.fingerprint = "seed 1";
  return o;
}

// Rows of `rows`, stopped (as if killed) after each of `stops`.
void write_set(const std::string& folder, uint64_t rows, const std::vector<uint64_t>& stops) {
  for (const uint64_t stop : stops) {
    ShardSetWriter out(folder, small_set());
    for (uint64_t i = out.rows(); i < stop; ++i) out.append(sample_row(i), std::to_string(i));
  }
  ShardSetWriter out(folder, small_set());
  EXPECT_EQ(out.state(), out.rows() ? std::to_string(out.rows() - 1) : "");
  uint64_t replayed = 0;
  out.replay([&](const Row& row) { EXPECT_EQ(row, sample_row(replayed++)); });
  EXPECT_EQ(replayed, out.rows());
  for (uint64_t i = out.rows(); i < rows; ++i) out.append(sample_row(i), std::to_string(i));
  out.finish();
}

TEST(ShardSet, SameBytesHoweverOftenStopped) {
  for (const uint64_t rows : {5, 20, 35}) {
    Folder straight, stopped;
    write_set(straight.path(), rows, {});
    write_set(stopped.path(), rows, {3, 10, 11, 15, 20, 21, 34});
    const ShardSet set(stopped.path());
    EXPECT_GE(set.size(), rows);
    for (uint64_t i = 0; i < rows; ++i) EXPECT_EQ(set.row(i), sample_row(i));
    if (rows < 35) continue;
    for (uint64_t k = 0; k < 4; ++k) {
      EXPECT_EQ(read_file(straight / shard_name(k)), read_file(stopped / shard_name(k))) << k;
    }
  }
}

TEST(ShardSet, AFullShardFoundIsMarkedTheLast) {
  Folder straight, stopped;
  write_set(straight.path(), 10, {});
  write_set(stopped.path(), 10, {11});
  EXPECT_EQ(read_file(straight / shard_name(0)), read_file(stopped / shard_name(0)));
}

TEST(ShardSet, FinishedSetsStayAsTheyAre) {
  Folder folder;
  write_set(folder.path(), 25, {});
  ShardSetWriter out(folder.path(), small_set());
  EXPECT_TRUE(out.finished());
  EXPECT_EQ(out.rows(), 25u);
  EXPECT_THROW(out.append(sample_row(25)), Error);
  out.finish();
}

TEST(ShardSet, OtherSettingsAreRefused) {
  Folder folder;
  write_set(folder.path(), 25, {});
  ShardSetOptions other = small_set();
  other.fingerprint = "seed 2";
  EXPECT_THROW(ShardSetWriter(folder.path(), other), Error);
  other = small_set();
  other.block_rows = 5;
  EXPECT_THROW(ShardSetWriter(folder.path(), other), Error);
}

TEST(ShardSet, GapsAreNamed) {
  Folder folder;
  write_set(folder.path(), 35, {});
  fs::remove(folder / shard_name(1));
  for (const bool reading : {true, false}) {
    try {
      if (reading) {
        ShardSet set(folder.path());
      } else {
        ShardSetWriter writer(folder.path(), small_set());
      }
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(reading ? "shard-00001" : "shard-00002"),
                std::string::npos)
          << error.what();
    }
  }
}

TEST(ShardSet, TruncatedShardStopsTheWriter) {
  Folder folder;
  write_set(folder.path(), 25, {});
  const std::string bytes = read_file(folder / shard_name(1));
  write_file(folder / shard_name(1), bytes.substr(0, bytes.size() / 2));
  EXPECT_THROW(ShardSetWriter(folder.path(), small_set()), Error);
  EXPECT_THROW(ShardSet(folder.path()), Error);
}

TEST(ShardSet, WritersShareAFolder) {
  Folder folder;
  for (uint64_t writer = 0; writer < 3; ++writer) {
    ShardSetOptions options = small_set();
    options.writer = writer, options.writers = 3;
    ShardSetWriter out(folder.path(), options);
    for (uint64_t i = 0; i < 20; ++i) out.append(sample_row(1000 * writer + i));
    out.finish();
  }
  const ShardSet set(folder.path());
  EXPECT_EQ(set.size(), 60u);
  EXPECT_EQ(set.row(10), sample_row(1000));
  EXPECT_EQ(set.row(59), sample_row(2019));
}

TEST(Row, BoxTurnedInsideOutIsRefused) {  // found by shard_fuzz
  EXPECT_THROW(from_line(R"({"code": "r=1", "bbox": [1, 0, 0, -1, 2, 2]})", {"x", 1, 0}), Error);
}

TEST(ShardSet, EmptyFolderIsNamed) {
  Folder folder;
  EXPECT_THROW(ShardSet(folder.path()), Error);
  EXPECT_THROW(ShardSet(folder / "none"), Error);
}

}  // namespace
}  // namespace cadrecode::dataset
