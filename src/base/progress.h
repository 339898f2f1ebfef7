// Progress of long work, on stderr: a bar with rate and time left on a
// terminal, one plain line every ten seconds in a log, nothing for work that
// ends at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace cadrecode {

class Progress {
 public:
  // `total` 0 means unknown (a stream).
  // `before`: how many were done in an earlier run, and say nothing of the rate.
  Progress(std::string label, size_t total, size_t before = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `note` is a few words shown behind the counts, e.g. "3 failed".
  void update(size_t done, const std::string& note = "");

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(size_t done, double seconds, const std::string& note) const;
  void show(size_t done, const std::string& note);

  std::string label_;
  size_t total_, before_;
  bool terminal_;
  bool shown_ = false;
  size_t done_ = 0;
  std::string note_;
  Clock::time_point start_, last_;
};

// 75 -> "1:15", 3725 -> "1:02:05".
std::string clock_text(double seconds);

}  // namespace cadrecode
