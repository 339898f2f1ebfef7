#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "learning/model/compat.h"
#include "learning/runlog/runlog.h"
#include "learning/train/optimizer.h"
#include "learning/train/learner.h"
#include "learning/train/meter.h"
#include "learning/train/reward_step.h"
#include "learning/train/run_state.h"
#include "learning/train/trainable.h"
#include "learning/train/trainer.h"
#include "unit/train/fixture.h"

namespace cadrecode::train {
namespace {

TEST(Optimizer, IsTorchs) {
  // torch.optim.AdamW(lr=0.1, betas=(0.9, 0.99), eps=1e-6, weight_decay=0.1) on
  // p = [[1, -2], [3, 0.5]] with gradients p and then 2 p (tools/reference/optimizer_steps.py).
  Tensor p = at::tensor({1.0, -2.0, 3.0, 0.5}, at::kFloat).reshape({2, 2}).requires_grad_(true);
  Optimizer optimizer({{"p", p, 1}}, {0.9, 0.99, 1e-6, 0.1});
  for (int k = 1; k <= 2; ++k) {
    p.mutable_grad() = p.detach() * k;
    optimizer.step(0.1);
  }
  const std::vector<double> expected = {0.783523798, -1.76416314, 2.74444389, 0.292436957};
  for (int64_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(p.detach().reshape({-1})[i].item<double>(), expected[static_cast<size_t>(i)], 1e-6);
  }
}

TEST(Optimizer, LeavesVectorsUndecayedAndScalesRates) {
  Tensor norm = at::ones({4}).requires_grad_(true), matrix = at::ones({2, 2}).requires_grad_(true);
  Optimizer optimizer({{"norm", norm, 1}, {"matrix", matrix, 0.5}}, {0.9, 0.999, 1e-8, 0.5});
  optimizer.step(0.1);  // no gradients: decay alone acts
  EXPECT_EQ(norm.detach()[0].item<float>(), 1.0f);
  EXPECT_NEAR(matrix.detach()[0][0].item<double>(), 1 - 0.1 * 0.5 * 0.5, 1e-7);
}

TEST(Optimizer, MuonIsTorchs) {
  // torch.optim.Muon(lr=0.1, weight_decay=0.1, momentum=0.9, adjust_lr_fn="match_rms_adamw"),
  // whose Newton-Schulz steps are in bf16 (tools/reference/optimizer_steps.py).
  Tensor p = at::tensor({1.0, -2.0, 0.5, 3.0, 0.5, -1.0}, at::kFloat)
                 .reshape({2, 3})
                 .requires_grad_(true);
  OptimizerOptions options;
  options.weight_decay = 0.1;
  options.muon_momentum = 0.9;
  Optimizer optimizer({{"p", p, 1, true}}, options);
  for (int k = 1; k <= 2; ++k) {
    p.mutable_grad() = p.detach() * k;
    optimizer.step(0.1);
  }
  const std::vector<double> expected = {0.956268728, -1.91684592, 0.479750037,
                                        2.86867142,  0.479548097, -0.956807315};
  for (int64_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(p.detach().reshape({-1})[i].item<double>(), expected[static_cast<size_t>(i)], 1e-3);
  }
}

TEST(Optimizer, OrthogonalisedKeepsDirectionsAndLevelsLengths) {
  const Tensor g = at::arange(24, at::kFloat).reshape({4, 6}).sin();
  for (const Tensor& x : {g, g.t().contiguous()}) {
    const Tensor o = orthogonalised(x);
    ASSERT_EQ(o.sizes(), x.sizes());
    const Tensor lengths = std::get<1>(at::linalg_svd(o, false));
    const Tensor before = std::get<1>(at::linalg_svd(x, false));
    for (int64_t i = 0; i < lengths.size(0); ++i) {
      if (before[i].item<double>() < 0.05 * before[0].item<double>()) continue;
      EXPECT_GT(lengths[i].item<double>(), 0.6);
      EXPECT_LT(lengths[i].item<double>(), 1.3);
    }
  }
}

TEST(Optimizer, NeedsSomethingToLearn) { EXPECT_THROW(Optimizer({}, {}), Error); }

TEST_F(TrainTest, LossFallsAndFilesAreThere) {
  ASSERT_EQ(train(recipe("run", {"max_steps=40"}), {}), Ending::kFinished);
  const auto rows = runlog::read_log(root_ + "/run/log.jsonl");
  EXPECT_EQ(rows.front().scalars[0].name, "loss");
  EXPECT_GT(rows.front().scalars[0].value, 3);
  EXPECT_LT(rows[rows.size() - 2].scalars[0].value, 2);
  for (const char* file :
       {"model.safetensors", "config.json", "tokenizer.json", "recipe.yaml", "best/best.json"}) {
    EXPECT_TRUE(fs::exists(root_ + "/run/" + file)) << file;
  }
}

TEST_F(TrainTest, AStoppedRunGoesOnToTheSameBits) {
  ASSERT_EQ(train(recipe("whole"), {}), Ending::kFinished);
  // Killed after step 5: what is left is the checkpoint of step 4, a log that
  // ran ahead, and an unfinished save.
  ASSERT_EQ(train(recipe("killed"), {}), Ending::kFinished);
  fs::remove_all(root_ + "/killed/checkpoint-6");
  fs::remove_all(root_ + "/killed/checkpoint-8");
  fs::remove(root_ + "/killed/model.safetensors");
  fs::create_directories(root_ + "/killed/checkpoint-6.unfinished");
  ASSERT_EQ(train(recipe("killed"), {}), Ending::kFinished);
  EXPECT_EQ(weights("whole"), weights("killed"));
  EXPECT_FALSE(fs::exists(root_ + "/killed/checkpoint-6.unfinished"));
  const auto a = runlog::read_log(root_ + "/whole/log.jsonl"),
             b = runlog::read_log(root_ + "/killed/log.jsonl");
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].step, b[i].step);
    EXPECT_EQ(a[i].scalars[0].value, b[i].scalars[0].value) << "at step " << a[i].step;
  }
}

