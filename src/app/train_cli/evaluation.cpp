#include "app/train_cli/evaluation.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "learning/model/generate.h"
#include "learning/reward/reward.h"

namespace cadrecode::train_cli {
namespace {

constexpr size_t kAtOnce = 64;  // clouds decoded side by side

struct Written {
  std::vector<std::string> programs;
  size_t unended = 0;
};

Written write_programs(const model::Model& model, const train::Held& held,
                       const train::Speller& speller, size_t parts) {
  model::SampleOptions options;
  options.end_tokens = {speller.end()};
  Written written;
  for (size_t begin = 0; begin < parts; begin += kAtOnce) {
    std::vector<model::Sample> prompts;
    for (size_t i = begin; i < std::min(parts, begin + kAtOnce); ++i) {
      prompts.push_back(speller.prompt(held.drawn[i]));
    }
    const std::vector<uint64_t> seeds(prompts.size(), 0);
    for (const model::Generated& made : model::generate(model, prompts, seeds, 1, options)) {
      written.programs.push_back(speller.text(made.tokens));
      written.unended += !made.ended;
    }
  }
  return written;
}

}  // namespace

std::vector<runlog::Scalar> evaluate_programs(const model::Model& model, const train::Held& held,
                                              const train::Speller& speller, size_t parts,
                                              size_t threads) {
  parts = std::min(parts, held.drawn.size());
  const Written written = write_programs(model, held, speller, parts);
  std::vector<std::unique_ptr<reward::Target>> truths;
  std::vector<const reward::Target*> targets;
  std::vector<std::string> programs;
  double exact = 0;
  for (size_t i = 0; i < parts; ++i) {
    exact += written.programs[i] == held.drawn[i].code;
    const reward::Attempt truth = reward::attempt(held.drawn[i].code);
    if (!truth.valid()) continue;  // a truth the engine cannot measure judges nobody
    truths.push_back(std::make_unique<reward::Target>(truth.part));
    targets.push_back(truths.back().get());
    programs.push_back(written.programs[i]);
  }
  double iou = 0, invalid = 0;
  for (const reward::Worth& worth : reward::worths(programs, targets, threads)) {
    iou += worth.iou;
    invalid += worth.outcome != reward::Outcome::kValid;
  }
  const auto judged = static_cast<double>(std::max<size_t>(1, programs.size()));
  const auto all = static_cast<double>(std::max<size_t>(1, parts));
  return {{"iou", iou / judged},
          {"invalid", invalid / judged},
          {"exact", exact / all},
          {"unended", static_cast<double>(written.unended) / all}};
}

}  // namespace cadrecode::train_cli
