#include "learning/train/trainer.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "learning/model/compat.h"
#include "learning/train/collective.h"
#include "learning/train/learner.h"
#include "learning/train/meter.h"
#include "learning/train/reward_step.h"
#include "learning/train/run_state.h"
#include "learning/train/trainable.h"

namespace cadrecode::train {
namespace {

using recipe::Recipe;

constexpr size_t kHeldForLoss = 512;
constexpr uint64_t kHeldOutSeed = 0x5EED;  // generated programs nobody trains on

// Settings that may change between a run's beginnings without changing what it
// learns.
Recipe essential(Recipe r) {
  const Recipe plain;
  r.num_workers = plain.num_workers;
  r.threads = plain.threads;
  r.device = plain.device;
  r.eval_steps = plain.eval_steps;
  r.eval_parts = plain.eval_parts;
  r.eval_samples = plain.eval_samples;
  r.save_steps = plain.save_steps;
  r.save_minutes = plain.save_minutes;
  r.time_limit_minutes = plain.time_limit_minutes;
  r.keep_last = plain.keep_last;
  r.resume = plain.resume;
  r.use_swanlab = plain.use_swanlab;
  r.experiment_name = plain.experiment_name;
  return r;
}

OptimizerOptions optimizer_options(const Recipe& r) {
  OptimizerOptions options{r.adam_beta1, r.adam_beta2, r.adam_epsilon, r.weight_decay};
  options.narrow_muon = r.mixed_precision == recipe::Precision::kBf16;
  return options;
}

class Run {
 public:
  Run(const Recipe& recipe, const Evaluate& evaluate)
      : recipe_(recipe),
        evaluate_(evaluate),
        world_(world_from_environment()),
        collective_(make_collective(world_, device())),
        tokenizer_(tokenizer::Tokenizer::load(tokenizer_folder(recipe) + "/tokenizer.json")),
        trainable_(make_trainable(recipe, device(), tokenizer_)),
        speller_(tokenizer_, trainable_.model.config, recipe.max_seq_length),
        optimizer_(trained_parameters(trainable_, recipe), optimizer_options(recipe)),
        learner_(recipe, trainable_.model, optimizer_, *collective_),
        reward_learner_(recipe, trainable_.model, optimizer_, *collective_, speller_) {
    if (recipe.mixed_precision == recipe::Precision::kFp16) progress_.loss_scale = 65536;
  }

  Ending go();

 private:
  // Of several processes on one machine each has the GPU of its local rank.
  at::Device device() const {
    const at::Device named = model::device_from_name(recipe_.device);
    if (world_.size == 1 || !named.is_cuda() || named.has_index()) return named;
    return {at::kCUDA, static_cast<c10::DeviceIndex>(world_.local_rank)};
  }
  bool first_process() const { return collective_->rank() == 0; }
  std::string folder() const { return recipe_.model_save_path; }

  void resume();
  void check_same_recipe(const std::string& folder) const;
  void open_data();
  void learn_one_step();
  void write_row();
  void evaluate();
  void keep_best(double score);
  bool save();
  bool save_is_due() const;
  void finish();