TEST_F(TrainTest, ThreadsOfTheFeedDoNotMatter) {
  train(recipe("one", {"num_workers=1"}), {});
  train(recipe("four", {"num_workers=4"}), {});
  EXPECT_EQ(weights("one"), weights("four"));
}

TEST_F(TrainTest, AccumulationIsTheSameStep) {
  train(recipe("large", {"max_steps=3", "batch_size=6"}), {});
  train(recipe("small", {"max_steps=3", "batch_size=2", "gradient_accumulation_steps=3"}), {});
  const auto a = runlog::read_log(root_ + "/large/log.jsonl"),
             b = runlog::read_log(root_ + "/small/log.jsonl");
  EXPECT_NEAR(a.back().scalars[0].value, b.back().scalars[0].value, 1e-4);
}

TEST_F(TrainTest, RefusesAnotherRecipesFolder) {
  train(recipe("run", {"max_steps=2"}), {});
  try {
    train(recipe("run", {"max_steps=2", "weight_decay=0.5"}), {});
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("weight_decay: 0.5"), std::string::npos) << e.what();
  }
}

TEST_F(TrainTest, KeepsTheLastCheckpoints) {
  train(recipe("run", {"keep_last=2"}), {});
  EXPECT_FALSE(fs::exists(root_ + "/run/checkpoint-4"));
  EXPECT_TRUE(fs::exists(root_ + "/run/checkpoint-6"));
  EXPECT_EQ(newest_checkpoint(root_ + "/run"), root_ + "/run/checkpoint-8");
}

