// What a training run is told: one YAML file, and `key=value` words over it.
//
// Every key of OpenCADRecode's three configuration files is accepted with its
// meaning (the names below up to "ours"); keys that had no effect there work
// here. The defaults are the published settings of CAD-Recode v1.5: AdamW
// 2e-4, weight decay 0.01, cosine with 1,000 warm-up steps, 100,000 steps,
// batch 18, noise with p = 0.5 and sigma = 0.01, bf16.
//
// Steps are optimiser steps. A "sample" is one (cloud, program) pair. Lengths
// count tokens: points, the start token, the program's tokens, the end token.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cadrecode::recipe {

enum class Precision { kFp32, kBf16, kFp16 };
enum class Schedule { kCosine, kLinear, kConstant, kWsd };
enum class UpdateRule { kAdamW, kMuon };
enum class Modality { kPoints, kBrep, kBoth, kMixed };  // kMixed: drawn per sample
enum class Stage { kSupervised, kReward };

struct Recipe {
  // The model. A Hugging Face folder, or the name of a builder ("mini",
  // "qwen2-0.5b", …: weights drawn from the seed).
  std::string base_model_name = "Qwen/Qwen2-1.5B";
  std::string model_save_path = "checkpoints";
  bool load_from_full_model = false;  // the base must be a full checkpoint with a point encoder
  bool freeze_base_model = false;     // only the point encoder and adapters learn

  // The data: shards, folders of programs; or empty: drawn from the generator.
  std::string train_data_path, val_data_path;
  int64_t max_seq_length = 1026;
  int64_t n_points = 256;  // point tokens; a pooled encoder keeps its own numbers
  double noise_probability = 0.5, noise_std = 0.01;
  int64_t num_workers = 2;  // threads that prepare samples; no effect on the result

  // The schedule.
  int64_t max_steps = 100'000, batch_size = 18, gradient_accumulation_steps = 1;
  double learning_rate = 2e-4, weight_decay = 0.01;
  int64_t warmup_steps = 1000;
  int64_t eval_steps = 2000, save_steps = 2000, logging_steps = 50;
  int64_t seed = 42;
  std::string device = "auto";  // auto, cpu, cuda, cuda:N
  Precision mixed_precision = Precision::kBf16;
  std::string experiment_name = "cadrecode";
  bool use_swanlab = false;  // no hosted service here: told in a notice

  // LoRA and QLoRA.
  bool use_lora = false;
  int64_t lora_r = 16, lora_alpha = 32;
  double lora_dropout = 0.1;
  std::vector<std::string> lora_target_modules = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                                  "gate_proj", "up_proj", "down_proj"};
  bool use_qlora = false, load_in_4bit = false, load_in_8bit = false;
  Precision bnb_4bit_compute_dtype = Precision::kBf16;
  bool bnb_4bit_use_double_quant = true;
  std::string bnb_4bit_quant_type = "nf4";
  bool auto_merge_lora = true;    // write merged weights beside the adapter at each save
  bool auto_merge_final = true;   // and at the end
  bool merge_final_only = false;  // only at the end
  bool keep_lora_only = true;     // keep the adapter's own files at each save
  bool keep_lora_final = true;    // and at the end

  // Ours.
  Stage stage = Stage::kSupervised;
  Modality modality = Modality::kPoints;
  // Folders with the grids of the samples' faces and edges, <id>.npz, for every
  // modality but points (`cadrecode sample DATA --brep`); val_brep_path: of the
  // validation programs, empty for the same folder.
  std::string brep_path, val_brep_path;
  std::string tokenizer;  // folder; empty: the base model's
  std::string generator;  // knobs of the generator (YAML) when train_data_path is empty
  Schedule schedule = Schedule::kCosine;
  // wsd (warm-up, stable, decay): constant, then linear over the last decay_steps, so
  // that one long run can be brought to an end at any time.
  int64_t decay_steps = 2000;
  double min_learning_rate_ratio = 0.0;
  // muon: for the matrices between layers; everything else stays with AdamW
  // (train/optimizer.h).
  UpdateRule optimizer = UpdateRule::kAdamW;
  double adam_beta1 = 0.9, adam_beta2 = 0.999, adam_epsilon = 1e-8;
  double max_grad_norm = 1.0;  // 0: no clipping
  bool gradient_checkpointing = false;
  bool packing = true;              // several samples in one row; no token spent on padding
  int64_t tokens_per_batch = 0;     // with packing: rows are filled to this; 0: batch_size samples
  std::vector<std::string> freeze;  // parameter names that start with one of these stay
  std::map<std::string, double> learning_rates;  // name prefix -> factor on the rate
  bool rotations = false;                        // the cube's 24, program and cloud alike
  int64_t keep_last = 3;                         // checkpoints kept beside the best
  double save_minutes = 0;                       // also save after so long; 0: never
  double time_limit_minutes = 0;                 // end in good order after so long; 0: never
  int64_t eval_parts = 256;  // programs generated and measured at each evaluation; 0: loss only
  // Above 1: so many programs a part (one greedy, the others at temperature 1), of
  // which the one nearest to the shown points is judged too.
  int64_t eval_samples = 1;
  std::string resume = "auto";  // auto, never, or a checkpoint's folder
  int64_t threads = 0;          // of the tensor library; 0: all cores

  // Ours, the reward stage (cadrille, arXiv 2505.22914, section 3.3: group of
  // 16, the 4 with the largest |advantage| train, no standard deviation, no
  // reference model).
  int64_t reward_group = 16, reward_keep = 4, reward_updates = 3;
  double reward_clip = 0.1, reward_temperature = 1.0;
  double reward_iou = 10, reward_invalid = -10;

  bool operator==(const Recipe&) const = default;
};

struct Loaded {
  Recipe recipe;
  std::vector<std::string> notices;  // what the reader should know, one sentence each
};

// Reads `path` (empty: the defaults), then applies `overrides` ("key=value",
// the value as in YAML). Errors: kInput for a missing file; kSyntax with line
// and column for broken YAML; kValue naming key, value and remedy for an
// unknown key (with the nearest known one), a wrong type or a value out of
// range, and for keys that contradict each other.
Loaded load(const std::string& path, const std::vector<std::string>& overrides = {});
Loaded parse(const std::string& yaml, const std::string& name,
             const std::vector<std::string>& overrides = {});

// Every key with its value, as YAML that `parse` reads back to the same recipe.
std::string to_yaml(const Recipe& recipe);

// The learning rate at optimiser step `step` (0-based) before any factor:
// linear from 0 over warmup_steps, then the schedule down to
// min_learning_rate_ratio x learning_rate at max_steps.
double learning_rate_at(const Recipe& recipe, int64_t step);

}  // namespace cadrecode::recipe
