// From rows to the numbers of a table.
//
// The official rule: every part has k candidates; its CD is the smallest and,
// independently, its IoU the largest among them, both chosen with the truth at
// hand (an oracle); parts without any CD are invalid and leave the means; the
// invalidity ratio IR counts them. Here a part without predictions counts as
// invalid too. Beside it, what a user could have had: the IoU of the same
// candidate that gave the CD.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cadrecode::metric {

struct CandidateScore {
  std::optional<double> cd, iou, iou_official;
};

struct PartScore {
  std::string id;
  std::vector<CandidateScore> candidates;  // empty: no prediction
};

struct Best {
  std::optional<double> cd, iou, iou_official;  // each the best on its own (oracle)
  std::optional<double> iou_same;               // of the candidate with the best CD
  int candidate = -1;                           // that candidate
};
Best best_of(const PartScore& part);

struct Summary {
  size_t parts = 0, invalid = 0;
  double invalid_ratio = 0;  // IR, in [0, 1]
  std::optional<double> mean_cd, median_cd, mean_iou, median_iou, mean_iou_official, mean_iou_same;
  // The official sweep: for i = 0…4 the i worst CDs are dropped from the mean
  // and added to IR.
  struct Sweep {
    std::optional<double> mean_cd;
    double invalid_ratio = 0;
  };
  std::array<Sweep, 5> sweep;
};
Summary summarize(const std::vector<PartScore>& parts);

std::optional<double> mean(const std::vector<double>& values);
// The middle value; the mean of the middle two for an even count.
std::optional<double> median(std::vector<double> values);

}  // namespace cadrecode::metric