TEST_F(TrainTest, AdaptersLearnAndTheBaseStays) {
  train(recipe("base_run", {"max_steps=2"}), {});
  const std::string base = root_ + "/base_run";
  train(recipe("lora", {"base_model_name=" + base, "use_lora=true", "lora_r=4", "max_steps=6"}),
        {});
  for (const char* file :
       {"adapter_config.json", "adapter_model.safetensors", "merged_model/model.safetensors"}) {
    EXPECT_TRUE(fs::exists(root_ + "/lora/" + file)) << file;
  }
  const auto rows = runlog::read_log(root_ + "/lora/log.jsonl");
  EXPECT_LT(rows.back().scalars[0].value, rows.front().scalars[0].value);
}

TEST_F(TrainTest, FrozenNamesStay) {
  Trainable trainable = make_trainable(recipe("x"), at::kCPU, tokenizer());
  const auto all = trained_parameters(trainable, recipe("x"));
  const auto some = trained_parameters(trainable, recipe("x", {"freeze=[model.layers.0]"}));
  EXPECT_EQ(all.size() - some.size(), 12u);  // q k v with biases, o, three of the MLP, two norms
  const auto encoder = trained_parameters(trainable, recipe("x", {"freeze_base_model=true"}));
  ASSERT_EQ(encoder.size(), 2u);
  EXPECT_EQ(encoder[0].name, "point_encoder.projection.weight");
  EXPECT_THROW(
      Optimizer(trained_parameters(trainable, recipe("x", {"freeze=[model, point_encoder, lm_head]"})),
            {}),
      Error);
}

TEST_F(TrainTest, TooLongProgramsAreLeftOut) {
  const recipe::Recipe r = recipe("x", {"max_seq_length=100"});  // 8 points and about 86 tokens
  Trainable trainable = make_trainable(r, at::kCPU, tokenizer());
  const tokenizer::Tokenizer words = tokenizer();
  const Speller speller(words, trainable.model.config, 20);
  Feed feed(open_rows(r.train_data_path, "", 0), r, trainable.model.config, speller, {6, 0, 1, ""});
  EXPECT_TRUE(feed.next().empty());
  EXPECT_EQ(feed.counts().too_long, 6u);
}

TEST_F(TrainTest, DrawsFromTheGeneratorWithoutData) {
  const recipe::Recipe r = recipe("x", {"train_data_path=", "max_seq_length=1000"});
  Trainable trainable = make_trainable(r, at::kCPU, tokenizer());
  const tokenizer::Tokenizer words = tokenizer();
  const Speller speller(words, trainable.model.config, 1000);
  Feed feed(open_rows("", "", 7), r, trainable.model.config, speller, {5, 0, 1, ""});
  const auto samples = feed.next();
  EXPECT_EQ(samples.size(), 5u);
  const std::string text =
      speller.text({samples[0].tokens.begin() + 9, samples[0].tokens.end() - 1});
  EXPECT_EQ(text.rfind("import cadquery as cq\n", 0), 0u) << text;
}

// Programs of this tokenizer are long and a fresh model writes nonsense: every
// sample is invalid, all rewards are alike, and nothing may move.
TEST_F(TrainTest, EqualRewardsTeachNothing) {
  const recipe::Recipe r = recipe("x", {"stage=reward", "reward_group=3", "reward_keep=2",
                                        "max_seq_length=30", "batch_size=2"});
  Trainable trainable = make_trainable(r, at::kCPU, tokenizer());
  const tokenizer::Tokenizer words = tokenizer();
  const Speller speller(words, trainable.model.config, 200);
  Optimizer optimizer(trained_parameters(trainable, r), {});
  const Tensor before = trainable.model.embedding.detach().clone();
  Feed feed(open_rows(r.train_data_path, "", 0), r, trainable.model.config, speller, {2, 0, 1, ""});
  Collective alone;
  Progress progress;
  RewardLearner learner(r, trainable.model, optimizer, alone, speller);
  const StepReport report = learner.step(feed.next(), progress);
  EXPECT_TRUE(report.skipped);
  EXPECT_EQ(report.extra[0].value, -10);
  EXPECT_EQ(report.extra[2].value, 1);
  EXPECT_TRUE(at::equal(before, trainable.model.embedding));
}

