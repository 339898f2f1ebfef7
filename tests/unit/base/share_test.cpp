#include "base/share.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.h"
#include "base/sha256.h"

namespace cadrecode {
namespace {

const char* const kVariables[] = {"SLURM_ARRAY_TASK_ID",
                                  "SLURM_ARRAY_TASK_COUNT",
                                  "SLURM_ARRAY_TASK_MIN",
                                  "SLURM_ARRAY_TASK_STEP",
                                  "OMPI_COMM_WORLD_RANK",
                                  "OMPI_COMM_WORLD_SIZE",
                                  "PMI_RANK",
                                  "PMI_SIZE",
                                  "SLURM_PROCID",
                                  "SLURM_NTASKS"};

class ShareFromScheduler : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : kVariables) unsetenv(name);
  }
  void TearDown() override { SetUp(); }
  static void set(const char* name, const char* value) { setenv(name, value, 1); }
};

TEST(Share, ReadsAndPrints) {
  EXPECT_EQ(share_from_string(""), Share{});
  EXPECT_EQ(share_from_string("2/8"), (Share{2, 8}));
  EXPECT_EQ(to_string(Share{2, 8}), "2/8");
  EXPECT_EQ(file_suffix(Share{2, 8}), "-2-of-8");
  EXPECT_EQ(file_suffix(Share{}), "");
  for (const char* wrong : {"8/8", "2", "/8", "2/", "-1/8", "2/8x", "a/b", "1/0", " 1/2"})
    EXPECT_THROW(share_from_string(wrong), Error) << wrong;
}

TEST(Share, CoversEverythingOnce) {
  for (uint64_t items : {0u, 1u, 6u, 7u, 100u}) {
    uint64_t all = 0;
    for (uint64_t i = 0; i < 7; ++i) {
      const Share share{i, 7};
      uint64_t mine = 0;
      for (uint64_t k = 0; k < items; ++k) mine += share.has(k);
      EXPECT_EQ(mine, share.of(items));
      all += mine;
    }
    EXPECT_EQ(all, items);
  }
}

TEST_F(ShareFromScheduler, NothingThere) { EXPECT_THROW(share_from_string("auto"), Error); }

TEST_F(ShareFromScheduler, SlurmArrayNumberedFromElsewhere) {
  set("SLURM_ARRAY_TASK_ID", "14"), set("SLURM_ARRAY_TASK_COUNT", "3");
  set("SLURM_ARRAY_TASK_MIN", "10"), set("SLURM_ARRAY_TASK_STEP", "2");
  set("SLURM_PROCID", "0"), set("SLURM_NTASKS", "1");
  EXPECT_EQ(share_from_string("auto"), (Share{2, 3}));
}

TEST_F(ShareFromScheduler, ArrayWithAHole) {  // 0 and 5 of --array=0,5 are no 0 … 1
  set("SLURM_ARRAY_TASK_ID", "5"), set("SLURM_ARRAY_TASK_COUNT", "2");
  set("SLURM_ARRAY_TASK_MIN", "0"), set("SLURM_ARRAY_TASK_STEP", "1");
  EXPECT_THROW(share_from_string("auto"), Error);
}

TEST_F(ShareFromScheduler, MpiBeforeTheTaskOfSrun) {
  set("OMPI_COMM_WORLD_RANK", "3"), set("OMPI_COMM_WORLD_SIZE", "4");
  set("SLURM_PROCID", "0"), set("SLURM_NTASKS", "1");
  EXPECT_EQ(share_from_string("auto"), (Share{3, 4}));
}

// FIPS 180-4's own examples, and lengths about the ends of a block.
TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesAreTheWhole) {
  for (size_t n = 0; n < 200; ++n) {
    std::string text;
    for (size_t i = 0; i < n; ++i) text += static_cast<char>(i * 31);
    Sha256 pieces;
    for (size_t at = 0; at < n; at += 7) pieces.add(std::string_view(text).substr(at, 7));
    EXPECT_EQ(pieces.hex(), sha256(text)) << n;
  }
}

}  // namespace
}  // namespace cadrecode
