#include "app/train_cli/evaluation.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "learning/model/generate.h"
#include "learning/reward/reward.h"

namespace cadrecode::train_cli {
namespace {

constexpr size_t kAtOnce = 64;  // clouds decoded side by side

constexpr uint64_t kSampleSeed = 0xE7A1;

struct Written {
  std::vector<std::string> programs;  // `draws` of each part, one after the other
  size_t unended = 0;
};

Written write_programs(const model::Model& model, const train::Held& held,
                       const train::Speller& speller, size_t parts, size_t draws,
                       double temperature) {
  model::SampleOptions options;
  options.end_tokens = {speller.end()};
  options.temperature = temperature;
  Written written;
  const size_t at_once = std::max<size_t>(1, kAtOnce / draws);
  for (size_t begin = 0; begin < parts; begin += at_once) {
    std::vector<model::Sample> prompts;
    std::vector<uint64_t> seeds;
    for (size_t i = begin; i < std::min(parts, begin + at_once); ++i) {
      prompts.push_back(speller.prompt(held.drawn[i]));
      seeds.push_back(kSampleSeed + i);
    }
    for (const model::Generated& made :
         model::generate(model, prompts, seeds, static_cast<int64_t>(draws), options)) {
      written.programs.push_back(speller.text(made.tokens));
      written.unended += !made.ended;
    }
  }
  return written;
}

// The truths the engine can measure, and the parts they belong to: one it cannot
// measure judges nobody.
struct Truths {
  std::vector<size_t> parts;
  std::vector<std::unique_ptr<reward::Target>> targets;
};

Truths truths_of(const train::Held& held, size_t parts) {
  Truths truths;
  for (size_t i = 0; i < parts; ++i) {
    const reward::Attempt truth = reward::attempt(held.drawn[i].code);
    if (!truth.valid()) continue;
    truths.parts.push_back(i);
    truths.targets.push_back(std::make_unique<reward::Target>(truth.part));
  }
  return truths;
}

// Mean overlap and share invalid of one program for each part.
std::pair<double, double> judged(const std::vector<std::string>& programs, const Truths& truths,
                                 size_t threads) {
  std::vector<const reward::Target*> targets;
  std::vector<std::string> of_truths;
  for (size_t k = 0; k < truths.parts.size(); ++k) {
    targets.push_back(truths.targets[k].get());
    of_truths.push_back(programs[truths.parts[k]]);
  }
  double iou = 0, invalid = 0;
  for (const reward::Worth& worth : reward::worths(of_truths, targets, threads)) {
    iou += worth.iou;
    invalid += worth.outcome != reward::Outcome::kValid;
  }
  const auto count = static_cast<double>(std::max<size_t>(1, of_truths.size()));
  return {iou / count, invalid / count};
}

// The points a sample shows, in program units (they are drawn in raw100).
std::vector<Vec3> shown_points(const dataset::Sample& sample, int64_t columns) {
  std::vector<Vec3> points;
  const auto step = static_cast<size_t>(columns);
  for (size_t i = 0; i + step <= sample.points.size(); i += step) {
    const float* p = &sample.points[i];
    points.push_back(Vec3{p[0], p[1], p[2]} * 100.0);
  }
  return points;
}

// For each part the best fitting of its greedy program and `draws` others.
std::vector<std::string> chosen_programs(const model::Model& model, const train::Held& held,
                                         const train::Speller& speller,
                                         const std::vector<std::string>& greedy, size_t draws) {
  const Written drawn = write_programs(model, held, speller, greedy.size(), draws, 1.0);
  std::vector<std::string> out;
  for (size_t i = 0; i < greedy.size(); ++i) {
    const auto begin = drawn.programs.begin() + static_cast<std::ptrdiff_t>(i * draws);
    std::vector<std::string> candidates = {greedy[i]};
    candidates.insert(candidates.end(), begin, begin + static_cast<std::ptrdiff_t>(draws));
    const std::vector<Vec3> points = shown_points(held.drawn[i], model.point_columns());
    const int best = reward::choose(candidates, points, i).index;
    out.push_back(candidates[static_cast<size_t>(std::max(0, best))]);
  }
  return out;
}

}  // namespace

std::vector<runlog::Scalar> evaluate_programs(const model::Model& model, const train::Held& held,
                                              const train::Speller& speller,
                                              const EvaluationOptions& options) {
  const size_t parts = std::min(options.parts, held.drawn.size());
  const Written written = write_programs(model, held, speller, parts, 1, 0);
  const Truths truths = truths_of(held, parts);
  double exact = 0;
  for (size_t i = 0; i < parts; ++i) exact += written.programs[i] == held.drawn[i].code;
  const auto [iou, invalid] = judged(written.programs, truths, options.threads);
  const auto all = static_cast<double>(std::max<size_t>(1, parts));
  std::vector<runlog::Scalar> out = {{"iou", iou},
                                     {"invalid", invalid},
                                     {"exact", exact / all},
                                     {"unended", static_cast<double>(written.unended) / all}};
  const bool points = std::all_of(held.drawn.begin(), held.drawn.end(),
                                  [](const dataset::Sample& s) { return !s.points.empty(); });
  if (options.samples > 1 && points) {
    const auto chosen =
        chosen_programs(model, held, speller, written.programs, options.samples - 1);
    const auto [chosen_iou, chosen_invalid] = judged(chosen, truths, options.threads);
    out.push_back({"chosen_iou", chosen_iou});
    out.push_back({"chosen_invalid", chosen_invalid});
  }
  return out;
}

}  // namespace cadrecode::train_cli
