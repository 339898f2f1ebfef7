#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace cadrecode {
namespace {

[[noreturn]] void fail(const std::string& what, const std::string& path, int code) {
  throw Error(ErrorKind::kInput, what + " '" + path + "': " + std::strerror(code), {path, 0, 0});
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int close() {
    int result = ::close(fd_);
    fd_ = -1;
    return result;
  }

 private:
  int fd_;
};

void write_all(int fd, const std::string& bytes, const std::string& path) {
  size_t done = 0;
  while (done < bytes.size()) {
    ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("cannot write", path, errno);
    done += static_cast<size_t>(n);
  }
}

// A process that is over but that nobody has asked after (a zombie) counts as dead.
bool alive(long pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return ::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
  const size_t name_end = line.rfind(") ");
  const char state = name_end == std::string::npos ? ' ' : line[name_end + 2];
  return state != 'Z' && state != 'X';
}

// Folders are shared between machines, process numbers are not.
std::string scratch_prefix() {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  return ".tmp-" + std::string(host) + "-";
}

}  // namespace

std::string read_file(const std::string& path, size_t max_bytes) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) fail("cannot read", path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) == 0 && S_ISDIR(info.st_mode)) fail("cannot read", path, EISDIR);
  std::string bytes;
  if (info.st_size > 0 && static_cast<size_t>(info.st_size) <= max_bytes) {
    bytes.reserve(static_cast<size_t>(info.st_size));
  }
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = ::read(file.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("cannot read", path, errno);
    if (n == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(n));
    if (bytes.size() > max_bytes) fail("cannot read", path, EFBIG);
  }
}

void write_file(const std::string& path, const std::string& bytes) {
  std::string scratch = scratch_name(path);
  {
    Descriptor file(::open(scratch.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0) fail("cannot create", path, errno);
    try {
      write_all(file.get(), bytes, path);
      if (::fsync(file.get()) != 0 && errno != EINVAL) fail("cannot write", path, errno);
      if (file.close() != 0) fail("cannot write", path, errno);
    } catch (...) {
      ::unlink(scratch.c_str());
      throw;
    }
  }
  commit_file(scratch, path);
}

std::string scratch_name(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  std::filesystem::path target(path);
  if (target.has_parent_path()) {
    std::error_code code;
    std::filesystem::create_directories(target.parent_path(), code);
    if (code) fail("cannot create folder of", path, code.value());
  }
  std::string name = scratch_prefix() + std::to_string(::getpid()) + "-" +
                     std::to_string(counter++) + target.extension().string();
  return (target.parent_path() / name).string();
}

void remove_dead_scratch(const std::string& folder) {
  const std::string prefix = scratch_prefix();
  std::error_code code;
  for (const auto& entry :
       std::filesystem::directory_iterator(folder.empty() ? "." : folder, code)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(prefix, 0) != 0) continue;
    const long pid = std::atol(name.c_str() + prefix.size());
    if (pid > 0 && !alive(pid)) std::filesystem::remove(entry.path(), code);
  }
}

void commit_file(const std::string& scratch, const std::string& path) {
  if (std::rename(scratch.c_str(), path.c_str()) == 0) return;
  int code = errno;
  ::unlink(scratch.c_str());
  fail("cannot write", path, code);
}

std::string lower_extension(const std::string& path) {
  std::string text = std::filesystem::path(path).extension().string();
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

}  // namespace cadrecode
