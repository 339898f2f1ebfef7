// Work done in forked processes, so that a crash, a hang or a memory bomb costs
// one answer and the answer says so.
//
// Why processes and why so early: a process that has run OCCT booleans must not
// fork (its children hang on their first kernel call), so a pool is made before
// the kernel is touched and the pool's owner never touches it. Workers stay
// warm: one serves many requests, and is replaced only when it dies.
//
// Limits count CPU time, not wall time: results must not depend on how busy the
// machine is. The wall limit behind them catches only a worker that sleeps.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/beacon.h"
#include "base/sandbox.h"

namespace cadrecode {

struct WorkerLimits {
  double cpu_seconds = 10;                // per request, user + system
  double wall_seconds = 300;              // per request
  size_t memory_bytes = size_t{4} << 30;  // address space beyond the fork's own
  Rights rights;                          // taken from the worker when it begins
};

struct Answer {
  enum class Status { kDone, kCpuLimit, kWallLimit, kMemoryLimit, kCrashed };
  Status status = Status::kDone;
  std::string bytes;      // the handler's answer (kDone)
  std::string reason;     // one sentence for people (otherwise)
  int64_t position = -1;  // the beacon's last (otherwise)
};

class WorkerPool {
 public:
  using Handler = std::function<std::string(const std::string& request, Beacon& beacon)>;
  // The next request, or nothing at the end (or after an interrupt).
  using Source = std::function<std::optional<std::string>()>;
  // Called in request order, index counting from 0.
  using Sink = std::function<void(size_t index, Answer answer)>;

  // The calling process must be single-threaded. `handler` runs in the workers;
  // an exception that leaves it counts as a crash, so it should return errors
  // as bytes (std::bad_alloc is understood as the memory limit).
  WorkerPool(size_t jobs, WorkerLimits limits, Handler handler);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Serves all requests of `next`; at most a few per worker are in memory.
  void run(const Source& next, const Sink& done);

  // One request.
  Answer ask(const std::string& request);

 private:
  struct Worker;
  void dispatch(Worker& worker, size_t index, const std::string& request);
  void collect(Worker& worker, const std::function<void(size_t, Answer)>& done);
  void wait(const std::function<void(size_t, Answer)>& done);

  WorkerLimits limits_;
  Handler handler_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace cadrecode
