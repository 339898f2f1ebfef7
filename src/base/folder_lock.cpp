#include "base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode {
namespace {

// The workers of a run that was just killed hold its lock until they are dead too.
constexpr std::chrono::milliseconds kPause{50};
constexpr int kPatience = 60;

// Whether the open file is still the one of that name: its last holder removes it.
bool still_there(int fd, const std::string& path) {
  struct stat mine {
  }, named{};
  return ::fstat(fd, &mine) == 0 && ::stat(path.c_str(), &named) == 0 &&
         mine.st_ino == named.st_ino && mine.st_dev == named.st_dev;
}

}  // namespace

FolderLock::FolderLock(const std::string& folder, const std::string& name)
    : path_(folder + "/.lock" + name) {
  const auto fail = [&](const std::string& why) {
    throw Error(ErrorKind::kInput, "'" + folder + "': " + why, {folder, 0, 0});
  };
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) fail("cannot be made: " + code.message());
  for (int patience = kPatience;;) {
    fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd_ < 0) fail(std::string("cannot be written: ") + std::strerror(errno));
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      const int why = errno;
      ::close(fd_);
      if (why != EWOULDBLOCK) break;  // a file system without locks: go on unlocked
      if (--patience == 0)
        fail("another run is writing there; wait for it, or take another folder");
      std::this_thread::sleep_for(kPause);
      continue;
    }
    if (still_there(fd_, path_)) {
      remove_dead_scratch(folder);
      return;
    }
    ::close(fd_);
  }
  fd_ = -1;
}

FolderLock::~FolderLock() {
  if (fd_ < 0) return;
  ::unlink(path_.c_str());
  ::close(fd_);
}

}  // namespace cadrecode
