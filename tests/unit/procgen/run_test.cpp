#include "learning/procgen/run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "learning/dataset/shard_set.h"
#include "learning/procgen/blocks.h"

namespace cadrecode::procgen {
namespace {

namespace fs = std::filesystem;

struct Folder {
  explicit Folder(const std::string& suffix = "")
      : path(fs::temp_directory_path() /
             ("procgen-" + std::to_string(::getpid()) + "-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name() + suffix)) {
    fs::remove_all(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::string path;
};

std::map<std::string, std::string> files(const std::string& folder) {
  std::map<std::string, std::string> out;
  for (const auto& e : fs::directory_iterator(folder)) {
    if (e.is_regular_file()) out[e.path().filename()] = read_file(e.path());
  }
  return out;
}

RunOptions small(const std::string& folder, size_t threads) {
  RunOptions o;
  o.folder = folder;
  o.count = 4000;
  o.seed = 11;
  o.threads = threads;
  o.shard_rows = 700;
  // Few distinct parts, so that there are duplicates.
  o.knobs.primitives = {1};
  o.knobs.half_side = 6;
  return o;
}

TEST(Run, SameBytesWhateverTheThreads) {
  const Folder a, b("b");
  const RunReport one = write_set(small(a.path, 1)), three = write_set(small(b.path, 3));
  EXPECT_EQ(files(a.path), files(b.path));
  EXPECT_EQ(files(a.path).size(), 6u);
  EXPECT_EQ(one.rows, 4000u);
  EXPECT_GT(one.duplicates, 100u);
  EXPECT_EQ(one.candidates, one.rows + one.duplicates);
  EXPECT_EQ(one.duplicates, three.duplicates);
}

TEST(Run, AllRowsDiffer) {
  const Folder a;
  write_set(small(a.path, 2));
  const dataset::ShardSet set(a.path);
  ASSERT_EQ(set.size(), 4000u);
  std::set<uint64_t> hashes;
  uint64_t before = 0;
  for (uint64_t i = 0; i < set.size(); ++i) {
    const dataset::Row row = set.row(i);
    EXPECT_TRUE(hashes.insert(row.hash.value()).second);
    EXPECT_TRUE(i == 0 || index_of_id(row.id) > before);
    before = index_of_id(row.id);
  }
}

TEST(Run, StoppedAndContinuedGivesTheSameBytes) {
  const Folder whole, stopped("s");
  const RunReport r = write_set(small(whole.path, 2));
  RunOptions o = small(stopped.path, 2);
  for (int stop = 0; stop < 2; ++stop) {
    int blocks = 0;
    o.progress = [&](uint64_t, uint64_t) { return ++blocks < 2; };
    EXPECT_FALSE(write_set(o).finished);
  }
  o.progress = {};
  const RunReport again = write_set(o);
  EXPECT_TRUE(again.finished);
  EXPECT_EQ(files(whole.path), files(stopped.path));
  EXPECT_EQ(r.duplicates, again.duplicates);
  EXPECT_EQ(r.refused, again.refused);
  EXPECT_TRUE(write_set(o).finished);  // and once more, when all is there
}

TEST(Run, CandidatesOfSeveralMachinesGiveTheSameBytes) {
  const Folder whole, shared("m");
  const RunReport r = write_set(small(whole.path, 2));
  RunOptions o = small(shared.path, 1);
  EXPECT_GT(draw_candidates(o, 1, 2), 0u);
  EXPECT_EQ(draw_candidates(o, 1, 2), 0u);  // they are there
  EXPECT_GT(draw_candidates(o, 0, 2), 0u);
  const RunReport merged = write_set(o);
  EXPECT_EQ(files(whole.path), files(shared.path));
  EXPECT_EQ(r.refused, merged.refused);
}

TEST(Run, RefusesAnotherSetsFolder) {
  const Folder a;
  RunOptions o = small(a.path, 1);
  o.count = 800;
  write_set(o);
  o.count = 900;
  EXPECT_THROW(write_set(o), Error);
  o.count = 800;
  o.seed = 12;
  EXPECT_THROW(write_set(o), Error);
}

TEST(Blocks, AreInOrderAndRethrow) {
  OrderedBlocks<int> blocks(3, 5, [](uint64_t n) -> int {
    if (n == 40) throw std::runtime_error("forty");
    return static_cast<int>(n);
  });
  for (int i = 5; i < 40; ++i) EXPECT_EQ(blocks.next(), i);
  EXPECT_THROW(blocks.next(), std::runtime_error);
  EXPECT_EQ(blocks.next(), 41);
}

}  // namespace
}  // namespace cadrecode::procgen
