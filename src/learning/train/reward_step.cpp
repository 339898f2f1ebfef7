#include "learning/train/reward_step.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <thread>

#include "base/random.h"
#include "learning/model/generate.h"
#include "learning/reward/reward.h"
#include "learning/train/feed.h"
#include "learning/train/meter.h"

namespace cadrecode::train {
namespace {

// The text a sample is supervised on.
std::string truth_of(const model::Sample& sample, const Speller& speller) {
  const auto begin = sample.tokens.begin() + sample.first_target;
  return speller.text({begin, sample.tokens.end()});
}

model::Sample prompt_of(const model::Sample& sample) {
  model::Sample prompt = sample;
  prompt.tokens.resize(static_cast<size_t>(sample.first_target));
  return prompt;
}

struct Judged {
  std::vector<double> rewards;
  double iou = 0;  // mean; 0 counts without a valid solid
  size_t invalid = 0;
};

// Programs of one group against the group's truth. A truth the engine cannot
// measure teaches nothing: all rewards alike.
Judged judge(const std::vector<std::string>& programs, const std::string& truth,
             const reward::Scale& scale, size_t threads) {
  Judged judged;
  const reward::Attempt made = reward::attempt(truth);
  if (!made.valid()) return judged.rewards.assign(programs.size(), 0.0), judged;
  const reward::Target target(made.part);
  const std::vector<const reward::Target*> targets(programs.size(), &target);
  for (const reward::Worth& worth : reward::worths(programs, targets, threads)) {
    judged.rewards.push_back(reward::reward(worth, scale));
    judged.iou += worth.iou / static_cast<double>(programs.size());
    judged.invalid += worth.outcome != reward::Outcome::kValid;
  }
  return judged;
}

}  // namespace

std::vector<RewardLearner::Drawn> RewardLearner::draw(const std::vector<model::Sample>& samples,
                                                      const Progress& progress,
                                                      StepReport& report) const {
  const auto group = static_cast<size_t>(recipe_.reward_group);
  const RandomStream random(static_cast<uint64_t>(recipe_.seed), 0x4E3A);
  std::vector<model::Sample> prompts;
  std::vector<uint64_t> seeds;
  for (const model::Sample& sample : samples) {
    const auto rank = static_cast<uint64_t>(collective_.rank());
    seeds.push_back(random.bits_at((static_cast<uint64_t>(progress.step) << 24) + (rank << 16) +
                                   prompts.size()));
    prompts.push_back(prompt_of(sample));
  }
  model::SampleOptions options;
  options.temperature = recipe_.reward_temperature;
  options.end_tokens = {speller_.end()};
  options.max_new_tokens = recipe_.max_seq_length - static_cast<int64_t>(prompts[0].tokens.size());
  const auto generated = model::generate(model_, prompts, seeds, recipe_.reward_group, options);

  const reward::Scale scale{recipe_.reward_iou, recipe_.reward_invalid};
  const size_t threads = std::max(1u, std::thread::hardware_concurrency());
  std::vector<Drawn> drawn;
  double rewards = 0, iou = 0, invalid = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    std::vector<std::string> programs;
    for (size_t k = 0; k < group; ++k)
      programs.push_back(speller_.text(generated[i * group + k].tokens));
    const Judged judged = judge(programs, truth_of(samples[i], speller_), scale, threads);
    const std::vector<double> advantages =
        reward::advantages(judged.rewards, static_cast<size_t>(recipe_.reward_keep));
    for (double r : judged.rewards) rewards += r / static_cast<double>(group);
    iou += judged.iou;
    invalid += static_cast<double>(judged.invalid) / static_cast<double>(group);
    for (size_t k = 0; k < group; ++k) {
      if (advantages[k] == 0) continue;
      const model::Generated& made = generated[i * group + k];
      Drawn d{prompts[i], made.log_probabilities, advantages[k]};
      d.sample.tokens.insert(d.sample.tokens.end(), made.tokens.begin(), made.tokens.end());
      if (made.ended) d.sample.tokens.push_back(speller_.end());
      d.old_log_probabilities.resize(d.sample.tokens.size() -
                                     static_cast<size_t>(d.sample.first_target));
      drawn.push_back(std::move(d));
    }
  }
  const auto count = static_cast<double>(samples.size());
  report.extra = {{"reward", rewards / count},
                  {"sample_iou", iou / count},
                  {"sample_invalid", invalid / count}};
  return drawn;
}

void RewardLearner::update(const std::vector<Drawn>& drawn, const Progress& progress,
                           StepReport& report) {
  optimizer_.zero_gradients();
  const auto at_once = static_cast<size_t>(recipe_.batch_size);
  // A constant, not the lengths, divides: long and short programs weigh alike
  // by token.
  const double weight = 1.0 / (64.0 * static_cast<double>(std::max<size_t>(1, drawn.size())));
  for (size_t begin = 0; begin < drawn.size(); begin += at_once) {
    const size_t end = std::min(drawn.size(), begin + at_once);
    std::vector<model::Sample> samples;
    std::vector<float> old, advantage;
    for (size_t i = begin; i < end; ++i) {
      samples.push_back(drawn[i].sample);
      old.insert(old.end(), drawn[i].old_log_probabilities.begin(),
                 drawn[i].old_log_probabilities.end());
      advantage.insert(advantage.end(), drawn[i].old_log_probabilities.size(),
                       static_cast<float>(drawn[i].advantage));
    }
    const model::Batch batch =
        model::make_batch(samples, model_.point_columns(), model_.device(), model::kRowMultiple);
    const Tensor before = at::tensor(old, at::kFloat).to(model_.device());
    const Tensor a = at::tensor(advantage, at::kFloat).to(model_.device());
    const Tensor ratio = (model::target_log_probabilities(model_, batch) - before).exp();
    const Tensor clipped = ratio.clamp(1 - recipe_.reward_clip, 1 + recipe_.reward_clip);
    (-at::minimum(ratio * a, clipped * a).sum() * weight).backward();
    report.targets += batch.targets.numel();
    report.tokens += std::accumulate(batch.lengths.begin(), batch.lengths.end(), int64_t{0});
    report.flops += step_flops(model_, batch, !recipe_.use_lora);
  }
  gradients_.finish();
  report.gradient_norm = optimizer_.gradient_norm() / static_cast<double>(collective_.size());
  report.skipped = !std::isfinite(report.gradient_norm);
  if (report.skipped) return;
  const double most = recipe_.max_grad_norm;
  const double clip = most > 0 ? std::min(1.0, most / (report.gradient_norm + 1e-6)) : 1;
  optimizer_.step(recipe::learning_rate_at(recipe_, progress.step),
                  clip / static_cast<double>(collective_.size()));
}

StepReport RewardLearner::step(std::vector<model::Sample> samples, Progress& progress) {
  StepReport report;
  if (samples.empty()) return report.skipped = true, report;
  const std::vector<Drawn> drawn = draw(samples, progress, report);
  if (collective_.size() == 1 && drawn.empty()) return report.skipped = true, report;
  for (int64_t k = 0; k < recipe_.reward_updates; ++k) update(drawn, progress, report);
  report.loss = -report.extra[0].value * static_cast<double>(report.targets);
  return report;
}

}  // namespace cadrecode::train
