#include "base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace cadrecode {
namespace {

constexpr double kTerminalInterval = 0.1, kLogInterval = 10;  // seconds
constexpr int kBarWidth = 24;

double seconds_between(std::chrono::steady_clock::time_point a,
                       std::chrono::steady_clock::time_point b) {
  return std::chrono::duration<double>(b - a).count();
}

std::string bar(double fraction) {
  int filled = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * kBarWidth);
  return "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "]";
}

}  // namespace

std::string clock_text(double seconds) {
  long s = static_cast<long>(seconds + 0.5);
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

Progress::Progress(std::string label, size_t total, size_t before)
    : label_(std::move(label)),
      total_(total),
      before_(before),
      terminal_(::isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_(start_) {}

Progress::~Progress() {
  if (!shown_) return;
  show(done_, note_);
  if (terminal_) std::fputc('\n', stderr);
}

void Progress::update(size_t done, const std::string& note) {
  done_ = done;
  note_ = note;
  auto now = Clock::now();
  if (seconds_between(last_, now) < (terminal_ ? kTerminalInterval : kLogInterval)) return;
  last_ = now;
  shown_ = true;
  show(done, note);
}

void Progress::show(size_t done, const std::string& note) {
  std::string text = line(done, seconds_between(start_, Clock::now()), note);
  std::fprintf(stderr, terminal_ ? "\r\x1b[K%s" : "%s\n", text.c_str());
  std::fflush(stderr);
}

std::string Progress::line(size_t done, double seconds, const std::string& note) const {
  double rate = seconds > 0 ? static_cast<double>(done - std::min(done, before_)) / seconds : 0;
  std::string text = label_ + " ";
  if (total_ > 0) {
    text += fmt::format("{} {}/{}", bar(static_cast<double>(done) / total_), done, total_);
  } else {
    text += fmt::format("{}", done);
  }
  text += fmt::format("  {:.3g}/s", rate);
  if (total_ > done && rate > 0) {
    text += "  " + clock_text(static_cast<double>(total_ - done) / rate) + " left";
  }
  return note.empty() ? text : text + "  " + note;
}

}  // namespace cadrecode