  const Recipe& recipe_;
  const Evaluate& evaluate_;
  World world_;
  std::unique_ptr<Collective> collective_;
  tokenizer::Tokenizer tokenizer_;
  Trainable trainable_;
  Speller speller_;
  Optimizer optimizer_;
  Learner learner_;
  RewardLearner reward_learner_;
  Progress progress_;
  std::unique_ptr<Feed> feed_;
  std::optional<Held> held_;
  std::unique_ptr<runlog::RunLog> log_;
  std::unique_ptr<cadrecode::Progress> bar_;
  Stopwatch watch_;
  double window_seconds_ = 0, save_seconds_ = 0, run_seconds_ = 0, peak_ = 0;
  double window_flops_ = 0, window_tokens_ = 0;
  int64_t saved_step_ = -1;
};

void Run::check_same_recipe(const std::string& folder) const {
  const Recipe stored =
      recipe::parse(read_file(folder + "/recipe.yaml"), folder + "/recipe.yaml").recipe;
  if (essential(stored) == essential(recipe_)) return;
  const std::string then = recipe::to_yaml(essential(stored)),
                    now = recipe::to_yaml(essential(recipe_));
  const auto [a, b] = std::mismatch(then.begin(), then.end(), now.begin(), now.end());
  const auto line_at = [](const std::string& text, size_t at) {
    const size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return text.substr(begin, text.find('\n', at) - begin);
  };
  throw Error(ErrorKind::kValue,
              fmt::format("{} holds a run of another recipe ({}; now {}); take another "
                          "model_save_path, or resume: never to begin anew",
                          this->folder(), line_at(then, static_cast<size_t>(a - then.begin())),
                          line_at(now, static_cast<size_t>(b - now.begin()))));
}

void Run::resume() {
  std::string from = recipe_.resume;
  if (from == "never") return;
  if (from == "auto") from = newest_checkpoint(folder());
  if (from.empty()) return;
  if (recipe_.resume == "auto") check_same_recipe(from);
  progress_ = load_checkpoint(from, optimizer_);
  saved_step_ = progress_.step;
  if (first_process()) fmt::print(stderr, "train: going on from {}\n", from);
}

void Run::open_data() {
  Feed::Options options;
  options.samples = recipe_.batch_size * recipe_.gradient_accumulation_steps;
  options.rank = static_cast<uint64_t>(collective_->rank());
  options.ranks = static_cast<uint64_t>(collective_->size());
  options.state = progress_.feed;
  const auto seed = static_cast<uint64_t>(recipe_.seed);
  feed_ = std::make_unique<Feed>(open_rows(recipe_.train_data_path, recipe_.generator, seed),
                                 recipe_, trainable_.model.config, speller_, options);
  const size_t held = std::max(kHeldForLoss, static_cast<size_t>(recipe_.eval_parts));
  held_ = held_out(open_rows(recipe_.val_data_path, recipe_.generator, seed ^ kHeldOutSeed),
                   recipe_, trainable_.model.config, speller_, held);
}

void Run::learn_one_step() {
  const bool rewarded = recipe_.stage == recipe::Stage::kReward;
  const StepReport report = rewarded ? reward_learner_.step(feed_->next(), progress_)
                                     : learner_.step(feed_->next(), progress_);
  ++progress_.step;
  ++progress_.window_steps;
  progress_.window_skipped += report.skipped;
  for (const runlog::Scalar& s : report.extra) progress_.window_extra[s.name] += s.value;
  if (!report.skipped) {
    progress_.window_loss += report.loss;
    progress_.window_targets += report.targets;
    progress_.window_norm += report.gradient_norm;
  }
  const double seconds = watch_.lap();
  progress_.seconds += seconds;
  window_seconds_ += seconds;
  save_seconds_ += seconds;
  run_seconds_ += seconds;
  window_flops_ += report.flops;
  window_tokens_ += static_cast<double>(report.tokens);
}

void Run::write_row() {
  Progress& p = progress_;
  const auto learned = static_cast<double>(p.window_steps - p.window_skipped);
  const double loss =
      p.window_targets ? p.window_loss / static_cast<double>(p.window_targets) : NAN;
  const double share = peak_ > 0 ? window_flops_ / window_seconds_ / peak_ : 0;
  const double tokens = window_tokens_ / window_seconds_;
  if (first_process()) {
    runlog::Row row{p.step,
                    p.seconds,
                    {{"loss", loss},
                     {"learning_rate", recipe::learning_rate_at(recipe_, p.step - 1)},
                     {"gradient_norm", learned > 0 ? p.window_norm / learned : NAN},
                     {"skipped_steps", static_cast<double>(p.window_skipped)},
                     {"tokens_per_second", tokens},
                     {"share_of_peak", share}}};
    for (const auto& [name, sum] : p.window_extra) {
      row.scalars.push_back({name, sum / static_cast<double>(p.window_steps)});
    }
    log_->write(row);
    bar_->update(
        static_cast<size_t>(p.step),
        fmt::format("loss {:.4f} · {:.0f} tokens/s · {:.0f} % of peak", loss, tokens, 100 * share));
  }
  p.window_loss = p.window_norm = 0;
  p.window_extra.clear();
  p.window_targets = p.window_steps = p.window_skipped = 0;
  window_seconds_ = window_flops_ = window_tokens_ = 0;
}

void Run::keep_best(double score) {
  if (progress_.best_step >= 0 && score <= progress_.best) return;
  try {
    replace_folder(folder() + "/best", [&](const std::string& to) {
      write_model(trainable_, recipe_, to, false);
      write_file(to + "/best.json",
                 fmt::format("{{\"step\": {}, \"score\": {}}}\n", progress_.step, score));
    });
  } catch (const Error& e) {  // a full disk, say: a later one may be the best
    fmt::print(stderr, "\ntrain: the best model so far could not be saved: {}; going on\n",
               e.what());
    return;
  }
  progress_.best = score;
  progress_.best_step = progress_.step;
}

void Run::evaluate() {
  if (!first_process()) return;
  const size_t count = std::min(kHeldForLoss, held_->samples.size());
  const double loss = learner_.evaluation_loss(
      {held_->samples.begin(), held_->samples.begin() + static_cast<std::ptrdiff_t>(count)});
  runlog::Row row{progress_.step, progress_.seconds, {{"eval_loss", loss}}};
  double score = -loss;
  if (evaluate_ && recipe_.eval_parts > 0) {
    const std::vector<runlog::Scalar> more =
        evaluate_(trainable_.model, *held_, speller_, progress_.step);
    if (!more.empty()) score = more.front().value;
    row.scalars.insert(row.scalars.end(), more.begin(), more.end());
  }
  log_->write(row);
  std::string words;
  for (const runlog::Scalar& s : row.scalars) words += fmt::format(" {} {:.4g}", s.name, s.value);
  fmt::print(stderr, "\ntrain: step {}:{}\n", progress_.step, words);
  keep_best(score);
  watch_.lap();  // evaluating is not training time
}

bool Run::save_is_due() const {
  const bool minutes = recipe_.save_minutes > 0 && save_seconds_ >= 60 * recipe_.save_minutes;
  return progress_.step % recipe_.save_steps == 0 || minutes || progress_.step == recipe_.max_steps;
}

// False where nothing could be written: the run goes on, and tries again at the
// next save.
bool Run::save() {
  progress_.feed = feed_->state();
  save_seconds_ = 0;
  if (!first_process() || saved_step_ == progress_.step) return true;
  try {
    save_checkpoint(folder(), progress_, optimizer_, recipe::to_yaml(recipe_),
                    [&](const std::string& to) { write_model(trainable_, recipe_, to, false); });
    prune_checkpoints(folder(), recipe_.keep_last);
    saved_step_ = progress_.step;
  } catch (const Error& e) {
    fmt::print(stderr, "\ntrain: step {} could not be saved: {}; going on\n", progress_.step,
               e.what());
    return false;
  }
  watch_.lap();
  return true;
}

void Run::finish() {
  const Counts& counts = feed_->counts();
  if (counts.too_long + counts.failed > 0) {
    fmt::print(stderr, "train: of {} samples {} were too long and {} could not be drawn{}\n",
               counts.drawn + counts.failed, counts.too_long, counts.failed,
               counts.failed ? " (last: " + counts.last_failure + ")" : "");
  }
  if (progress_.step < recipe_.max_steps || !first_process()) return;
  write_model(trainable_, recipe_, folder(), true);
  write_file(folder() + "/recipe.yaml", recipe::to_yaml(recipe_));
}

Ending Run::go() {
  std::optional<FolderLock> lock;
  if (first_process()) lock.emplace(folder());
  resume();
  open_data();
  if (first_process()) {
    log_ = std::make_unique<runlog::RunLog>(folder(), progress_.step);
    bar_ = std::make_unique<cadrecode::Progress>("train", static_cast<size_t>(recipe_.max_steps),
                                                 static_cast<size_t>(progress_.step));
    peak_ = measured_peak(trainable_.model.device(), trainable_.model.compute);
  }
  watch_.lap();
  Ending ending = Ending::kFinished;
  while (progress_.step < recipe_.max_steps) {
    learn_one_step();
    if (progress_.step % recipe_.logging_steps == 0) write_row();
    if (progress_.step % recipe_.eval_steps == 0 || progress_.step == recipe_.max_steps) evaluate();
    const bool time_up =
        recipe_.time_limit_minutes > 0 && run_seconds_ >= 60 * recipe_.time_limit_minutes;
    const bool stop = collective_->any(interrupted() || time_up, trainable_.model.device());
    if (stop || save_is_due()) save();
    if (stop && progress_.step < recipe_.max_steps) {
      ending = time_up ? Ending::kTimeUp : Ending::kInterrupted;
      break;
    }
  }
  finish();
  return ending;
}

}  // namespace

Ending train(const Recipe& recipe, const Evaluate& evaluate) {
  if (recipe.threads > 0) model::set_threads(static_cast<int>(recipe.threads));
  return Run(recipe, evaluate).go();
}

}  // namespace cadrecode::train
