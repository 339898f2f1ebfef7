#include "app/cli/audit.h"

#include <fmt/format.h>

#include <cmath>
#include <deque>

#include "base/interrupt.h"
#include "base/progress.h"
#include "base/random.h"
#include "learning/procgen/run.h"

namespace cadrecode::cli {
namespace {

constexpr double kVolumeTolerance = 1e-4;
constexpr size_t kMostFailures = 100;

// Empty: the kernel agrees.
std::string disagreement(const dataset::Row& row, const execute::Outcome& outcome) {
  if (outcome.failure) return outcome.failure->message;
  if (!outcome.facts || !outcome.facts->valid) return "not valid to BRepCheck";
  const double want = row.volume.value_or(outcome.facts->volume), got = outcome.facts->volume;
  if (std::abs(got - want) <= kVolumeTolerance * std::abs(want)) return {};
  return fmt::format("volume {} to the kernel, {} to the analytic engine", got, want);
}

// The rows to audit, in order, read block by block.
class Chosen {
 public:
  Chosen(const dataset::ShardSet& set, uint64_t seed, double share)
      : set_(set), seed_(seed), share_(share) {}

  std::optional<dataset::Row> next() {
    for (;;) {
      for (; at_ < lines_.size(); ++at_) {
        dataset::Row row = dataset::from_line(lines_[at_]);
        if (!is_audited(seed_, procgen::index_of_id(row.id), share_)) continue;
        ++at_;
        return row;
      }
      if (!read_block()) return std::nullopt;
    }
  }

 private:
  bool read_block() {
    while (shard_ < set_.shards().size() && block_ == set_.shards()[shard_].blocks()) {
      ++shard_, block_ = 0;
    }
    if (shard_ == set_.shards().size()) return false;
    lines_ = set_.shards()[shard_].lines(block_++);
    at_ = 0;
    return true;
  }

  const dataset::ShardSet& set_;
  uint64_t seed_;
  double share_;
  size_t shard_ = 0, at_ = 0;
  uint64_t block_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace

bool is_audited(uint64_t seed, uint64_t index, double share) {
  return RandomStream(seed, index).fork(~uint64_t{0}).next_uniform() < share;
}

Audit audit(const dataset::ShardSet& set, uint64_t seed, double share,
            execute::Executor& executor) {
  Audit out;
  out.share = share;
  Chosen chosen(set, seed, share);
  std::deque<dataset::Row> waiting;  // handed to the workers, in order
  Progress progress("audit", static_cast<size_t>(static_cast<double>(set.size()) * share));
  executor.run(
      [&]() -> std::optional<execute::Job> {
        if (interrupted()) {
          out.stopped = true;
          return std::nullopt;
        }
        std::optional<dataset::Row> row = chosen.next();
        if (!row) return std::nullopt;
        waiting.push_back(std::move(*row));
        execute::Job job;
        job.id = waiting.back().id;
        job.code = waiting.back().code;
        return job;
      },
      [&](const execute::Outcome& outcome) {
        const std::string reason = disagreement(waiting.front(), outcome);
        ++out.audited;
        if (reason.empty()) {
          ++out.valid;
        } else if (out.failures.size() < kMostFailures) {
          out.failures.push_back({waiting.front().id, reason});
        }
        waiting.pop_front();
        progress.update(out.audited, fmt::format("{} refused", out.audited - out.valid));
      });
  return out;
}

}  // namespace cadrecode::cli
