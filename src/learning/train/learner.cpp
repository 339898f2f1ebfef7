#include "learning/train/learner.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "learning/train/feed.h"
#include "learning/train/meter.h"

namespace cadrecode::train {
namespace {

constexpr double kLargestScale = 65536;
constexpr int64_t kGrowAfter = 2000;  // steps without overflow, as torch's GradScaler

// A sum of losses is brought near a mean by a constant, so that fp16 and bf16
// see numbers of ordinary size; the exact count divides afterwards.
double nominal_targets(const recipe::Recipe& recipe) {
  return 64.0 * static_cast<double>(recipe.batch_size * recipe.gradient_accumulation_steps);
}

uint64_t dropout_seed(const recipe::Recipe& recipe, int64_t step, int64_t rank, size_t piece) {
  const RandomStream stream(static_cast<uint64_t>(recipe.seed), 0xD20F);
  const RandomStream mine = rank == 0 ? stream : stream.fork(static_cast<uint64_t>(rank));
  const uint64_t bits = mine.bits_at((static_cast<uint64_t>(step) << 20) + piece);
  return bits | 1;  // 0 means no dropout
}

}  // namespace

void Learner::add_gradients(const model::Batch& batch, double weight, uint64_t dropout_seed,
                            StepReport& report) {
  model::ForwardOptions options;
  options.checkpoint_layers = recipe_.gradient_checkpointing;
  options.dropout_seed = dropout_seed;
  const Tensor sum = -model::target_log_probabilities(model_, batch, options).sum();
  (sum * weight).backward();
  report.loss += sum.item<double>();
  report.targets += batch.targets.numel();
  report.tokens += std::accumulate(batch.lengths.begin(), batch.lengths.end(), int64_t{0});
  report.flops += step_flops(model_, batch, !recipe_.use_lora);
}

void Learner::sum_over_processes(StepReport& report) {
  if (collective_.size() == 1) return;
  const Tensor counts = at::tensor({report.loss, static_cast<double>(report.targets),
                                    static_cast<double>(report.tokens)},
                                   at::kDouble)
                            .to(model_.device());
  collective_.begin_sum(counts);
  gradients_.finish();
  const Tensor summed = counts.to(at::kCPU);
  report.loss = summed[0].item<double>();
  report.targets = static_cast<int64_t>(summed[1].item<double>());
  report.tokens = static_cast<int64_t>(summed[2].item<double>());
}

void Learner::adapt_scale(bool finite, Progress& progress) const {
  if (recipe_.mixed_precision != recipe::Precision::kFp16) return;
  if (!finite) {
    progress.loss_scale = std::max(1.0, progress.loss_scale / 2);
    progress.scaled_well = 0;
  } else if (++progress.scaled_well == kGrowAfter) {
    progress.loss_scale = std::min(kLargestScale * 256, progress.loss_scale * 2);
    progress.scaled_well = 0;
  }
}

StepReport Learner::step(std::vector<model::Sample> samples, Progress& progress) {
  StepReport report;
  const double weight = progress.loss_scale / nominal_targets(recipe_);
  optimizer_.zero_gradients();
  const auto all =
      pieces(std::move(samples), recipe_.batch_size, recipe_.tokens_per_batch, recipe_.packing);
  for (size_t i = 0; i < all.size(); ++i) {
    const model::Batch batch =
        model::make_batch(all[i], model_.point_columns(), model_.device(), model::kRowMultiple);
    if (i + 1 == all.size()) gradients_.arm();
    add_gradients(batch, weight, dropout_seed(recipe_, progress.step, collective_.rank(), i),
                  report);
  }
  sum_over_processes(report);
  if (report.targets == 0) return report.skipped = true, report;
  const double to_mean = 1 / (weight * static_cast<double>(report.targets));
  report.gradient_norm = optimizer_.gradient_norm() * to_mean;
  const bool finite = std::isfinite(report.gradient_norm);
  adapt_scale(finite, progress);
  report.skipped = !finite;
  if (!finite) return report;
  const double most = recipe_.max_grad_norm;
  const double clip = most > 0 ? std::min(1.0, most / (report.gradient_norm + 1e-6)) : 1;
  optimizer_.step(recipe::learning_rate_at(recipe_, progress.step), to_mean * clip);
  return report;
}

double Learner::evaluation_loss(const std::vector<model::Sample>& samples) const {
  const at::NoGradGuard no_grad;
  double sum = 0;
  int64_t targets = 0;
  for (const auto& piece : pieces(samples, recipe_.batch_size, recipe_.tokens_per_batch, true)) {
    const model::Batch batch =
        model::make_batch(piece, model_.point_columns(), model_.device(), model::kRowMultiple);
    sum -= model::target_log_probabilities(model_, batch).sum().item<double>();
    targets += batch.targets.numel();
  }
  return targets ? sum / static_cast<double>(targets) : 0;
}

}  // namespace cadrecode::train
