// One run at a time in one output folder.
#pragma once

#include <string>

namespace cadrecode {

// Held from construction to destruction; a dead process holds nothing. Runs that may
// share a folder (shards) take different names. What killed runs of this machine left
// half-written in the folder (files.h, scratch_name) is removed.
class FolderLock {
 public:
  // Makes the folder if it is missing. Errors: kInput when another run holds it, or it
  // cannot be written.
  explicit FolderLock(const std::string& folder, const std::string& name = "");
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  std::string path_;
  int fd_ = -1;
};

}  // namespace cadrecode
