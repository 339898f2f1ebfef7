// `cadrecode serve`: the program as an HTTP service, with a page to use it.
//
// One thread answers; the work itself is done by child processes that run this same
// program (`cadrecode reconstruct …`), so a job that crashes, hangs or grows costs only
// itself, and nothing that used the kernel ever forks. Jobs stand in a SQLite file: what
// was waiting or running when the service stopped is taken up again at the next start.
#pragma once

#include <cstdint>
#include <string>

namespace cadrecode::serve {

struct Options {
  std::string address = "127.0.0.1";
  uint16_t port = 8000;  // 0: any free one
  std::string folder;    // of jobs; empty: one in the user's cache folder
  std::string token;     // asked of every request where not empty
  std::string program;   // what runs a job; this program
  int workers = 1;       // jobs at a time
  int queue = 64;        // jobs waiting; more are refused with 503
  uint64_t max_body = uint64_t{256} << 20;
  double header_seconds = 10;               // for a request's head as a whole
  double body_seconds = 120;                // for its body as a whole
  double job_seconds = 600;                 // wall time of one job
  uint64_t job_memory = uint64_t{8} << 30;  // address space of a job's process
  int connections = 256;                    // at a time; more are closed at once
  int keep_jobs = 1000;                     // finished ones; the oldest go first
  bool announce = true;                     // the address on stderr
};

// Serves until SIGINT or SIGTERM; then takes no more, lets running jobs end for
// `grace` seconds and leaves the rest in the queue. Returns an exit code. Errors: kInput
// when the address is taken or the folder cannot be written; kValue for an address
// beyond this machine without a token.
int run(const Options& options);

}  // namespace cadrecode::serve
