// What native code gone wrong may still do inside a worker.
#include "base/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <thread>

#include "base/workers.h"

namespace cadrecode {
namespace {

std::string secret_path() { return testing::TempDir() + "sandbox_secret"; }
std::string target_path() { return testing::TempDir() + "sandbox_target"; }

// 0 where the attack came through, else its errno.
int outcome(long result) { return result < 0 ? errno : 0; }

int open_for_writing() { return outcome(::open(target_path().c_str(), O_WRONLY | O_CREAT, 0600)); }

int connect_somewhere() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return errno;
  sockaddr_in to{};
  to.sin_family = AF_INET, to.sin_port = htons(9);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
  return 0;  // a socket is enough
}

int fork_once() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  if (child < 0) return errno;
  ::waitpid(child, nullptr, 0);
  return 0;
}

int run_a_program() {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  return outcome(::execve(name, arguments, nullptr));  // does not return if it succeeds
}

const std::map<std::string, int (*)()> kAttacks = {
    {"write a file", open_for_writing},
    {"remove a file", [] { return outcome(::unlink(secret_path().c_str())); }},
    {"rename a file",
     [] { return outcome(::rename(secret_path().c_str(), target_path().c_str())); }},
    {"make a folder", [] { return outcome(::mkdir((target_path() + ".d").c_str(), 0700)); }},
    {"change rights", [] { return outcome(::chmod(secret_path().c_str(), 0777)); }},
    {"read a secret", [] { return outcome(::open(secret_path().c_str(), O_RDONLY)); }},
    {"list a folder", [] { return outcome(::open(testing::TempDir().c_str(), O_RDONLY)); }},
    {"read a system file", [] { return outcome(::open("/etc/passwd", O_RDONLY)); }},
    {"connect", connect_somewhere},
    {"local socket", [] { return outcome(::socket(AF_UNIX, SOCK_DGRAM, 0)); }},
    {"fork", fork_once},
    {"exec", run_a_program},
    {"kill the owner", [] { return outcome(::kill(::getppid(), 0)); }},
    {"signal everybody", [] { return outcome(::kill(-1, 0)); }},
    {"debug the owner", [] { return outcome(::ptrace(PTRACE_ATTACH, ::getppid(), 0, 0)); }},
    {"io_uring", [] { return outcome(::syscall(__NR_io_uring_setup, 1, nullptr)); }},
    {"openat2",
     [] { return outcome(::syscall(__NR_openat2, AT_FDCWD, target_path().c_str(), nullptr, 0)); }},
    {"new namespace", [] { return outcome(::syscall(__NR_unshare, 0x10000000)); }},
};

// What may never come through, whatever the machine: what fails for other reasons there
// (ptrace by Yama, say) is refused just the same.
std::string attempt(const std::string& name, Beacon&) {
  if (name == "abort") std::abort();
  if (name == "thread") {
    int sum = 0;
    std::thread([&] { sum = 1; }).join();
    return std::to_string(sum);
  }
  return std::to_string(kAttacks.at(name)());
}

class Sandbox : public testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "instrumented: rights are not taken";
#endif
    std::ofstream(secret_path()) << "secret";
  }
  void TearDown() override {
    ::unlink(secret_path().c_str()), ::unlink(target_path().c_str());
    ::rmdir((target_path() + ".d").c_str());
  }
  static std::string asked(const Rights& rights, const std::string& what) {
    WorkerLimits limits;
    limits.rights = rights;
    WorkerPool pool(1, limits, attempt);
    const Answer answer = pool.ask(what);
    return answer.status == Answer::Status::kDone ? answer.bytes : "died: " + answer.reason;
  }
};

TEST_F(Sandbox, AWorkerWithoutRightsCanDoNothing) {
  const Rights none{Rights::Files::kSystem, false, false};
  for (const auto& [name, attack] : kAttacks) {
    if (name == "read a system file") continue;
    EXPECT_NE(asked(none, name), "0") << name;
  }
  EXPECT_EQ(asked(none, "read a system file"), "0");
  EXPECT_TRUE(std::ifstream(secret_path()).good());
}

TEST_F(Sandbox, EveryRightIsTakenByItself) {
  const Rights readers{Rights::Files::kRead, true, true};
  EXPECT_EQ(asked(readers, "read a secret"), "0");
  EXPECT_EQ(asked(readers, "fork"), "0");
  EXPECT_EQ(asked(readers, "local socket"), "0");
  EXPECT_NE(asked(readers, "write a file"), "0");
  const Rights writers{Rights::Files::kAll, false, false};
  EXPECT_EQ(asked(writers, "write a file"), "0");
  EXPECT_NE(asked(writers, "fork"), "0");
  EXPECT_NE(asked(writers, "connect"), "0");
}

TEST_F(Sandbox, OrdinaryWorkGoesOn) {
  const Rights none{Rights::Files::kSystem, false, false};
  EXPECT_EQ(asked(none, "thread"), "1");
  EXPECT_EQ(asked(none, "abort"), "died: the worker process crashed (SIGABRT)");
  EXPECT_EQ(asked({}, "fork"), "0");
}

// An answer whose stated size is a lie costs that answer, not the owner.
TEST_F(Sandbox, LiesAboutTheSizeOfAnAnswerAreACrash) {
  for (const uint64_t lie : {uint64_t{0}, ~uint64_t{0}, ~uint64_t{0} - 7, uint64_t{1} << 60}) {
    WorkerPool pool(1, {}, [&](const std::string&, Beacon&) {
      for (int fd = 3; fd < 64; ++fd) {  // whichever is the socket
        const std::string bytes =
            std::string(reinterpret_cast<const char*>(&lie), sizeof lie) + "xxxx";
        ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      }
      ::pause();
      return std::string();
    });
    EXPECT_EQ(pool.ask("x").status, Answer::Status::kCrashed) << lie;
  }
}

}  // namespace
}  // namespace cadrecode
