// What a benchmark leaves in its folder, and how it goes on after a kill.
//
//   settings.json      what decides answers and figures
//   predictions.jsonl  every candidate's program (or file): figures can be computed
//                      again from it without the model
//   rows.jsonl         every candidate's figures (report/row.h)
//   times.jsonl        what each block of parts cost; never part of a report
// With --shard I/N the names carry "-I-of-N" before the extension.
//
// All rows of one part by one system are appended in one piece; what a kill has cut
// off is taken away when the folder is opened again.
#pragma once

#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/share.h"
#include "evaluation/benchmark/data_set.h"
#include "evaluation/benchmark/system.h"
#include "evaluation/report/row.h"

namespace cadrecode::benchmark {

// data, system, number of the part
using PartKey = std::tuple<std::string, std::string, uint64_t>;

// Settings of a run as they stand in settings.json.
struct Settings {
  struct Data {
    uint64_t parts = 0;
    std::string fingerprint, path;
  };
  std::map<std::string, Data> data;
  std::map<std::string, std::string> systems;  // name -> settings_of()
  std::string metrics;                         // JSON text
};
Settings settings_of(const Config& config, const std::vector<DataSet>& data);
std::string to_json(const Settings& settings);
Settings settings_of_json(const std::string& text, const std::string& path);

// A file of lines that is only ever appended to, whole pieces at a time.
class Lines {
 public:
  explicit Lines(std::string path);  // Errors: kInput when it cannot be written
  ~Lines();
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  void append(const std::string& text);

 private:
  std::string path_;
  std::FILE* file_ = nullptr;
};

struct StoredPart {
  std::vector<Candidate> candidates;
};

class Store {
 public:
  // `rescore`: figures are computed again, answers are kept. Errors: kInput when the
  // folder was begun with other data, settings of a system, or metrics.
  Store(std::string folder, Share share, const Settings& settings, bool rescore);

  bool measured(const PartKey& key) const { return measured_.count(key) > 0; }
  // The answers an earlier run left; null: none. Taken out once asked for.
  std::optional<std::vector<Candidate>> take_answers(const PartKey& key);

  void add_answers(const PartKey& key, const std::string& id,
                   const std::vector<Candidate>& candidates);
  void add_rows(const std::vector<report::Row>& rows);
  void add_time(const std::string& json_line) { times_->append(json_line + "\n"); }

 private:
  std::string path(const char* stem, const char* extension) const;
  void hold_settings(const Settings& settings, bool rescore);
  void resume_rows(const std::string& path, bool mine);
  void resume_answers(const std::string& path, bool mine);

  std::string folder_;
  Share share_;
  std::set<PartKey> measured_;
  std::map<PartKey, std::vector<Candidate>> answers_;
  std::unique_ptr<Lines> predictions_, rows_, times_;
};

// All rows of a folder in their one order, its shards' among them. With shards:
// rows.jsonl, predictions.jsonl and times.jsonl are written in that order and the
// shards' files removed. Errors: kInput where shards are of different divisions
// ("1-of-7" beside "0-of-3") or settings, or anything is missing (which, and of
// which shard, is said).
std::vector<report::Row> collect(const std::string& folder, const Config& config);

}  // namespace cadrecode::benchmark
