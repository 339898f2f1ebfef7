#include "app/serve/jobs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <functional>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::serve {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostName = 100;
constexpr int kMostAttempts = 3;  // a job that takes the service down with it is not tried for ever

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string new_id() {
  unsigned char bytes[16];
  if (::getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
    throw Error(ErrorKind::kInternal, "no random bytes");
  std::string out;
  for (const unsigned char b : bytes) out += fmt::format("{:02x}", b);
  return out;
}

// The last component, with letters that mean nothing to a shell or a file system.
std::string harmless(const std::string& name) {
  std::string out;
  for (const char c : name.substr(name.find_last_of("/\\") + 1)) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
    out += good ? c : '_';
  }
  while (!out.empty() && (out[0] == '.' || out[0] == '-')) out.erase(0, 1);
  if (out.size() > kMostName) out = out.substr(out.size() - kMostName);
  return out;
}

// A statement that lives as long as its scope.
class Statement {
 public:
  Statement(sqlite3* database, const char* text) : database_(database) {
    if (sqlite3_prepare_v2(database, text, -1, &statement_, nullptr) != SQLITE_OK) fail();
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& with(int at, const std::string& text) {
    sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& with(int at, double value) {
    sqlite3_bind_double(statement_, at, value);
    return *this;
  }
  Statement& with(int at, int value) {
    sqlite3_bind_int(statement_, at, value);
    return *this;
  }
  bool step() {
    const int result = sqlite3_step(statement_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) fail();
    return result == SQLITE_ROW;
  }
  std::string text(int at) {
    const auto* t = reinterpret_cast<const char*>(sqlite3_column_text(statement_, at));
    return t ? t : "";
  }
  double real(int at) { return sqlite3_column_double(statement_, at); }
  int integer(int at) { return sqlite3_column_int(statement_, at); }

 private:
  [[noreturn]] void fail() {
    throw Error(ErrorKind::kInput,
                fmt::format("the jobs' database: {}", sqlite3_errmsg(database_)));
  }
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

constexpr const char* kColumns =
    "SELECT id, kind, name, state, created, started, finished, error, attempts FROM jobs ";

Job row(Statement& s) {
  Job j;
  j.id = s.text(0), j.kind = s.text(1), j.name = s.text(2);
  j.state = static_cast<State>(std::clamp(s.integer(3), 0, 4));
  j.created = s.real(4), j.started = s.real(5), j.finished = s.real(6);
  j.error = s.text(7), j.attempts = s.integer(8);
  return j;
}

bool looks_like_id(const std::string& id) {
  return id.size() == 32 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string last_line(const std::string& path) {
  std::string text;
  try {
    text = read_file(path, size_t{8} << 20);
  } catch (const Error&) {
    return "";
  }
  for (char& c : text) {
    if (c == '\r') c = '\n';  // progress bars rewrite their line
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1)
      .substr(0, 400);
}

}  // namespace

const char* to_string(State state) {
  static constexpr const char* kWords[] = {"queued", "running", "done", "failed", "cancelled"};
  return kWords[static_cast<size_t>(state)];
}

std::vector<std::string> arguments_of(const std::string& kind, const std::string& input) {
  if (kind == "run")
    return {"run", input, "--json", "--jobs", "1", "-o", "out/result.step", "-o", "out/result.stl"};
  if (kind == "metric") return {"metric", "--pairs", input, "--json", "--threads", "1"};
  if (kind == "facts") return {"ask", input, "--json"};
  return {"reconstruct", input, "-o",        "out",      "--json",
          "--jobs",      "1",   "--sliders", "--memory", "4096"};
}

Jobs::Jobs(const Options& options) : options_(options), folder_(options.folder) {
  std::error_code error;
  fs::create_directories(spool(), error);
  if (!error) fs::permissions(folder_, fs::perms::owner_all, error);
  if (error)
    throw Error(ErrorKind::kInput,
                fmt::format("cannot keep jobs in '{}': {}", folder_, error.message()));
  for (const auto& left : fs::directory_iterator(spool())) fs::remove(left.path(), error);
  if (sqlite3_open((folder_ + "/jobs.sqlite").c_str(), &database_) != SQLITE_OK) {
    throw Error(ErrorKind::kInput,
                fmt::format("cannot keep jobs in '{}': {}", folder_, sqlite3_errmsg(database_)));
  }
  for (const char* text :
       {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA busy_timeout=2000",
        "CREATE TABLE IF NOT EXISTS jobs(id TEXT PRIMARY KEY, kind TEXT, name TEXT, state INTEGER, "
        "created REAL, "
        "started REAL, finished REAL, error TEXT, attempts INTEGER)",
        "CREATE INDEX IF NOT EXISTS by_state ON jobs(state, created)",
        // 1 is running: nobody runs them now
        "UPDATE jobs SET state=0 WHERE state=1"}) {
    Statement(database_, text).step();
  }
}

Jobs::~Jobs() {
  for (const auto& [pid, child] : children_) ::kill(-pid, SIGKILL);
  sqlite3_close(database_);
}

std::string Jobs::folder_of(const std::string& id) const { return folder_ + "/" + id; }

std::optional<std::string> Jobs::add(const std::string& kind, const std::string& name,
                                     const std::string& body) {
  if (queued() >= options_.queue) return {};
  Job j;
  j.id = new_id(), j.kind = kind, j.name = harmless(name), j.created = now();
  fs::create_directories(folder_of(j.id) + "/out");
  fs::rename(body, folder_of(j.id) + "/" + j.name);
  Statement(database_, "INSERT INTO jobs VALUES(?,?,?,0,?,0,0,'',0)")
      .with(1, j.id)
      .with(2, j.kind)
      .with(3, j.name)
      .with(4, j.created)
      .step();
  drop_oldest();
  return j.id;
}

std::optional<Job> Jobs::find(const std::string& id) const {
  if (!looks_like_id(id)) return {};
  Statement s(database_, (std::string(kColumns) + "WHERE id=?").c_str());
  s.with(1, id);
  if (!s.step()) return {};
  return row(s);
}

std::vector<Job> Jobs::list(int most) const {
  Statement s(database_, (std::string(kColumns) + "ORDER BY created DESC LIMIT ?").c_str());
  s.with(1, most);
  std::vector<Job> out;
  while (s.step()) out.push_back(row(s));
  return out;
}

int Jobs::queued() const {
  Statement s(database_, "SELECT COUNT(*) FROM jobs WHERE state=0");
  s.step();
  return s.integer(0);
}

void Jobs::set_state(const Job& j) {
  Statement(database_,
            "UPDATE jobs SET state=?, started=?, finished=?, error=?, attempts=? WHERE id=?")
      .with(1, static_cast<int>(j.state))
      .with(2, j.started)
      .with(3, j.finished)
      .with(4, j.error)
      .with(5, j.attempts)
      .with(6, j.id)
      .step();
  if (j.state >= State::kDone) ++ended[to_string(j.state)];
}

void Jobs::drop_oldest() {
  Statement s(database_,
              "SELECT id FROM jobs WHERE state>=2 ORDER BY finished DESC LIMIT -1 OFFSET ?");
  s.with(1, options_.keep_jobs);
  std::vector<std::string> old;
  while (s.step()) old.push_back(s.text(0));
  for (const std::string& id : old) {
    Statement(database_, "DELETE FROM jobs WHERE id=?").with(1, id).step();
    std::error_code ignored;
    if (looks_like_id(id)) fs::remove_all(folder_of(id), ignored);
  }
}

bool Jobs::cancel(const std::string& id) {
  auto job = find(id);
  if (!job || job->state >= State::kDone) return false;
  for (auto& [pid, child] : children_) {
    if (child.id != id) continue;
    child.cancelled = true;
    ::kill(-pid, SIGKILL);  // its end is noted when it is reaped
    return true;
  }
  job->state = State::kCancelled, job->finished = now();
  set_state(*job);
  return true;
}

void Jobs::start_some() {
  while (running() < options_.workers) {
    Statement s(database_,
                (std::string(kColumns) + "WHERE state=0 ORDER BY created LIMIT 1").c_str());
    if (!s.step()) return;
    start(row(s));
  }
}

// The child has its own process group, the job's folder as its own, no secrets in its
// environment, and its two outputs in files.
void Jobs::start(Job job) {
  const std::string folder = folder_of(job.id);
  if (++job.attempts > kMostAttempts) {
    job.state = State::kFailed, job.finished = now(),
    job.error = "the service stopped each time this job ran";
    return set_state(job);
  }
  std::vector<std::string> words = arguments_of(job.kind, job.name);
  words.insert(words.begin(), options_.program);
  std::vector<char*> arguments;
  for (std::string& w : words) arguments.push_back(w.data());
  arguments.push_back(nullptr);
  std::vector<std::string> kept;
  for (const char* name : {"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + "=" + value);
  }
  std::vector<char*> environment;
  for (std::string& k : kept) environment.push_back(k.data());
  environment.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, (folder + "/stdout").c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, 2, (folder + "/stderr").c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addchdir_np(&files, folder.c_str());
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, usual;
  sigemptyset(&none), sigfillset(&usual);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, options_.program.c_str(), &files, &attributes,
                                  arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  job.started = now(), job.state = State::kRunning;
  if (error) {
    job.state = State::kFailed, job.finished = job.started,
    job.error = fmt::format("cannot start a worker: {}", std::strerror(error));
  } else {
    // of its address space; it reads what was sent before its own workers have limits
    const rlimit memory{options_.job_memory, options_.job_memory};
    ::prlimit(pid, RLIMIT_AS, &memory, nullptr);
    children_[pid] = {job.id, job.started};
  }
  set_state(job);
}

void Jobs::reap() {
  for (int status = 0, pid; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) end(pid, status);
  start_some();
}

void Jobs::end(int pid, int status) {
  const auto at = children_.find(pid);
  if (at == children_.end()) return;
  const Child child = at->second;
  children_.erase(at);
  ::kill(-pid, SIGKILL);  // its own workers, if any outlived it
  auto job = find(child.id);
  if (!job) return;
  job->finished = now();
  busy_seconds += job->finished - child.started;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (child.cancelled) {
    job->state = State::kCancelled;
  } else if (code == 0) {
    job->state = State::kDone;
  } else {
    job->state = State::kFailed;
    const std::string said = last_line(folder_of(job->id) + "/stderr");
    job->error = child.late      ? fmt::format("took more than {:g} s", options_.job_seconds)
                 : code < 0      ? "the worker was killed"
                 : !said.empty() ? said
                                 : fmt::format("the worker ended with code {}", code);
    const std::string prefix = "cadrecode: ";
    if (job->error.rfind(prefix, 0) == 0) job->error.erase(0, prefix.size());
  }
  set_state(*job);
}

void Jobs::check_time() {
  for (auto& [pid, child] : children_) {
    if (now() - child.started < options_.job_seconds) continue;
    child.late = true;
    ::kill(-pid, SIGKILL);
  }
}

void Jobs::give_back() {
  for (const auto& [pid, child] : children_) {
    ::kill(-pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    auto job = find(child.id);
    if (!job) continue;
    job->state = child.cancelled ? State::kCancelled : State::kQueued;
    --job->attempts;  // not its fault
    set_state(*job);
  }
  children_.clear();
}

std::vector<std::string> Jobs::files_of(const std::string& id) const {
  std::vector<std::string> out;
  if (!looks_like_id(id)) return out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_of(id) + "/out", error)) {
    if (entry.is_regular_file() && !entry.is_symlink())
      out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string Jobs::progress_of(const std::string& id) const {
  return last_line(folder_of(id) + "/stderr");
}

}  // namespace cadrecode::serve
