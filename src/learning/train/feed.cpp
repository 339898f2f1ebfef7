#include "learning/train/feed.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "learning/dataset/source.h"
#include "learning/procgen/sample.h"

namespace cadrecode::train {
namespace {

using dataset::Row;
using dataset::Rows;

Rows generated_rows(const std::string& knobs_path, uint64_t seed) {
  const auto knobs = std::make_shared<const procgen::Knobs>(
      knobs_path.empty() ? procgen::Knobs{} : procgen::load_knobs(knobs_path));
  const auto make = [knobs, seed](uint64_t i) {
    procgen::Sample sample = procgen::draw_sample(*knobs, seed, i);
    Row row;
    row.id = std::to_string(i);
    row.code = std::move(sample.code);
    row.source = "generate";
    return row;
  };
  return {uint64_t{1} << 40, make};  // more than any run takes
}

dataset::CloudOptions cloud_options(const recipe::Recipe& recipe,
                                    const checkpoint::ModelConfig& config) {
  dataset::CloudOptions cloud;
  cloud.points = static_cast<size_t>(config.point_encoder.points);
  cloud.normals = config.point_encoder.normals;
  cloud.noise_probability = recipe.noise_probability;
  cloud.noise_sigma = recipe.noise_std;
  cloud.rotations = recipe.rotations;
  return cloud;
}

// The modalities' numbers are the same here and there.
static_assert(static_cast<int>(recipe::Modality::kMixed) ==
              static_cast<int>(dataset::Modality::kMixed));

dataset::StreamOptions stream_options(const recipe::Recipe& recipe,
                                      const checkpoint::ModelConfig& config, bool held_out) {
  dataset::StreamOptions options;
  options.seed = static_cast<uint64_t>(recipe.seed);
  options.cloud = cloud_options(recipe, config);
  options.modality = static_cast<dataset::Modality>(recipe.modality);
  options.breps =
      held_out && !recipe.val_brep_path.empty() ? recipe.val_brep_path : recipe.brep_path;
  return options;
}

dataset::StreamOptions training_options(const recipe::Recipe& recipe,
                                        const checkpoint::ModelConfig& config, uint64_t rank,
                                        uint64_t ranks) {
  dataset::StreamOptions options = stream_options(recipe, config, false);
  options.rank = rank;
  options.ranks = ranks;
  return options;
}

}  // namespace

dataset::Rows open_rows(const std::string& path, const std::string& knobs, uint64_t seed) {
  return path.empty() ? generated_rows(knobs, seed) : dataset::open_rows(path);
}

Feed::Feed(dataset::Rows rows, const recipe::Recipe& recipe, const checkpoint::ModelConfig& config,
           const Speller& speller, const Options& options)
    : speller_(speller),
      stream_(std::move(rows), training_options(recipe, config, options.rank, options.ranks)) {
  dataset::PrefetchOptions prefetch;
  prefetch.batch = static_cast<size_t>(options.samples);
  prefetch.threads = static_cast<size_t>(std::max<int64_t>(1, recipe.num_workers));
  if (!options.state.empty()) prefetch.begin = dataset::resume(stream_, options.state);
  prefetcher_ = std::make_unique<dataset::Prefetcher>(stream_, prefetch);
}

std::vector<model::Sample> Feed::next() {
  std::vector<model::Sample> step;
  const std::optional<dataset::Batch> batch = prefetcher_->next();
  if (!batch) return step;  // cannot be: the stream has no end
  for (const dataset::Sample& drawn : batch->samples) {
    ++counts_.drawn;
    if (std::optional<model::Sample> sample = speller_.spell(drawn)) {
      step.push_back(std::move(*sample));
    } else {
      ++counts_.too_long;
    }
  }
  counts_.failed += batch->failures.size();
  if (!batch->failures.empty()) {
    counts_.last_failure = batch->failures.back().id + ": " + batch->failures.back().error;
  }
  return step;
}

std::string Feed::state() const { return dataset::to_text(prefetcher_->state()); }

Held held_out(dataset::Rows rows, const recipe::Recipe& recipe,
              const checkpoint::ModelConfig& config, const Speller& speller, size_t count) {
  dataset::StreamOptions options = stream_options(recipe, config, true);
  options.shuffle = false;
  options.cloud.noise_probability = 0;
  options.cloud.rotations = false;
  const uint64_t size = std::min<uint64_t>(rows.size, count);
  const dataset::SampleStream stream(std::move(rows), options);
  Held held;
  for (uint64_t k = 0; k < size; ++k) {
    dataset::Sample drawn = stream.at(k);
    if (!drawn.error.empty()) continue;
    if (auto sample = speller.spell(drawn)) held.samples.push_back(std::move(*sample));
    held.drawn.push_back(std::move(drawn));
  }
  if (held.drawn.empty()) throw Error(ErrorKind::kInput, "no held-out sample could be drawn");
  return held;
}

std::vector<std::vector<model::Sample>> pieces(std::vector<model::Sample> step, int64_t samples,
                                               int64_t tokens, bool sorted) {
  if (sorted) {
    std::stable_sort(step.begin(), step.end(), [](const auto& a, const auto& b) {
      return a.tokens.size() < b.tokens.size();
    });
  }
  std::vector<std::vector<model::Sample>> out;
  int64_t used = 0;
  for (model::Sample& sample : step) {
    const auto length = static_cast<int64_t>(sample.tokens.size());
    const bool full =
        !out.empty() &&
        (tokens > 0 ? used + length > tokens : static_cast<int64_t>(out.back().size()) == samples);
    if (out.empty() || full) out.emplace_back(), used = 0;
    used += length;
    out.back().push_back(std::move(sample));
  }
  return out;
}

}  // namespace cadrecode::train
