#include "evaluation/metric/summary.h"

#include <algorithm>
#include <numeric>

namespace cadrecode::metric {
namespace {

void keep_larger(std::optional<double>& best, const std::optional<double>& value) {
  if (value && (!best || *value > *best)) best = value;
}

// The means of what is left when the `drop` worst distances count as invalid.
Summary::Sweep sweep_step(const std::vector<double>& ascending, size_t drop, size_t parts) {
  size_t kept = ascending.size() - std::min(drop, ascending.size());
  Summary::Sweep step;
  step.mean_cd = mean({ascending.begin(), ascending.begin() + static_cast<long>(kept)});
  step.invalid_ratio = parts ? 1 - static_cast<double>(kept) / static_cast<double>(parts) : 0;
  return step;
}

}  // namespace

std::optional<double> mean(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  size_t half = values.size() / 2;
  return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Best best_of(const PartScore& part) {
  Best best;
  for (size_t i = 0; i < part.candidates.size(); ++i) {
    const CandidateScore& c = part.candidates[i];
    keep_larger(best.iou, c.iou);
    keep_larger(best.iou_official, c.iou_official);
    if (c.cd && (!best.cd || *c.cd < *best.cd)) {
      best.cd = c.cd;
      best.iou_same = c.iou;
      best.candidate = static_cast<int>(i);
    }
  }
  return best;
}

Summary summarize(const std::vector<PartScore>& parts) {
  Summary summary;
  std::vector<double> cds, ious, officials, sames;
  for (const PartScore& part : parts) {
    Best best = best_of(part);
    if (!best.cd) ++summary.invalid;
    if (best.cd) cds.push_back(*best.cd);
    if (best.iou) ious.push_back(*best.iou);
    if (best.iou_official) officials.push_back(*best.iou_official);
    if (best.iou_same) sames.push_back(*best.iou_same);
  }
  summary.parts = parts.size();
  if (!parts.empty()) {
    summary.invalid_ratio =
        static_cast<double>(summary.invalid) / static_cast<double>(parts.size());
  }
  summary.mean_cd = mean(cds);
  summary.median_cd = median(cds);
  summary.mean_iou = mean(ious);
  summary.median_iou = median(ious);
  summary.mean_iou_official = mean(officials);
  summary.mean_iou_same = mean(sames);
  std::sort(cds.begin(), cds.end());
  for (size_t i = 0; i < summary.sweep.size(); ++i)
    summary.sweep[i] = sweep_step(cds, i, parts.size());
  return summary;
}

}  // namespace cadrecode::metric
