#include "base/workers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <new>
#include <stdexcept>

#include "base/error.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CADRECODE_SANITIZED 1
#endif

namespace cadrecode {
namespace {

using Clock = std::chrono::steady_clock;

// First byte of an answer on the wire.
constexpr char kAnswered = 'a', kOutOfMemory = 'm';

// Requests handed out beyond the oldest unanswered one, per worker: answers are
// delivered in order, so a slow one holds this many back.
constexpr size_t kWindowPerWorker = 16;

bool send_all(int fd, const char* data, size_t size) {
  while (size > 0) {
    ssize_t n = ::send(fd, data, size, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data += n;
    size -= static_cast<size_t>(n);
  }
  return true;
}

bool receive_all(int fd, char* data, size_t size) {
  while (size > 0) {
    ssize_t n = ::recv(fd, data, size, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data += n;
    size -= static_cast<size_t>(n);
  }
  return true;
}

bool send_message(int fd, const std::string& bytes) {
  uint64_t size = bytes.size();
  return send_all(fd, reinterpret_cast<const char*>(&size), sizeof size) &&
         send_all(fd, bytes.data(), bytes.size());
}

std::optional<std::string> receive_message(int fd) {
  uint64_t size = 0;
  if (!receive_all(fd, reinterpret_cast<char*>(&size), sizeof size)) return std::nullopt;
  std::string bytes(size, '\0');
  if (!receive_all(fd, bytes.data(), size)) return std::nullopt;
  return bytes;
}

size_t address_space_in_use() {
  long pages = 0;
  if (FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return static_cast<size_t>(pages) * static_cast<size_t>(::sysconf(_SC_PAGESIZE));
}

// ITIMER_PROF counts this process's CPU time and kills it by SIGPROF, whatever
// it is doing; the owner needs no polling.
void arm_cpu_timer(double seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  timer.it_value.tv_usec =
      static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
  ::setitimer(ITIMER_PROF, &timer, nullptr);
}

void confine_this_process(const WorkerLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGINT, SIG_IGN);
  // Ctrl-C and a scheduler's warning reach every process of a job; the owner decides
  // when to stop, and what is in flight must not look like a crash of its program.
  ::signal(SIGTERM, SIG_IGN);
  ::signal(SIGPROF, SIG_DFL);
  rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
#ifndef CADRECODE_SANITIZED
  rlim_t space = address_space_in_use() + limits.memory_bytes;
  rlimit memory{space, space};
  ::setrlimit(RLIMIT_AS, &memory);
#else
  (void)limits;
#endif
  // Libraries chat on stdout, which belongs to results.
  int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, STDIN_FILENO);
  ::dup2(null, STDOUT_FILENO);
  confine(limits.rights);
}

[[noreturn]] void serve(int fd, const WorkerLimits& limits, const WorkerPool::Handler& handler,
                        Beacon& beacon) {
  confine_this_process(limits);
  while (auto request = receive_message(fd)) {
    std::string answer;
    arm_cpu_timer(limits.cpu_seconds);
    try {
      answer = kAnswered + handler(*request, beacon);
    } catch (const std::bad_alloc&) {
      answer = kOutOfMemory;
    }
    arm_cpu_timer(0);
    if (!send_message(fd, answer)) break;
    if (answer[0] == kOutOfMemory) break;  // a fresh heap for the next request
  }
  ::_exit(0);
}

std::string signal_text(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

}  // namespace

struct WorkerPool::Worker {
  pid_t pid = -1;
  int fd = -1;
  Beacon* beacon = nullptr;
  bool busy = false;
  size_t index = 0;
  Clock::time_point deadline;
  std::string inbox;

  ~Worker() {
    stop();
    if (beacon) ::munmap(beacon, sizeof(Beacon));
  }

  void start(const WorkerLimits& limits, const Handler& handler,
             const std::vector<std::unique_ptr<Worker>>& others) {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
      throw Error(ErrorKind::kInternal,
                  std::string("cannot make a worker: ") + std::strerror(errno));
    }
    std::fflush(nullptr);  // else the child would print the parent's buffers again
    pid = ::fork();
    if (pid < 0) {
      ::close(pair[0]), ::close(pair[1]);
      throw Error(ErrorKind::kInternal,
                  std::string("cannot fork a worker: ") + std::strerror(errno));
    }
    if (pid == 0) {
      ::close(pair[0]);
      for (const auto& other : others) {
        if (other.get() != this && other->fd >= 0) ::close(other->fd);
      }
      serve(pair[1], limits, handler, *beacon);
    }
    ::close(pair[1]);
    fd = pair[0];
  }

  // Ends the process, if there is one, and gives its wait status.
  int stop(bool kill = false) {
    if (pid < 0) return 0;
    ::close(fd);
    if (kill) ::kill(pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    pid = fd = -1;
    busy = false;
    inbox.clear();
    return status;
  }

  Answer failure(Answer::Status status, std::string reason) const {
    return {status, {}, std::move(reason), beacon->position.load()};
  }

  Answer death(int status, const WorkerLimits& limits) const {
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF) {
      return failure(Answer::Status::kCpuLimit,
                     fmt::format("took more than {:g} s of CPU time", limits.cpu_seconds));
    }
    std::string how = WIFSIGNALED(status) ? signal_text(WTERMSIG(status))
                                          : fmt::format("exit code {}", WEXITSTATUS(status));
    return failure(Answer::Status::kCrashed, "the worker process crashed (" + how + ")");
  }
};

WorkerPool::WorkerPool(size_t jobs, WorkerLimits limits, Handler handler)
    : limits_(limits), handler_(std::move(handler)) {
  for (size_t i = 0; i < std::max<size_t>(jobs, 1); ++i) {
    void* page =
        ::mmap(nullptr, sizeof(Beacon), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) throw std::bad_alloc();
    workers_.push_back(std::make_unique<Worker>());
    workers_.back()->beacon = new (page) Beacon;
  }
  for (auto& worker : workers_) worker->start(limits_, handler_, workers_);
}

WorkerPool::~WorkerPool() {
  // Idle workers end at the closed socket; a busy one is not worth waiting for.
  for (auto& worker : workers_) worker->stop(worker->busy);
}

void WorkerPool::dispatch(Worker& worker, size_t index, const std::string& request) {
  if (worker.pid < 0) worker.start(limits_, handler_, workers_);
  worker.beacon->at(-1);
  worker.busy = true;
  worker.index = index;
  worker.deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                       std::chrono::duration<double>(limits_.wall_seconds));
  send_message(worker.fd, request);  // a dead worker shows up in collect()
}

void WorkerPool::collect(Worker& worker, const std::function<void(size_t, Answer)>& done) {
  char buffer[1 << 16];
  ssize_t n = ::recv(worker.fd, buffer, sizeof buffer, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  size_t index = worker.index;
  if (n <= 0) {
    int status = worker.stop();
    done(index, worker.death(status, limits_));
    return;
  }
  worker.inbox.append(buffer, static_cast<size_t>(n));
  uint64_t size = 0;
  if (worker.inbox.size() < sizeof size) return;
  std::memcpy(&size, worker.inbox.data(), sizeof size);
  // A worker gone wrong may claim anything.
  if (size == 0 || size > limits_.memory_bytes) {
    worker.stop(true);
    done(index, worker.failure(Answer::Status::kCrashed, "the worker process answered nonsense"));
    return;
  }
  if (worker.inbox.size() - sizeof size < size) return;
  std::string bytes = worker.inbox.substr(sizeof size, size);
  worker.inbox.clear();
  worker.busy = false;
  if (bytes[0] == kOutOfMemory) {
    worker.stop();
    done(index,
         worker.failure(Answer::Status::kMemoryLimit,
                        fmt::format("took more than {} MB of memory", limits_.memory_bytes >> 20)));
    return;
  }
  Answer answer;
  answer.bytes = bytes.substr(1);
  done(index, std::move(answer));
}

// Waits until some busy worker has news, and passes it on.
void WorkerPool::wait(const std::function<void(size_t, Answer)>& done) {
  std::vector<pollfd> fds;
  std::vector<Worker*> busy;
  Clock::time_point nearest = Clock::time_point::max();
  for (auto& worker : workers_) {
    if (!worker->busy) continue;
    fds.push_back({worker->fd, POLLIN, 0});
    busy.push_back(worker.get());
    nearest = std::min(nearest, worker->deadline);
  }
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(nearest - Clock::now()).count();
  ::poll(fds.data(), fds.size(), static_cast<int>(std::clamp<long>(left + 1, 0, 60000)));
  for (size_t i = 0; i < fds.size(); ++i) {
    Worker& worker = *busy[i];
    if (fds[i].revents) {
      collect(worker, done);
    } else if (Clock::now() >= worker.deadline) {
      size_t index = worker.index;
      worker.stop(true);
      done(index, worker.failure(Answer::Status::kWallLimit,
                                 fmt::format("took more than {:g} s", limits_.wall_seconds)));
    }
  }
}

void WorkerPool::run(const Source& next, const Sink& done) {
  std::map<size_t, Answer> early;  // answers that wait for an older one
  size_t asked = 0, delivered = 0;
  bool open = true;
  auto keep = [&](size_t index, Answer answer) { early.emplace(index, std::move(answer)); };
  while (open || delivered < asked) {
    for (auto& worker : workers_) {
      if (!open || worker->busy || asked - delivered >= kWindowPerWorker * workers_.size())
        continue;
      auto request = next();
      if (!request) {
        open = false;
        break;
      }
      dispatch(*worker, asked++, *request);
    }
    if (delivered < asked && !early.count(delivered)) wait(keep);
    while (!early.empty() && early.begin()->first == delivered) {
      Answer answer = std::move(early.begin()->second);
      early.erase(early.begin());
      done(delivered++, std::move(answer));
    }
  }
}

Answer WorkerPool::ask(const std::string& request) {
  Answer result;
  bool sent = false;
  run(
      [&]() -> std::optional<std::string> {
        if (sent) return std::nullopt;
        sent = true;
        return request;
      },
      [&](size_t, Answer answer) { result = std::move(answer); });
  return result;
}

}  // namespace cadrecode