// Trained on one program until a part of its samples is valid; reward tuning
// must raise what they are worth.
TEST_F(TrainTest, RewardTuningRaisesTheReward) {
  std::string rows = read_file(root_ + "/programs.jsonl");
  rows = rows.substr(0, rows.find('\n') + 1);
  write_file(root_ + "/one.jsonl", rows);
  const std::vector<std::string> data = {"train_data_path=" + root_ + "/one.jsonl",
                                         "val_data_path=" + root_ + "/one.jsonl",
                                         "batch_size=4",
                                         "save_steps=1000",
                                         "eval_steps=1000",
                                         "logging_steps=5"};
  std::vector<std::string> first = data, second = data;
  first.insert(first.end(), {"max_steps=110", "learning_rate=1e-2"});
  second.insert(second.end(), {"stage=reward", "base_model_name=" + root_ + "/sft", "max_steps=60",
                               "learning_rate=1e-3", "reward_keep=4", "reward_group=8",
                               "reward_temperature=1.0", "max_seq_length=120", "logging_steps=10"});
  train(recipe("sft", first), {});
  train(recipe("reward", second), {});
  std::vector<double> rewards;
  for (const runlog::Row& row : runlog::read_log(root_ + "/reward/log.jsonl")) {
    for (const runlog::Scalar& s : row.scalars) {
      if (s.name == "reward") rewards.push_back(s.value);
    }
  }
  ASSERT_EQ(rewards.size(), 6u);
  EXPECT_GT((rewards[4] + rewards[5]) / 2, rewards[0]) << rewards[0] << " to " << rewards[5];
}

TEST(Pieces, HoldWhatTheyMay) {
  std::vector<model::Sample> step;
  for (size_t n : {5, 2, 9, 4, 7}) step.push_back({std::vector<int64_t>(n, 1), {}, 0});
  EXPECT_EQ(pieces(step, 2, 0, false).size(), 3u);
  const auto by_tokens = pieces(step, 2, 11, true);  // 2 4 5 | 7 | 9
  ASSERT_EQ(by_tokens.size(), 3u);
  EXPECT_EQ(by_tokens[0].size(), 3u);
  EXPECT_EQ(by_tokens[2][0].tokens.size(), 9u);
}

TEST(RunState, NamesTheTensorThatIsMissing) {
  const std::string run = testing::TempDir() + "run_state";
  fs::remove_all(run);
  Tensor p = at::ones({2, 2}).requires_grad_(true);
  Optimizer optimizer({{"p", p, 1}}, {});
  Progress progress;
  progress.step = 3;
  progress.feed = "{}";
  save_checkpoint(run, progress, optimizer, "seed: 1\n", [](const std::string&) {});
  EXPECT_EQ(load_checkpoint(run + "/checkpoint-3", optimizer).step, 3);
  Tensor q = at::ones({2, 3}).requires_grad_(true);
  Optimizer other({{"p", q, 1}}, {});
  EXPECT_THROW(load_checkpoint(run + "/checkpoint-3", other), Error);
  const std::string text = read_file(run + "/checkpoint-3/state.json");
  for (size_t n = 0; n < text.size() - 2; ++n) {
    write_file(run + "/checkpoint-3/state.json", text.substr(0, n));
    EXPECT_THROW(load_checkpoint(run + "/checkpoint-3", optimizer), Error) << n;
  }
  EXPECT_THROW(
      save_checkpoint(run, progress, optimizer, "",
                      [](const std::string&) { throw Error(ErrorKind::kInput, "no space left"); }),
      Error);
  EXPECT_FALSE(fs::exists(run + "/checkpoint-3.unfinished"));
  fs::remove_all(run);
}

}  // namespace
}  // namespace cadrecode::train
