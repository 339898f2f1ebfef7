#include "learning/recipe/check.h"

#include <fmt/format.h>

#include "base/error.h"

namespace cadrecode::recipe {
namespace {

template <typename T>
void in_range(const char* key, T value, T low, T high) {
  if (value >= low && value <= high) return;
  throw Error(ErrorKind::kValue, fmt::format("{}: {} is outside {} ... {}", key, value, low, high));
}

void at_least(const char* key, int64_t value, int64_t low) {
  if (value >= low) return;
  throw Error(ErrorKind::kValue, fmt::format("{}: {} is less than {}", key, value, low));
}

void contradiction(bool found, const char* message) {
  if (found) throw Error(ErrorKind::kValue, message);
}

void check_schedule(const Recipe& r) {
  at_least("max_steps", r.max_steps, 1);
  at_least("batch_size", r.batch_size, 1);
  at_least("gradient_accumulation_steps", r.gradient_accumulation_steps, 1);
  at_least("warmup_steps", r.warmup_steps, 0);
  at_least("decay_steps", r.decay_steps, 0);
  at_least("eval_steps", r.eval_steps, 1);
  at_least("save_steps", r.save_steps, 1);
  at_least("logging_steps", r.logging_steps, 1);
  in_range("learning_rate", r.learning_rate, 0.0, 10.0);
  in_range("weight_decay", r.weight_decay, 0.0, 10.0);
  in_range("min_learning_rate_ratio", r.min_learning_rate_ratio, 0.0, 1.0);
  in_range("adam_beta1", r.adam_beta1, 0.0, 0.999999);
  in_range("adam_beta2", r.adam_beta2, 0.0, 0.99999999);
  in_range("max_grad_norm", r.max_grad_norm, 0.0, 1e9);
  in_range("save_minutes", r.save_minutes, 0.0, 1e6);
  in_range("time_limit_minutes", r.time_limit_minutes, 0.0, 1e6);
  at_least("keep_last", r.keep_last, 1);
}

void check_data(const Recipe& r) {
  at_least("n_points", r.n_points, 1);
  at_least("max_seq_length", r.max_seq_length, r.n_points + 3);
  in_range("noise_probability", r.noise_probability, 0.0, 1.0);
  in_range("noise_std", r.noise_std, 0.0, 1.0);
  at_least("num_workers", r.num_workers, 0);
  at_least("eval_parts", r.eval_parts, 0);
  at_least("eval_samples", r.eval_samples, 1);
  at_least("threads", r.threads, 0);
  at_least("tokens_per_batch", r.tokens_per_batch, 0);
  contradiction(r.modality != Modality::kPoints && r.brep_path.empty(),
                "brep_path: empty, but modality asks for faces and edges; make them with "
                "cadrecode sample DATA --brep -o FOLDER and name that folder");
  contradiction(r.modality == Modality::kPoints && !r.brep_path.empty(),
                "brep_path: without effect for modality points; set modality to brep, both or "
                "mixed");
  contradiction(r.tokens_per_batch > 0 && !r.packing,
                "tokens_per_batch needs packing: true (or leave it 0)");
  contradiction(r.tokens_per_batch > 0 && r.tokens_per_batch < r.max_seq_length,
                "tokens_per_batch: less than max_seq_length, so a long sample would never fit");
}

void check_adapters(const Recipe& r) {
  at_least("lora_r", r.lora_r, 1);
  at_least("lora_alpha", r.lora_alpha, 1);
  in_range("lora_dropout", r.lora_dropout, 0.0, 0.99);
  contradiction(r.use_lora && r.lora_target_modules.empty(),
                "lora_target_modules: empty, so no adapter would learn");
  contradiction(r.load_in_4bit && r.load_in_8bit, "load_in_4bit and load_in_8bit: choose one");
  contradiction((r.load_in_4bit || r.load_in_8bit) && !r.use_lora,
                "load_in_4bit / load_in_8bit: quantised weights cannot learn by themselves; "
                "set use_lora: true (or use_qlora: true)");
  contradiction(r.bnb_4bit_quant_type != "nf4", "bnb_4bit_quant_type: only nf4 is known here");
}

void check_reward(const Recipe& r) {
  at_least("reward_group", r.reward_group, 2);
  in_range<int64_t>("reward_keep", r.reward_keep, 1, r.reward_group);
  at_least("reward_updates", r.reward_updates, 1);
  in_range("reward_clip", r.reward_clip, 1e-6, 10.0);
  in_range("reward_temperature", r.reward_temperature, 1e-3, 10.0);
}

}  // namespace

void check(const Recipe& r) {
  check_schedule(r);
  check_data(r);
  check_adapters(r);
  check_reward(r);
  const bool device_known =
      r.device == "auto" || r.device == "cpu" || r.device.rfind("cuda", 0) == 0;
  if (!device_known) {
    throw Error(ErrorKind::kValue, "device: '" + r.device + "' is none of auto, cpu, cuda, cuda:N");
  }
}

std::vector<std::string> complete(Recipe& r) {
  std::vector<std::string> notices;
  if (r.use_qlora && !r.load_in_8bit && !r.load_in_4bit) r.load_in_4bit = true;
  if (r.use_qlora) r.use_lora = true;
  if (r.use_swanlab) {
    notices.push_back(
        "use_swanlab: no hosted service is called; the run is written as TensorBoard events and "
        "JSON Lines in its folder");
  }
  if (r.train_data_path.empty()) {
    notices.push_back("train_data_path is empty: programs are drawn from the generator");
  }
  if (r.use_lora && !r.keep_lora_only && !r.auto_merge_lora) {
    notices.push_back(
        "keep_lora_only and auto_merge_lora are both off: the adapter is kept all the same, or a "
        "save would hold nothing");
    r.keep_lora_only = true;
  }
  return notices;
}

}  // namespace cadrecode::recipe
