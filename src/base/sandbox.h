// Taking rights away from this process, for good: what a worker that runs programs
// nobody has read (base/workers.h) may still do, should one of them find a hole in the
// native code below it.
//
// Linux: a seccomp filter on system calls, and Landlock (kernel 5.13 and later) on
// files. Where the kernel has neither, or under sanitizers, which need calls that are
// refused here, nothing is taken away and `confine` says so.
#pragma once

#include <string>

namespace cadrecode {

struct Rights {
  enum class Files {
    kSystem,  // read what the system's libraries need (/usr, /lib, /etc, fonts); without
              // Landlock as kRead
    kRead,    // open any file that the user may, for reading
    kAll,
  };
  Files files = Files::kAll;
  bool network = true;    // sockets made from now on; those that are open stay
  bool processes = true;  // fork, exec, signals to others, debugging
};

// What is refused from now on ends in an errno (EPERM, EACCES), not in death. Threads
// may still be started. Call it while the process is single-threaded. Returns what
// could not be taken away, in words; empty: everything asked for.
std::string confine(const Rights& rights);

}  // namespace cadrecode
