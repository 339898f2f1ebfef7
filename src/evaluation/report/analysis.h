// From rows to what a table, a plot or a sentence says.
//
// Which of a part's k candidates counts, side by side:
//   oracle  the published rule: least CD and, independently, greatest IoU, both
//           chosen with the truth at hand (metric/summary.h)
//   input   the candidate with the least misfit to the points the system was
//           shown, sound solids before others: what a user can have
//   single  the first candidate: what one run gives
// A part whose choice has no CD is invalid: it leaves means and medians and counts
// in IR. Parts whose truth cannot be measured are counted apart and nowhere else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/metric/summary.h"
#include "evaluation/report/row.h"
#include "evaluation/report/statistics.h"

namespace cadrecode::report {

enum class Choice { kOracle, kInput, kSingle };
const char* to_string(Choice choice);                // "oracle", "input", "single"
Choice choice_from_string(const std::string& word);  // Errors: kValue

struct Options {
  std::string title = "Benchmark";
  std::vector<std::string> data, systems;  // in the order to be shown
  std::vector<Choice> choose = {Choice::kOracle, Choice::kInput, Choice::kSingle};
  size_t bootstrap = 1000;  // resamples; 0: no intervals
  uint64_t seed = 0;
  size_t gallery = 20;  // worst, and random, parts shown of each data set and system
};

// The rows of one part by one system, candidate by candidate.
struct PartRows {
  uint64_t part = 0;
  std::vector<const Row*> rows;
  const std::string& id() const { return rows.front()->id; }
  bool truth_failed() const { return rows.front()->truth_failed(); }
};

// What is counted of a part once a candidate is chosen.
struct Chosen {
  const PartRows* part = nullptr;
  const Row* row = nullptr;  // the chosen candidate (for the oracle: by CD); null: invalid
  std::optional<double> cd, iou, iou_official, iou_same;
};

struct Estimate {
  std::optional<double> value;
  std::optional<Interval> interval;  // 95 %
};

struct Cell {  // one line of a table
  std::string data, system;
  Choice choice = Choice::kOracle;
  size_t candidates = 1;     // most that any part has
  size_t parts = 0;          // counted
  size_t truths_failed = 0;  // not counted
  size_t invalid = 0;
  size_t without_iou = 0, without_iou_official = 0;  // though they have a CD
  size_t unsound = 0;  // chosen solids that the kernel calls invalid, though they have a CD
  Estimate mean_cd, median_cd, mean_iou, median_iou, mean_iou_official, median_iou_official,
      invalid_ratio;
  std::optional<double> mean_iou_same;
  std::array<std::optional<double>, kFigures> means;    // of the chosen candidates
  std::array<std::optional<double>, kFigures> medians;  // likewise
  metric::Summary summary;                              // the official sweep among it
  std::vector<Chosen> chosen;                           // [parts]
};

// Best of the first k candidates by the oracle, and the choice by input among them.
struct Growth {
  size_t candidates = 1;
  metric::Summary oracle, input;
};

struct Failures {
  std::map<std::string, size_t> causes;         // "run: geometry" and the like; candidates
  std::map<std::string, std::string> examples;  // a message of each
  size_t candidates = 0;
};

// A less B over the parts both were asked.
struct Comparison {
  std::string data, a, b;
  Choice choice = Choice::kOracle;
  size_t parts = 0, both = 0;  // both: with a CD
  Estimate cd, iou;            // mean differences; IoU of an invalid answer is 0, parts where an
                               // answer has a CD but no IoU are left out of the latter
  double cd_p = 1, iou_p = 1;  // Wilcoxon
  size_t better_cd = 0, worse_cd = 0;
  size_t only_a = 0, only_b = 0;  // valid
  double valid_p = 1;             // McNemar
};

struct Analysis {
  std::vector<Cell> cells;  // by data, system, choice as Options order them
  std::map<std::pair<std::string, std::string>, std::vector<Growth>> growth;
  std::map<std::pair<std::string, std::string>, Failures> failures;
  std::vector<Comparison> comparisons;  // of every two systems, by the first choice
  // data, system -> parts in order; Cell::chosen points into it
  std::map<std::pair<std::string, std::string>, std::vector<PartRows>> groups;
  bool several = false;  // some part has more than one candidate
  const Cell* cell(const std::string& data, const std::string& system, Choice choice) const;
};

// `rows` must outlive the analysis. Rows of data sets and systems that the
// options do not name are left out. Errors: kInput for a candidate given twice.
Analysis analyse(const std::vector<Row>& rows, const Options& options);

}  // namespace cadrecode::report
