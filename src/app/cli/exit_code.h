// Exit codes, the same for every subcommand (and in its help).
#pragma once

#include "base/error.h"

namespace cadrecode::cli {

enum ExitCode {
  kDone = 0,
  kSomeFailed = 1,     // several inputs, some failed; each is reported
  kUsage = 2,          // the command line itself
  kBadInput = 3,       // the only input is wrong: syntax, value, geometry, unreadable
  kUnsupported = 4,    // the only input needs what this program does not do
  kResourceLimit = 5,  // the only input used up a budget
  kInternal = 70,      // a defect of this program
  kInterrupted = 130,  // Ctrl-C; what was done is kept
};

inline ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUnsupported:
      return kUnsupported;
    case ErrorKind::kLimit:
      return kResourceLimit;
    case ErrorKind::kInternal:
      return kInternal;
    default:
      return kBadInput;
  }
}

}  // namespace cadrecode::cli
