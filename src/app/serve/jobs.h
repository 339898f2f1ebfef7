// Jobs: what was asked for, where it stands, and the child process that does it.
//
// Every change is written to SQLite before anybody hears of it. A job is a folder with
// its input, what the child said, and out/ with its files.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/serve/serve.h"

struct sqlite3;

namespace cadrecode::serve {

enum class State : uint8_t { kQueued, kRunning, kDone, kFailed, kCancelled };
const char* to_string(State state);

struct Job {
  std::string id, kind;  // kind: reconstruct, run, metric, facts
  std::string name;      // of the input file, as given, made harmless
  State state = State::kQueued;
  double created = 0, started = 0, finished = 0;  // seconds since 1970
  std::string error;                              // why it failed, one sentence
  int attempts = 0;                               // starts; a restart of the service adds one
};

// What jobs of a kind run: `cadrecode <arguments>` in the job's folder.
std::vector<std::string> arguments_of(const std::string& kind, const std::string& input);

class Jobs {
 public:
  // Opens or makes the folder; what was running goes back to the queue. Errors: kInput
  // naming the folder and the reason.
  explicit Jobs(const Options& options);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // Takes the file at `body` (moved) as the input of a new job; the id, or nothing when
  // the queue is full.
  std::optional<std::string> add(const std::string& kind, const std::string& name,
                                 const std::string& body);
  std::optional<Job> find(const std::string& id) const;
  std::vector<Job> list(int most) const;  // the newest first
  bool cancel(const std::string& id);     // false: not known, or finished already

  void start_some();  // as many as may run
  void reap();        // children that ended; starts others
  void check_time();  // ends children that took too long
  void give_back();   // ends all children and puts their jobs back into the queue

  std::string folder_of(const std::string& id) const;
  std::string spool() const { return folder_ + "/spool"; }
  // Names of the files a job has made, sorted; only these can be fetched.
  std::vector<std::string> files_of(const std::string& id) const;
  // What a running job said last, for people.
  std::string progress_of(const std::string& id) const;

  int queued() const;
  int running() const { return static_cast<int>(children_.size()); }
  std::map<std::string, uint64_t> ended;  // by state, since the start
  double busy_seconds = 0;                // of ended jobs

 private:
  struct Child {
    std::string id;
    double started = 0;
    bool cancelled = false, late = false;
  };
  void start(Job job);
  void end(int pid, int status);
  void set_state(const Job& job);
  void drop_oldest();

  Options options_;
  std::string folder_;
  sqlite3* database_ = nullptr;
  std::map<int, Child> children_;  // by process id
};

}  // namespace cadrecode::serve
