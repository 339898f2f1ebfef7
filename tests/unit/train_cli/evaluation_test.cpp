// A few parts overfitted come back to the letter, by all weights and by adapters, and
// merging an adapter changes nothing. (tools/measure/overfit.py does 64, and more ways.)
#include "app/train_cli/evaluation.h"

#include <ATen/ATen.h>

#include "learning/runlog/runlog.h"
#include "learning/train/trainable.h"
#include "unit/train/fixture.h"

namespace cadrecode::train {
namespace {

class OverfitTest : public TrainTest {
 protected:
  void SetUp() override {
    TrainTest::SetUp();
    write_parts("two", {20, 180});
    write_parts("others", {60, 120});
  }
  void write_parts(const std::string& name, const std::vector<int>& sides) const {
    std::string rows;
    for (const int side : sides) {
      rows +=
          "{\"code\": \"import cadquery as cq\\nw0=cq.Workplane('XY',origin=(0,0,0))\\n"
          "r=w0.box(200," +
          std::to_string(side) + ",30)\"}\n";
    }
    write_file(root_ + "/" + name + ".jsonl", rows);
  }
  recipe::Recipe overfit(const std::string& run, const std::string& parts,
                         std::vector<std::string> more) const {
    const std::string file = root_ + "/" + parts + ".jsonl";
    more.insert(more.end(), {"train_data_path=" + file, "val_data_path=" + file,
                             "noise_probability=0", "logging_steps=50", "save_steps=1000",
                             "eval_steps=1000", "batch_size=4", "eval_parts=2"});
    return recipe(run, more);
  }
  // Trains and returns what the last evaluation says.
  std::map<std::string, double> trained(const recipe::Recipe& r, size_t samples = 1) const {
    const Evaluate evaluate = [&](const model::Model& model, const Held& held,
                                  const Speller& speller, int64_t) {
      return train_cli::evaluate_programs(model, held, speller, {2, samples, 1});
    };
    EXPECT_EQ(train(r, evaluate), Ending::kFinished);
    std::map<std::string, double> out;
    const auto rows = runlog::read_log(r.model_save_path + "/log.jsonl");
    for (const runlog::Scalar& s : rows.back().scalars) {
      out[s.name] = s.value;
    }
    return out;
  }
  // A stored model judged as it is: one step at rate 0.
  std::map<std::string, double> judged(const std::string& folder) const {
    return trained(overfit("again", "two",
                           {"base_model_name=" + root_ + "/" + folder, "load_from_full_model=true",
                            "max_steps=1", "warmup_steps=0", "learning_rate=0"}));
  }
};

TEST_F(OverfitTest, AllWeights) {
  const auto values = trained(overfit("run", "two", {"max_steps=200"}), 3);
  EXPECT_EQ(values.at("exact"), 1);
  EXPECT_NEAR(values.at("iou"), 1, 1e-9);
  EXPECT_EQ(values.at("invalid"), 0);
  EXPECT_GT(values.at("chosen_iou"), 0.99);
  EXPECT_EQ(values.at("chosen_invalid"), 0);
  EXPECT_EQ(judged("run").at("exact"), 1);
}

TEST_F(OverfitTest, AdaptersOnPlainAndOnPackedWeights) {
  trained(overfit("base_run", "others", {"max_steps=120"}));
  for (const char* bits : {"load_in_4bit=false", "load_in_4bit=true"}) {
    fs::remove_all(root_ + "/lora");
    fs::remove_all(root_ + "/again");
    const auto values =
        trained(overfit("lora", "two",
                        {"base_model_name=" + root_ + "/base_run", "use_lora=true", "lora_r=16",
                         "lora_dropout=0", "max_steps=200", bits, "bnb_4bit_compute_dtype=fp32"}));
    EXPECT_EQ(values.at("exact"), 1) << bits;
    const auto merged = judged("lora/merged_model");
    EXPECT_EQ(merged.at("exact"), values.at("exact")) << bits;
    EXPECT_NEAR(merged.at("eval_loss"), values.at("eval_loss"), 1e-5) << bits;
  }
}

}  // namespace
}  // namespace cadrecode::train
