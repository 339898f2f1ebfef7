#include "learning/runlog/runlog.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::runlog {
namespace {

using Json = nlohmann::ordered_json;

double now() {
  const auto time = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(time).count();
}

std::string to_line(const Row& row) {
  Json json = {{"step", row.step}, {"seconds", std::round(row.seconds * 1000) / 1000}};
  for (const Scalar& s : row.scalars) {
    json[s.name] = std::isfinite(s.value) ? Json(s.value) : Json(nullptr);
  }
  return json.dump() + "\n";
}

Row to_row(const std::string& line) {
  const Json json = Json::parse(line);
  Row row{json.at("step").get<int64_t>(), json.at("seconds").get<double>(), {}};
  for (const auto& [name, value] : json.items()) {
    if (name == "step" || name == "seconds" || !(value.is_number() || value.is_null())) continue;
    row.scalars.push_back({name, value.is_null() ? NAN : value.get<double>()});
  }
  return row;
}

std::string events_name(const std::string& folder) {
  char host[256] = "host";
  gethostname(host, sizeof host - 1);
  return fmt::format("{}/events.out.tfevents.{}.{}.{}", folder, static_cast<int64_t>(now()), host,
                     getpid());
}

int open_to_append(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) throw Error(ErrorKind::kInput, path + ": " + std::strerror(errno));
  return file;
}

// What the earlier part of the run wrote, up to `step`.
void keep_until(const std::string& path, int64_t step) {
  std::string kept;
  if (step > 0 && std::filesystem::exists(path)) {
    for (const Row& row : read_log(path)) {
      if (row.step <= step) kept += to_line(row);
    }
  }
  write_file(path, kept);
}

}  // namespace

RunLog::RunLog(const std::string& folder, int64_t step) {
  const std::string path = folder + "/log.jsonl";
  keep_until(path, step);
  rows_ = open_to_append(path);
  events_ = open_to_append(events_name(folder));
  append(events_, tf_record(version_event(now())));
  if (step > 0) append(events_, tf_record(restart_event(now(), step + 1)));
}

RunLog::~RunLog() {
  if (rows_ >= 0) ::close(rows_);
  if (events_ >= 0) ::close(events_);
}

void RunLog::append(int file, const std::string& bytes) {
  const off_t end = ::lseek(file, 0, SEEK_END);
  const ssize_t written = ::write(file, bytes.data(), bytes.size());
  if (written == static_cast<ssize_t>(bytes.size())) return;
  // Half a row would make the whole log unreadable.
  if (written > 0 && end >= 0 && ::ftruncate(file, end) != 0) complained_ = false;
  if (!complained_) fmt::print(stderr, "log: a row was lost: {}\n", std::strerror(errno));
  complained_ = true;
}

void RunLog::write(const Row& row) {
  append(rows_, to_line(row));
  std::vector<Scalar> finite;
  for (const Scalar& s : row.scalars) {
    if (std::isfinite(s.value)) finite.push_back(s);
  }
  append(events_, tf_record(scalar_event(now(), row.step, finite)));
}

std::vector<Row> read_log(const std::string& path) {
  const std::string text = read_file(path);
  std::vector<Row> rows;
  int number = 0;
  for (size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    ++number;
    try {
      rows.push_back(to_row(text.substr(at, end - at)));
    } catch (const Json::exception&) {
      throw Error(ErrorKind::kSyntax, "not a row of a run's log", {path, number, 1});
    }
  }
  return rows;
}

}  // namespace cadrecode::runlog
