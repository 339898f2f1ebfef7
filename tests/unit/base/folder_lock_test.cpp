#include "base/folder_lock.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode {
namespace {

namespace fs = std::filesystem;

class FolderLockTest : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  std::string folder_ = testing::TempDir() + "folder_lock/deep";
};

TEST_F(FolderLockTest, OneAtATimeUnlessNamedApart) {
  std::optional<FolderLock> first(std::in_place, folder_);
  EXPECT_THROW(FolderLock second(folder_), Error);
  EXPECT_NO_THROW(FolderLock shard(folder_, "-1-of-2"));
  first.reset();
  EXPECT_NO_THROW(FolderLock second(folder_));
  EXPECT_TRUE(fs::is_empty(folder_));  // nothing stays behind
}

TEST_F(FolderLockTest, TheDeadHoldNothingAndTheirScratchGoes) {
  const pid_t child = ::fork();
  if (child == 0) {
    const FolderLock lock(folder_);
    std::ofstream(scratch_name(folder_ + "/rows.jsonl")) << "half";
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  const std::string mine = scratch_name(folder_ + "/other.jsonl");
  std::ofstream(mine) << "being written";
  {
    const FolderLock lock(folder_);
    EXPECT_TRUE(fs::exists(mine));
    fs::remove(mine);
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(FolderLockTest, AFolderThatCannotBeIsAnError) {
  EXPECT_THROW(FolderLock("/proc/no/such"), Error);
}

}  // namespace
}  // namespace cadrecode
