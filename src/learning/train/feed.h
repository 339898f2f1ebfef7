// What a run learns from, step by step: rows from shards, folders or the
// generator, their clouds drawn afresh by threads ahead of the model.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "learning/dataset/prefetch.h"
#include "learning/recipe/recipe.h"
#include "learning/train/speller.h"

namespace cadrecode::train {

// The rows a path stands for (dataset/source.h); empty: programs of the
// generator, one for each index (knobs: a YAML file, empty for the defaults).
// Errors: kInput where there is nothing to read.
dataset::Rows open_rows(const std::string& path, const std::string& knobs, uint64_t seed);

struct Counts {
  uint64_t drawn = 0, too_long = 0, failed = 0;  // too_long and failed are left out
  std::string last_failure;
};

class Feed {
 public:
  // `samples` a step for this rank; `state` from state(), empty at the start.
  struct Options {
    int64_t samples = 1;
    uint64_t rank = 0, ranks = 1;
    std::string state;
  };
  Feed(dataset::Rows rows, const recipe::Recipe& recipe, const checkpoint::ModelConfig& config,
       const Speller& speller, const Options& options);

  // The next step's samples. A pure function of recipe and position.
  std::vector<model::Sample> next();
  // Where to go on after the steps handed out: what a checkpoint keeps.
  std::string state() const;
  const Counts& counts() const { return counts_; }

 private:
  const Speller& speller_;
  dataset::SampleStream stream_;
  std::unique_ptr<dataset::Prefetcher> prefetcher_;
  Counts counts_;
};

// Samples to judge by: the first `count` rows, without noise or turning.
struct Held {
  std::vector<dataset::Sample> drawn;
  std::vector<model::Sample> samples;  // those short enough
};
Held held_out(dataset::Rows rows, const recipe::Recipe& recipe,
              const checkpoint::ModelConfig& config, const Speller& speller, size_t count);

// Cuts a step's samples into pieces the device takes at once: at most
// `samples` each, or, if `tokens` > 0, at most so many tokens instead. With
// `sorted` similar lengths come together, so that attention, which alone is laid
// out by the longest, wastes little; the step's gradient is the same sum either
// way, up to rounding.
std::vector<std::vector<model::Sample>> pieces(std::vector<model::Sample> step, int64_t samples,
                                               int64_t tokens, bool sorted);

}  // namespace cadrecode::train
