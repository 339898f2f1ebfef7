// Learning from faces and edges, points, or both.
#include <ATen/ATen.h>

#include <cmath>

#include "base/error.h"
#include "learning/dataset/brep.h"
#include "learning/model/generate.h"
#include "learning/runlog/runlog.h"
#include "learning/train/feed.h"
#include "learning/train/trainable.h"
#include "learning/train/trainer.h"
#include "unit/model/box_grids.h"
#include "unit/train/fixture.h"

namespace cadrecode::train {
namespace {

class ModalityTest : public TrainTest {
 protected:
  void SetUp() override {
    TrainTest::SetUp();
    for (int i = 1; i <= 6; ++i) {  // the boxes of the fixture's programs
      mesh::UvGrids grids = model::box(2, 0.2 * i, 0.3);
      grids.scale = 0.01;
      write_file(dataset::brep_path(root_ + "/grids", "0000000" + std::to_string(i - 1)),
                 mesh::npz_bytes(grids));
    }
  }
  recipe::Recipe modal(const std::string& run, const std::string& modality,
                       std::vector<std::string> more = {}) const {
    more.push_back("modality=" + modality);
    more.push_back("brep_path=" + root_ + "/grids");
    return recipe(run, more);
  }
};

TEST_F(ModalityTest, SlotsAreThoseOfTheSample) {
  for (const auto& [modality, faces, points] :
       {std::tuple("brep", 6, 0), std::tuple("both", 6, 8)}) {
    const recipe::Recipe r = modal("x", modality);
    Trainable trainable = make_trainable(r, at::kCPU, tokenizer());
    ASSERT_TRUE(trainable.model.brep.defined());
    const tokenizer::Tokenizer words = tokenizer();
    const Speller speller(words, trainable.model.config, 1000);
    Feed feed(open_rows(r.train_data_path, "", 0), r, trainable.model.config, speller,
              {6, 0, 1, ""});
    const auto samples = feed.next();
    ASSERT_EQ(samples.size(), 6u) << feed.counts().last_failure;
    const auto& tokens = samples[0].tokens;
    EXPECT_EQ(std::count(tokens.begin(), tokens.end(), model::kBrepSlot), faces);
    EXPECT_EQ(std::count(tokens.begin(), tokens.end(), model::kPointSlot), points);
    EXPECT_EQ(tokens[0], model::kBrepSlot);
    EXPECT_EQ(samples[0].first_target, faces + points + 1);
  }
}

TEST_F(ModalityTest, MissingGridsAreCountedNotIgnored) {
  fs::remove(dataset::brep_path(root_ + "/grids", "00000003"));
  const recipe::Recipe r = modal("x", "both");
  Trainable trainable = make_trainable(r, at::kCPU, tokenizer());
  const tokenizer::Tokenizer words = tokenizer();
  const Speller speller(words, trainable.model.config, 1000);
  Feed feed(open_rows(r.train_data_path, "", 0), r, trainable.model.config, speller, {6, 0, 1, ""});
  EXPECT_EQ(feed.next().size(), 5u);
  EXPECT_EQ(feed.counts().failed, 1u);
  EXPECT_NE(feed.counts().last_failure.find("00000003.npz"), std::string::npos);
}

// Two programs differ in one number that only their faces tell: a model that read
// none of them could not get below ln 2 nats a program.
TEST_F(ModalityTest, LearnsWhatTheFacesSay) {
  const std::string rows = read_file(root_ + "/programs.jsonl");
  const size_t first = rows.find('\n') + 1, last = rows.rfind('\n', rows.size() - 2) + 1;
  write_file(root_ + "/two.jsonl", rows.substr(0, first) + rows.substr(last));
  fs::rename(dataset::brep_path(root_ + "/grids", "00000005"),
             dataset::brep_path(root_ + "/grids", "00000001"));
  ASSERT_EQ(train(modal("run", "brep",
                        {"train_data_path=" + root_ + "/two.jsonl",
                         "val_data_path=" + root_ + "/two.jsonl", "max_steps=160", "batch_size=4",
                         "eval_steps=160", "save_steps=160", "logging_steps=25",
                         "learning_rates={brep_encoder: 0.1}"}),
                  {}),
            Ending::kFinished);
  const auto log = runlog::read_log(root_ + "/run/log.jsonl");
  double held = 1;
  for (const auto& s : log.back().scalars) {
    if (s.name == "eval_loss") held = s.value;
  }
  EXPECT_LT(held * 80, 0.9 * std::log(2.0));  // about 80 tokens a program
  // Written and read again it still has the encoder.
  EXPECT_TRUE(model::load_model(root_ + "/run", {}).brep.defined());
}

TEST_F(ModalityTest, MixedBatchesAndAdaptersLearnToo) {
  train(modal("base_run", "mixed", {"max_steps=4"}), {});
  train(modal("lora", "mixed",
              {"base_model_name=" + root_ + "/base_run", "use_lora=true", "lora_r=4",
               "max_steps=12"}),
        {});
  const auto rows = runlog::read_log(root_ + "/lora/log.jsonl");
  EXPECT_LT(rows[rows.size() - 2].scalars[0].value, rows.front().scalars[0].value);
  model::LoadOptions options;
  options.brep_seed = 1;
  model::Model model = model::load_model(root_ + "/base_run", options);
  model::add_adapter(model, root_ + "/lora");
  const model::Model merged = model::load_model(root_ + "/lora/merged_model", {});
  EXPECT_TRUE(at::equal(model.brep.heads[0].weight, merged.brep.heads[0].weight));
}

TEST_F(ModalityTest, ResumesToTheSameBits) {
  train(modal("whole", "mixed"), {});
  train(modal("killed", "mixed"), {});
  fs::remove_all(root_ + "/killed/checkpoint-6");
  fs::remove_all(root_ + "/killed/checkpoint-8");
  fs::remove(root_ + "/killed/model.safetensors");
  train(modal("killed", "mixed"), {});
  EXPECT_EQ(weights("whole"), weights("killed"));
}

TEST_F(ModalityTest, GeneratesFromFaces) {
  const recipe::Recipe r = modal("x", "brep");
  Trainable trainable = make_trainable(r, at::kCPU, tokenizer());
  const tokenizer::Tokenizer words = tokenizer();
  const Speller speller(words, trainable.model.config, 1000);
  const Held held =
      held_out(open_rows(r.train_data_path, "", 0), r, trainable.model.config, speller, 2);
  std::vector<model::Sample> prompts;
  for (const auto& drawn : held.drawn) prompts.push_back(speller.prompt(drawn));
  model::SampleOptions options;
  options.max_new_tokens = 5;
  const std::vector<uint64_t> seeds(prompts.size(), 0);
  EXPECT_EQ(model::generate(trainable.model, prompts, seeds, 1, options).size(), 2u);
}

TEST_F(ModalityTest, IsRefusedWithoutGrids) {
  EXPECT_THROW(recipe("x", {"modality=brep"}), Error);
  EXPECT_THROW(recipe("x", {"brep_path=" + root_}), Error);
}

}  // namespace
}  // namespace cadrecode::train
